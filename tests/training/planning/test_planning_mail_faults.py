"""Planning mail and a mail server that refuses, puts off, hangs and cuts the line (acceptance steps 5, 6 and 11)."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.domain.people import create_person
from mail.models import OutboxMail
from mail.worker import Worker
from tests.mail.smtp import Conduct
from training.domain.calendars import settle_invites
from training.domain.meetings import change_meeting
from training.domain.places import enrol_oneself, prepare_place
from training.domain.reminders import remind
from training.models import Meeting

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
REFUSED, PUT_OFF = "550 5.1.1 no such user", "451 4.7.1 come back later"


def states():
    return {mail.to.partition("@")[0]: mail.state for mail in OutboxMail.objects.order_by("pk")}


@pytest.fixture
def twelve(group, ilse):
    """Twelve people on a list, who stand ready; nobody was mailed."""
    type(group).objects.filter(pk=group.pk).update(capacity=12)
    for number in range(1, 13):
        prepare_place(group, create_person(f"p{number}@example.test", name=f"P {number}", is_proven=False), by=ilse)
    return group


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def test_twelve_are_invited_one_is_refused_and_mended_one_is_put_off_and_arrives(browser, twelve, post, worker):
    now, where = timezone.now(), reverse("training:invite_group", args=[twelve.uuid])
    before = OutboxMail.objects.count()
    for _press in range(2):
        browser.post(where)
    assert (before, OutboxMail.objects.count()) == (0, 12)

    post.conduct = Conduct(to={"p3@example.test": {"RCPT": REFUSED}, "p7@example.test": {"RCPT": PUT_OFF}})
    with time_machine.travel(now + 6 * MINUTE, tick=True):
        worker.send_due()
        assert [list(states().values()).count(state) for state in ("sent", "refused", "waiting")] == [10, 1, 1]
        desk = browser.get("/planning/").content.decode()
        returned = OutboxMail.objects.get(state="refused")
        page = reverse("training:mail_not_arrived", args=[returned.uuid])
        assert [REFUSED in desk, page in desk] == [True, True]
        browser.post(page, {"email": "p3-goed@example.test"})

    post.conduct = Conduct(to={"p3@example.test": {"RCPT": REFUSED}})
    with time_machine.travel(now + 12 * MINUTE, tick=True):
        worker.send_due()
    expected = ["p3-goed", *(f"p{number}" for number in range(1, 13) if number != 3)]
    assert sorted(name.partition("@")[0] for name in post.receivers()) == sorted(expected)
    assert OutboxMail.objects.open().count() == 0


@pytest.fixture
def moved(group, people, ilse, a_meeting):
    """A meeting that two people, Noor and Ilse have in their calendars was moved; the mails about it are due."""
    type(group).objects.filter(pk=group.pk).update(capacity=9, state="open", enrol_from=timezone.localdate())
    for person in people(2):
        enrol_oneself(group, person)
    meeting = a_meeting(group)
    settle_invites(timezone.now() + 6 * MINUTE)
    OutboxMail.objects.all().delete()
    meeting = Meeting.objects.get(pk=meeting.pk)
    change_meeting(meeting, version=meeting.version, by=ilse, room="zaal 4")
    settle_invites(timezone.now() + 6 * MINUTE)
    return meeting


FAULTS = {
    "greylisted": {"RCPT": PUT_OFF},
    "greylisted at the end": {"end": PUT_OFF},
    "hangs": {"RCPT": "hang"},
    "hangs at the end": {"end": "hang"},
    "cuts the line": {"DATA": "cut"},
    "cuts the line at the end": {"end": "cut"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_calendar_mail_arrives_once_after_the_server_is_well_again(moved, post, worker, fault):
    post.conduct = Conduct(to={"deelnemer-1@example.test": FAULTS[fault]})
    worker.send_due()
    ill = states()["deelnemer-1"]
    post.conduct = Conduct()
    with time_machine.travel(timezone.now() + 6 * MINUTE, tick=True):
        worker.send_due()

    assert (ill, set(states().values())) == ("waiting", {"sent"})
    assert sorted(post.receivers()) == [
        "deelnemer-1@example.test",
        "deelnemer-2@example.test",
        "ilse-verbruggen@example.test",
        "noor@example.test",
    ]
    sequences = {taken.raw.count(b"SEQUENCE:1\r\n") for taken in post.taken}
    assert 0 not in sequences


def test_taken_and_cut_before_the_answer_it_comes_twice_with_the_same_numbers(moved, post, worker):
    post.conduct = Conduct(to={"deelnemer-1@example.test": {"end": "take and cut"}})
    worker.send_due()
    post.conduct = Conduct()
    with time_machine.travel(timezone.now() + 6 * MINUTE, tick=True):
        worker.send_due()
    twice = [taken.message for taken in post.taken if taken.to == "deelnemer-1@example.test"]

    def numbers(message):
        ics = next(part for part in message.walk() if part.get_content_type() == "text/calendar").get_content()
        return [line for line in ics.splitlines() if line.startswith(("UID", "SEQUENCE", "DTSTAMP"))]

    assert (len(twice), twice[0]["Message-ID"] == twice[1]["Message-ID"]) == (2, True)
    assert numbers(twice[0]) == numbers(twice[1])


def test_a_refused_reminder_is_for_the_coordinator_and_stops_nobody_else(moved, post, worker, browser):
    OutboxMail.objects.all().delete()
    remind(moved.starts_at - datetime.timedelta(days=1))
    post.conduct = Conduct(to={"deelnemer-1@example.test": {"RCPT": REFUSED}})
    worker.send_due()
    titles = [todo.why for todo in browser.get("/planning/").context["todos"] if REFUSED in todo.why]

    assert (states(), len(titles)) == ({"deelnemer-1": "refused", "deelnemer-2": "sent"}, 1)


def test_a_worker_that_died_halfway_leaves_nobody_with_two_reminders_or_none(moved, post, worker):
    """Killed with a mail in its hands: the lease runs out, and another worker goes on."""
    OutboxMail.objects.all().delete()
    at = moved.starts_at - datetime.timedelta(days=1)
    remind(at)
    dead = Worker()
    held = dead.claim()
    remind(at)
    worker.send_due()
    before = post.receivers()
    with time_machine.travel(timezone.now() + 3 * MINUTE, tick=True):
        remind(at)
        worker.send_due()

    assert (held.state, len(before)) == ("sending", 1)
    assert sorted(post.receivers()) == ["deelnemer-1@example.test", "deelnemer-2@example.test"]
