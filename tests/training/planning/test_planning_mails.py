"""What people read in the mails about groups and meetings: the first line, the dates, why it comes, whom to call."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from common.dates import span_words
from home.models import ContactSettings
from mail.models import OutboxMail
from tests.words import dutch
from training.domain.calendars import settle_invites
from training.domain.meetings import cancel_meeting
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.domain.reminders import remind
from training.models import CalendarFeed, GroupPlace, TrainingGroup

pytestmark = pytest.mark.django_db
ADDRESS_PAGE = "http://localhost:8000/agenda/"


@pytest.fixture(autouse=True)
def somebody_to_call(db):
    contact = ContactSettings.load()
    contact.name, contact.phone = "Marieke de Wit", "013 123 45 67"
    contact.save()


def mail(kind, name="Deelnemer 1"):
    return OutboxMail.objects.get(kind=kind, person__display_name=name)


def settle():
    settle_invites(timezone.now() + datetime.timedelta(minutes=6))


@pytest.fixture
def every_mail(small_group, people, a_meeting, ilse):
    """`{kind: mail}` of one life of a group: asked, come in, waiting, reminded, moved up, left, called off."""
    first, second, third, asked = people(4)
    meeting = a_meeting(small_group)
    prepare_place(small_group, asked, by=ilse)
    invite_prepared(small_group, by=ilse)
    enrol_oneself(small_group, first)
    enrol_oneself(small_group, second)
    enrol_oneself(small_group, third)
    settle()
    remind(meeting.starts_at - datetime.timedelta(days=1))
    before = {one.kind: one for one in OutboxMail.objects.order_by("pk")}  # what is taken back loses its words
    withdraw_place(GroupPlace.objects.get(enrolment__person=first), by=first)
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    settle()
    return before | {one.kind: one for one in OutboxMail.objects.exclude(words="").order_by("pk")}


KINDS = (
    "calendar-cancel",
    "calendar-request",
    "meeting-reminder",
    "place-from-queue",
    "place-gone",
    "place-invitation",
    "place-waiting",
    "place-welcome",
)


def test_every_mail_says_why_and_whom_to_call(every_mail):
    assert sorted(every_mail) == list(KINDS)
    whys = {
        "calendar-cancel": dutch("You get this mail because this meeting stood in your calendar."),
        "calendar-request": dutch("You get this mail because you are expected at this meeting."),
        "meeting-reminder": dutch(
            "You get this mail because you take part in the group %(group)s.", group="Tilburg najaar"
        ),
        "place-invitation": dutch(
            "You get this mail because %(by)s put your address in this group. "
            "Is it not for you? Then answer this mail.",
            by="Ilse Verbruggen",
        ),
    }
    about = dutch("This mail is about your place in the group %(group)s.", group="Tilburg najaar")
    for kind, one in every_mail.items():
        why = whys.get(kind, about)
        assert (kind, why in one.text, why in one.html) == (kind, True, True)
        assert (kind, "Marieke de Wit: 013 123 45 67" in one.text) == (kind, True)
        assert (kind, one.sender_name, one.reply_to) == (kind, "Ilse Verbruggen", "ilse-verbruggen@example.test")


def test_a_mail_for_the_calendar_begins_with_the_way_to_say_no(small_group, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group)
    settle()
    told = mail("calendar-request")
    link = f"http://localhost:8000/groep/{small_group.uuid}/"

    greeting, first = [line for line in told.text.splitlines() if line][:2]
    assert greeting == dutch("Hello %(name)s,", name="Deelnemer")
    assert first == dutch("Can't make it? Tell us here: %(group_url)s", group_url=link)
    assert dutch('Can\'t make it? <a href="%(group_url)s">Tell us here</a>', group_url=link) in told.html
    assert "http://localhost:8000/agenda/" in told.text


@pytest.mark.parametrize(("number", "says"), [(1, "één mail"), (2, "2 mails")])
def test_the_welcome_counts_the_mails_that_follow(small_group, people, a_meeting, number, says):
    for place in range(number):
        a_meeting(small_group, days=7 * (place + 1))
    a_meeting(small_group, days=-7, title="Voorbij")
    enrol_oneself(small_group, people(1)[0])

    assert says in mail("place-welcome").text


def test_who_follows_the_address_alone_is_promised_no_mails(small_group, people, a_meeting):
    person = people(1)[0]
    CalendarFeed.objects.create(user=person, by_mail=False)
    a_meeting(small_group)
    enrol_oneself(small_group, person)

    welcome = mail("place-welcome")
    assert ["mails" in welcome.text, ADDRESS_PAGE in welcome.text, ADDRESS_PAGE in welcome.html] == [False, True, True]


@pytest.mark.parametrize("kind", ["place-welcome", "place-from-queue"])
def test_who_comes_in_reads_how_many_mails_follow_and_where_the_address_is(small_group, people, a_meeting, kind):
    """Also who comes in from the waiting list."""
    for place in range(2):
        a_meeting(small_group, days=7 * (place + 1))
    for person in people(3):
        enrol_oneself(small_group, person)
    withdraw_place(GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1"), by=None)
    settle()
    name = {"place-welcome": "Deelnemer 2", "place-from-queue": "Deelnemer 3"}[kind]
    told = mail(kind, name)
    follow = OutboxMail.objects.filter(kind="calendar-request", person__display_name=name).count()

    assert [f"{follow} mails" in words for words in (told.text, told.html)] == [True] * 2
    assert [f"{ADDRESS_PAGE}\n" in told.text, f'href="{ADDRESS_PAGE}"' in told.html] == [True] * 2


def test_a_mail_lists_what_is_still_to_come_in_whole_dates(small_group, people, a_meeting):
    TrainingGroup.objects.filter(pk=small_group.pk).update(enrol_from="2026-01-01")
    with time_machine.travel(datetime.datetime(2026, 10, 20, 8, tzinfo=datetime.UTC), tick=False):
        meeting = a_meeting(small_group, days=2)
        over = a_meeting(small_group, days=-2, title="Voorbij")
        enrol_oneself(small_group, people(1)[0])
    text = mail("place-welcome").text

    assert "- donderdag 22 oktober 2026, 10.00–13.00 uur, Tilburg\n" in text
    assert text.count("2026,") == 1
    assert meeting.starts_at > over.starts_at


@pytest.mark.parametrize(("waiting", "at_once"), [("automatic", True), ("by_hand", False)])
def test_who_waits_reads_how_a_seat_is_given(small_group, people, waiting, at_once):
    TrainingGroup.objects.filter(pk=small_group.pk).update(waiting=waiting)
    for person in people(3):
        enrol_oneself(small_group, person)
    automatic, by_hand = (
        dutch(words)
        for words in (
            "When a seat comes free and it is your turn, you get it at once and we write to you. You need do nothing.",
            "When a seat comes free, who leads the group chooses who gets it. We write to you when it is yours. "
            "You need do nothing.",
        )
    )
    text = mail("place-waiting", "Deelnemer 3").text

    assert (automatic in text, by_hand in text) == (at_once, not at_once)


def test_who_left_is_not_told_that_the_meeting_is_called_off(small_group, people, a_meeting, ilse):
    first, second = people(2)
    for person in (first, second):
        enrol_oneself(small_group, person)
    meeting = a_meeting(small_group)
    settle()
    withdraw_place(GroupPlace.objects.get(enrolment__person=first), by=first)
    settle()
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    settle()
    when = span_words(meeting.starts_at, meeting.ends_at)
    subjects = [mail("calendar-cancel", person.display_name).subject for person in (first, second)]

    assert [subject.partition(":")[0] for subject in subjects] == [
        dutch("Out of your calendar: %(title)s, %(when)s", title="", when="").partition(":")[0],
        dutch("Called off: %(title)s, %(when)s", title="", when="").partition(":")[0],
    ]
    assert when


def test_a_reminder_is_told_apart_from_the_mail_for_the_calendar(every_mail):
    subjects = {every_mail[kind].subject for kind in ("calendar-request", "meeting-reminder")}

    assert len(subjects) == 2
    assert every_mail["meeting-reminder"].subject.startswith(
        dutch("Soon: %(title)s, %(when)s", title="Luisteren", when="")
    )


def test_nothing_empty_stands_in_a_mail(every_mail):
    for kind, one in every_mail.items():
        assert (kind, "<p></p>" in one.html, "\n\n\n" in one.text) == (kind, False, False)


def test_what_people_typed_stays_words(small_group, people, a_meeting, ilse):
    TrainingGroup.objects.filter(pk=small_group.pk).update(name="Tilburg & <b>Oss</b>")
    small_group.refresh_from_db()
    enrol_oneself(small_group, people(1)[0])
    told = mail("place-welcome")

    assert "Tilburg & <b>Oss</b>" in told.subject
    assert "Tilburg & <b>Oss</b>" in told.text
    assert "<b>Oss" not in told.html
