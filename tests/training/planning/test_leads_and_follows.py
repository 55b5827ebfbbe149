"""Who takes part in a training and leads meetings as well has both on one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.enrolments import enrol
from training.domain.places import enrol_oneself

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(client, small_group, training, noor):
    """Noor's browser; she follows the training and co-trains a group of it."""
    enrol(noor, training)
    client.force_login(noor)
    return client


def test_the_meetings_that_they_lead_stand_beside_their_training(both, small_group, a_meeting, people, noor):
    enrol_oneself(small_group, people(1)[0])
    led, held = a_meeting(small_group, days=30), a_meeting(small_group, days=-1)
    addresses = [reverse("training:led_meeting", args=[led.uuid]), reverse("training:attendance", args=[held.uuid])]
    page = both.get(reverse("training:home")).content.decode()

    assert ([page.count(one) for one in addresses], reverse("training:aftercare_list") in page) == ([1, 1], True)
    noor.groups.clear()
    after = both.get(reverse("training:home")).content.decode()
    assert ([after.count(one) for one in addresses], reverse("training:aftercare_list") in after) == ([0, 0], False)


def test_it_costs_the_same_for_more_meetings(both, small_group, a_meeting):
    counted = []
    for days in (3, 4, 5, 6):
        a_meeting(small_group, days=days)
        both.get(reverse("training:home"))
        with CaptureQueriesContext(connection) as asked:
            both.get(reverse("training:home"))
        counted.append(len(asked))

    assert counted == [counted[0]] * 4
    assert counted[0] <= 15
