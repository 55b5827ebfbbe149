"""The planning of made-up groups: every state is there, it is counted right, and it is the same again."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count

from mail.models import OutboxMail
from tests.training.demo.hands import load
from training.demo.volume_planning import plan_volume
from training.models import Attendance, CalendarInvite, Certificate, GroupPlace, Meeting, MeetingStaff, TrainingGroup
from training.planning_choices import AttendanceStatus, MeetingState, PlaceState

GROUPS = 12
PEOPLE = 60  # with fewer there is a day in each two weeks on which nobody was absent


def measured(model, path="group"):
    return model.objects.filter(**{f"{path}__name__startswith": "Meting"})


def told():
    """What can be told of it without times and keys."""
    meetings = measured(Meeting).order_by("group__name", "ordinal").values_list("group__name", "title", "state")
    marks = measured(Attendance, "meeting__group").order_by("meeting__group__name", "meeting__ordinal", "place")
    places = (
        measured(GroupPlace).order_by("group__name", "enrolment__person__email").values_list("group__name", "state")
    )
    return list(meetings), list(marks.values_list("status", flat=True)), list(places)


@pytest.fixture
def filled(loaded):
    load(participants=PEOPLE, groups=GROUPS)


def test_there_is_something_of_everything(filled):
    groups = TrainingGroup.objects.filter(name__startswith="Meting")

    assert measured(Meeting).count() == 8 * GROUPS
    assert set(groups.values_list("state", flat=True)) == {"open", "closed", "finished"}
    assert set(measured(Meeting).values_list("state", flat=True)) == set(MeetingState.values)
    assert set(measured(Attendance, "meeting__group").values_list("status", flat=True)) == set(AttendanceStatus.values)
    assert set(measured(GroupPlace).values_list("state", flat=True)) == set(PlaceState.values) - {"moved", "cancelled"}
    assert measured(CalendarInvite, "meeting__group").count() > 200


def test_it_is_counted_right_and_nobody_is_in_two_places(filled):
    out = io.StringIO()
    call_command("check_planning", stdout=out)
    twice = MeetingStaff.objects.filter(meeting__group__name__startswith="Meting", is_on=True)
    twice = twice.values("user", "starts_at").annotate(number=Count("pk")).filter(number__gt=1)

    assert (out.getvalue().strip(), list(twice)) == ("Planning is counted right.", [])
    assert list(TrainingGroup.objects.filter(places__state=PlaceState.WAITING, name__startswith="Meting")) != []
    for group in TrainingGroup.objects.filter(places__state=PlaceState.WAITING, name__startswith="Meting").distinct():
        assert group.seats_free == 0


def test_nobody_is_mailed_about_it(filled):
    assert not OutboxMail.objects.open().filter(about__startswith="group:").exists()
    assert not CalendarInvite.objects.filter(unsettled_until__isnull=False).exists()


def test_a_certificate_is_for_who_came_to_the_end(filled):
    for certificate in Certificate.objects.filter(enrolment__places__group__name__startswith="Meting"):
        assert certificate.enrolment.completed_at


def test_loading_again_adds_nothing_and_another_seed_is_another_planning(loaded):
    load(participants=30, groups=GROUPS)
    at_once = told()
    load(participants=30, groups=GROUPS)
    again = told()
    with transaction.atomic():
        added = plan_volume(groups=GROUPS, seed=2, password="!")

    assert (again == at_once, added) == (True, 0)


def test_growing_plans_only_the_new_groups(loaded):
    load(participants=12, groups=4)
    first = told()[0]
    load(participants=24, groups=8)

    assert [one for one in told()[0] if one in first] == first
    assert measured(Meeting).count() == 8 * 8
