"""`manage.py mail_worker` as it runs beside the server, in a process of its own: stopped, killed, without database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from common import chores
from mail.models import OutboxMail
from mail.worker import Worker
from tests.mail.smtp import Conduct

ROOT = Path(__file__).resolve().parents[2]


def database_url():
    """Return the address of the test database, for another process."""
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{there['NAME']}"
    host = f"{there['HOST']}:{there['PORT']}" if there["PORT"] else there["HOST"]
    return f"postgres://{there['USER']}:{there['PASSWORD']}@{host}/{there['NAME']}"


@pytest.fixture
def start(post):
    """`start("--once")` starts a worker whose mail goes to `post`."""
    started = []

    def begin(*options):
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "manage.py", "mail_worker", *options]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_until(happened, seconds=30):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
    return seconds - (until - time.monotonic())


def states():
    return list(OutboxMail.objects.order_by("key").values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_it_sends_within_three_seconds_and_stops_when_asked(queue, post, start):
    queue("first")
    process = start()
    wait_until(lambda: len(post.taken) == 1)

    queue("code")
    took = wait_until(lambda: len(post.taken) == 2)
    process.send_signal(signal.SIGTERM)
    _out, said = process.communicate(timeout=10)

    assert took < 3
    assert (process.returncode, said) == (0, "")
    assert states() == ["sent", "sent"]


@pytest.mark.django_db(transaction=True)
def test_stopped_in_the_middle_it_finishes_the_mail_in_its_hands(queue, post, start):
    post.conduct = Conduct(pause=1)
    queue("a")
    queue("b")
    process = start("--poll", "0.1")
    wait_until(lambda: "DATA" in post.commands)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)

    assert (process.returncode, states(), post.receivers()) == (0, ["sent", "waiting"], ["a@example.test"])


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_loses_nothing(queue, post, start):
    post.conduct = Conduct(to={"b@example.test": {"RCPT": "hang"}})
    for name in "abc":
        queue(name)
    process = start()
    wait_until(lambda: post.receivers() == ["a@example.test"] and states() == ["sent", "sending", "waiting"])
    process.kill()
    process.wait()
    post.conduct = Conduct()
    assert states() == ["sent", "sending", "waiting"]

    OutboxMail.objects.filter(state="sending").update(lease_until=timezone.now())  # two minutes later
    process = start("--once")
    process.communicate(timeout=30)

    assert (process.returncode, states()) == (0, ["sent"] * 3)
    assert sorted(post.receivers()) == [f"{name}@example.test" for name in "abc"]


def test_once_sends_what_is_due_and_does_the_chores(queue, post, db, monkeypatch):
    done = []
    monkeypatch.setattr(chores, "_chores", {"test": lambda: done.append(1)})
    handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    queue("a")

    call_command("mail_worker", "--once")

    assert (states(), done) == (["sent"], [1])
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == handlers


def test_once_says_in_one_line_that_the_database_is_away(monkeypatch, db):
    def away(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr(Worker, "claim", away)

    with pytest.raises(CommandError, match=r"^The database is away: connection refused$"):
        call_command("mail_worker", "--once")


@pytest.fixture
def bare(monkeypatch, settings):
    """A worker whose rounds are told by the test: a list of what each one does."""
    worker = Worker()
    rests = []
    monkeypatch.setattr("mail.worker.connections.close_all", lambda: None)
    monkeypatch.setattr(worker, "rest", rests.append)

    def run(*rounds):
        left = list(rounds)

        def one_round():
            act = left.pop(0)
            if not left:
                worker.stop()
            if isinstance(act, Exception):
                raise act
            return act

        monkeypatch.setattr(worker, "round", one_round)
        worker.run(poll=1)
        return rests

    return run


def test_a_database_that_is_away_is_two_lines_in_the_log(bare, caplog):
    away = OperationalError("connection to server\nrefused")

    assert bare(False, away, away, away, False) == [1] * 5
    assert [record.getMessage() for record in caplog.records] == [
        "The database is away, mail waits for it: connection to server refused",
        "The database is back.",
    ]


def test_what_is_done_in_small_pieces_goes_on_at_once(bare):
    assert bare(True, False) == [0.1, 1]


def test_a_mistake_of_ours_ends_it_loudly(bare):
    with pytest.raises(ZeroDivisionError):
        bare(ZeroDivisionError())


def test_a_stop_ends_a_rest():
    worker = Worker()
    worker.stop()
    started = time.monotonic()

    worker.rest(5)

    assert time.monotonic() - started < 1
