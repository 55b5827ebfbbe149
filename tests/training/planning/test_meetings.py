"""Meetings: planned, changed, confirmed and called off by one act each; nobody leads two at once."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from common.refusals import Refused
from tests.factories.people import make_person
from training.domain.meetings import (
    NewMeeting,
    add_meetings,
    cancel_meeting,
    change_meeting,
    confirm_meeting,
)
from training.domain.staff import Clash, assign_staff, release_staff
from training.domain.versions import ChangedMeanwhile
from training.models import Meeting, MeetingStaff
from training.planning_choices import MeetingState

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_english():
    """What acts say stands in the language of who asks; here it is that of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def tomorrow():
    return timezone.now().replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)


def plan(group, by, starts_at, *, hours=3, title="Luisteren"):
    return add_meetings(group, [NewMeeting(title, starts_at, starts_at + hours * HOUR)], by=by)[0]


# ── Planning ──
def test_meetings_are_numbered_and_in_concept(group, ilse, tomorrow):
    for day in range(3):
        plan(group, ilse, tomorrow + datetime.timedelta(days=day))

    found = [(one.ordinal, one.state, one.net_minutes) for one in Meeting.objects.filter(group=group)]
    assert found == [(1, "concept", 180), (2, "concept", 180), (3, "concept", 180)]


@pytest.mark.parametrize("hours", [0, -1, 49])
def test_a_meeting_ends_after_it_begins_and_within_two_days(group, ilse, tomorrow, hours):
    with pytest.raises(Refused):
        plan(group, ilse, tomorrow, hours=hours)

    assert Meeting.objects.count() == 0


def test_the_database_holds_that_too(group, ilse, tomorrow):
    meeting = plan(group, ilse, tomorrow)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)


def test_a_meeting_may_go_on_past_midnight(group, ilse, tomorrow):
    assert plan(group, ilse, tomorrow.replace(hour=20), hours=6).net_minutes == 360


# ── Confirming ──
def test_a_meeting_needs_a_co_trainer_before_it_is_confirmed(group, ilse, marieke, noor, tomorrow):
    meeting = plan(group, ilse, tomorrow)
    assign_staff(meeting, marieke, "trainer", by=ilse)

    with pytest.raises(Refused, match="at least one co-trainer"):
        confirm_meeting(meeting, by=ilse)
    assign_staff(meeting, noor, "co_trainer", by=ilse)

    assert confirm_meeting(meeting, by=ilse).state == MeetingState.CONFIRMED
    with pytest.raises(Refused, match="Ask another one first"):
        release_staff(meeting, noor, by=ilse)


def test_who_leads_a_meeting_belongs_to_the_team(group, ilse, tomorrow):
    joris = make_person("Joris", "co-trainer")
    assign_staff(plan(group, ilse, tomorrow), joris, "co_trainer", by=ilse)

    assert list(group.co_trainers.all()) == [joris]


# ── Two at once ──
def test_nobody_leads_two_meetings_at_once(group, other_group, ilse, roel, marieke, tomorrow):
    assign_staff(plan(group, ilse, tomorrow), marieke, "trainer", by=ilse)
    other = plan(other_group, roel, tomorrow + 2 * HOUR)

    with pytest.raises(Clash, match="Tilburg najaar") as clash:
        assign_staff(other, marieke, "trainer", by=roel)

    assert clash.value.other.group == group
    assert MeetingStaff.objects.filter(meeting=other).count() == 0


def test_one_after_the_other_is_no_clash(group, other_group, ilse, roel, marieke, tomorrow):
    assign_staff(plan(group, ilse, tomorrow), marieke, "trainer", by=ilse)

    assert assign_staff(plan(other_group, roel, tomorrow + 3 * HOUR), marieke, "trainer", by=roel).pk


def test_a_reason_makes_it_right_and_is_kept(group, other_group, ilse, roel, marieke, tomorrow):
    assign_staff(plan(group, ilse, tomorrow), marieke, "trainer", by=ilse)

    row = assign_staff(
        plan(other_group, roel, tomorrow), marieke, "trainer", by=roel, reason="Ze opent alleen\nen gaat dan door."
    )

    assert row.reason_for_clash == "Ze opent alleen en gaat dan door."


def test_a_meeting_called_off_stands_in_nobodys_way(group, other_group, ilse, roel, marieke, tomorrow):
    meeting = plan(group, ilse, tomorrow)
    assign_staff(meeting, marieke, "trainer", by=ilse)
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")

    assert assign_staff(plan(other_group, roel, tomorrow), marieke, "trainer", by=roel).pk


def test_moving_a_meeting_onto_another_one_of_the_trainer_is_refused_whole(
    group, other_group, ilse, roel, marieke, tomorrow
):
    assign_staff(plan(group, ilse, tomorrow), marieke, "trainer", by=ilse)
    other = plan(other_group, roel, tomorrow + 5 * HOUR)
    assign_staff(other, marieke, "trainer", by=roel)

    with pytest.raises(Clash):
        change_meeting(other, version=1, by=roel, starts_at=tomorrow + HOUR, ends_at=tomorrow + 2 * HOUR)

    other.refresh_from_db()
    assert (other.starts_at, other.version) == (tomorrow + 5 * HOUR, 1)
    assert other.staff.get().starts_at == tomorrow + 5 * HOUR


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such constraint: the act refuses it.")
def test_postgresql_refuses_two_at_once_by_itself(group, other_group, ilse, roel, marieke, tomorrow):
    assign_staff(plan(group, ilse, tomorrow), marieke, "trainer", by=ilse)
    other = plan(other_group, roel, tomorrow)

    with pytest.raises(IntegrityError, match="nobody_leads_two_at_once"), transaction.atomic():
        MeetingStaff.objects.create(
            meeting=other, user=marieke, role="trainer", starts_at=other.starts_at, ends_at=other.ends_at
        )


# ── Changing ──
def test_a_change_says_who_made_it_and_the_second_one_meanwhile_is_refused(group, ilse, roel, tomorrow):
    meeting = plan(group, ilse, tomorrow)
    change_meeting(meeting, version=1, by=ilse, title="Kijken", city="Breda")

    with pytest.raises(ChangedMeanwhile, match="Ilse Verbruggen changed this") as refusal:
        change_meeting(meeting, version=1, by=roel, title="Lezen")

    assert (refusal.value.row.title, refusal.value.row.city) == ("Kijken", "Breda")


def test_a_meeting_that_began_is_changed_with_a_reason_only(group, ilse):
    meeting = plan(group, ilse, timezone.now() - 2 * HOUR)

    with pytest.raises(Refused, match="begun already"):
        change_meeting(meeting, version=1, by=ilse, room="2")

    assert change_meeting(meeting, version=1, by=ilse, room="2", reason="Andere zaal").room == "2"


def test_what_is_not_the_coordinators_is_not_changed_here(group, ilse, tomorrow):
    with pytest.raises(ValueError, match="state"):
        change_meeting(plan(group, ilse, tomorrow), version=1, by=ilse, state="held")


# ── Calling off ──
def test_a_meeting_is_called_off_with_a_reason_once(group, ilse, tomorrow):
    meeting = plan(group, ilse, tomorrow)
    with pytest.raises(Refused, match="Say why"):
        cancel_meeting(meeting, by=ilse, reason="  ")

    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    again = cancel_meeting(meeting, by=ilse, reason="Iets anders")

    assert (again.state, again.cancel_reason) == (MeetingState.CANCELLED, "De zaal is dicht.")
    with pytest.raises(Refused, match="called off"):
        change_meeting(again, version=again.version, by=ilse, title="Toch")


def test_a_meeting_that_is_over_is_not_called_off(group, ilse):
    meeting = plan(group, ilse, timezone.now() - 5 * HOUR)

    with pytest.raises(Refused, match="is over"):
        cancel_meeting(meeting, by=ilse, reason="Te laat")
