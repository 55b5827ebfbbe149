"""Every way into a group, out of it and to another: seats are counted once, nobody overtakes who waits."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from common.events import Unchangeable
from common.refusals import Refused
from mail.models import OutboxMail
from tests.factories.groups import make_group
from training.choices import EnrolmentState
from training.domain.groups import cancel_group, change_group, put_group_state
from training.domain.places import (
    accept_place,
    decline_place,
    enrol_oneself,
    leave_all_places,
    move_place,
    prepare_place,
    promote_place,
    withdraw_place,
)
from training.models import GroupPlace, PlaceEvent
from training.planning_choices import GroupState, PlaceSource, PlaceState, WaitingList


@pytest.fixture(autouse=True)
def in_english():
    """What acts say stands in the language of who asks; here it is that of the code."""
    with translation.override("en"):
        yield


def standing(group):
    """Return `{name: (state, number in the queue)}` of a group, and check that the seats are counted."""
    group.refresh_from_db()
    assert group.seats_taken == group.places.filter(seat_held=True).count()
    return {
        place.enrolment.person.display_name: (place.state, place.queue_no)
        for place in group.places.select_related("enrolment__person")
    }


def mails_to(person):
    return sorted(OutboxMail.objects.filter(person=person, next_at__isnull=False).values_list("kind", flat=True))


# ── In ──
def test_a_coordinator_puts_people_in_without_a_mail_and_the_third_waits(small_group, ilse, people):
    for person in people(3):
        prepare_place(small_group, person, by=ilse)

    assert standing(small_group) == {
        "Deelnemer 1": (PlaceState.PREPARED, None),
        "Deelnemer 2": (PlaceState.PREPARED, None),
        "Deelnemer 3": (PlaceState.WAITING, 1),
    }
    assert OutboxMail.objects.count() == 0


def test_putting_somebody_in_twice_is_once(small_group, ilse, people):
    person = people(1)[0]

    first, second = (prepare_place(small_group, person, by=ilse) for _time in range(2))

    assert first == second
    assert standing(small_group) == {"Deelnemer 1": (PlaceState.PREPARED, None)}
    assert PlaceEvent.objects.of_place(first).count() == 1


def test_who_is_only_put_in_follows_nothing_yet(small_group, ilse, people):
    place = prepare_place(small_group, people(1)[0], by=ilse)

    assert place.enrolment.state == EnrolmentState.INVITED
    accept_place(place, by=place.enrolment.person)
    place.enrolment.refresh_from_db()
    assert place.enrolment.state == EnrolmentState.ACTIVE


def test_by_oneself_the_last_seat_and_then_the_queue(small_group, people):
    for person in people(3):
        enrol_oneself(small_group, person)

    assert standing(small_group) == {
        "Deelnemer 1": (PlaceState.ENROLLED, None),
        "Deelnemer 2": (PlaceState.ENROLLED, None),
        "Deelnemer 3": (PlaceState.WAITING, 1),
    }
    assert mails_to(GroupPlace.objects.get(queue_no=1).enrolment.person) == ["place-waiting"]


def test_enrolling_twice_says_that_one_is_in(small_group, people):
    person = people(1)[0]
    enrol_oneself(small_group, person)

    with pytest.raises(Refused, match="already take part"):
        enrol_oneself(small_group, person)

    assert standing(small_group) == {"Deelnemer 1": (PlaceState.ENROLLED, None)}


NOT_OPEN = [
    (GroupState.CONCEPT, "nobody can enrol at the moment"),
    (GroupState.CLOSED, "nobody can enrol at the moment"),
    (GroupState.FINISHED, "has finished"),
    (GroupState.CANCELLED, "is called off"),
]


@pytest.mark.parametrize(("state", "why"), NOT_OPEN)
def test_nobody_enrols_in_a_group_that_is_not_open(small_group, people, state, why):
    small_group.state = state
    small_group.save()

    with pytest.raises(Refused, match=why):
        enrol_oneself(small_group, people(1)[0])

    assert standing(small_group) == {}


def test_after_the_last_day_the_day_is_named_and_a_coordinator_still_may(small_group, ilse, people):
    person = people(1)[0]
    small_group.enrol_from, small_group.enrol_until = small_group.enrol_from.replace(year=2020), None
    small_group.enrol_until = small_group.enrol_from
    small_group.save()

    with pytest.raises(Refused, match="2020"):
        enrol_oneself(small_group, person)
    prepare_place(small_group, person, by=ilse)

    assert standing(small_group) == {"Deelnemer 1": (PlaceState.PREPARED, None)}


def test_a_free_seat_goes_behind_who_waits(small_group, ilse, people):
    """By hand, a seat may be free while people wait: who comes now still joins the end."""
    small_group.waiting = WaitingList.BY_HAND
    small_group.save()
    first, second, third, fourth = people(4)
    for person in (first, second, third):
        enrol_oneself(small_group, person)
    withdraw_place(GroupPlace.objects.get(enrolment__person=first), by=first)

    enrol_oneself(small_group, fourth)

    assert standing(small_group) == {
        "Deelnemer 1": (PlaceState.WITHDRAWN, None),
        "Deelnemer 2": (PlaceState.ENROLLED, None),
        "Deelnemer 3": (PlaceState.WAITING, 1),
        "Deelnemer 4": (PlaceState.WAITING, 2),
    }
    promote_place(GroupPlace.objects.get(enrolment__person=fourth), by=ilse)
    assert standing(small_group)["Deelnemer 4"] == (PlaceState.ENROLLED, None)
    with pytest.raises(Refused, match="No seat is free"):
        promote_place(GroupPlace.objects.get(enrolment__person=third), by=ilse)


# ── Out ──
def test_a_seat_given_back_goes_to_the_first_who_waits_once(small_group, people):
    first, second, third, fourth = people(4)
    for person in (first, second, third, fourth):
        enrol_oneself(small_group, person)

    for _time in range(2):
        withdraw_place(GroupPlace.objects.get(enrolment__person=first), by=first)

    assert standing(small_group) == {
        "Deelnemer 1": (PlaceState.WITHDRAWN, None),
        "Deelnemer 2": (PlaceState.ENROLLED, None),
        "Deelnemer 3": (PlaceState.ENROLLED, None),
        "Deelnemer 4": (PlaceState.WAITING, 2),
    }
    assert mails_to(third) == ["place-from-queue"]  # that they wait is no longer true
    assert mails_to(first) == ["place-gone"]


def test_a_seat_given_back_by_who_just_got_it_goes_to_the_next(small_group, people):
    everybody = people(4)
    for person in everybody:
        enrol_oneself(small_group, person)

    for person in (everybody[0], everybody[2]):
        withdraw_place(GroupPlace.objects.get(enrolment__person=person), by=person)

    assert standing(small_group)["Deelnemer 4"] == (PlaceState.ENROLLED, None)


def test_a_no_frees_the_seat_and_the_enrolment(small_group, ilse, people):
    place = prepare_place(small_group, people(1)[0], by=ilse)

    declined = decline_place(place, by=place.enrolment.person)

    assert declined.enrolment.state == EnrolmentState.LEFT
    assert standing(small_group) == {"Deelnemer 1": (PlaceState.DECLINED, None)}
    with pytest.raises(Refused, match="no longer kept"):
        accept_place(place, by=place.enrolment.person)


def test_who_was_in_before_comes_back_with_what_they_did(small_group, ilse, people):
    place = prepare_place(small_group, people(1)[0], by=ilse)
    decline_place(place, by=ilse)

    again = prepare_place(small_group, place.enrolment.person, by=ilse)

    assert (again.enrolment, again.pk == place.pk) == (place.enrolment, False)
    assert again.enrolment.state == EnrolmentState.INVITED


# ── To another group ──
def test_moving_keeps_the_enrolment_and_leaves_a_seat(small_group, other_group, ilse, people):
    first, second, third = people(3)
    for person in (first, second, third):
        enrol_oneself(small_group, person)
    place = GroupPlace.objects.get(enrolment__person=first)

    there = move_place(place, other_group, by=ilse)

    place.refresh_from_db()
    assert (place.state, place.moved_to, there.enrolment) == (PlaceState.MOVED, there, place.enrolment)
    assert (there.state, there.source) == (PlaceState.ENROLLED, PlaceSource.MOVE)
    assert standing(small_group)["Deelnemer 3"] == (PlaceState.ENROLLED, None)
    assert standing(other_group) == {"Deelnemer 1": (PlaceState.ENROLLED, None)}


def test_a_full_group_takes_nobody_over_and_nothing_changes(small_group, ilse, people):
    first, second = people(2)
    full = make_group(small_group.training, "Vol", coordinators=[ilse])
    full.capacity = 1
    full.save()
    prepare_place(full, second, by=ilse)
    place = prepare_place(small_group, first, by=ilse)

    with pytest.raises(Refused, match="Nothing was changed"):
        move_place(place, full, by=ilse)

    assert standing(small_group) == {"Deelnemer 1": (PlaceState.PREPARED, None)}
    assert standing(full) == {"Deelnemer 2": (PlaceState.PREPARED, None)}


def test_nobody_is_moved_to_where_they_are(small_group, ilse, people):
    place = prepare_place(small_group, people(1)[0], by=ilse)

    with pytest.raises(Refused, match="where they are"):
        move_place(place, small_group, by=ilse)


# ── The group ──
def test_more_seats_go_to_who_waits(small_group, ilse, people):
    for person in people(4):
        enrol_oneself(small_group, person)

    change_group(small_group, by=ilse, capacity=3, why_more="Een grotere zaal.")

    assert standing(small_group)["Deelnemer 3"] == (PlaceState.ENROLLED, None)
    assert standing(small_group)["Deelnemer 4"] == (PlaceState.WAITING, 2)


def test_fewer_seats_than_people_are_refused(small_group, ilse, people):
    for person in people(2):
        enrol_oneself(small_group, person)

    with pytest.raises(Refused, match="2 seats are taken"):
        change_group(small_group, by=ilse, capacity=1)

    small_group.refresh_from_db()
    assert small_group.capacity == 2


def test_a_group_called_off_ends_every_place_with_one_mail(small_group, ilse, people, a_meeting):
    first, second, third = people(3)
    for person in (first, second, third):
        enrol_oneself(small_group, person)
    meeting = a_meeting(small_group)

    for _time in range(2):
        cancel_group(small_group, by=ilse, reason="Er zijn te weinig mensen.")

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == ("cancelled", "Er zijn te weinig mensen.")
    assert {state for state, _number in standing(small_group).values()} == {PlaceState.CANCELLED}
    assert [mails_to(person) for person in (first, second, third)] == [["group-cancelled"], ["group-cancelled"], []]
    with pytest.raises(Refused, match="ended"):
        prepare_place(small_group, first, by=ilse)


def test_a_group_is_called_off_with_a_reason_only(small_group, ilse):
    with pytest.raises(Refused, match="Say why"):
        cancel_group(small_group, by=ilse, reason=" \x00 ")


def test_an_ended_group_is_not_opened_again(small_group, ilse):
    cancel_group(small_group, by=ilse, reason="Te weinig mensen")

    with pytest.raises(Refused, match="can't be done"):
        put_group_state(small_group, "open", by=ilse)


# ── What stays ──
def test_erasing_somebody_gives_their_seats_back_without_a_mail(small_group, people):
    first, second, third = people(3)
    for person in (first, second, third):
        enrol_oneself(small_group, person)

    for _time in range(2):
        leave_all_places(first)

    assert standing(small_group)["Deelnemer 3"] == (PlaceState.ENROLLED, None)
    assert mails_to(first) == []


def test_events_tell_what_happened_and_stay(small_group, people):
    person = people(1)[0]
    place = enrol_oneself(small_group, person)
    withdraw_place(place, by=person)

    events = PlaceEvent.objects.of_place(place)
    assert list(events.values_list("from_state", "to_state", "by_key")) == [
        ("", "enrolled", person.uuid),
        ("enrolled", "withdrawn", person.uuid),
    ]
    with pytest.raises(Unchangeable):
        events.update(to_state="enrolled")
    with pytest.raises(Exception, match="Events are not"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE training_placeevent SET to_state = 'enrolled'")


def test_the_database_counts_seats_as_well(small_group):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(small_group).objects.filter(pk=small_group.pk).update(seats_taken=3)
