"""Several workers, several causes, at the same moment, each with a connection of its own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from mail.domain import outbox
from mail.domain.outbox import cancel_mails
from mail.models import OutboxMail
from mail.worker import Worker
from tests.factories.people import make_person
from tests.mail.smtp import Conduct

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Let every act begin at the same moment in a thread of its own; returns what they returned, in their order."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


# ── One cause, one mail ────────────────────────────────────────────────────────
def linger(monkeypatch):
    """Let everybody who looks for a key find nothing, and only then write."""
    original = outbox.write_words

    def slow(*args):
        time.sleep(0.2)
        return original(*args)

    monkeypatch.setattr(outbox, "write_words", slow)


def test_the_same_cause_ten_times_at_once_is_one_mail(queue, make_kind, monkeypatch):
    make_kind()
    linger(monkeypatch)

    mails = at_once(*[queue] * 10)

    assert {mail.pk for mail in mails} == {OutboxMail.objects.get().pk}


def test_who_comes_second_keeps_the_rest_of_its_transaction(queue, make_kind, monkeypatch):
    make_kind()
    linger(monkeypatch)

    def act(name):
        with transaction.atomic():
            person = make_person(name)
            return person, queue("jo", person=person)

    (first, one), (second, other) = at_once(lambda: act("Anna"), lambda: act("Bert"))

    assert (one.pk, OutboxMail.objects.count()) == (other.pk, 1)
    assert sorted(type(first).objects.filter(pk__in=[first.pk, second.pk]).values_list("display_name", flat=True)) == [
        "Anna",
        "Bert",
    ]


def test_a_cause_that_is_undone_lets_the_next_one_make_the_mail(queue, make_kind):
    make_kind()
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert queue().pk == OutboxMail.objects.get().pk


# ── One mail, one sending ──────────────────────────────────────────────────────
@pytest.mark.parametrize("workers", [2, 4])
def test_workers_send_each_mail_once(queue, post, workers):
    post.conduct = Conduct(pause=0.01)
    names = [f"p{number:02}" for number in range(24)]
    for name in names:
        queue(name)

    handled = at_once(*[lambda: Worker().send_due() for _ in range(workers)])

    assert sorted(post.receivers()) == [f"{name}@example.test" for name in names]
    assert (sum(handled), min(handled) > 0) == (24, True)
    assert set(OutboxMail.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_one_mail_and_many_workers_is_one_sending(queue, post):
    queue()

    handled = at_once(*[lambda: Worker().send_due() for _ in range(6)])

    assert (sorted(handled), post.receivers()) == ([0, 0, 0, 0, 0, 1], ["jo@example.test"])


def test_a_server_that_hangs_on_one_mail_does_not_stop_the_other_worker(queue, post, settings):
    settings.EMAIL_TIMEOUT = 3
    post.conduct = Conduct(to={"a@example.test": {"RCPT": "hang"}})
    for name in "abcdef":
        queue(name)

    def second():
        while not OutboxMail.objects.filter(state="sending", key="note:a").exists():
            time.sleep(0.01)
        Worker().send_due()
        return sorted(OutboxMail.objects.values_list("key", "state"))

    _first, seen = at_once(lambda: Worker().send_due(), second)

    assert seen == [("note:a", "sending"), *[(f"note:{name}", "sent") for name in "bcdef"]]


def test_nothing_is_locked_while_a_mail_is_on_its_way(queue, post):
    post.conduct = Conduct(pause=0.7)
    queue("a")

    def another_act():
        while not OutboxMail.objects.filter(state="sending").exists():
            time.sleep(0.01)
        started = time.monotonic()
        queue("b", not_before=None)
        cancel_mails(key_prefix="note:b")
        return time.monotonic() - started

    handled, seconds = at_once(lambda: Worker().send_due(), another_act)

    assert (handled, seconds < 0.5) == (1, True)


# ── A database that is away ────────────────────────────────────────────────────
def test_what_has_left_is_written_down_when_the_database_is_back(queue, post, worker, monkeypatch):
    queue()
    refusals = []

    def away_for_a_while(execute, sql, params, many, context):
        if post.taken and sql.startswith("UPDATE") and len(refusals) < 3:
            refusals.append(sql)
            raise OperationalError("the server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    monkeypatch.setattr(worker, "rest", lambda seconds: None)
    with connection.execute_wrapper(away_for_a_while):
        worker.send_due()

    assert (len(refusals), len(post.taken)) == (3, 1)
    assert list(OutboxMail.objects.values_list("state", "attempts")) == [("sent", 1)]
