"""Somebody's own number in a register, and their leave to pass it on. What happened with it stays on record."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.refusals import Refused
from common.text import without_controls
from training.models import Enrolment, RegisterEvent, RegisterNumber, TrainingGroup
from training.models.registers import LONGEST_NUMBER
from training.planning_choices import Register, RegisterAct

# What each register's numbers look like. Nowhere would a BSN do: nine figures alone are only a number of SKJ.
SHAPES = {
    Register.SKJ: r"\d{5,12}",
    Register.REGISTERPLEIN: r"4610\d{2,12}",
    Register.NIP: r"NIP-\d{4,10}",
    Register.NVO: r"(NVO-)?\d{3,8}",
    Register.OTHER: r"[A-Z]{2,10}[A-Z0-9.-]*\d[A-Z0-9.-]*",
}


@dataclass
class OwnRegister:
    """One register as somebody sees it: `number` is a RegisterNumber or None."""

    register: Register
    number: object = None

    @property
    def hint(self):
        return hint_of(self.register)


@dataclass
class Passage:
    """One thing that happened with somebody's number, in words: when, what, and in which group."""

    at: object
    register: str
    words: str
    group: str = ""
    day: object = None


def hint_of(register):
    """Return what somebody has to know to fill in a number of `register`."""
    return {
        Register.SKJ: _("Only figures. You find it in Mijn SKJ."),
        Register.REGISTERPLEIN: _("It begins with 4610 and has only figures."),
        Register.NIP: _("As NIP-00123456."),
        Register.NVO: _("As it stands with your membership: figures, with or without NVO- before them."),
        Register.OTHER: _("With the letters of the register before it, as BIG-19012345678."),
    }[register]


def own_registers(person):
    """Return an OwnRegister for each register there is, those that `person` filled in first; one query."""
    numbers = {one.register: one for one in RegisterNumber.objects.filter(user=person)}
    found = [OwnRegister(register, numbers.get(register)) for register in Register]
    return sorted(found, key=lambda one: one.number is None)


@transaction.atomic
def keep_number(person, register, number, *, may_pass_on):
    """Keep the number of `person` in `register` with or without leave to pass it on; return the RegisterNumber.

    The same again changes nothing. A changed number needs to be read anew before anybody passes it on. Raises Refused
    for what is no number of this register, and for one that somebody else has.
    """
    register = Register(register)
    User.objects.select_for_update().get(pk=person.pk)
    number = number_in(register, number)
    row = _row(person, register) or RegisterNumber(user=person, register=register)
    if row.number != number:
        row.number, row.changed_at = number, timezone.now()
    was_allowed, row.allowed_at = row.is_allowed, (row.allowed_at or timezone.now()) if may_pass_on else None
    _save(row)
    if was_allowed != row.is_allowed:
        _note(row, RegisterAct.ALLOWED if row.is_allowed else RegisterAct.WITHDRAWN)
    return row


@transaction.atomic
def withdraw_leave(person, register):
    """Take back the leave to pass a number on: from now on nobody else reads it. The same again is nothing."""
    row = _row(person, register)
    if row and row.is_allowed:
        row.allowed_at = None
        row.save(update_fields=["allowed_at"])
        _note(row, RegisterAct.WITHDRAWN)


@transaction.atomic
def remove_number(person, register):
    """Remove a number and the leave with it. The same again is nothing."""
    withdraw_leave(person, register)
    RegisterNumber.objects.filter(user=person, register=register).delete()


def number_in(register, typed):
    """Return what was `typed` as this register writes it: capitals, no spaces. Raises Refused with how it looks."""
    number = re.sub(r"\s", "", without_controls(typed)).upper()
    if register == Register.NIP and number.isdecimal():
        number = f"NIP-{number}"
    if not number:
        raise Refused(_("Fill in your number."))
    if len(number) > LONGEST_NUMBER or not re.fullmatch(SHAPES[register], number, re.ASCII):
        raise Refused(_("Look at the number once more. {hint}").format(hint=hint_of(register)))
    return number


def passages_of(person):
    """Return what happened with the numbers of `person` as Passage, the newest first; two queries."""
    events = list(RegisterEvent.objects.of_person(person).order_by("-at", "-pk"))
    names = dict(TrainingGroup.objects.filter(uuid__in={one.group_key for one in events}).values_list("uuid", "name"))
    return [
        Passage(one.at, one.get_register_display(), one.get_act_display(), names.get(one.group_key, ""), one.day)
        for one in events
    ]


def event_group(event):
    """Return the name of the group that an event is about, for a person's copy of their data."""
    group = TrainingGroup.objects.filter(uuid=event.group_key).first() if event.group_key else None
    return group.name if group else ""


def forget_old_numbers(before, _now):
    """Remove the numbers of who took part in nothing since `before` and filled them in earlier; return how many."""
    here = Enrolment.objects.active().values("person")
    later = Enrolment.objects.filter(completed_at__gte=before).values("person")
    old = RegisterNumber.objects.filter(changed_at__lt=before).exclude(user__in=here).exclude(user__in=later)
    return old.delete()[0]


def _row(person, register):
    return RegisterNumber.objects.filter(user=person, register=register).first()


def _save(row):
    """The question before is for the sentence, the database's own for two at once."""
    others = RegisterNumber.objects.filter(register=row.register, number=row.number).exclude(user=row.user)
    taken = Refused(_("Somebody else filled in this number. Look at it once more, or call who leads your group."))
    if others.exists():
        raise taken
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise taken from twice


def _note(row, act):
    RegisterEvent.objects.create(person_key=row.user.uuid, by_key=row.user.uuid, register=row.register, act=act)
