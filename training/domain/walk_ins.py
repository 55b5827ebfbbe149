"""Somebody is at a meeting and not on its list: the name is written down there, and who leads the group says who it
is. They take part from then on, or the name goes.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.domain.people import create_person, person_with
from accounts.domain.roles import give_role
from common.names import sort_key
from common.refusals import Refused
from common.text import without_controls
from training.domain.attendance import mark
from training.domain.places import accept_place, prepare_place, promote_place
from training.domain.seats import locked
from training.models import GroupPlace, Meeting, WalkIn
from training.planning_choices import TOGETHER, AttendanceStatus, PlaceState

LONGEST_NAME = 80
MOST = 20  # at one meeting


@transaction.atomic
def note_walk_in(meeting, name, *, by):
    """Write the name of somebody down who is not on the list, and return the WalkIn; the same name again is one.

    Raises Refused without a name, before the meeting begins and when it is called off.
    """
    locked(meeting.group)
    meeting = Meeting.objects.get(pk=meeting.pk)
    name = " ".join(without_controls(name).split())
    _refuse(meeting, name)
    there = {one.shown_name.casefold(): one for one in meeting.walk_ins.all()}
    if name.casefold() in there:
        return there[name.casefold()]
    if len(there) >= MOST:
        raise Refused(_("These are {number} names already. Ask who leads the group to add people.").format(number=MOST))
    return WalkIn.objects.create(meeting=meeting, name={"name": name}, noted_by=by)


def drop_walk_in(walk_in):
    """It was nobody of the group: the name goes. Twice is once."""
    WalkIn.objects.filter(pk=walk_in.pk).delete()


@transaction.atomic
def seat_walk_in(walk_in, *, by, place=None, email=""):
    """Say who it was: somebody with a `place` in the group, or who has this `email`, with a new account if nobody has
    it. They take part from here on and were there; return their GroupPlace.

    Raises Refused when no seat is free, or it is nobody.
    """
    meeting = walk_in.meeting
    locked(meeting.group)
    walk_in = WalkIn.objects.filter(pk=walk_in.pk).first()
    if walk_in is None:
        raise Refused(_("This name is no longer there. Somebody settled it meanwhile."))
    person = place.enrolment.person if place else _person(email, name=walk_in.shown_name, by=by)
    seat = _seat(meeting.group, person, by=by)
    if not seat.attendance.filter(meeting=meeting).exists():
        mark(meeting, seat, AttendanceStatus.PRESENT, by=by)
    walk_in.delete()
    return seat


def places_beside(group):
    """Return the places of who may have turned up: known in the group, and not among who takes part; by name."""
    taking_part = GroupPlace.objects.filter(group=group, state__in=TOGETHER).values("enrolment")
    places = GroupPlace.objects.filter(group=group).exclude(enrolment__in=taking_part)
    newest = {place.enrolment_id: place for place in places.select_related("enrolment__person").order_by("pk")}
    return sorted(newest.values(), key=lambda place: sort_key(place.enrolment.person.display_name))


def old_walk_ins(before, now):
    """Names that nobody settled for so long go; return how many."""
    return WalkIn.objects.filter(noted_at__lt=before).delete()[0]


def _refuse(meeting, name):
    if meeting.is_cancelled:
        raise Refused(_("This meeting is called off. Nobody was there."))
    if meeting.starts_at > timezone.now():
        raise Refused(_("This meeting has not begun. Until then you can only sign somebody off."))
    if not name:
        raise Refused(_("Write the name of who is there."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_NAME))


def _person(email, *, name, by):
    person = person_with(email)
    if person is None:
        person = create_person(email, name=name, is_proven=False)
        give_role(person, Role.PARTICIPANT, by=by)
    if not person.is_active:
        raise Refused(_("This account was closed."))
    return person


def _seat(group, person, *, by):
    place = prepare_place(group, person, by=by)
    if place.state == PlaceState.WAITING:
        place = promote_place(place, by=by)
    return place if place.is_together else accept_place(place, by=by)
