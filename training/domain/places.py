"""Acts on somebody's place in a group: every way in, out and to another group goes through here.

Each locks the group, asks, writes the place with its event, and tells: calendars first, then mail. The same act again
changes nothing.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from training.domain.calendars import unsettle_person
from training.domain.enrolling import place_elsewhere, why_closed, why_elsewhere
from training.domain.enrolment import begin_enrolment, end_invited_enrolment, enrolment_for
from training.domain.place_mails import (
    cancel_place_mails,
    tell_from_queue,
    tell_gone,
    tell_waiting,
    tell_welcome,
)
from training.domain.seats import (
    give_seat_back,
    locked,
    locked_both,
    next_queue_number,
    take_seat,
    take_seat_in_turn,
)
from training.models import GroupPlace, PlaceEvent
from training.planning_choices import LIVE, SEATED, TOGETHER, PlaceSource, PlaceState


# ── In ─────────────────────────────────────────────────────────────────────────
@transaction.atomic
def prepare_place(group, person, *, by, source=PlaceSource.COORDINATOR):
    """Put `person` in `group` without telling them, in the queue when it is full; return their GroupPlace.

    Who has a place there keeps it as it is. Raises Refused for a group that has ended.
    """
    group = locked(group)
    _refuse_ended(group)
    there = group.places.live().of(person).first()
    if there:
        return there
    seated = take_seat_in_turn(group)
    return _new_place(group, person, PlaceState.PREPARED if seated else PlaceState.WAITING, by=by, source=source)


@transaction.atomic
def enrol_oneself(group, person):
    """Give `person`, who asks for it, a place in an open group or at the end of its queue; return the GroupPlace.

    Raises Refused when the group takes nobody now, or they sit in it or in another one of this training already.
    """
    group = locked(group)
    there = group.places.live().of(person).first()
    if there and there.state in (PlaceState.PREPARED, PlaceState.INVITED):
        return _accepted(there, by=person)
    if there:
        raise Refused(already_in(there))
    if not group.takes_people_on():
        raise Refused(why_closed(group))
    if elsewhere := place_elsewhere(person, group):
        raise Refused(why_elsewhere(elsewhere))
    seated = take_seat_in_turn(group)
    state = PlaceState.ENROLLED if seated else PlaceState.WAITING
    place = _new_place(group, person, state, by=person, source=PlaceSource.ONESELF)
    if seated:
        _welcome(place)
    else:
        tell_waiting(place)
    return place


@transaction.atomic
def accept_place(place, *, by):
    """Somebody says yes to the place that was kept for them; return it. Raises Refused when it is no longer theirs."""
    locked(place.group)
    return _accepted(_fresh(place), by=by)


@transaction.atomic
def promote_place(place, *, by):
    """Give one who waits the seat that is free, out of turn as the coordinator wishes; return the place.

    Raises Refused when no seat is free or they don't wait.
    """
    group, place = locked(place.group), _fresh(place)
    if place.state != PlaceState.WAITING:
        raise Refused(_("This person is not on the waiting list."))
    if not take_seat(group):
        raise Refused(_("No seat is free."))
    return _seat(place, by=by)


# ── Out ────────────────────────────────────────────────────────────────────────
@transaction.atomic
def decline_place(place, *, by):
    """Somebody says no to the place that was kept for them; return it."""
    group, place = locked(place.group), _fresh(place)
    if place.state in (PlaceState.PREPARED, PlaceState.INVITED, PlaceState.WAITING):
        _leave(group, place, PlaceState.DECLINED, by=by)
    return place


@transaction.atomic
def withdraw_place(place, *, by):
    """Somebody leaves the group, by themselves or by their coordinator; return the place. Their enrolment stays: what
    they did and wrote is theirs.
    """
    group, place = locked(place.group), _fresh(place)
    if place.state in LIVE and place.state != PlaceState.FINISHED:
        was_together = place.is_together
        _leave(group, place, PlaceState.WITHDRAWN, by=by)
        if was_together:
            tell_gone(place)
    return place


@transaction.atomic
def move_place(place, to_group, *, by, counts_along=False):
    """Move somebody to another group of the same training and return their GroupPlace there. Progress, answers, cards
    and attendance hang on the enrolment and the old place, and stay. With `counts_along` attendance counts in the new
    group where meetings have the same number (`training.domain.counted`).

    Raises Refused, with nothing changed, when that group is full, has ended or belongs to another training, or when
    they have no place to move.
    """
    from_group, to_group = locked_both(place.group, to_group)
    place = _fresh(place)
    _refuse_move(place, from_group, to_group)
    state = place.state if place.state in TOGETHER else PlaceState.PREPARED
    there = _new_place(to_group, place.enrolment.person, state, by=by, source=PlaceSource.MOVE, wishes=place.wishes)
    if counts_along:
        there.counts_along = True
        there.save(update_fields=["counts_along"])
    place.moved_to = there
    _leave(from_group, place, PlaceState.MOVED, by=by)
    if there.is_together:
        unsettle_person(to_group, place.enrolment.person)
    return there


def leave_all_places(person):
    """Give every seat of `person` back, without a mail to them: their account is being erased. May be called twice."""
    for place in GroupPlace.objects.of(person).live().select_related("group"):
        with transaction.atomic():
            group, current = locked(place.group), _fresh(place)
            if current.is_live:
                _leave(group, current, PlaceState.WITHDRAWN, by=None)


def cancel_places(group, *, by):
    """End every place of a group that is called off, under its lock; return `[(place, whether they sat in it)]` of who
    knew of it: not of who only stood ready, or whose first mail was taken back by this.
    """
    ended = []
    for place in group.places.live().select_related("enrolment__person"):
        sat_in_it, was_asked = place.is_together, place.state != PlaceState.PREPARED
        if place.state in SEATED:
            give_seat_back(group)
        put_state(place, PlaceState.CANCELLED, by=by)
        taken_back = cancel_place_mails(place)
        if sat_in_it or (was_asked and not taken_back):
            ended.append((place, sat_in_it))
        end_invited_enrolment(place.enrolment)
    return ended


# ── The queue ──────────────────────────────────────────────────────────────────
def promote_waiting(group, *, by=None):
    """Give free seats to who waits, in turn, under the lock of the group; return the places that got one."""
    promoted = []
    if not group.is_waiting_in_turn or group.is_ended:
        return promoted
    for place in group.places.in_queue().select_related("group", "enrolment__person"):
        if not take_seat(group):
            break
        promoted.append(_seat(place, by=by))
    return promoted


def already_in(place):
    """Return the sentence for who asks for a place in a group where they have one."""
    if place.state == PlaceState.WAITING:
        return _("You are already on the waiting list of this group.")
    return _("You already take part in this group.")


# ── Pieces ─────────────────────────────────────────────────────────────────────
def put_state(place, state, *, by):
    """Write the new state of a place with its event; everything that holds for the state follows from it."""
    before, place.state = place.state, state
    place.seat_held = state in SEATED
    if state != PlaceState.WAITING:
        place.queue_no = None
    place.save(update_fields=["state", "seat_held", "queue_no", "moved_to"])
    PlaceEvent.objects.create(place_key=place.uuid, from_state=before, to_state=state, by_key=by and by.uuid)
    return place


def _new_place(group, person, state, *, by, source, wishes=None):
    place = GroupPlace.objects.create(
        group=group,
        enrolment=enrolment_for(person, group.training),
        state=state,
        seat_held=state in SEATED,
        queue_no=next_queue_number(group) if state == PlaceState.WAITING else None,
        source=source,
        wishes=wishes or {},
    )
    PlaceEvent.objects.create(place_key=place.uuid, to_state=state, by_key=by and by.uuid)
    if place.is_together:
        begin_enrolment(place.enrolment)
    return place


def _accepted(place, *, by):
    if place.state == PlaceState.ENROLLED:
        return place
    if place.state not in (PlaceState.PREPARED, PlaceState.INVITED):
        raise Refused(_("This place is no longer kept for you. Ask who leads the group."))
    if not place.enrolment.person.is_active:
        raise Refused(_("This account was closed."))
    put_state(place, PlaceState.ENROLLED, by=by)
    begin_enrolment(place.enrolment)
    _welcome(place)
    return place


def _seat(place, *, by):
    """Give the seat that was just taken to one who waited: who asked for it takes part, the others are still asked."""
    asked_for_it = place.source == PlaceSource.ONESELF
    put_state(place, PlaceState.ENROLLED if asked_for_it else PlaceState.PREPARED, by=by)
    cancel_place_mails(place)
    if asked_for_it:
        begin_enrolment(place.enrolment)
        tell_from_queue(place)
        unsettle_person(place.group, place.enrolment.person)
    return place


def _leave(group, place, state, *, by):
    """End a live place: its seat goes to who waits, its calendar entries and waiting mails are taken back."""
    held_seat = place.seat_held
    put_state(place, state, by=by)
    cancel_place_mails(place)
    end_invited_enrolment(place.enrolment)
    unsettle_person(group, place.enrolment.person)
    if held_seat:
        give_seat_back(group)
        promote_waiting(group)


def _welcome(place):
    tell_welcome(place)
    unsettle_person(place.group, place.enrolment.person)


def _fresh(place):
    """Return the place as it stands under the lock of its group."""
    return GroupPlace.objects.select_related("group", "enrolment__person").get(pk=place.pk)


def _refuse_ended(group):
    if group.is_ended:
        raise Refused(_("This group has ended. Nobody can be put in it any more."))


def _refuse_move(place, from_group, to_group):
    if from_group == to_group:
        raise Refused(_("This is the group where they are."))
    if not place.is_live or place.state == PlaceState.FINISHED:
        raise Refused(_("This person has no place to move."))
    if from_group.training_id != to_group.training_id:
        raise Refused(_("That group follows another training."))
    _refuse_ended(to_group)
    if to_group.places.live().of(place.enrolment.person).exists():
        raise Refused(_("This person has a place there already."))
    if not take_seat_in_turn(to_group):
        raise Refused(_("That group is full. Nothing was changed."))
