"""A group that is called off: what was earned stays, nothing new is given, and nobody stays in it."""

import pytest
from django.urls import reverse

from training.domain.finishing import issue_certificates, issue_for_a_reason
from training.domain.groups import cancel_group
from training.domain.planning_check import differences
from training.models import Certificate
from training.planning_choices import PlaceState

pytestmark = pytest.mark.django_db


def test_no_certificate_is_given_in_a_group_that_is_called_off(small_group, take_part, ilse, browser_of):
    early, late = take_part("Anna", 165, 165), take_part("Bea", 165, 165)
    kept = issue_for_a_reason(early, reason="Zij verhuist.", by=ilse)
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")
    hers = browser_of(ilse)

    assert issue_certificates(small_group, by=ilse) == 0
    issued = hers.post(reverse("training:issue_one_certificate", args=[late.uuid]), {"reason": "Toch."})
    assert (issued.status_code, list(Certificate.objects.valid())) == (404, [kept])
    assert browser_of(early.enrolment.person).get(reverse("training:certificate", args=[kept.uuid])).status_code == 200


def test_everybody_is_out_of_it_and_no_seat_is_taken(small_group, take_part, ilse):
    place = take_part("Anna", 165, 165)
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")
    small_group.refresh_from_db()
    place.refresh_from_db()

    assert (place.state, small_group.seats_taken, list(differences())) == (PlaceState.CANCELLED, 0, [])
