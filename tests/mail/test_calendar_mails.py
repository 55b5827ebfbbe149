"""A mail that carries a calendar invitation, on the wire; and the minutes in which it can be taken back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from mail.domain.outbox import cancel_mails
from mail.models import OutboxMail
from tests.mail.smtp import Conduct
from training.calendar import ical

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
KEY = "calendar:7:samira"


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def event(**changes):
    fields = {
        "uid": "7@site.test",
        "sequence": 0,
        "starts_at": datetime(2027, 3, 11, 8, 30, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 11, 11, 30, tzinfo=UTC),
        "title": "Jouw leven is mijn werk: bijeenkomst 1",
        "location": "De Pijler, Zoë-zaal, Fabriekslaan 19, 5262 HG Vught",
        "description": "Kun je niet? Laat het hier weten: http://localhost:8000/groep/\n\nNeem iets te drinken mee.",
        "organizer_name": "Ilse Verbruggen",
        "organizer_address": "planning@site.test",
        "attendee_name": "Samira El Amrani",
        "attendee_address": "samira@example.test",
        "stamp": MONDAY,
    }
    return ical.Event(**fields | changes)


def parts_of(message):
    """Return the tree of a message: its type, and in a list those of its parts."""
    if not message.is_multipart():
        return message.get_content_type()
    return [message.get_content_type(), [parts_of(part) for part in message.iter_parts()]]


def with_lf(text):
    return text.replace("\r\n", "\n")


def outcome(key=KEY):
    return OutboxMail.objects.get(key=key).state


# ── On the wire ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("make", "method", "file"),
    [(ical.request, "REQUEST", "invitation.ics"), (ical.cancel, "CANCEL", "called-off.ics")],
)
def test_an_invitation_arrives_beside_the_words_and_as_a_file(queue, post, worker, make, method, file):
    made = make(event())
    mail = queue("samira", word="Zoë 🌻", ics=made, language="en")

    worker.send_due()

    (taken,) = post.taken
    message = taken.message
    assert parts_of(message) == [
        "multipart/mixed",
        [["multipart/alternative", ["text/plain", "text/html", "text/calendar"]], "application/ics"],
    ]
    beside, attached = list(message.walk())[-2:]
    assert dict(beside["Content-Type"].params) == {"method": method, "charset": "utf-8"}
    assert f"METHOD:{method}\r\n" in made
    assert with_lf(beside.get_content()) == with_lf(made)
    assert (attached.get_filename(), attached.get_content()) == (file, made.encode())
    assert re.findall(rb"(?<!\r)\n|\r(?!\n)", taken.raw) == []
    text, html = list(message.walk())[2:4]
    assert (with_lf(text.get_content()), with_lf(html.get_content())) == (mail.text, mail.html)


def test_a_mail_without_an_invitation_is_as_it_was(queue, post, worker):
    queue()

    worker.send_due()

    assert parts_of(post.taken[0].message) == ["multipart/alternative", ["text/plain", "text/html"]]


def test_long_lines_and_strange_letters_arrive_as_they_were_made(queue, post, worker):
    made = ical.request(event(title="Łukasz & Nguyễn; Ağaoğlu, 🌻" * 9, description="regel één\n" * 90 + "x" * 2000))
    queue(ics=made)

    worker.send_due()

    (taken,) = post.taken
    assert with_lf(list(taken.message.walk())[-2].get_content()) == with_lf(made)
    assert re.findall(rb"(?<!\r)\n|\r(?!\n)", taken.raw) == []
    assert max(len(line) for line in taken.raw.split(b"\r\n")) <= 998


def test_the_same_message_leaves_at_every_attempt(queue, post, worker, clock):
    post.conduct = Conduct(at={"end": "take and cut"})
    mail = queue("samira", ics=ical.request(event()))
    worker.send_due()
    post.conduct = Conduct()
    clock.shift(FIVE_MINUTES)
    worker.send_due()

    first, second = (taken.message for taken in post.taken)
    assert (first["Message-ID"], second["Message-ID"]) == (mail.message_id, mail.message_id)
    assert [list(message.walk())[-1].get_content() for message in (first, second)] == [mail.ics.encode()] * 2


# ── In the row ─────────────────────────────────────────────────────────────────
def test_an_invitation_is_as_unreadable_as_the_words_and_goes_with_them(queue, post, worker, clock):
    mail = queue(ics=ical.request(event()))
    assert "De Pijler" in mail.ics
    assert "De Pijler" not in OutboxMail._meta.get_field("words").get_prep_value(mail.words)

    cancel_mails(key=mail.key)

    mail.refresh_from_db()
    assert (mail.words, mail.ics) == ({}, "")


@pytest.mark.parametrize("ics", ["nonsense", "", "BEGIN:VCALENDAR\r\nX:METHOD:REQUEST\r\nEND:VCALENDAR\r\n"])
def test_an_invitation_without_a_method_is_a_mistake(queue, ics):
    with pytest.raises(ValueError, match="needs a METHOD"):
        queue(ics=ics or ical.feed([event()]))

    assert OutboxMail.objects.count() == 0


# ── Five minutes to think ──────────────────────────────────────────────────────
@pytest.fixture
def in_five_minutes(queue, clock):
    """A mail to Samira that leaves in five minutes."""
    return queue("samira", key=KEY, about="group:1", ics=ical.request(event()), not_before=MONDAY + FIVE_MINUTES)


def test_it_leaves_after_five_minutes_and_no_second_sooner(in_five_minutes, post, worker, clock):
    clock.shift(FIVE_MINUTES - timedelta(seconds=1))
    assert worker.send_due() == 0
    clock.shift(timedelta(seconds=1))
    assert worker.send_due() == 1
    assert outcome() == "sent"


@pytest.mark.parametrize("chosen", [{"key": KEY}, {"key_prefix": "calendar:7:"}, {"about": "group:1"}])
def test_it_is_taken_back_until_then(in_five_minutes, post, worker, clock, chosen):
    assert cancel_mails(**chosen) == 1

    clock.shift(FIVE_MINUTES)
    assert worker.send_due() == 0
    assert (outcome(), post.taken) == ("cancelled", [])


def test_taking_back_by_key_takes_that_one(queue, in_five_minutes):
    queue("samira", key=f"{KEY}:1")

    assert cancel_mails(key=KEY) == 1
    assert (outcome(), outcome(f"{KEY}:1")) == ("cancelled", "waiting")


def test_it_lapses_when_its_kind_no_longer_wants_it(queue, post, worker, clock, make_kind):
    kind = make_kind("meeting", still_wanted=lambda mail: mail.about != "group:1")
    queue("samira", kind=kind, key=KEY, about="group:1", ics=ical.request(event()))
    queue("daan", kind=kind, key="calendar:7:daan", about="group:2", ics=ical.request(event()))

    worker.send_due()

    assert (outcome(), outcome("calendar:7:daan"), post.receivers()) == ("cancelled", "sent", ["daan@example.test"])
