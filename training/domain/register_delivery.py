"""Passing a group on to a register: reading the numbers, and noting that it was done. Each is kept for each person."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.register_lists import register_list
from training.domain.seats import locked
from training.models import RegisterEvent
from training.planning_choices import RegisterAct

LONGEST_RUN = 40


class RefusedDay(Refused):
    """The day that somebody filled in can't be."""


@transaction.atomic
def open_numbers(group, register, *, by):
    """Read the numbers of who allows it, to pass them on; return how many were not open yet: again is 0.

    Each reading stands in the data of that person. Raises Refused while there is a meeting to come: until then nobody
    knows who was there long enough.
    """
    found = register_list(locked(group), register)
    if found.meetings_to_come:
        raise Refused(_("There is a meeting to come. The numbers stand here when all meetings are over."))
    _note(found, found.closed, RegisterAct.OPENED, by=by)
    return len(found.closed)


@transaction.atomic
def keep_delivery(group, register, *, execution_number, day, version, by):
    """Keep the number of this run, and the day on which the open numbers were passed on; return the RegisterDelivery.

    Without a day it was not done, or after all not. Another day corrects that of everybody who was passed on; who came
    to it later is for `deliver_late`. The same again changes nothing. Raises RefusedDay for a day that can't be,
    Refused without an open number and when somebody else changed it meanwhile.
    """
    found = _seen(locked(group), register, version)
    delivery = found.delivery
    if day and day != delivery.delivered_on:
        _refuse_day(found, day)
    if day and not delivery.delivered_on and not found.opened:
        raise Refused(_("There is no number to pass on. Open the numbers first."))
    if day != delivery.delivered_on:
        people = found.delivered if delivery.delivered_on else found.opened
        _note(found, people, RegisterAct.DELIVERED if day else RegisterAct.UNDONE, day=day, by=by)
    run = " ".join(without_controls(execution_number).split())[:LONGEST_RUN]
    return _kept(delivery, by, delivered_on=day, execution_number=run)


@transaction.atomic
def deliver_late(group, register, *, day, version, by):
    """Note that those who came to it later were passed on as well, on a day of their own; return how many.

    Raises RefusedDay without a day that can be, and Refused when somebody else changed it meanwhile.
    """
    found = _seen(locked(group), register, version)
    if not day:
        raise RefusedDay(_("Fill in the day on which you passed them on."))
    _refuse_day(found, day)
    _note(found, found.late, RegisterAct.DELIVERED, day=day, by=by)
    if found.late:
        _kept(found.delivery, by, force=True)
    return len(found.late)


def _seen(group, register, version):
    found = register_list(group, register)
    if found.delivery.version != version:
        raise Refused(_("Somebody else changed this meanwhile. Look at it once more, then save."))
    return found


def _refuse_day(found, day):
    if day > timezone.localdate():
        raise RefusedDay(_("This day is still to come. Fill in the day on which you passed it on."))
    if found.last_day and day < found.last_day:
        last = date_format(found.last_day, "j F Y")
        raise RefusedDay(_("This day comes before the last meeting, of {day}.").format(day=last))


def _kept(delivery, by, *, force=False, **values):
    changed = {name for name, value in values.items() if getattr(delivery, name) != value}
    if not changed and not force:
        return delivery
    for name, value in values.items():
        setattr(delivery, name, value)
    if force or "delivered_on" in changed:
        delivery.marked_by, delivery.marked_at = by, timezone.now()
    delivery.version += 1
    delivery.save()
    return delivery


def _note(found, rows, act, *, by, day=None):
    for row in rows:
        RegisterEvent.objects.create(
            person_key=row.person.uuid,
            by_key=by.uuid,
            register=found.register,
            act=act,
            group_key=found.group.uuid,
            day=day,
        )
