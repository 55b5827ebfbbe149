"""Who was asked and never came is not kept for ever, nor is what people wished."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.personal_data.retention import retain_all
from training.domain.my_group import keep_wishes
from training.domain.place_invitations import answer_invitation, invite_prepared, token_again
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.domain.planning_check import differences
from training.models import Enrolment, GroupPlace, PlaceEvent, PlaceInvitation

pytestmark = pytest.mark.django_db


def gone_after(days, *names):
    """What `manage.py retain` erases so many days from now, for these periods."""
    found = {one.name: one.gone for one in retain_all(timezone.now() + timedelta(days=days))}
    return tuple(found[name] for name in names)


@pytest.fixture
def declined(small_group, people, ilse):
    """The place of who said no, with a note."""
    place = prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)
    answer_invitation(token_again(PlaceInvitation.objects.get()), says_yes=False, note="Ik ben ziek.")
    return place


def test_a_year_after_a_no_nothing_of_it_is_left(declined, small_group):
    assert gone_after(settings.RETENTION_DAYS["never_came"] - 1, "never_came") == (0,)
    assert gone_after(settings.RETENTION_DAYS["never_came"] + 1, "never_came") == (1,)

    assert (GroupPlace.objects.count(), PlaceInvitation.objects.count(), Enrolment.objects.count()) == (0, 0, 0)
    assert (PlaceEvent.objects.of_place(declined).count(), list(differences())) == (3, [])


def test_who_took_part_or_still_may_stays(small_group, people, ilse, module):
    left, asked = people(2)
    withdraw_place(enrol_oneself(small_group, left), by=left)
    prepare_place(small_group, asked, by=ilse)

    assert gone_after(1000, "never_came") == (0,)
    assert GroupPlace.objects.count() == 2


def test_who_did_something_in_the_training_keeps_that(declined, module):
    from tests.factories.enrolments import finish_all

    finish_all(declined.enrolment, module)

    assert gone_after(1000, "never_came") == (1,)
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("how", ["met", "withdrew"])
def test_wishes_go_after_the_last_meeting_and_after_leaving(small_group, a_meeting, people, how):
    person = people(1)[0]
    place = enrol_oneself(small_group, person)
    keep_wishes(place, "Ik zit in een rolstoel.")
    a_meeting(small_group, days=2)
    if how == "withdrew":
        withdraw_place(place, by=person)
    days = settings.RETENTION_DAYS["wishes"]

    assert gone_after(days - 1, "wishes") == (0,)
    assert gone_after(days + 4, "wishes") == (1,)
    place.refresh_from_db()
    assert place.wishes == {}


def test_a_group_that_waits_for_its_dates_keeps_them(small_group, people):
    place = enrol_oneself(small_group, people(1)[0])
    keep_wishes(place, "Ik zit in een rolstoel.")

    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        assert gone_after(0, "wishes") == (0,)
