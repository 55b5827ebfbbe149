"""Hours and days later: the schedule of attempts, leases that run out, and what is erased when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from common import chores
from mail.domain.outbox import erase_old_bodies, send_again
from mail.models import OutboxMail
from mail.worker import Worker
from tests.mail.smtp import Conduct

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
LATER = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720)]


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def raw():
    """Return all that the database holds of the only mail, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_outboxmail")
        (row,) = cursor.fetchall()
        return repr(row)


# ── The schedule ───────────────────────────────────────────────────────────────
def test_a_mail_is_tried_six_times_and_then_refused(queue, post, worker, clock):
    post.conduct = Conduct(at={"RCPT": "450 mailbox busy"})
    mail = queue()
    worker.send_due()
    tried = [0]
    for minute in range(1, 24 * 60):
        clock.move_to(MONDAY + timedelta(minutes=minute))
        if worker.send_due():
            tried.append(minute)

    mail.refresh_from_db()
    assert tried == [0, 5, 20, 80, 320, 1040]
    assert (mail.state, mail.attempts, mail.reason, mail.next_at) == ("refused", 6, "450 mailbox busy", None)


def test_a_mail_is_not_tried_a_second_too_early(queue, post, worker, clock):
    post.conduct = Conduct(at={"end": "cut"})
    queue()
    worker.send_due()

    clock.shift(timedelta(minutes=5, seconds=-1))
    assert worker.send_due() == 0
    clock.shift(timedelta(seconds=1))
    assert worker.send_due() == 1


def test_a_server_that_is_away_for_an_hour_loses_nothing(queue, post, worker, clock):
    post.conduct = Conduct(at={"greet": "cut"})
    for number in range(20):
        queue(f"p{number:02}")
    for minute in range(180):
        if minute == 60:
            post.conduct = Conduct()
        clock.move_to(MONDAY + timedelta(minutes=minute))
        worker.send_due()

    assert sorted(post.receivers()) == [f"p{number:02}@example.test" for number in range(20)]
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_mail_for_later_leaves_then(queue, post, worker, clock):
    queue(not_before=MONDAY + timedelta(days=2))

    assert worker.send_due() == 0
    clock.shift(timedelta(days=2))
    assert worker.send_due() == 1


def test_a_refused_mail_starts_over_when_somebody_asks(queue, post, worker, clock):
    post.conduct = Conduct(at={"RCPT": "550 no such mailbox"})
    mail = queue()
    worker.send_due()
    mail.refresh_from_db()
    post.conduct = Conduct(at={"RCPT": "450 later"})

    assert send_again(mail)
    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.next_at) == ("waiting", 1, MONDAY + LATER[0])


# ── A worker that died ─────────────────────────────────────────────────────────
def test_a_mail_in_dead_hands_is_taken_over_after_two_minutes(queue, post, worker, clock):
    queue()
    Worker().claim()  # and nothing more: it died

    clock.shift(timedelta(minutes=2, seconds=-1))
    assert worker.send_due() == 0
    clock.shift(timedelta(seconds=1))
    assert worker.send_due() == 1
    assert post.receivers() == ["jo@example.test"]


def test_a_worker_that_comes_back_too_late_changes_nothing(queue, post, worker, clock):
    late = Worker()
    queue()
    mail = late.claim()
    clock.shift(timedelta(minutes=3))
    worker.claim()

    late.end(mail, "cancelled")

    assert list(OutboxMail.objects.values_list("state", "lease_by")) == [("sending", worker.name)]


def test_a_worker_whose_mail_was_taken_over_while_it_dialled_does_not_send_it(queue, post, worker, clock):
    class SlowLine:
        def ready(self):
            clock.shift(timedelta(minutes=3))
            Worker().claim()
            return True

        def send(self, message):
            raise AssertionError("sent twice")

    queue()

    assert worker.deliver(worker.claim(), SlowLine()) is True
    assert list(OutboxMail.objects.exclude(lease_by=worker.name).values_list("state", flat=True)) == ["sending"]


def test_dialling_does_not_eat_up_the_lease(queue, worker, clock, post):
    class SlowLine:
        def ready(self):
            clock.shift(timedelta(minutes=1))
            return True

        def send(self, message):
            lease.append(OutboxMail.objects.get().lease_until)

    lease = []
    queue()

    worker.deliver(worker.claim(), SlowLine())

    assert lease == [MONDAY + timedelta(minutes=3)]


def test_a_mail_erased_in_the_hands_of_a_worker_is_gone(queue, post, worker, make_kind):
    queue(kind=make_kind("x", still_wanted=lambda mail: OutboxMail.objects.all().delete() and True))

    worker.send_due()

    assert (OutboxMail.objects.count(), post.taken) == (0, [])


# ── What is erased when ────────────────────────────────────────────────────────
def test_words_go_seven_days_after_sending(queue, post, worker, clock):
    mail = queue(word="Zonnebloem")
    clock.shift(timedelta(days=1))
    worker.send_due()

    clock.shift(timedelta(days=7, seconds=-1))
    assert erase_old_bodies() == 0
    mail.refresh_from_db()
    assert mail.subject == "Zonnebloem for"
    clock.shift(timedelta(seconds=1))
    assert erase_old_bodies() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.words, mail.words_until) == ("sent", {}, None)


@pytest.mark.parametrize("steps", [{}, {"RCPT": "550 no"}], ids=["sent", "refused"])
def test_a_code_goes_as_soon_as_it_can(queue, post, worker, make_kind, steps, monkeypatch):
    monkeypatch.setattr("common.fields.EncryptedWordsField.get_prep_value", lambda self, value: str(value or ""))
    monkeypatch.setattr("common.fields.EncryptedWordsField.to_python", lambda self, value: eval(value or "{}"))  # noqa: S307 - what the line above wrote
    post.conduct = Conduct(at=steps)
    queue(kind=make_kind("code", is_secret=True), word="Zonnebloem")
    assert raw().count("Zonnebloem") == 3  # the control: without its lock the word is there to be found

    worker.send_due()

    assert raw().count("Zonnebloem") == 0
    assert OutboxMail.objects.get().words == {}


def test_a_code_that_may_still_arrive_is_kept(queue, post, worker, make_kind):
    post.conduct = Conduct(at={"RCPT": "450 later"})
    mail = queue(kind=make_kind("code", is_secret=True), word="123456")

    worker.send_due()

    mail.refresh_from_db()
    assert mail.subject == "123456 for"


def test_a_refused_code_can_not_be_sent_again(queue, post, worker, make_kind):
    post.conduct = Conduct(at={"RCPT": "550 no"})
    mail = queue(kind=make_kind("code", is_secret=True))
    worker.send_due()

    assert send_again(mail) is False


def test_what_waits_keeps_its_words_however_long(queue, clock):
    mail = queue(word="Zonnebloem", not_before=MONDAY + timedelta(days=60))

    clock.shift(timedelta(days=59))

    assert erase_old_bodies() == 0
    mail.refresh_from_db()
    assert mail.subject == "Zonnebloem for"


def test_the_worker_erases_old_words(queue, post, clock):
    queue()
    call_command("mail_worker", "--once")
    clock.shift(timedelta(days=8))

    call_command("mail_worker", "--once")

    assert [mail.words for mail in OutboxMail.objects.all()] == [{}]
    assert chores.run_all()["erase the words of old mails"] == 0
