"""More seats in a group that is full are made on purpose: somebody says why, and that stays in its history."""

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.refusals import Refused
from common.text import without_controls

MORE_SEATS = "training.more_seats"  # in the history of the group
LONGEST_WHY = 200


class WhyNeeded(Refused):
    """More seats, and nobody said why."""

    def __init__(self):
        super().__init__(_("The group is full. Say why there are more seats now."))


def asks_why(group, capacity):
    """Return whether `capacity` seats are more than `group` has while it is full, or while people wait."""
    if capacity is None or capacity <= group.capacity:
        return False
    return group.seats_taken >= group.capacity or group.places.in_queue().exists()


def note_more_seats(group, capacity, *, why, by):
    """Keep why `group`, that is locked and as the database has it, gets `capacity` seats. Raises WhyNeeded."""
    if not asks_why(group, capacity):
        return
    why = " ".join(without_controls(why).split())[:LONGEST_WHY]
    if not why:
        raise WhyNeeded
    log(group, MORE_SEATS, user=by, data={"before": group.capacity, "now": capacity, "why": why})
