"""What somebody still sees of the group that they were moved from: the meetings at which they were, and what was filled
in of them there. Nothing of what comes.
"""

from training.domain.attendance import moved_at
from training.domain.my_group import my_group_of
from training.models import GroupPlace
from training.planning_choices import PlaceState


def place_before(user, group_uuid):
    """Return the newest GroupPlace of `user` that was moved away from the group with this number, or None."""
    places = GroupPlace.objects.of(user).filter(group__uuid=group_uuid, state=PlaceState.MOVED)
    return places.select_related("group__training", "enrolment__person", "moved_to__group").order_by("-pk").first()


def former_group_of(place):
    """Return the MyGroup of a place that was moved, with the meetings that had begun by then and no others."""
    mine, gone_at = my_group_of(place), moved_at(place)
    mine.meetings = [one for one in mine.past if not one.is_cancelled and gone_at and one.starts_at < gone_at]
    return mine


def group_after(place):
    """Return the group that the person of `place` was moved to, None when they are not in that one any more either."""
    there = place.moved_to
    return there.group if there and (there.is_live or there.state == PlaceState.MOVED) else None
