"""People come in: an account with an address of theirs."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from common.text import kept_address


@transaction.atomic
def create_person(email, *, name, password=None, is_proven=True, **fields):
    """Create and return a person; without a password they sign in by code.

    `is_proven` says that the address is known to be theirs; else it is from the first time that they sign in by it.
    Raises IntegrityError when somebody has this address already.
    """
    person = User.objects.create_user(email, password, display_name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=is_proven, primary=True)
    return person


def person_with(email):
    """Return the person who signs in with `email`, or has it as a proven second address; None when there is none."""
    email = kept_address(email)
    return (
        User.objects.filter(email=email).first()
        or User.objects.filter(emailaddress__email=email, emailaddress__verified=True).first()
    )


def people_with(emails):
    """Return {address: person} for many addresses in lower case at once, as `person_with` finds them one by one."""
    found = {}
    for piece in batched(sorted(set(emails)), 500):  # SQLite takes a limited number of values
        seconds = EmailAddress.objects.filter(email__in=piece, verified=True).select_related("user")
        found |= {second.email: second.user for second in seconds}
        found |= {person.email: person for person in User.objects.filter(email__in=piece)}
    return found


def batched(rows, size):
    return (rows[start : start + size] for start in range(0, len(rows), size))
