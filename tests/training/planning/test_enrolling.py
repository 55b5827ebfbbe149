"""Enrolling by oneself, and why not yet: a sentence for every state of a group."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.groups import make_group
from tests.words import dutch
from training.domain.places import accept_place, enrol_oneself, prepare_place, withdraw_place
from training.models import GroupPlace, TrainingGroup
from training.planning_choices import PlaceState

TODAY = datetime.date(2027, 2, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def first_of_february(time_machine):
    time_machine.move_to(datetime.datetime(2027, 2, 1, 8, 0, tzinfo=datetime.UTC), tick=False)


@pytest.fixture
def hers(browser_of, stranger):
    return browser_of(stranger)


@pytest.fixture
def address(small_group):
    return f"/groep/{small_group.uuid}/meedoen/"


def put(group, **values):
    TrainingGroup.objects.filter(pk=group.pk).update(**values)


WHY = [
    ({"state": "closed"}, "This group is closed: nobody can enrol at the moment.", {}),
    ({"state": "finished"}, "This group has finished.", {}),
    ({"state": "cancelled"}, "This group is called off.", {}),
    ({"enrol_from": TODAY + DAY}, "Enrolling is possible from {day}.", {"day": "2 februari 2027"}),
    ({"enrol_until": TODAY - DAY}, "Enrolling was possible until {day}.", {"day": "31 januari 2027"}),
    (
        {"state": "closed", "enrol_until": TODAY - DAY},
        "Enrolling was possible until {day}.",
        {"day": "31 januari 2027"},
    ),
    ({"enrol_from": None}, "It is not known yet from when you can enrol.", {}),
]


@pytest.mark.parametrize(("state", "sentence", "values"), WHY)
def test_why_not_yet_is_said_and_nothing_is_written(hers, address, small_group, state, sentence, values):
    put(small_group, **state)
    shown, pressed = hers.get(address), hers.post(address)

    said = dutch(sentence).format(**values)
    assert (shown.status_code, said in shown.content.decode()) == (200, True)
    assert (pressed.status_code, said in pressed.content.decode()) == (409, True)
    assert b"<button" not in shown.content.split(b"<main")[1].split(b"</main")[0]
    assert GroupPlace.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_a_concept_nothing_is_said(hers, address, small_group, method):
    put(small_group, state="concept")

    assert getattr(hers, method)(address).status_code == 404


def test_on_the_first_and_on_the_last_day_it_is_possible(hers, address, small_group):
    put(small_group, enrol_from=TODAY, enrol_until=TODAY)

    assert hers.post(address).url == f"/groep/{small_group.uuid}/"
    assert GroupPlace.objects.get().state == PlaceState.ENROLLED


def test_a_full_group_offers_the_waiting_list(hers, address, small_group, people):
    for person in people(2):
        enrol_oneself(small_group, person)

    assert dutch("Put me on the waiting list") in hers.get(address).content.decode()
    hers.post(address)
    assert list(GroupPlace.objects.filter(state="waiting").values_list("queue_no", flat=True)) == [1]


# ── A place elsewhere ──────────────────────────────────────────────────────────
@pytest.fixture
def elsewhere(training, ilse):
    other = make_group(training, "Breda", coordinators=[ilse])
    put(other, state="open", enrol_from=timezone.localdate(), capacity=1)
    other.refresh_from_db()
    return other


def taking_part(group, person, ilse):
    return enrol_oneself(group, person)


def asked(group, person, ilse):
    return prepare_place(group, person, by=ilse)


def waiting(group, person, ilse):
    put(group, capacity=1, seats_taken=1)
    return enrol_oneself(group, person)


ELSEWHERE = [
    (taking_part, "You take part in {group} already. Do you want to change? Ask who leads your group."),
    (asked, "A place is kept for you in {group}. Say no to it first, then you can enrol here."),
    (waiting, "You stand on the waiting list of {group}. Leave it first, then you can enrol here."),
]


@pytest.mark.parametrize(("how", "sentence"), ELSEWHERE)
def test_who_has_a_place_in_another_group_of_the_training_is_led_there(
    hers, address, stranger, elsewhere, ilse, how, sentence
):
    there = how(elsewhere, stranger, ilse)
    shown, pressed = hers.get(address), hers.post(address)

    assert dutch(sentence).format(group="Breda") in shown.content.decode()
    assert f'href="/groep/{elsewhere.uuid}/"' in shown.content.decode()
    assert (pressed.status_code, dutch(sentence).format(group="Breda") in pressed.content.decode()) == (409, True)
    assert list(GroupPlace.objects.all()) == [there]


@pytest.mark.parametrize("state", ["finished", "cancelled"])
def test_a_group_that_ended_stands_in_nobodys_way(hers, address, stranger, elsewhere, small_group, state):
    enrol_oneself(elsewhere, stranger)
    put(elsewhere, state=state)
    hers.post(address)

    assert GroupPlace.objects.get(group=small_group).state == PlaceState.ENROLLED


def test_who_left_there_may_come_here(hers, address, stranger, elsewhere, small_group):
    withdraw_place(enrol_oneself(elsewhere, stranger), by=stranger)
    hers.post(address)

    assert GroupPlace.objects.get(group=small_group).state == PlaceState.ENROLLED


def test_a_coordinator_may_put_somebody_in_both(stranger, elsewhere, small_group, ilse):
    enrol_oneself(elsewhere, stranger)
    place = accept_place(prepare_place(small_group, stranger, by=ilse), by=stranger)

    assert (place.state, GroupPlace.objects.live().of(stranger).count()) == (PlaceState.ENROLLED, 2)
