"""All coming meetings of a group at once: the team on each of them, each of them confirmed."""

import pytest
from django.urls import reverse

from tests.words import dutch
from training.domain.meetings import cancel_meeting
from training.models import Meeting, MeetingStaff

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(small_group, a_meeting, ilse):
    """Three meetings to come, one of them called off, and one that is over; Noor and Marieke lead the group."""
    over = a_meeting(small_group, days=-3, staffed=False)
    first, second, off = (a_meeting(small_group, days=days, staffed=False) for days in (2, 9, 16))
    cancel_meeting(off, by=ilse, reason="De zaal is dicht.")
    return over, first, second, off


def press(client, group, name):
    return client.post(reverse(f"training:{name}", args=[group.uuid]))


def staff_of(meetings):
    return [sorted(meeting.staff.values_list("user__display_name", "role")) for meeting in meetings]


def test_the_team_stands_at_every_coming_meeting_and_at_no_other(client, planned, small_group, ilse, noor, marieke):
    client.force_login(ilse)
    both = [("Marieke", "trainer"), ("Noor", "co_trainer")]

    for _time in range(2):
        assert press(client, small_group, "put_team_on_meetings").status_code == 302
    assert [[(name.split()[0], role) for name, role in one] for one in staff_of(planned)] == [[], both, both, []]


def test_where_one_of_them_leads_another_meeting_nobody_is_added(
    client, planned, small_group, other_group, a_meeting, ilse, noor
):
    a_meeting(other_group, days=9)  # Noor
    client.force_login(ilse)

    answer = press(client, small_group, "put_team_on_meetings")

    assert answer.status_code == 409
    assert other_group.name in answer.content.decode()
    assert staff_of(planned) == [[], [], [], []]


def test_a_group_without_a_team_is_told_where_to_choose_one(client, planned, small_group, ilse):
    small_group.trainers.clear()
    small_group.co_trainers.clear()
    client.force_login(ilse)

    answer = press(client, small_group, "put_team_on_meetings")

    assert answer.status_code == 409
    said = dutch("This group has no trainers and co-trainers yet. Choose them with ‘Change this group’.")
    assert said in answer.content.decode()


def test_all_are_confirmed_or_none(client, planned, small_group, ilse, noor, marieke):
    client.force_login(ilse)
    assert press(client, small_group, "confirm_meetings").status_code == 409
    press(client, small_group, "put_team_on_meetings")
    MeetingStaff.objects.filter(meeting=planned[2], role="co_trainer").delete()

    assert press(client, small_group, "confirm_meetings").status_code == 409
    assert states(small_group) == ["concept", "concept", "concept", "cancelled"]
    press(client, small_group, "put_team_on_meetings")
    for _time in range(2):
        assert press(client, small_group, "confirm_meetings").status_code == 302
    assert states(small_group) == ["concept", "confirmed", "confirmed", "cancelled"]


def states(group):
    return list(Meeting.objects.filter(group=group).order_by("ordinal").values_list("state", flat=True))
