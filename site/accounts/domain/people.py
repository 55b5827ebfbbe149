"""People come in: an account with an address that is known to be theirs."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def create_person(email, *, name, password=None, **fields):
    """Create and return a person whose address has been proven; without a password they sign in by code.

    Raises IntegrityError when somebody has this address already.
    """
    person = User.objects.create_user(email, password, display_name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def person_with(email):
    """Return the person who signs in with `email`, or has it as a proven second address; None when there is none."""
    email = email.strip().lower()
    return (
        User.objects.filter(email=email).first()
        or User.objects.filter(emailaddress__email=email, emailaddress__verified=True).first()
    )
