"""The last step of erasing: the row of the person."""

from django.contrib.auth.hashers import make_password
from django.db import models

from accounts.models import User
from accounts.personal_data.registry import Erase, record_of, records


def erase_row_of(person):
    """Delete the row of `person`; where others' rows have to keep pointing to it, empty it instead.

    An emptied row has no name, no address, no password, no roles, and can't sign in.
    """
    if is_still_referred_to(person):
        empty_row_of(person)
    else:
        person.delete()


def is_still_referred_to(person):
    """True when a row points to `person` in a field that the registry says stays."""
    return any(
        record.model._base_manager.filter(**{name: person.pk}).exists()
        for record in records()
        if record.model is not User
        for name in record.people()
        if record.fields[name].erase is Erase.KEEP
    )


def empty_row_of(person):
    """Set every field of `person` that the registry empties to what a new, closed account would have."""
    record = record_of(User)
    values = {}
    for name in record.emptied():
        one = User._meta.get_field(name)
        if one.many_to_many:
            getattr(person, name).clear()
        else:
            values[name] = empty_value(one)
    User.objects.filter(pk=person.pk).update(**values | {"is_active": False, "password": make_password(None)})


def empty_value(one):
    """Return what the model field `one` holds when it says nothing: its default, else None or an empty string."""
    if one.has_default() and not callable(one.default):
        return one.get_default()
    if one.null:
        return None
    return False if isinstance(one, models.BooleanField) else ""
