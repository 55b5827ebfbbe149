"""Planning for any number of made-up groups, to measure with: teams, meetings in every state, who was there, who is
asked, waits or left. In bulk, and as the acts in domain/ would leave it; nobody is mailed.
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from common.dates import AMSTERDAM
from training.choices import EnrolmentState
from training.demo.keys import group_key
from training.demo.people import put_person
from training.demo.volume_meetings import put_meetings
from training.domain.finishing import issue_certificates
from training.models import Enrolment, GroupPlace, PlaceInvitation, TrainingGroup
from training.planning_choices import SEATED, GroupState, PlaceSource, PlaceState, Region

GROUPS_AT_ONCE = 20  # a transaction: other writers wait a second at most
# A trainer leads twenty groups and is never in two at once: two weeks in turn, five days, morning and afternoon.
TEAM = 20
LED_BY_ONE = 8  # groups of one coordinator, besides the one who coordinates them all
MEETINGS = 8
STARTS = 10  # from two weeks to come to sixteen weeks ago; who began then has held them all

AROUND = (PlaceState.PREPARED, PlaceState.INVITED, PlaceState.INVITED, PlaceState.DECLINED, PlaceState.WITHDRAWN)
WAITING = (PlaceState.WAITING, PlaceState.WAITING)


@dataclass(frozen=True)
class PlannedGroup:
    """What is planned for the group with this `number`; `chance` is its own, so that another group changes nothing."""

    number: int
    group: TrainingGroup
    chance: random.Random
    now: datetime
    trainer: User
    co_trainer: User

    @property
    def is_over(self):
        return self._start == STARTS - 1

    @property
    def is_full(self):
        return self.number % 4 == 0 and not self.is_over

    @property
    def state(self):
        if self.is_over:
            return GroupState.FINISHED
        return GroupState.OPEN if self._start < 3 else GroupState.CLOSED

    @property
    def _start(self):
        return (self.number + self.number // TEAM) % STARTS

    @property
    def days(self):
        """The dates of its meetings: every other week, of which half of the groups has the even ones."""
        today = timezone.localdate(self.now)
        even_monday = date.fromordinal(today.toordinal() - (today.toordinal() - 1) % 14)
        slot = self.number % TEAM
        first = even_monday + timedelta(weeks=slot // 10 + 2 - 2 * self._start, days=slot % 5)
        return [first + timedelta(weeks=2 * place) for place in range(MEETINGS)]

    @property
    def clock(self):
        return time(9, 30) if self.number % 10 < 5 else time(13, 30)

    def moments(self):
        """Yield `(starts_at, ends_at)` of its meetings, by the clock on the wall."""
        for day in self.days:
            starts = datetime.combine(day, self.clock, AMSTERDAM)
            yield starts, starts.replace(hour=starts.hour + 3)


def plan_volume(*, groups, seed, password):
    """Plan what the measured groups 1 to `groups` have to come and behind them, where one has no meeting yet; returns
    how many groups that were. `password` is the hash for who coordinates them.
    """
    numbers = {group_key(f"meting-{number}"): number for number in range(1, groups + 1)}
    there = TrainingGroup.objects.filter(uuid__in=numbers, meetings=None).select_related("training")
    missing = sorted((numbers[group.uuid], group) for group in there)
    if missing:
        now, teams = timezone.now(), _Teams(password)
        planned = [_planned(number, group, seed, now, teams) for number, group in missing]
        for start in range(0, len(planned), GROUPS_AT_ONCE):
            _store(planned[start : start + GROUPS_AT_ONCE], teams)
    return len(missing)


class _Teams:
    """Who leads: made when they are first asked for."""

    def __init__(self, password):
        self.password, self.made = password, {}

    def one(self, kind, number, role):
        address = f"{kind}-{number:03}@rond.voorbeeld.test"
        if address not in self.made:
            self.made[address] = put_person(address, f"{kind.title()} {number:03}", role=role, password=self.password)
        return self.made[address]

    def coordinator(self, number):
        return self.one("coordinator", number // LED_BY_ONE, Role.COORDINATOR)


def _planned(number, group, seed, now, teams):
    chance = random.Random(f"{seed}/group/{number}")  # noqa: S311 - the same groups again, not a secret
    trainer = teams.one("trainer", number // TEAM, Role.TRAINER)
    return PlannedGroup(number, group, chance, now, trainer, teams.one("cotrainer", number // TEAM, Role.CO_TRAINER))


def _store(planned, teams):
    with transaction.atomic():
        for one in planned:
            _put_group(one, teams.coordinator(one.number))
        _put_people_around(planned)
        put_meetings(planned)
    for one in planned:
        if one.is_over:
            issue_certificates(one.group, by=teams.coordinator(one.number))


def _put_group(one, coordinator):
    group = one.group
    group.coordinators.add(coordinator)
    group.trainers.set([one.trainer])
    group.co_trainers.set([one.co_trainer])
    group.state, group.holiday_region = one.state, Region.values[one.number % 3]
    group.save(update_fields=["state", "holiday_region"])
    # They were there before the first meeting; the rows were made just now.
    places = group.places.filter(made_at__gt=one.now - timedelta(days=1))
    places.update(made_at=one.now - timedelta(days=130))
    if one.is_over:
        group.places.together().update(state=PlaceState.FINISHED)


# ── Who is asked, waits or left ────────────────────────────────────────────────
def _put_people_around(planned):
    wanted = [(one, state) for one in planned if not one.is_over for state in _states(one)]
    people = User.objects.bulk_create([_person(one, place) for place, (one, _state) in enumerate(wanted)])
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(person=person, training=one.group.training, state=_follows(state))
            for person, (one, state) in zip(people, wanted, strict=True)
        ]
    )
    places = GroupPlace.objects.bulk_create(
        [
            _place(one, state, enrolment, number)
            for number, (enrolment, (one, state)) in enumerate(zip(enrolments, wanted, strict=True), start=1)
        ]
    )
    PlaceInvitation.objects.bulk_create(
        [_invitation(place, planned[0].now) for place in places if place.state in ASKED]
    )
    for one in planned:
        _count_seats(one, sum(1 for place in places if place.group_id == one.group.pk and place.queue_no))


ASKED = (PlaceState.INVITED, PlaceState.DECLINED)


def _states(one):
    return AROUND + WAITING if one.is_full else AROUND


def _person(one, place):
    # The number of the group makes the address unique; unusable as a password is what begins with "!".
    email = f"g{one.number:05}-{place:04}@rond.voorbeeld.test"
    return User(email=email, display_name=f"Nieuw {one.number:03} {place:02}", password="!demo")  # noqa: S106


def _follows(state):
    if state in (PlaceState.DECLINED, PlaceState.WITHDRAWN):
        return EnrolmentState.LEFT
    return EnrolmentState.INVITED


def _place(one, state, enrolment, number):
    return GroupPlace(
        group=one.group,
        enrolment=enrolment,
        state=state,
        seat_held=state in SEATED,
        queue_no=number if state == PlaceState.WAITING else None,
        source=PlaceSource.ONESELF if state == PlaceState.WAITING else PlaceSource.IMPORT,
        made_at=one.now - timedelta(days=one.chance.randint(2, 20)),
    )


def _invitation(place, now):
    answered = place.state == PlaceState.DECLINED
    return PlaceInvitation(
        place=place,
        token_sha256=hashlib.sha256(place.uuid.bytes).hexdigest(),  # of no link at all
        made_at=place.made_at,
        expires_at=now + timedelta(days=14),
        used_at=now if answered else None,
        says_yes=False if answered else None,
    )


def _count_seats(one, waiting):
    """A group where people wait is full; the others keep the room they have."""
    taken = one.group.places.filter(seat_held=True).count()
    capacity = taken if waiting and taken else max(one.group.capacity, taken)
    one.group.capacity, one.group.seats_taken = capacity, taken
    highest = GroupPlace.objects.filter(group=one.group).order_by(F("queue_no").desc(nulls_last=True)).first()
    one.group.next_queue_no = (highest.queue_no or 0) + 1 if highest else 1
    one.group.save(update_fields=["capacity", "seats_taken", "next_queue_no"])
