from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils.text import slugify

from accounts.models import User


def make_person(name, *roles, **fields):
    """Make somebody who signs in as `<name>@example.test`; tests use `client.force_login`, so there is no password."""
    email = fields.pop("email", f"{slugify(name)}@example.test")
    person = User.objects.create_user(email, display_name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    person.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return person
