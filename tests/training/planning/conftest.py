"""A group with few seats, led by Ilse, and people who want to come."""

import datetime

import pytest
from django.utils import timezone, translation

from tests.factories.people import make_person
from tests.mail.conftest import post, worker
from tests.standing import standing
from training.domain.attendance import mark
from training.domain.meetings import NewMeeting, add_meetings, confirm_meeting
from training.domain.places import enrol_oneself
from training.domain.staff import assign_staff
from training.models import Meeting
from training.planning_choices import GroupState

__all__ = ["post", "worker"]  # the mail server and the worker of tests/mail are fixtures here as well


@pytest.fixture(autouse=True)
def no_language_left():
    """What an act says is English here, also after a test in which somebody opened a page in Dutch."""
    with translation.override("en"):
        yield


@standing
def small_group(group, ilse):
    """Two seats, open since a day that lies behind every clock of these tests; Samira and Daan are not in it."""
    group.capacity, group.state, group.enrol_from = 2, GroupState.OPEN, datetime.date(2026, 9, 1)
    group.save()
    return group


def some_people(number):
    """Return that many who may come."""
    return [make_person(f"Deelnemer {place}") for place in range(1, number + 1)]


@pytest.fixture
def people(db):
    """`people(4)` are four who may come."""
    return some_people


def plan_meeting(group, ilse, noor, *, days=7, title="Luisteren", confirmed=True, staffed=True):
    """Return a meeting of `group` that Ilse made, as `a_meeting` says; what its acts say is English."""
    starts_at = timezone.now().replace(microsecond=0) + datetime.timedelta(days=days)
    row = NewMeeting(title, starts_at, starts_at + datetime.timedelta(hours=3), break_minutes=15, city="Tilburg")
    with translation.override("en"):
        meeting = add_meetings(group, [row], by=ilse)[0]
        if staffed:
            assign_staff(meeting, noor, "co_trainer", by=ilse, reason="In de test mag dat.")
        return confirm_meeting(meeting, by=ilse) if confirmed and staffed else meeting


@pytest.fixture
def a_meeting(ilse, noor):
    """`a_meeting(group, days=7)` is a confirmed meeting in a week, with Noor as co-trainer unless it is not `staffed`;
    she may lead others then.
    """

    def made(group, **options):
        return plan_meeting(group, ilse, noor, **options)

    return made


# ── The end ──
@standing
def over(small_group, ilse, noor):
    """Two meetings of 2:45 that are over."""
    small_group.capacity = 5
    small_group.save()
    found = [plan_meeting(small_group, ilse, noor, days=days) for days in (3, 5)]
    for place, meeting in enumerate(found, start=1):
        begins = timezone.now() - datetime.timedelta(days=place)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))
        meeting.staff.update(starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))
    return list(Meeting.objects.filter(group=small_group).select_related("group"))


@pytest.fixture
def take_part(small_group, over, module, ilse):
    """`take_part("Anna", 165, 90)` was there so many minutes, and did the module unless told otherwise."""

    def made(name, *minutes, did_module=True):
        from tests.factories.enrolments import finish_all
        from tests.factories.people import make_person

        place = enrol_oneself(small_group, make_person(name))
        for meeting, number in zip(over, minutes, strict=True):
            status = "present" if number == 165 else "partly" if number else "absent"
            mark(meeting, place, status, by=ilse, minutes=number if status == "partly" else None)
        if did_module:
            finish_all(place.enrolment, module)
        return place

    return made
