"""`check_planning` says what differs, and changes nothing."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from training.domain.places import enrol_oneself
from training.models import GroupPlace, MeetingStaff, TrainingGroup


def checked():
    """Return what the command writes."""
    out = io.StringIO()
    try:
        call_command("check_planning", stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()


@pytest.fixture
def planned(small_group, people, a_meeting):
    for person in people(3):
        enrol_oneself(small_group, person)
    return a_meeting(small_group)


def test_what_acts_wrote_is_counted_right(planned):
    assert checked() == ["Planning is counted right."]


def test_a_counter_that_went_wrong_is_named_and_stays(planned, small_group):
    TrainingGroup.objects.filter(pk=small_group.pk).update(seats_taken=1)

    assert checked() == [
        f"group {small_group.uuid}: 1 seats are taken by the counter, 2 by the places",
        "1 differences.",
    ]
    assert TrainingGroup.objects.get(pk=small_group.pk).seats_taken == 1


def test_a_queue_number_that_was_never_given_out(planned, small_group):
    place = GroupPlace.objects.get(queue_no=1)
    GroupPlace.objects.filter(pk=place.pk).update(queue_no=9)

    assert checked()[0] == f"place {place.uuid}: number 9 is not given out yet by group {small_group.uuid}"


def test_somebody_copied_at_another_time(planned):
    row = MeetingStaff.objects.get(meeting=planned)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE training_meetingstaff SET starts_at = '2020-01-01 09:00:00+00:00'")

    assert checked()[0] == f"meeting {planned.uuid}: who leads it is copied at another time ({row.pk})"


def test_a_confirmed_meeting_without_a_co_trainer(planned):
    MeetingStaff.objects.all().delete()

    assert checked()[0] == f"meeting {planned.uuid}: confirmed without a co-trainer"
