"""Seats at their edges: who got one late, who is erased from a group that ended, an answer that is none, a waiting list
that somebody keeps by hand, and more people than seats.
"""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.training.planning.test_planning_cms import address, enter
from tests.words import dutch
from training.domain.finished_groups import finish_group
from training.domain.finishing import issue_certificates
from training.domain.groups import FIELDS, change_group
from training.domain.overbooking import MORE_SEATS, WhyNeeded
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, leave_all_places, prepare_place, withdraw_place
from training.domain.planning_check import differences
from training.planning_choices import PlaceState

pytestmark = pytest.mark.django_db


# ── A seat that came late ──────────────────────────────────────────────────────
@pytest.fixture
def seated_late(small_group, a_meeting, people):
    """The place of who got a seat on the day before the first meeting, long after the last moment to withdraw."""
    a_meeting(small_group, days=1)
    places = [enrol_oneself(small_group, person) for person in people(3)]
    withdraw_place(places[0], by=None)
    places[2].refresh_from_db()
    assert places[2].state == PlaceState.ENROLLED
    return places[2]


def test_who_came_off_the_waiting_list_gives_the_seat_back_by_a_button(small_group, seated_late, browser_of):
    browser = browser_of(seated_late.enrolment.person)
    leave = reverse("training:leave_group", args=[small_group.uuid])

    assert f'href="{leave}"' in browser.get(reverse("training:my_group", args=[small_group.uuid])).content.decode()
    assert browser.post(leave).status_code == 302
    seated_late.refresh_from_db()
    assert seated_late.state == PlaceState.WITHDRAWN


def test_for_the_others_and_after_a_week_the_last_moment_holds(small_group, seated_late, browser_of):
    leave = reverse("training:leave_group", args=[small_group.uuid])
    other = small_group.places.get(enrolment__person__display_name="Deelnemer 2")

    assert browser_of(other.enrolment.person).post(leave).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert browser_of(seated_late.enrolment.person).post(leave).status_code == 409
    assert small_group.places.together().count() == 2


# ── Erased after the end ───────────────────────────────────────────────────────
def test_who_is_erased_from_a_finished_group_leaves_no_seat_taken(small_group, take_part, ilse):
    place = take_part("Anna", 165, 165)
    take_part("Bea", 165, 0)
    issue_certificates(small_group, by=ilse)
    finish_group(small_group, by=ilse)
    sent = OutboxMail.objects.count()

    for _time in range(2):
        leave_all_places(place.enrolment.person)

    place.refresh_from_db()
    small_group.refresh_from_db()
    assert (place.state, small_group.seats_taken, list(differences())) == (PlaceState.WITHDRAWN, 1, [])
    assert OutboxMail.objects.exclude(state="cancelled").count() <= sent


# ── An answer that is none ─────────────────────────────────────────────────────
@pytest.fixture
def asked(small_group, people, ilse):
    """The place of somebody who is invited."""
    place = prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)
    place.refresh_from_db()
    return place


def link_of(place):
    """The link in the mail to who is invited, as a path."""
    mail = OutboxMail.objects.get(kind="place-invitation", person=place.enrolment.person)
    link = next(word for word in mail.words["text"].split() if "/groep/uitnodiging/" in word)
    return link.removeprefix("http://localhost:8000")


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "misschien"}])
def test_without_a_yes_or_a_no_the_seat_stays_and_the_words_too(asked, client, answer):
    path = link_of(asked)
    page = client.post(path, {"note": "Ik weet het nog niet", **answer})

    asked.refresh_from_db()
    assert (page.status_code, asked.state) == (422, PlaceState.INVITED)
    assert dutch("Choose yes or no.") in page.content.decode()
    assert "Ik weet het nog niet</textarea>" in page.content.decode()
    assert client.post(path, {"answer": "yes"}).status_code == 200


def test_on_the_page_of_the_group_neither(asked, small_group, browser_of):
    where = reverse("training:answer_place", args=[small_group.uuid])

    assert browser_of(asked.enrolment.person).post(where, {"answer": "misschien"}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == PlaceState.INVITED


# ── A waiting list by hand ─────────────────────────────────────────────────────
CHOSEN = (
    "When a seat comes free, who leads the group chooses who gets it. We write to you when it is yours."
    " You need do nothing."
)
MAY_BE_CHOSEN = (
    "All seats are taken now. You can join the waiting list: who leads the group chooses who gets a free seat."
)


def test_nobody_is_promised_a_turn_where_somebody_chooses(small_group, people, browser_of):
    small_group.waiting = "by_hand"
    small_group.save()
    *sitting, waiting, outside = people(4)
    for person in (*sitting, waiting):
        enrol_oneself(small_group, person)
    mine = browser_of(waiting).get(reverse("training:my_group", args=[small_group.uuid])).content.decode()
    open_to = browser_of(outside).get(reverse("training:join_group", args=[small_group.uuid])).content.decode()

    assert dutch(CHOSEN) in mine
    assert dutch(MAY_BE_CHOSEN) in open_to


# ── More people than seats ─────────────────────────────────────────────────────
@pytest.fixture
def full(small_group, people):
    """Two seats, two who sit and one who waits."""
    for person in people(3):
        enrol_oneself(small_group, person)
    small_group.refresh_from_db()
    return small_group


def test_a_full_group_gets_more_seats_for_a_reason_that_stays(full, ilse):
    with pytest.raises(WhyNeeded):
        change_group(full, by=ilse, capacity=3, why_more="  ")
    assert (full.places.in_queue().count(), ModelLogEntry.objects.filter(action=MORE_SEATS).count()) == (1, 0)

    change_group(full, by=ilse, capacity=3, why_more="Een  grotere\nzaal.")
    entry = ModelLogEntry.objects.get(action=MORE_SEATS)
    assert (full.places.in_queue().count(), entry.user, entry.object_id) == (0, ilse, str(full.pk))
    assert entry.data == {"before": 2, "now": 3, "why": "Een grotere zaal."}
    assert "Een grotere zaal." in entry.formatter.format_message(entry)


def test_with_room_left_nobody_is_asked_why(small_group, ilse, people):
    enrol_oneself(small_group, people(1)[0])
    change_group(small_group, by=ilse, capacity=3)

    assert not ModelLogEntry.objects.filter(action=MORE_SEATS).exists()


def test_the_form_asks_it_at_its_field(client, full, ilse):
    where = address("groepen", "edit", full)
    enter(client, ilse)
    values = {name: getattr(full, name) for name in FIELDS if getattr(full, name) is not None}
    values |= {"capacity": "3", "coordinators": [ilse.pk], "seen": full.version}
    page = client.post(where, values)

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["why_more"])
    assert client.post(where, {**values, "why_more": "Een grotere zaal."}).status_code == 302
    full.refresh_from_db()
    assert (full.capacity, full.seats_taken) == (3, 3)
    assert "Een grotere zaal." in client.get(address("groepen", "history", full)).content.decode()
    assert "why_more" not in client.get(address("groepen", "create")).content.decode()


# ── Accounts that were closed ──────────────────────────────────────────────────
def close(person):
    person.is_active = False
    person.save()


def test_a_free_seat_passes_who_closed_their_account(full):
    waits, last = people_of(full)[-1], enrol_oneself(full, make_person("Later"))
    close(waits.enrolment.person)
    withdraw_place(people_of(full)[0], by=None)

    waits.refresh_from_db()
    last.refresh_from_db()
    assert (waits.state, last.state) == (PlaceState.WAITING, PlaceState.ENROLLED)


def test_a_queue_of_closed_accounts_holds_nobody_back(full):
    close(people_of(full)[-1].enrolment.person)
    withdraw_place(people_of(full)[0], by=None)

    assert enrol_oneself(full, make_person("Later")).state == PlaceState.ENROLLED


def test_nobody_says_yes_for_a_closed_account(asked, client):
    close(asked.enrolment.person)
    page = client.post(link_of(asked), {"answer": "yes"})

    asked.refresh_from_db()
    assert (page.status_code, asked.state) == (410, PlaceState.INVITED)


def people_of(group):
    return list(group.places.order_by("pk"))
