"""Many people at the same moment, on a real database: no seat twice, nobody in two places."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from common.refusals import Refused
from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from training.domain import calendars
from training.domain.calendar_told import key_of
from training.domain.calendars import settle_invites
from training.domain.places import enrol_oneself, withdraw_place
from training.domain.staff import assign_staff
from training.models import CalendarInvite, Meeting, MeetingStaff, TrainingGroup
from training.planning_choices import GroupState

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, AT_ONCE = 100, 20


def at_once(acts, *, threads=AT_ONCE):
    """Let the acts run in threads with a connection each, the first ones at the same moment; return what came of each,
    the name of a refusal for who was refused.
    """
    start = threading.Barrier(min(threads, len(acts)))

    def run(place, act):
        try:
            if place < start.parties:
                start.wait(timeout=60)
            return act()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return [future.result(timeout=300) for future in [pool.submit(run, *one) for one in enumerate(acts)]]


@pytest.fixture
def one_seat(group, ilse):
    TrainingGroup.objects.filter(pk=group.pk).update(capacity=1, state=GroupState.OPEN, enrol_from=timezone.localdate())
    return TrainingGroup.objects.get(pk=group.pk)


def test_a_hundred_people_and_one_seat(one_seat):
    people = [make_person(f"Mens {number}") for number in range(PEOPLE)]

    places = at_once([lambda person=person: enrol_oneself(one_seat, person) for person in people])

    one_seat.refresh_from_db()
    assert sorted(place.state for place in places) == ["enrolled"] + ["waiting"] * (PEOPLE - 1)
    assert sorted(place.queue_no for place in places if place.queue_no) == list(range(1, PEOPLE))
    assert (one_seat.seats_taken, one_seat.next_queue_no) == (1, PEOPLE)


def test_one_person_ten_times_at_once_has_one_place(one_seat):
    person = make_person("Ongeduldig")

    came = at_once([lambda: enrol_oneself(one_seat, person)] * 10)

    one_seat.refresh_from_db()
    assert came.count("Refused") == 9
    assert (one_seat.places.count(), one_seat.seats_taken) == (1, 1)


def test_a_seat_given_back_ten_times_at_once_goes_to_one(one_seat):
    first, *waiting = [enrol_oneself(one_seat, make_person(f"Mens {number}")) for number in range(4)]

    at_once([lambda: withdraw_place(first, by=first.enrolment.person)] * 10)

    one_seat.refresh_from_db()
    for place in waiting:
        place.refresh_from_db()
    assert [place.state for place in waiting] == ["enrolled", "waiting", "waiting"]
    assert one_seat.seats_taken == 1


def test_one_trainer_is_planned_in_two_groups_at_once_by_one_of_them(training, ilse, roel, a_meeting):
    karim = make_person("Karim", "trainer")
    groups = [make_group(training, f"Groep {number}", coordinators=[ilse]) for number in range(6)]
    meetings = [a_meeting(place_in, staffed=False) for place_in in groups]

    came = at_once([lambda one=one: assign_staff(one, karim, "trainer", by=ilse) for one in meetings])

    assert sum(isinstance(one, MeetingStaff) for one in came) == 1
    assert MeetingStaff.objects.filter(user=karim).count() == 1
    assert {one for one in came if isinstance(one, str)} <= {"Clash", "Refused"}


# ── Calendars ──────────────────────────────────────────────────────────────────
@pytest.fixture
def unsettled(one_seat, a_meeting):
    """Three meetings, each for three people's calendars, whose quiet minutes are over."""
    enrol_oneself(one_seat, make_person("Deelnemer"))
    for days in (7, 14, 21):
        a_meeting(one_seat, days=days)
    return timezone.now() + timedelta(minutes=6)


def test_workers_who_settle_the_same_calendars_at_once_tell_everybody_once(unsettled, monkeypatch):
    monkeypatch.setattr(calendars, "AT_ONCE", 4)

    at_once([lambda: settle_invites(unsettled)] * 12, threads=4)
    while settle_invites(unsettled):  # what each left to another
        pass

    mails = OutboxMail.objects.filter(kind="calendar-request").values_list("person", "key")
    assert len(mails) == 9
    assert {(invite.user_id, key_of(invite)) for invite in CalendarInvite.objects.all()} == set(mails)
    assert set(CalendarInvite.objects.values_list("sequence", flat=True)) == {0}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="On SQLite one of them waits for the other's whole act.")
def test_a_meeting_that_somebody_is_changing_is_left_for_a_next_round(unsettled):
    """An act takes the meeting, then its invites: a worker that has those and waits for it would end one of the two."""

    def settle():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        return settle_invites(unsettled)

    with transaction.atomic():
        Meeting.objects.select_for_update().earliest("starts_at")
        with ThreadPoolExecutor(1) as pool:
            looked_at = pool.submit(lambda: (settle(), connections.close_all())[0]).result(timeout=60)

    assert looked_at == 6
