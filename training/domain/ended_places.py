"""What somebody reads of a group that they knew of and have no place in any more: that it is so, and why. No dates, no
names, no way in.
"""

from django.db.models import Q

from training.models import GroupPlace, Meeting, PlaceEvent
from training.planning_choices import PlaceState

ENDED = [PlaceState.CANCELLED, PlaceState.WITHDRAWN, PlaceState.DECLINED]
KNOWN = [PlaceState.INVITED, PlaceState.WAITING, PlaceState.ENROLLED]


def ended_place_of(user, group_number):
    """Return the GroupPlace that `user` had last in the group, with its group, or None; not of who only stood ready
    there and was never told.
    """
    places = GroupPlace.objects.of(user).filter(group__uuid=group_number, state__in=ENDED)
    place = places.select_related("group__training", "enrolment__person").order_by("-pk").first()
    if place is None:
        return None
    knew = Q(to_state__in=KNOWN) | Q(from_state__in=KNOWN)
    return place if PlaceEvent.objects.of_place(place).filter(knew).exists() else None


def why_called_off(group):
    """Return what people were told when the group was called off, or nothing where no meeting was to come then."""
    told = Meeting.objects.filter(group=group).exclude(cancel_reason="").order_by("-starts_at")
    return told.values_list("cancel_reason", flat=True).first() or ""
