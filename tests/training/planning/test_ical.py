"""What a calendar program gets to read: one meeting for one person, at the time on the wall, with nothing secret."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from icalendar import Calendar

from common.dates import AMSTERDAM
from tests.words import dutch
from training.calendar import ical

FROZEN = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
ZONE = """
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
X-LIC-LOCATION:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
SAMIRA = ical.Event(
    uid="7@site.test",
    sequence=0,
    starts_at=datetime(2027, 3, 11, 8, 30, tzinfo=UTC),
    ends_at=datetime(2027, 3, 11, 11, 30, tzinfo=UTC),
    title="Bijeenkomst 1 van 4",
    location="De Pijler, Vught",
    description="Kun je niet? Laat het hier weten: http://localhost:8000/groep/",
    organizer_name="Ilse Verbruggen",
    organizer_address="planning@site.test",
    attendee_name="Samira El Amrani",
    attendee_address="samira@example.test",
    stamp=FROZEN,
)


def lines(text):
    """Return the lines of an iCalendar text, the folded ones whole again, without its time zone."""
    whole = text.replace("\r\n ", "").split("\r\n")
    start, end = whole.index("BEGIN:VTIMEZONE"), whole.index("END:VTIMEZONE")
    return whole[:start] + whole[end + 1 :]


def line_of(text, name):
    return [line for line in lines(text) if re.match(rf"{name}[:;]", line)]


# ── An invitation ──────────────────────────────────────────────────────────────
def test_an_invitation_says_all_and_no_more():
    assert lines(ical.request(SAMIRA)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jouw leven is mijn werk//Planning//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Bijeenkomst 1 van 4",
        "DTSTART;TZID=Europe/Amsterdam:20270311T093000",
        "DTEND;TZID=Europe/Amsterdam:20270311T123000",
        "DTSTAMP:20270201T080000Z",
        "UID:7@site.test",
        "SEQUENCE:0",
        'ATTENDEE;CN="Samira El Amrani";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:samira@example.test',
        "CLASS:PRIVATE",
        "DESCRIPTION:Kun je niet? Laat het hier weten: http://localhost:8000/groep/",
        "LOCATION:De Pijler\\, Vught",
        'ORGANIZER;CN="Ilse Verbruggen":mailto:planning@site.test',
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("make", [ical.request, ical.cancel, lambda event: ical.publish([event])])
def test_the_time_zone_is_written_out_and_always_the_same(make):
    text = make(SAMIRA).replace("\r\n", "\n")

    assert text.count(ZONE) == text.count("BEGIN:VTIMEZONE") == 1


def test_the_same_meeting_gives_the_same_text():
    assert ical.request(SAMIRA) == ical.request(replace(SAMIRA))


def test_every_line_ends_as_the_standard_wants_and_none_is_longer():
    text = ical.request(replace(SAMIRA, title="Ağaoğlu 🌻 " * 30, description="a\nb\r\nc\rd"))

    assert re.findall(r"(?<!\r)\n|\r(?!\n)", text) == []
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_what_is_called_off_carries_the_same_uid_and_says_so():
    asked, off = ical.request(SAMIRA), ical.cancel(replace(SAMIRA, sequence=1, stamp=FROZEN + timedelta(days=1)))

    assert set(lines(off)) - set(lines(asked)) == {
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        "SEQUENCE:1",
        "DTSTAMP:20270202T080000Z",
    }


def test_nobody_is_invited_to_what_is_called_off():
    with pytest.raises(ValueError, match="called off"):
        ical.request(replace(SAMIRA, cancelled=True))


# ── What people typed ──────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('Jan "de Witte" Jansen', 'CN="Jan de Witte Jansen"'),
        ("Łukasz Nguyễn", 'CN="Łukasz Nguyễn"'),
        ("Wit, Jan de; x: y", 'CN="Wit, Jan de; x: y"'),
        ("Jo\r\nATTENDEE:mailto:all@example.test", 'CN="Jo ATTENDEE:mailto:all@example.test"'),
        ("", "CN=samira@example.test"),
        ('"\x00"', "CN=samira@example.test"),
    ],
)
def test_a_name_stays_a_name(name, written):
    (attendee,) = line_of(ical.request(replace(SAMIRA, attendee_name=name)), "ATTENDEE")

    assert (
        attendee == f"ATTENDEE;{written};PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:samira@example.test"
    )


def test_an_address_is_written_as_mail_writes_it():
    (organizer,) = line_of(ical.request(replace(SAMIRA, organizer_address="o'neil@bücher.test")), "ORGANIZER")

    assert organizer == 'ORGANIZER;CN="Ilse Verbruggen":mailto:o\'neil@xn--bcher-kva.test'


def test_where_nobody_coordinates_the_site_invites(settings):
    settings.DEFAULT_FROM_EMAIL = "Jouw leven is mijn werk <hallo@site.test>"
    (organizer,) = line_of(ical.request(replace(SAMIRA, organizer_name="", organizer_address="")), "ORGANIZER")

    assert organizer == "ORGANIZER;CN=hallo@site.test:mailto:hallo@site.test"


def test_words_of_people_add_nothing_to_the_calendar():
    bad = "Zaal; 2, \\boven\x00\nEND:VEVENT\r\nBEGIN:VEVENT\u2028UID:8"
    text = ical.request(replace(SAMIRA, title=bad, location=bad, description=bad))

    (component,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(component["summary"]) == "Zaal; 2, \\boven END:VEVENT BEGIN:VEVENT UID:8"
    assert str(component["location"]) == "Zaal; 2, \\boven END:VEVENT BEGIN:VEVENT UID:8"
    assert str(component["description"]) == "Zaal; 2, \\boven\nEND:VEVENT\nBEGIN:VEVENT\u2028UID:8"
    assert component["uid"] == "7@site.test"


def test_a_place_on_several_lines_becomes_one():
    (location,) = line_of(
        ical.request(replace(SAMIRA, location="De Pijler\nFabriekslaan 19\n5262 HG Vught")), "LOCATION"
    )

    assert location == "LOCATION:De Pijler Fabriekslaan 19 5262 HG Vught"


def test_what_is_not_filled_in_is_not_there():
    text = ical.request(replace(SAMIRA, location=" ", description=""))

    assert (line_of(text, "LOCATION"), line_of(text, "DESCRIPTION")) == ([], [])


# ── The way to say no ──────────────────────────────────────────────────────────
def test_the_first_line_says_where_to_say_no():
    with translation.override("nl"):
        told = ical.describe("http://localhost:8000/groep/", "Neem iets te drinken mee.\n")
        alone = ical.describe("http://localhost:8000/groep/")

    first = dutch("Can't make it? Tell us here: %(address)s", address="http://localhost:8000/groep/")
    assert told.split("\n") == [first, "", "Neem iets te drinken mee."]
    assert alone == first


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/groep/?token=abc",
        "http://localhost:8000/groep/#abc",
        "http://samira:geheim@localhost:8000/groep/",
        "https://elsewhere.test/groep/",
        "/groep/",
        "",
    ],
)
def test_no_address_that_opens_something_stands_in_a_calendar(address):
    with pytest.raises(ValueError, match="shared"):
        ical.describe(address)


def test_an_uid_names_nobody_and_may_be_kept_from_a_number(settings):
    settings.SITE_URL = "https://leren.example.nl"
    number = UUID(int=7)

    assert ical.new_uid(number) == "00000000-0000-0000-0000-000000000007@leren.example.nl"
    assert ical.new_uid() != ical.new_uid()


# ── The calendar somebody follows, and the file ────────────────────────────────
def test_a_feed_asks_to_be_read_again_and_shows_what_is_called_off():
    off = replace(SAMIRA, uid="8@site.test", cancelled=True, sequence=2)
    text = ical.feed([SAMIRA, off], name="Jouw leven\nis mijn werk")

    assert line_of(text, "METHOD") == []
    assert line_of(text, "(REFRESH-INTERVAL|X-PUBLISHED-TTL|X-WR-CALNAME)") == [
        "X-WR-CALNAME:Jouw leven is mijn werk",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]
    assert [(str(event["uid"]), str(event["status"])) for event in Calendar.from_ical(text).walk("VEVENT")] == [
        ("7@site.test", "CONFIRMED"),
        ("8@site.test", "CANCELLED"),
    ]


def test_a_file_to_download_is_published_and_asks_for_nothing():
    text = ical.publish([SAMIRA, replace(SAMIRA, uid="8@site.test")])

    assert line_of(text, "(METHOD|REFRESH-INTERVAL|X-PUBLISHED-TTL|X-WR-CALNAME)") == ["METHOD:PUBLISH"]
    assert len(Calendar.from_ical(text).walk("VEVENT")) == 2


@pytest.mark.parametrize("make", [ical.feed, ical.publish])
def test_nobody_is_named_as_a_guest_in_a_list(make):
    text = make([SAMIRA])

    assert line_of(text, "ATTENDEE") == []
    assert "samira" not in text.lower()
    assert len(line_of(text, "ORGANIZER")) == 1


def test_an_empty_calendar_is_a_calendar():
    assert Calendar.from_ical(ical.feed([])).walk("VEVENT") == []


# ── The hour, whatever the clock does ──────────────────────────────────────────
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 22, 7, 30, tzinfo=UTC), "20261022"),  # summer time
        (datetime(2026, 10, 29, 8, 30, tzinfo=UTC), "20261029"),  # a week later, the clock went back on the 25th
        (datetime(2027, 3, 25, 8, 30, tzinfo=UTC), "20270325"),
        (datetime(2027, 4, 1, 7, 30, tzinfo=UTC), "20270401"),  # the clock went on on the 28th
    ],
)
@pytest.mark.parametrize("make", [ical.request, lambda event: ical.feed([event])], ids=["mail", "feed"])
def test_half_past_nine_is_half_past_nine_on_both_sides_of_the_jump(make, moment, day):
    text = make(replace(SAMIRA, starts_at=moment, ends_at=moment + timedelta(hours=3)))

    assert line_of(text, "(DTSTART|DTEND)") == [
        f"DTSTART;TZID=Europe/Amsterdam:{day}T093000",
        f"DTEND;TZID=Europe/Amsterdam:{day}T123000",
    ]
    (component,) = Calendar.from_ical(text).walk("VEVENT")
    assert component.decoded("dtstart").astimezone(UTC) == moment


def test_the_zone_that_is_written_out_jumps_when_the_real_one_does():
    zone = Calendar.from_ical(ical.request(SAMIRA)).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    first = date(2025, 9, 1)
    noons = [datetime(first.year, first.month, first.day, 12) + timedelta(days=number) for number in range(4 * 365)]

    assert [noon for noon in noons if zone.utcoffset(noon) != AMSTERDAM.utcoffset(noon)] == []


def test_a_moment_from_another_zone_is_written_by_the_dutch_clock():
    lisbon = datetime(2027, 3, 11, 8, 30, tzinfo=ZoneInfo("Europe/Lisbon"))
    text = ical.request(replace(SAMIRA, starts_at=lisbon, stamp=lisbon))

    assert line_of(text, "DTSTART") == ["DTSTART;TZID=Europe/Amsterdam:20270311T093000"]
    assert line_of(text, "DTSTAMP") == ["DTSTAMP:20270311T083000Z"]


# ── The fingerprint ────────────────────────────────────────────────────────────
PRINTED = {
    "starts_at": SAMIRA.starts_at,
    "ends_at": SAMIRA.ends_at,
    "location": "De Pijler, Vught",
    "join_url": "",
    "title": "Bijeenkomst 1",
    "state": "confirmed",
}


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": SAMIRA.starts_at + timedelta(minutes=1)},
        {"ends_at": SAMIRA.ends_at + timedelta(minutes=1)},
        {"location": "De Pijler, zaal 2, Vught"},
        {"join_url": "https://meet.test/1"},
        {"title": "Bijeenkomst 2"},
        {"state": "cancelled"},
        {"zone": "Europe/Lisbon"},
        {"location": "", "join_url": "De Pijler, Vught"},  # the same words in another place
    ],
)
def test_what_a_person_must_hear_of_changes_the_fingerprint(change):
    assert ical.fingerprint(**PRINTED | change) != ical.fingerprint(**PRINTED)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"starts_at": SAMIRA.starts_at.astimezone(AMSTERDAM)},
        {"ends_at": SAMIRA.ends_at.replace(microsecond=1)},
        {"location": " De Pijler,\nVught "},
        {"title": "Bijeenkomst  1"},
    ],
)
def test_what_says_the_same_does_not(change):
    assert ical.fingerprint(**PRINTED | change) == ical.fingerprint(**PRINTED)
    assert re.fullmatch(r"[0-9a-f]{64}", ical.fingerprint(**PRINTED))
