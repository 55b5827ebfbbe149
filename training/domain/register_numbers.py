"""Somebody's own number in a register, and their leave to pass it on. What happened with it stays on record."""

import re
from dataclasses import dataclass
from operator import mul

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.refusals import Refused
from common.text import without_controls
from training.models import Enrolment, RegisterEvent, RegisterNumber, TrainingGroup
from training.models.registers import LONGEST_NUMBER, WORDS_OF_LEAVE
from training.planning_choices import Register, RegisterAct

# What somebody says yes to. Other words are another version (WORDS_OF_LEAVE): a test holds the two together.
LEAVE = (
    gettext_lazy("Without your yes nobody but you reads your number."),
    gettext_lazy(
        "Say yes, and were you there long enough? Then who leads your group may open your number after the last"
        " meeting."
    ),
    gettext_lazy(
        "That person passes on to the register: your name, your number, that you were there, how many hours and on what"
        " day."
    ),
    gettext_lazy("You may take it back at any time. What a register got already stays with that register."),
)
# How the numbers of each register look; who is sure of another one keeps it
# (docs/decisions/register-numbers-warn.md).
USUAL = {
    Register.SKJ: r"\d{5,12}",
    Register.REGISTERPLEIN: r"4610\d{2,12}",
    Register.NIP: r"NIP-\d{8}",
    Register.NVO: r"(NVO-)?\d{3,8}",
    Register.OTHER: r"[A-Z]{2,10}[A-Z0-9.-]*\d[A-Z0-9.-]*",
}
A_NUMBER = r"[A-Z0-9./-]*\d[A-Z0-9./-]*"


class OtherWords(Refused):
    """What they say yes to is not what stood above it."""


class Unusual(Refused):
    """It does not look as the numbers of this register do; who is sure may keep it."""


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
def keep_number(person, register, number, *, may_pass_on, words=WORDS_OF_LEAVE, is_sure=False):
    """Keep the number of `person` in `register` with or without leave to pass it on; return the RegisterNumber.

    `words` is the version that stood above their yes. The same again changes nothing. A changed number needs to be read
    anew before anybody passes it on. Raises Unusual for one that looks otherwise than those of this register, unless
    they are sure or have it already; Refused for what is no number, for one that somebody else has and for other words.
    """
    register = Register(register)
    User.objects.select_for_update().get(pk=person.pk)
    row = _row(person, register) or RegisterNumber(user=person, register=register)
    number = number_in(register, number, is_sure=is_sure, before=row.number)
    if row.number != number:
        row.number, row.changed_at = number, timezone.now()
    was_allowed = row.is_allowed
    _put_leave(row, may_pass_on, words)
    _save(row)
    if was_allowed != row.is_allowed:
        _note(row, RegisterAct.ALLOWED if row.is_allowed else RegisterAct.WITHDRAWN)
    return row


def _put_leave(row, may_pass_on, words):
    if not may_pass_on:
        row.allowed_at = row.allowed_words = None
    elif words != WORDS_OF_LEAVE:
        raise OtherWords(_("What you say yes to changed meanwhile. Read it once more, then save."))
    elif not row.is_allowed:
        row.allowed_at, row.allowed_words = timezone.now(), words


@transaction.atomic
def withdraw_leave(person, register):
    """Take back the leave to pass a number on: from now on nobody else reads it. The same again is nothing."""
    row = _row(person, register)
    if row and row.allowed_at:
        row.allowed_at = row.allowed_words = None
        row.save(update_fields=["allowed_at", "allowed_words"])
        _note(row, RegisterAct.WITHDRAWN)


@transaction.atomic
def remove_number(person, register):
    """Remove a number and the leave with it. The same again is nothing."""
    withdraw_leave(person, register)
    RegisterNumber.objects.filter(user=person, register=register).delete()


def number_in(register, typed, *, is_sure=False, before=""):
    """Return what was `typed` as this register writes it: capitals, no spaces. Raises Refused for what is no number,
    and Unusual with how numbers look for one that looks otherwise, unless they are sure or it was theirs `before`.
    """
    number = _written(register, re.sub(r"\s", "", without_controls(typed)).upper())
    if not number:
        raise Refused(_("Fill in your number."))
    if len(number) > LONGEST_NUMBER or not re.fullmatch(A_NUMBER, number, re.ASCII):
        raise Refused(_("Look at the number once more. {hint}").format(hint=hint_of(register)))
    if re.fullmatch(USUAL[register], number, re.ASCII):
        return number
    if _may_be_bsn(number):
        raise Refused(_("This looks like a BSN. Never fill that in here: we do not need it."))
    if not is_sure and number != before:
        sentence = _("Look at the number once more. {hint} Is it right all the same? Tick that below, then save.")
        raise Unusual(sentence.format(hint=hint_of(register)))
    return number


def _written(register, number):
    """As the register writes what people often type otherwise: NIP wants eight figures behind its letters, and before
    a number of Registerplein some put BIG-.
    """
    if register == Register.NIP and (figures := re.fullmatch(r"(?:NIP-?)?(\d{1,8})", number, re.ASCII)):
        return f"NIP-{figures[1]:0>8}"
    if register == Register.REGISTERPLEIN:
        return re.sub(r"\ABIG-?(?=4610)", "", number)
    return number


def _may_be_bsn(number):
    """True for nine figures that hold by the check of a BSN."""
    figures = [int(sign) for sign in number if sign.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(figures) == 9 and sum(map(mul, figures, weights)) % 11 == 0


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
    RegisterEvent.objects.create(
        person_key=row.user.uuid, by_key=row.user.uuid, register=row.register, act=act, words=row.allowed_words
    )
