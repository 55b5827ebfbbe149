"""In which order the people of a group stand beside each other, the same on the screen and in the file; and whom
nobody saw for a while.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common.names import sort_key
from training.domain.desk import QUIET_FOR, card_address
from training.planning_choices import PlaceState

NEVER = datetime.min.replace(tzinfo=UTC)
KEYS = {
    "naam": lambda row: (),
    "gezien": lambda row: (row.last_seen or NEVER,),
    "modules": lambda row: (row.done, sum(cell.steps_done for cell in row.modules)),
}


@dataclass(frozen=True)
class Order:
    """`name` says by what, the first to do something about first, or the other way round when it `is_turned`."""

    name: str = "naam"
    is_turned: bool = False

    @property
    def address(self):
        return f"-{self.name}" if self.is_turned else self.name

    @property
    def words(self):
        return {"naam": _("name"), "gezien": _("last here"), "modules": _("modules")}[self.name]

    @property
    def turned(self):
        return Order(self.name, not self.is_turned)


def order_asked(text):
    """Return the Order that an address asks for; by name where it asks for none that we know."""
    name = text.removeprefix("-")
    return Order(name, text.startswith("-")) if name in KEYS else Order()


def ways_to_order(now):
    """Return `(Order, whether it is the one now)` of each order to choose; the one now leads to the other way round."""
    return [(now.turned if now.name == name else Order(name), now.name == name) for name in KEYS]


def in_order(rows, order):
    """Return the Rows of a group in this Order; who stands equal by surname."""
    by_name = sorted(rows, key=lambda row: sort_key(row.name), reverse=order.is_turned and order.name == "naam")
    return sorted(by_name, key=KEYS[order.name], reverse=order.is_turned)


def not_seen(rows, meetings, at=None):
    """Return the Rows of who began and did no step for a while, while the group still meets, the longest away first,
    each with the `card_address` to write them; no query.
    """
    at = at or timezone.now()
    if not any(meeting.ends_at > at for meeting in meetings):
        return []
    found = [row for row in rows if _is_away(row, at)]
    for row in found:
        row.card_address = card_address(row.place.enrolment.person)
    return sorted(found, key=lambda row: row.last_seen)


def _is_away(row, at):
    goes_on = row.place.state == PlaceState.ENROLLED and row.place.enrolment.completed_at is None
    return goes_on and row.last_seen is not None and row.last_seen < at - QUIET_FOR
