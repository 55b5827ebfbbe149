"""The demo's registers: what they count the training for, and the numbers of a few participants. Nothing is passed on;
what a visitor filled in stays.
"""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from training.domain.register_numbers import keep_number
from training.models import Accreditation, RegisterNumber, TrainingPage
from training.planning_choices import Register

# Invented, as everything here: (register, number of the activity, points).
ACCREDITED = (
    (Register.SKJ, "20-1417", Decimal("11.5")),
    (Register.REGISTERPLEIN, "461735", Decimal("11")),
)
# (address, register, number, whether it may be passed on)
NUMBERS = (
    ("deelnemer@demo.test", Register.SKJ, "118264537", True),
    ("klaar@demo.test", Register.SKJ, "118953742", True),
    ("wouter@demo.test", Register.SKJ, "119372645", False),
    ("yvonne.smits@demo.test", Register.REGISTERPLEIN, "4610283746", True),
    ("ayse.demir@demo.test", Register.REGISTERPLEIN, "4610594837", True),
)


def load_registers(training_slug="jouw-leven-is-mijn-werk"):
    """Put in what is not there yet and return how many register numbers that were."""
    training = TrainingPage.objects.filter(slug=training_slug).first()
    if training is None:
        return 0
    year = timezone.localdate().year
    for register, activity, points in ACCREDITED:
        if not training.accreditations.filter(register=register).exists():
            Accreditation.objects.create(
                training=training,
                register=register,
                activity_id=activity,
                points=points,
                valid_from=date(year - 1, 1, 1),
                valid_until=date(year + 1, 12, 31),
            )
    return sum(map(_put, NUMBERS))


def _put(row):
    email, register, number, may_pass_on = row
    person = User.objects.filter(email=email).first()
    taken = RegisterNumber.objects.filter(register=register, number=number)
    if person is None or taken.exists() or person.register_numbers.exists():
        return 0
    keep_number(person, register, number, may_pass_on=may_pass_on)
    return 1
