"""What settling calendars costs, however many are due."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import OutboxMail
from training.domain import calendars
from training.domain.calendars import settle_invites
from training.domain.places import enrol_oneself
from training.models import CalendarInvite, TrainingGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def queries():
    """`queries(at)` settles what is due then: `(how many it looked at, number of queries)`."""

    def settled(at=None):
        with CaptureQueriesContext(connection) as captured:
            number = settle_invites(at)
        return number, len(captured)

    return settled


def test_with_nothing_due_it_asks_one_question_and_takes_no_lock(small_group, people, a_meeting, queries):
    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group)

    assert queries() == (0, 1)


def test_a_piece_costs_the_same_however_many_wait_behind_it(small_group, people, a_meeting, queries, monkeypatch):
    monkeypatch.setattr(calendars, "AT_ONCE", 3)
    later = timezone.now() + datetime.timedelta(minutes=6)
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=20)
    small_group.refresh_from_db()
    for person in people(10):
        enrol_oneself(small_group, person)
    a_meeting(small_group)
    few = queries(later)
    for days in (14, 21, 28):
        a_meeting(small_group, days=days)
    more = queries(later)

    assert (few[0], more) == (3, few)


def test_all_of_it_is_done_in_pieces_and_nobody_is_told_twice(small_group, people, a_meeting, monkeypatch):
    monkeypatch.setattr(calendars, "AT_ONCE", 3)
    for person in people(2):
        enrol_oneself(small_group, person)
    for days in (7, 14):
        a_meeting(small_group, days=days)
    later = timezone.now() + datetime.timedelta(minutes=6)
    pieces = [settle_invites(later) for _time in range(4)]

    assert pieces == [3, 3, 2, 0]
    assert CalendarInvite.objects.filter(unsettled_until__isnull=False).count() == 0
    assert OutboxMail.objects.filter(kind="calendar-request").count() == 8
