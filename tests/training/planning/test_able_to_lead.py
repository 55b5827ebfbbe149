"""Who leads a meeting or a group can do so: their account is open and they have the role; else it waits for another."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from common.refusals import Refused
from tests.factories.people import make_person
from tests.training.planning.test_planning_cms import address, enter
from tests.words import dutch, dutch_of
from training.domain.all_meetings import put_team_on_meetings
from training.domain.groups import FIELDS
from training.domain.meetings import confirm_meeting
from training.domain.places import enrol_oneself
from training.domain.planning_check import differences
from training.domain.staff import assign_staff
from training.models import Meeting, MeetingStaff

pytestmark = pytest.mark.django_db
CLOSED = "Can't lead it any more: the account is closed, or the role was taken away."


def lose(person, how):
    if how == "account":
        person.is_active = False
        person.save()
    else:
        person.groups.clear()


def test_nobody_leads_as_what_they_are_not(small_group, a_meeting, ilse, marieke, browser_of):
    meeting = a_meeting(small_group, staffed=False)
    with pytest.raises(Refused, match="Marieke"):
        assign_staff(meeting, marieke, "co_trainer", by=ilse)

    where = reverse("training:add_staff", args=[meeting.uuid])
    page = browser_of(ilse).post(where, {"user": marieke.pk, "role": "co_trainer"})
    assert (page.status_code, page.context["staff_form"]["user"].value()) == (409, str(marieke.pk))
    assert not MeetingStaff.objects.exists()


@pytest.mark.parametrize("how", ["account", "role"])
def test_without_its_only_co_trainer_a_meeting_waits_for_another(small_group, a_meeting, ilse, noor, browser_of, how):
    meeting, browser = a_meeting(small_group), browser_of(ilse)
    desk, page = reverse("training:desk"), reverse("training:meeting", args=[meeting.uuid])
    asks = f'href="{page}#staff"'
    assert asks not in browser.get(desk).content.decode()

    lose(noor, how)

    assert asks in browser.get(desk).content.decode()
    assert dutch(CLOSED) in browser.get(page).content.decode()
    assert [one.co_trainers for one in Meeting.objects.with_team()] == [0]


@pytest.mark.parametrize("how", ["account", "role"])
def test_nor_is_it_confirmed(small_group, a_meeting, ilse, noor, how):
    meeting = a_meeting(small_group, confirmed=False)
    lose(noor, how)

    with pytest.raises(Refused, match="co-trainer"):
        confirm_meeting(meeting, by=ilse)


def test_the_team_of_the_group_is_asked_without_who_can_not(small_group, a_meeting, ilse, noor, marieke):
    a_meeting(small_group, staffed=False)
    lose(noor, "role")

    assert put_team_on_meetings(small_group, by=ilse) == 1
    assert MeetingStaff.objects.get().user == marieke


def test_somebody_with_two_roles_counts_once(small_group, a_meeting, noor):
    from django.contrib.auth.models import Group

    noor.groups.add(Group.objects.get_or_create(name="participant")[0], Group.objects.get_or_create(name="trainer")[0])
    a_meeting(small_group)

    assert [(one.trainers, one.co_trainers) for one in Meeting.objects.with_team()] == [(0, 1)]


# ── Groups ─────────────────────────────────────────────────────────────────────
def test_who_gives_a_group_to_another_is_led_to_the_desk(client, small_group, ilse, roel):
    enter(client, ilse)
    values = {name: getattr(small_group, name) for name in FIELDS if getattr(small_group, name) is not None}
    values |= {"seen": small_group.version, "coordinators": [ilse.pk, roel.pk]}
    where = address("groepen", "edit", small_group)
    both = client.post(where, values)
    alone = client.post(where, {**values, "seen": small_group.version + 1, "coordinators": [roel.pk]})

    assert both.url == reverse("training:planned_group", args=[small_group.uuid])
    assert (alone.url, client.get(alone.url).status_code) == (reverse("training:desk"), 200)
    assert list(small_group.coordinators.all()) == [roel]


def test_a_group_that_nobody_leads_is_given_to_a_coordinator_from_the_server(small_group, ilse, roel, marieke):
    small_group.coordinators.clear()
    for code, person in (("GEEN", roel), (small_group.code, marieke)):
        with pytest.raises(CommandError):
            call_command("hand_over_group", code, person.email)
    assert list(differences()) == [f"group {small_group.uuid}: nobody leads it"]
    call_command("hand_over_group", small_group.code, roel.email)

    assert (list(small_group.coordinators.all()), list(differences())) == ([roel], [])


def test_too_few_people_is_said_on_the_page(small_group, ilse, browser_of):
    small_group.minimum = 2
    small_group.save()
    said, where = (
        dutch_of("at least %(number)s needed", "at least %(number)s needed", 2),
        reverse("training:planned_group", args=[small_group.uuid]),
    )
    assert said in browser_of(ilse).get(where).content.decode()

    for name in ("Anna", "Bea"):
        enrol_oneself(small_group, make_person(name))
    assert said not in browser_of(ilse).get(where).content.decode()
