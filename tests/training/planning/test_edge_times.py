"""The clock jumps in March and October: in mail, feed and on the screen a meeting is at the time on the wall."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from common.dates import AMSTERDAM, moment_of
from mail.models import OutboxMail
from tests.words import dutch
from training.domain.calendar_feed import feed_address, feed_of
from training.domain.calendars import settle_invites
from training.domain.meetings import NewMeeting, add_meetings, change_meeting, confirm_meeting
from training.domain.places import enrol_oneself
from training.domain.reminders import remind
from training.domain.staff import assign_staff
from training.models import Meeting

# For each jump a week before it and a week after it, half past nine on the wall, and what that is in UTC.
JUMPS = {
    "on in spring": ("2027-03-25T09:30", "08:30", "2027-04-01T09:30", "07:30", "2027-03-01T12:00"),
    "back in autumn": ("2026-10-22T09:30", "07:30", "2026-10-29T09:30", "08:30", "2026-09-28T12:00"),
}


@pytest.fixture
def at_noon(db):
    """`at_noon("2026-09-28T12:00")` lets it be that moment in Amsterdam."""
    travels = []

    def go(wall):
        travels.append(time_machine.travel(moment_of(datetime.datetime.fromisoformat(wall)), tick=False))
        travels[-1].start()

    yield go
    for one in travels:
        one.stop()


@pytest.fixture
def person(people):
    return people(1)[0]


@pytest.fixture
def planned(small_group, person, ilse, noor):
    """`planned(wall, format=...)` is a confirmed meeting of three hours from that time on the wall; somebody comes."""

    def made(wall, hours=3, **values):
        small_group.enrol_from = timezone.localdate()
        small_group.save()
        enrol_oneself(small_group, person)
        starts = datetime.datetime.fromisoformat(wall)
        moments = [moment_of(one) for one in (starts, starts + datetime.timedelta(hours=hours))]
        (meeting,) = add_meetings(small_group, [NewMeeting("Luisteren", *moments, 15, **values)], by=ilse)
        assign_staff(meeting, noor, "co_trainer", by=ilse)
        confirm_meeting(meeting, by=ilse)
        return Meeting.objects.get(pk=meeting.pk)

    return made


def move(meeting, wall, *, by):
    starts = datetime.datetime.fromisoformat(wall)
    moments = {"starts_at": moment_of(starts), "ends_at": moment_of(starts + datetime.timedelta(hours=3))}
    return change_meeting(meeting, version=meeting.version, by=by, **moments)


def settle():
    settle_invites(timezone.now() + datetime.timedelta(minutes=6))


def invitation(person):
    """Return (text, start in the invitation, its zone) of the newest calendar mail to `person`."""
    mail = OutboxMail.objects.filter(kind="calendar-request", person=person).order_by("-pk")[0]
    event = Calendar.from_ical(mail.words["ics"]).walk("VEVENT")[0]
    return mail.words["text"], event["DTSTART"].to_ical().decode(), event["DTSTART"].params["TZID"]


def feed_starts(person):
    text = Client().get(feed_address(feed_of(person)).removeprefix("http://localhost:8000")).content
    return [event["DTSTART"].to_ical().decode() for event in Calendar.from_ical(text).walk("VEVENT")]


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def screens(person, coordinator, meeting):
    yield signed_in(person).get(reverse("training:my_group", args=[meeting.group.uuid]))
    for name in ("meeting", "attendance", "led_meeting", "sign_in_sheet"):
        yield signed_in(coordinator).get(reverse(f"training:{name}", args=[meeting.uuid]))


# ── Moved over the night that the clock jumps ──────────────────────────────────
@pytest.mark.parametrize("jump", JUMPS)
def test_moved_over_the_jump_it_is_half_past_nine_everywhere(at_noon, planned, person, ilse, jump):
    before, utc_before, after, utc_after, today = JUMPS[jump]
    at_noon(today)
    meeting = planned(before)
    settle()
    assert (f"{meeting.starts_at:%H:%M}", invitation(person)[1][-6:]) == (utc_before, "093000")

    moved = move(meeting, after, by=ilse)
    settle()
    text, starts, zone = invitation(person)
    wanted = f"{after[:10].replace('-', '')}T093000"

    assert f"{Meeting.objects.get(pk=moved.pk).starts_at:%H:%M}" == utc_after
    assert ("09.30–12.30" in text, starts, zone) == (True, wanted, "Europe/Amsterdam")
    assert feed_starts(person) == [wanted]
    assert ["09.30–12.30" in page.content.decode() for page in screens(person, ilse, moved)] == [True] * 5
    assert OutboxMail.objects.filter(kind="calendar-request", person=person).count() == 2


@pytest.mark.parametrize("jump", JUMPS)
def test_the_reminder_says_the_time_after_the_jump(at_noon, planned, person, jump):
    _before, _utc, after, _utc_after, today = JUMPS[jump]
    at_noon(today)
    meeting = planned(after)
    remind(meeting.starts_at - datetime.timedelta(days=1))

    assert "09.30–12.30" in OutboxMail.objects.get(kind="meeting-reminder", person=person).words["text"]


def test_a_meeting_in_the_night_that_the_clock_goes_back_counts_what_really_passes(at_noon, planned):
    """From eleven in the evening until four: the clock shows five hours, and six pass."""
    at_noon("2026-09-28T12:00")
    meeting = planned("2026-10-24T23:00", hours=5)

    assert meeting.net_minutes == 6 * 60 - 15
    own = Meeting(starts_at=meeting.starts_at.astimezone(AMSTERDAM), ends_at=meeting.ends_at.astimezone(AMSTERDAM))
    assert own.net_minutes == 6 * 60  # as a form has it, before it is kept


# ── What can't be ──────────────────────────────────────────────────────────────
def edit(ilse, meeting, **typed):
    ilse.user_permissions.add(Permission.objects.get(codename="access_admin"))
    browser, address = signed_in(ilse), reverse("planning_bijeenkomsten_modeladmin_edit", args=[meeting.pk])
    form = browser.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    shown = {name: value.strftime("%d-%m-%Y %H:%M") for name, value in values.items() if hasattr(value, "strftime")}
    return browser.post(address, values | shown | typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("28-03-2027 02:30", "kon niet worden geïnterpreteerd in tijdzone Europe/Amsterdam"),
        ("31-10-2027 02:30", "kon niet worden geïnterpreteerd in tijdzone Europe/Amsterdam"),
        ("31-11-2027 09:30", "Voer een geldige datum/tijd in."),
    ],
)
def test_an_hour_or_a_day_that_is_none_is_said_at_its_field_and_nothing_changes(
    planned, at_noon, ilse, typed, sentence
):
    at_noon("2027-03-01T12:00")
    meeting = planned("2027-03-25T09:30")
    answer = edit(ilse, meeting, starts_at=typed)

    assert (sentence in answer.content.decode(), typed in answer.content.decode()) == (True, True)
    assert Meeting.objects.get(pk=meeting.pk).starts_at == meeting.starts_at


# ── Over midnight ──────────────────────────────────────────────────────────────
def test_over_midnight_both_days_are_said(at_noon, planned, person, ilse):
    at_noon("2027-03-01T12:00")
    meeting = planned("2027-03-11T22:00", hours=4)
    settle()
    words = "donderdag 11 maart 2027, 22.00 uur tot vrijdag 12 maart 2027, 02.00 uur"

    assert [words in page.content.decode() for page in screens(person, ilse, meeting)] == [True] * 5
    assert words in invitation(person)[0]


# ── Elsewhere in the world ─────────────────────────────────────────────────────
@pytest.mark.parametrize("form", ["online", "mixed", "on_site"])
def test_who_may_be_elsewhere_reads_that_it_is_dutch_time(at_noon, planned, person, ilse, form):
    at_noon("2027-03-01T12:00")
    meeting = planned("2027-03-25T09:30", format=form)
    settle()
    remind(meeting.starts_at - datetime.timedelta(days=1))
    said = dutch("%(when)s (Dutch time)", when="")
    mails = [mail.words["text"] for mail in OutboxMail.objects.filter(person=person, kind__startswith="calendar-")]
    reminder = OutboxMail.objects.get(kind="meeting-reminder", person=person).words["text"]
    with timezone.override("America/Paramaribo"):
        pages = [page.content.decode() for page in screens(person, ilse, meeting)]

    assert [said.strip() in text for text in (*pages, *mails, reminder)] == [form != "on_site"] * 7
    assert ["09.30–12.30" in text for text in (*pages, *mails, reminder)] == [True] * 7
