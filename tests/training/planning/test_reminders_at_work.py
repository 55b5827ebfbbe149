"""Reminders when there are many, and when the worker dies halfway: nobody gets two, nobody none."""

import datetime
import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.mail.smtp import Conduct, Post
from tests.mail.test_mail_worker import ROOT, database_url, wait_until
from training.domain import reminders
from training.domain.places import enrol_oneself
from training.models import Meeting, TrainingGroup

HOUR = datetime.timedelta(hours=1)
KIND = "meeting-reminder"


@pytest.fixture
def due_group(training, ilse, a_meeting):
    """`due_group(3)` is a group of three people that meets tomorrow, with the reminder due since yesterday."""
    made = []

    def grown(number):
        group = make_group(training, f"Groep {len(made)}", coordinators=[ilse])
        made.append(group)
        TrainingGroup.objects.filter(pk=group.pk).update(state="open", enrol_from="2026-01-01", capacity=50)
        for place in range(number):
            enrol_oneself(group, make_person(f"Mens {len(made)} {place}"))
        return a_meeting(group, days=1)

    return grown


def asked(act):
    """Return `(what it gives, number of queries)`."""
    with CaptureQueriesContext(connection) as captured:
        given = act()
    return given, len(captured)


def receivers():
    return sorted(OutboxMail.objects.filter(kind=KIND).values_list("to", flat=True))


# ── Many ───────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_with_nothing_due_it_asks_one_question_however_many_meetings_there_are(small_group, people, a_meeting):
    for person in people(2):
        enrol_oneself(small_group, person)
    for days in (10, 20):
        a_meeting(small_group, days=days)
    few = asked(reminders.remind)
    for days in range(21, 27):
        a_meeting(small_group, days=days)

    assert (few, asked(reminders.remind)) == ((0, 1), (0, 1))


@pytest.mark.django_db
def test_with_all_of_them_made_it_asks_the_same_for_more_meetings_and_people(due_group):
    due_group(2)
    reminders.remind()
    few = asked(reminders.remind)
    for _time in range(5):
        due_group(4)
    while reminders.remind():
        pass

    assert (few, asked(reminders.remind)) == ((0, 4), (0, 4))
    assert len(receivers()) == 22


@pytest.mark.django_db
def test_it_does_some_meetings_at_a_time_and_the_worker_goes_on_at_once(due_group, monkeypatch):
    monkeypatch.setattr(reminders, "_clock", {"next": 0})
    for _time in range(reminders.AT_ONCE + 2):
        due_group(1)

    rounds = [reminders.remind_now_and_then() for _time in range(4)]

    assert rounds == [reminders.AT_ONCE, 2, 0, 0]
    assert len(set(receivers())) == reminders.AT_ONCE + 2


# ── Killed ─────────────────────────────────────────────────────────────────────
@pytest.fixture
def post():
    """The mail server of the workers."""
    with Post.open() as post:
        yield post


@pytest.fixture
def start(post):
    """`start()` begins a worker whose mail goes to `post`, in a process of its own."""
    started = []

    def begin(*options):
        there = {"DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{post.port}", "DEMO": "off"}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "mail_worker", *options], cwd=ROOT, env=os.environ | there
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["queueing", "sending"])
def test_killed_halfway_and_started_again_nobody_gets_two_and_nobody_none(due_group, post, start, moment):
    """Killed (-9) while it makes the reminders, and while a mail is in its hands."""
    caches["limits"].clear()
    for _time in range(3):
        due_group(4)
    OutboxMail.objects.all().delete()
    post.conduct = Conduct(pause=0.2) if moment == "sending" else Conduct()
    process = start("--poll", "0.1")
    if moment == "queueing":
        wait_until(lambda: OutboxMail.objects.filter(kind=KIND).exists(), 60)
    else:
        wait_until(lambda: len(post.taken) >= 2, 60)
    process.kill()
    process.wait()
    halfway = len(post.taken)
    post.conduct = Conduct()
    OutboxMail.objects.filter(state="sending").update(lease_until=timezone.now())  # two minutes later
    start("--poll", "0.1")
    wait_until(lambda: OutboxMail.objects.filter(kind=KIND, state="sent").count() == 12, 60)

    messages = {(taken.to, taken.message["Message-ID"]) for taken in post.taken if _is_reminder(taken)}
    assert halfway < 12
    assert sorted(to for to, _number in messages) == receivers()
    assert len(set(receivers())) == 12  # the same mail once more, at most, with the number that it had


def _is_reminder(taken):
    return taken.to in receivers()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_reminder_once(due_group, post, start):
    for _time in range(3):
        due_group(4)
    OutboxMail.objects.all().delete()
    for _time in range(2):
        start("--poll", "0.1")
    wait_until(lambda: OutboxMail.objects.filter(kind=KIND, state="sent").count() == 12, 60)

    assert len(set(receivers())) == len(receivers()) == 12
    assert Meeting.objects.count() == 3
    assert sorted(taken.to for taken in post.taken if _is_reminder(taken)) == receivers()
