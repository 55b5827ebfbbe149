"""A reminder goes out once before each meeting, to who comes, and lapses when the meeting is no longer then."""

import datetime

import pytest
from django.utils import timezone

from mail.kinds import kind_of
from mail.models import OutboxMail
from training.domain.attendance import sign_off
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.places import enrol_oneself, withdraw_place
from training.domain.reminders import remind, reminders_of
from training.models import GroupPlace, Meeting

DAY = datetime.timedelta(days=1)


@pytest.fixture
def meeting(small_group, people, a_meeting):
    """In a week; two come."""
    for person in people(2):
        enrol_oneself(small_group, person)
    return Meeting.objects.select_related("group").get(pk=a_meeting(small_group).pk)


def reminded():
    mails = OutboxMail.objects.filter(kind="meeting-reminder").select_related("person")
    return sorted(mail.person.display_name for mail in mails)


def still_wanted():
    return [kind_of(mail.kind).still_wanted(mail) for mail in OutboxMail.objects.filter(kind="meeting-reminder")]


def test_not_before_the_day_that_the_group_set(meeting):
    assert remind(meeting.starts_at - 2 * DAY - datetime.timedelta(minutes=1)) == 0
    assert remind(meeting.starts_at - 2 * DAY) == 2
    assert reminded() == ["Deelnemer 1", "Deelnemer 2"]


def test_run_again_it_makes_none_more(meeting):
    for _time in range(3):
        remind(meeting.starts_at - DAY)

    assert reminded() == ["Deelnemer 1", "Deelnemer 2"]


def test_who_came_in_late_gets_theirs_and_nobody_a_second(meeting, small_group):
    from tests.factories.people import make_person

    remind(meeting.starts_at - DAY)
    small_group.refresh_from_db()
    small_group.capacity = 3
    small_group.save()
    enrol_oneself(small_group, make_person("Laatkomer"))

    assert remind(meeting.starts_at - DAY / 2) == 1
    assert reminded() == ["Deelnemer 1", "Deelnemer 2", "Laatkomer"]


def test_who_signed_off_gets_none_and_the_coordinator_sees_who_does(meeting):
    place = GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1")
    sign_off(meeting, place, by=place.enrolment.person)

    assert [one.name for one in reminders_of(meeting)] == ["Deelnemer 2"]
    remind(meeting.starts_at - DAY)
    assert reminded() == ["Deelnemer 2"]


def test_moved_the_old_one_lapses_and_a_new_one_follows(meeting, ilse):
    remind(meeting.starts_at - DAY)
    later = change_meeting(
        meeting, version=meeting.version, by=ilse, starts_at=meeting.starts_at + DAY, ends_at=meeting.ends_at + DAY
    )

    assert still_wanted() == [False, False]
    assert remind(later.starts_at - DAY) == 2


def test_called_off_it_lapses(meeting, ilse):
    remind(meeting.starts_at - DAY)
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")

    assert still_wanted() == [False, False]


def test_who_left_is_not_reminded(meeting):
    remind(meeting.starts_at - DAY)
    place = GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1")
    withdraw_place(place, by=place.enrolment.person)

    assert sorted(still_wanted()) == [False, True]


def test_after_it_began_nobody_is_reminded(meeting):
    assert remind(meeting.starts_at + datetime.timedelta(minutes=1)) == 0


def test_a_group_may_want_none(meeting, small_group):
    type(small_group).objects.filter(pk=small_group.pk).update(remind_days=0)

    assert remind(timezone.now() + 7 * DAY - datetime.timedelta(hours=1)) == 0
