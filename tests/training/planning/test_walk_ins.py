"""Somebody is there who is not on the list: a name on the phone, and later who leads the group says who it is."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.personal_data.retention import retain_all
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.desk import todos_of
from training.domain.meetings import cancel_meeting
from training.domain.places import decline_place, enrol_oneself, prepare_place
from training.domain.walk_ins import note_walk_in, places_beside, seat_walk_in
from training.models import Attendance, GroupPlace, TrainingGroup, WalkIn

NAME = "Fenna, kwam met Joost mee"


@pytest.fixture
def held(small_group, a_meeting):
    return a_meeting(small_group, days=-1)


@pytest.fixture
def fenna(held, marieke):
    return note_walk_in(held, NAME, by=marieke)


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def at(name, meeting, *more):
    return reverse(f"training:{name}", args=[meeting.uuid, *(one.uuid for one in more)])


def standing(group):
    rows = GroupPlace.objects.filter(group=group).select_related("enrolment__person")
    return {row.enrolment.person.display_name: row.state for row in rows}


# ── On the phone ───────────────────────────────────────────────────────────────
def test_a_trainer_writes_the_name_down_once_and_sees_it_saved(held, marieke):
    browser = signed_in(marieke)
    for _time in range(2):
        answer = browser.post(at("walk_in", held), {"name": f"  {NAME}  "})
    page = browser.get(at("attendance", held)).content.decode()

    assert (answer.status_code, answer.url) == (302, f"{at('attendance', held)}#more")
    assert [row.shown_name for row in WalkIn.objects.all()] == [NAME]
    assert [NAME in page, dutch("Who is this?") in page] == [True, False]  # that is the coordinator's


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 81])
def test_a_name_that_is_none_is_said_at_the_field_and_comes_back(held, noor, name):
    answer = signed_in(noor).post(at("walk_in", held), {"name": name})
    page = answer.content.decode()

    assert (answer.status_code, WalkIn.objects.count()) == (409, 0)
    assert ['id="walk-in-error"' in page, name.strip(" \x00") in page] == [True, True]


def test_not_before_it_begins_and_not_when_it_is_called_off(small_group, a_meeting, ilse):
    coming, off = a_meeting(small_group, days=3), a_meeting(small_group, days=4)
    cancel_meeting(off, by=ilse, reason="De zaal is dicht.")

    assert [signed_in(ilse).post(at("walk_in", one), {"name": NAME}).status_code for one in (coming, off)] == [409, 409]
    pages = [signed_in(ilse).get(at("attendance", one)).content.decode() for one in (coming, off)]
    assert [at("walk_in", coming) in pages[0], at("walk_in", off) in pages[1], WalkIn.objects.count()] == [
        False,
        False,
        0,
    ]


def test_no_more_than_twenty(held, noor):
    for number in range(20):
        note_walk_in(held, f"Gast {number}", by=noor)

    assert signed_in(noor).post(at("walk_in", held), {"name": "Nog een"}).status_code == 409
    assert WalkIn.objects.count() == 20


def test_the_name_is_taken_away_by_a_press(held, fenna, noor):
    signed_in(noor).post(at("drop_walk_in", held, fenna))

    assert WalkIn.objects.count() == 0


def test_the_team_alone_reads_and_writes_it(held, fenna, samira, roel, petra, stranger, small_group):
    for one in (samira, roel, petra, stranger):
        browser = signed_in(one)
        assert browser.get(at("attendance", held)).status_code == 404
        seat = at("seat_walk_in", held, fenna)
        answers = [
            browser.post(at("walk_in", held), {"name": "Van mij"}),
            browser.post(at("drop_walk_in", held, fenna)),
            browser.get(seat),
            browser.post(seat, {"email": "a@b.nl"}),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
    assert [row.shown_name for row in WalkIn.objects.all()] == [NAME]


def test_a_trainer_gives_no_seat(held, fenna, marieke, noor):
    for one in (marieke, noor):
        assert signed_in(one).post(at("seat_walk_in", held, fenna), {"email": "a@b.nl"}).status_code == 404


# ── Who it was ─────────────────────────────────────────────────────────────────
def test_it_stands_on_the_desk_until_it_is_known(held, fenna, ilse, small_group):
    assert [one.title for one in todos_of([small_group]) if "Fenna" in one.title] == [f"Who is {NAME}?"]

    seat_walk_in(fenna, by=ilse, email="fenna@example.test")
    assert [one.title for one in todos_of([small_group]) if "Fenna" in one.title] == []


@pytest.mark.parametrize("before", ["prepared", "invited", "declined", "waiting"])
def test_somebody_known_in_the_group_takes_part_and_was_there(held, fenna, ilse, small_group, people, before):
    (person,) = people(1)
    place = prepare_place(small_group, person, by=ilse)
    if before == "declined":
        decline_place(place, by=ilse)
    if before == "waiting":
        decline_place(place, by=ilse)
        GroupPlace.objects.filter(pk=place.pk).update(state="waiting", queue_no=1)
    if before == "invited":
        GroupPlace.objects.filter(pk=place.pk).update(state="invited")
    (choice,) = [one for one in places_beside(small_group) if one.enrolment.person == person]

    answer = signed_in(ilse).post(at("seat_walk_in", held, fenna), {"place": choice.uuid})

    assert answer.status_code == 302
    mark = Attendance.objects.get(meeting=held)
    assert (mark.status, mark.place.state, mark.place.enrolment.person) == ("present", "enrolled", person)
    assert WalkIn.objects.count() == 0
    small_group.refresh_from_db()
    assert small_group.seats_taken == 1


def test_an_address_that_nobody_has_becomes_somebody_with_that_name(held, fenna, ilse, small_group):
    signed_in(ilse).post(at("seat_walk_in", held, fenna), {"email": "Fenna@Example.test"})

    person = User.objects.get(email="fenna@example.test")
    assert (person.display_name, person.has_usable_password(), standing(small_group)) == (
        NAME,
        False,
        {NAME: "enrolled"},
    )


def test_an_address_that_somebody_has_is_them(held, fenna, ilse, small_group, stranger):
    signed_in(ilse).post(at("seat_walk_in", held, fenna), {"email": stranger.email})

    assert standing(small_group) == {stranger.display_name: "enrolled"}


def test_a_full_group_gives_no_seat_and_nothing_happens(held, fenna, ilse, small_group, people):
    for person in people(2):
        enrol_oneself(small_group, person)
    before = User.objects.count()
    answer = signed_in(ilse).post(at("seat_walk_in", held, fenna), {"email": "fenna@example.test"})

    assert (answer.status_code, User.objects.count(), WalkIn.objects.count()) == (409, before, 1)
    assert [dutch("No seat is free.") in answer.content.decode(), "fenna@example.test" in answer.content.decode()] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"place": "x"},
        {"place": "\x00"},
        {"email": "jan@example"},
        {"email": "x" * 50_000},
        {"place": "both", "email": "a@b.nl"},
    ],
)
def test_nobody_or_two_at_once_is_said_at_the_field(held, fenna, ilse, small_group, people, typed):
    place = prepare_place(small_group, people(1)[0], by=ilse)
    typed = {**typed, "place": place.uuid} if typed.get("place") == "both" else typed
    answer = signed_in(ilse).post(at("seat_walk_in", held, fenna), typed)

    assert (answer.status_code, WalkIn.objects.count(), Attendance.objects.count()) == (422, 1, 0)


def test_settled_twice_is_once(held, fenna, ilse, small_group):
    for _time in range(2):
        answer = signed_in(ilse).post(at("seat_walk_in", held, fenna), {"email": "fenna@example.test"})

    assert (answer.status_code, TrainingGroup.objects.get(pk=small_group.pk).seats_taken) == (404, 1)


def test_after_two_months_the_name_goes(fenna):
    list(retain_all(timezone.now() + datetime.timedelta(days=59)))
    assert WalkIn.objects.count() == 1
    list(retain_all(timezone.now() + datetime.timedelta(days=61)))
    assert WalkIn.objects.count() == 0


def test_who_wrote_it_down_may_go(fenna, marieke):
    from accounts.personal_data.erasing import erase_now

    erase_now(marieke.uuid)
    assert WalkIn.objects.get().noted_by is None


# ── The card ───────────────────────────────────────────────────────────────────
def test_after_signing_off_the_card_is_for_that_person(held, ilse, small_group):
    from training.domain.attendance import mark

    place = enrol_oneself(small_group, make_person("Joost Bakker"))
    mark(held, place, "signed_off", by=ilse)
    browser = signed_in(ilse)
    page = browser.get(at("attendance", held)).content.decode()
    address = f"{reverse('person_card')}?aan={place.enrolment.person.uuid}"

    assert [address in page, "Stuur Joost een kaartje" in page] == [True, True]
    chosen = browser.get(address).content.decode()
    assert f'value="{place.enrolment.person.uuid}" selected' in chosen
