"""What registers count a training for, and when."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.refusals import Refused
from training.domain.versions import note_change, refuse_other_version
from training.models import Accreditation, TrainingPage

FIELDS = ("training", "register", "activity_id", "points", "valid_from", "valid_until")


@transaction.atomic
def add_accreditation(**values):
    """Keep an accreditation and return it. Raises Refused for what can't be, and for a second one at the same time."""
    return _kept(Accreditation(**values))


@transaction.atomic
def change_accreditation(accreditation, *, by=None, version=None, **values):
    """Change an accreditation and return it; certificates that were issued stay as they are. `version` is what the
    person saw, where a form showed it. Raises ChangedMeanwhile and Refused.
    """
    accreditation = Accreditation.objects.select_for_update().get(pk=accreditation.pk)
    if version is not None:
        refuse_other_version(accreditation, version)
    note_change(accreditation, by=by)
    for name, value in values.items():
        setattr(accreditation, name, value)
    return _kept(accreditation)


@transaction.atomic
def remove_accreditation(accreditation):
    """Remove an accreditation; certificates that name it stay as they are."""
    Accreditation.objects.get(pk=accreditation.pk).delete()


def accreditations_on(training, day):
    """Return the accreditations of `training` that count on `day`, by register; one query, none without a day."""
    if day is None:
        return []
    return list(Accreditation.objects.filter(training=training).valid_on(day).order_by("register"))


def registers_on(training, day):
    """Return what a certificate says of registers: those that count the training on its last `day`, with the number
    of the activity and the points, in the language of the content.
    """
    with override("nl"):
        return [
            {"register": str(one.get_register_display()), "activity": one.activity_id, "points": figure(one.points)}
            for one in accreditations_on(training, day)
        ]


def figure(number):
    """Return a Decimal without zeros at its end: `5.5`, and `10` for ten."""
    return f"{number.normalize():f}"


def _kept(accreditation):
    """The training is locked, so that two forms at once can't leave two accreditations for one day."""
    TrainingPage.objects.select_for_update().get(pk=accreditation.training_id)
    accreditation.activity_id = " ".join(accreditation.activity_id.split())
    try:
        accreditation.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
    if accreditation.valid_until < accreditation.valid_from:
        raise Refused(_("The last day must not come before the first."))
    if _others(accreditation).exists():
        raise Refused(_("This training has another accreditation of this register in that time."))
    try:
        with transaction.atomic():
            accreditation.save()
    except IntegrityError as wrong:
        raise Refused(_("This training has another accreditation of this register in that time.")) from wrong
    return accreditation


def _others(accreditation):
    same = Accreditation.objects.filter(training=accreditation.training_id, register=accreditation.register)
    at_once = same.filter(valid_from__lte=accreditation.valid_until, valid_until__gte=accreditation.valid_from)
    return at_once.exclude(pk=accreditation.pk)
