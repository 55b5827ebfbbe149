"""A group comes to its end, and can be opened again when that was too early."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from training.domain.enrolment import end_invited_enrolment
from training.domain.place_mails import cancel_place_mails
from training.domain.places import put_state
from training.domain.seats import give_seat_back, locked
from training.models import Certificate, Meeting
from training.planning_choices import GroupState, PlaceState

# Whoever stands so in a group that is finished never came in.
NEVER_CAME = [PlaceState.PREPARED, PlaceState.INVITED, PlaceState.WAITING]


@transaction.atomic
def finish_group(group, *, by):
    """Mark a group as finished and return it: who has a certificate is done, who was invited or waited goes out, and
    nobody is mailed. Cards and certificates can still be given. The same again is nothing.

    Raises Refused while a meeting is still to come, when none was held, and for a group that was called off.
    """
    group = locked(group)
    if group.state == GroupState.FINISHED:
        return group
    _refuse(group)
    group.state = GroupState.FINISHED
    group.save(update_fields=["state"])
    for place in _places(group, NEVER_CAME):
        _take_out(group, place, by=by)
    certified = Certificate.objects.valid().filter(enrolment__places__group=group).values("enrolment")
    for place in _places(group, [PlaceState.ENROLLED]).filter(enrolment__in=certified):
        put_state(place, PlaceState.FINISHED, by=by)
    return group


@transaction.atomic
def reopen_group(group, *, by):
    """Bring a finished group back to closed and return it; the people in it take part again."""
    group = locked(group)
    if group.state == GroupState.CANCELLED:
        raise Refused(_("This group was called off."))
    if group.state != GroupState.FINISHED:
        return group
    group.state = GroupState.CLOSED
    group.save(update_fields=["state"])
    for place in _places(group, [PlaceState.FINISHED]):
        put_state(place, PlaceState.ENROLLED, by=by)
    return group


def _refuse(group):
    if group.state == GroupState.CANCELLED:
        raise Refused(_("This group was called off."))
    meetings = Meeting.objects.filter(group=group)
    if meetings.upcoming().exists():
        raise Refused(_("A meeting is still to come. First hold it or call it off."))
    if not meetings.announced().exists():
        raise Refused(_("No meeting was held yet."))


def _take_out(group, place, *, by):
    if place.seat_held:
        give_seat_back(group)
    put_state(place, PlaceState.CANCELLED, by=by)
    cancel_place_mails(place)
    end_invited_enrolment(place.enrolment)


def _places(group, states):
    return group.places.filter(state__in=states).select_related("enrolment__person")
