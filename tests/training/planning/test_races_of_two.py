"""Two coordinators who press the same button, or two that do not go together, at the same moment: one act of it."""

import pytest
from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.training.planning.test_races import at_once
from training.domain.finishing import issue_certificates
from training.domain.groups import cancel_group, change_group
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.places import enrol_oneself
from training.domain.register_delivery import keep_delivery, open_numbers
from training.domain.register_numbers import keep_number
from training.domain.seen import seen_of_meeting
from training.models import Certificate, Meeting, RegisterEvent, TrainingGroup
from training.planning_choices import Register

pytestmark = pytest.mark.django_db(transaction=True)
AGAIN = 6


def many(act, *args, **options):
    """Let the same act run at once, as coordinators who press the same button do."""
    return at_once([lambda: act(*args, **options)] * AGAIN)


@pytest.fixture
def three(take_part):
    """Three who may have a certificate, each with a number that may be passed on."""
    places = [take_part(f"Mens {number}", 165, 165) for number in range(3)]
    for number, place in enumerate(places):
        keep_number(place.enrolment.person, Register.REGISTERPLEIN, f"461000{number}", may_pass_on=True)
    return places


def test_certificates_issued_at_once_are_one_for_each(three, small_group, ilse):
    issued = many(issue_certificates, small_group, by=ilse)

    assert (sorted(issued), Certificate.objects.count()) == ([0] * (AGAIN - 1) + [3], 3)
    assert OutboxMail.objects.filter(kind="certificate-issued").count() == 3


def test_a_group_passed_on_at_once_is_passed_on_once(three, small_group, ilse):
    opened = many(open_numbers, small_group, "registerplein", by=ilse)
    kept = many(
        keep_delivery, small_group, "registerplein", execution_number="1", day=timezone.localdate(), version=0, by=ilse
    )

    acts = list(RegisterEvent.objects.exclude(act="allowed").values_list("act", flat=True))
    assert sorted(opened) == [0] * (AGAIN - 1) + [3]
    assert (kept.count("Refused"), sorted(acts)) == (AGAIN - 1, ["delivered"] * 3 + ["opened"] * 3)


def test_a_meeting_called_off_at_once_is_called_off_once(group, ilse, a_meeting):
    meeting = a_meeting(group)
    version = Meeting.objects.get(pk=meeting.pk).version
    reasons = [f"Reden {number}" for number in range(AGAIN)]
    came = at_once([lambda reason=one: cancel_meeting(meeting, by=ilse, reason=reason) for one in reasons])

    assert len({one.cancel_reason for one in came}) == 1
    assert list(Meeting.objects.values_list("state", "version")) == [("cancelled", version + 1)]


def test_moved_and_called_off_at_once_one_of_the_two_is_told(group, ilse, a_meeting):
    meeting = Meeting.objects.get(pk=a_meeting(group).pk)
    seen = seen_of_meeting(meeting)
    came = at_once(
        [
            lambda: cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.", seen=seen),
            lambda: change_meeting(meeting, version=meeting.version, by=ilse, room="zaal 4"),
        ]
    )

    now = Meeting.objects.get(pk=meeting.pk)
    told = [one for one in came if isinstance(one, str)]
    assert (now.state, now.room, told) in [
        ("cancelled", "", ["ChangedMeanwhile"]),
        ("confirmed", "zaal 4", ["OtherThanSeen"]),
    ]


def test_a_group_called_off_at_once_tells_everybody_once(small_group, ilse, a_meeting):
    a_meeting(small_group)
    enrol_oneself(small_group, make_person("Mens"))
    came = many(cancel_group, small_group, by=ilse, reason="Te weinig mensen.")

    small_group.refresh_from_db()
    assert [one.state for one in came] == ["cancelled"] * AGAIN
    assert (small_group.seats_taken, OutboxMail.objects.filter(kind="group-cancelled").count()) == (0, 1)


def test_a_group_changed_at_once_is_saved_by_one(group, ilse):
    version = TrainingGroup.objects.get(pk=group.pk).version
    came = at_once(
        [
            lambda name=f"Naam {number}": change_group(group, by=ilse, version=version, name=name)
            for number in range(AGAIN)
        ]
    )

    assert came.count("ChangedMeanwhile") == AGAIN - 1
    assert TrainingGroup.objects.get(pk=group.pk).version == version + 1
