"""What the start page says to who leads a group or a meeting."""

import pytest
from django.urls import reverse

from training.domain.attendance import mark, mark_all_present
from training.domain.my_meetings import meetings_behind, not_filled_in
from training.domain.places import enrol_oneself, withdraw_place
from training.models import TrainingGroup
from training.reports import groups_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(small_group, people):
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=3)
    return [enrol_oneself(small_group, person) for person in people(3)]


def test_who_led_a_meeting_is_asked_who_was_there_until_everybody_is_marked(
    client, three, small_group, a_meeting, noor, ilse, django_assert_num_queries
):
    a_meeting(small_group, days=-20)
    held = a_meeting(small_group, days=-1)
    a_meeting(small_group, days=1)
    client.force_login(noor)

    page = client.get(reverse("training:home")).content.decode()
    assert page.count("/aanwezig/") == 1
    assert reverse("training:attendance", args=[held.uuid]) in page
    mark(held, three[0], "present", by=noor)
    assert noor.roles  # they come with who is signed in
    with django_assert_num_queries(1):
        assert not_filled_in(meetings_behind(noor)) == [held]
    assert not_filled_in(meetings_behind(ilse)) == []
    mark_all_present(held, by=noor)
    assert not_filled_in(meetings_behind(noor)) == []


def test_a_group_counts_who_takes_part_and_no_others(three, small_group, people, ilse, marieke):
    withdraw_place(three[0], by=ilse)

    assert [(group.people, group.is_led) for group in groups_of(ilse)] == [(2, True)]
    assert [(group.people, group.is_led) for group in groups_of(marieke)] == [(2, False)]


def test_a_role_taken_away_takes_its_groups_meetings_and_modules_from_the_next_page(
    client, three, small_group, module, a_meeting, noor
):
    meeting = a_meeting(small_group, days=3)
    a_meeting(small_group, days=-1)
    client.force_login(noor)
    words = (small_group.name, meeting.title, module.title)
    before = client.get(reverse("training:home")).content.decode()
    assert [word in before for word in words] == [True, True, True]

    noor.groups.clear()

    after = client.get(reverse("training:home")).content.decode()
    assert [word in after for word in words] == [False, False, False]
