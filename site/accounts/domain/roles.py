"""Giving and taking roles; each change leaves a line in the log and works on the next request."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.choices import Role
from accounts.models import RoleChange, User


class LastAdministrator(Exception):
    """The role was not taken: nobody would be left to give it back."""


@transaction.atomic
def give_role(person, role, *, by):
    """Give `person` the `role`; returns True when they did not have it yet. `by` is who gives it (None: a command)."""
    User.objects.select_for_update().get(pk=person.pk)
    group, _created = Group.objects.get_or_create(name=Role(role).value)
    if person.groups.filter(pk=group.pk).exists():
        return False
    person.groups.add(group)
    RoleChange.objects.create(person=person, role=role, given=True, by=by)
    return True


@transaction.atomic
def take_role(person, role, *, by):
    """Take the `role` from `person`; returns True when they had it. Raises LastAdministrator."""
    # All of them under lock, in one order: two administrators who take each other's role at once leave one.
    administrators = list(
        User.objects.select_for_update().filter(groups__name=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    )
    if not person.groups.filter(name=role).exists():
        return False
    if role == Role.ADMINISTRATOR and {other.pk for other in administrators} <= {person.pk}:
        raise LastAdministrator
    person.groups.remove(Group.objects.get(name=role))
    RoleChange.objects.create(person=person, role=role, given=False, by=by)
    return True


@transaction.atomic
def set_roles(person, roles, *, by):
    """Make `roles` all that `person` does here; returns True when that changed anything. Raises LastAdministrator."""
    have = set(person.groups.values_list("name", flat=True)) & set(Role.values)
    wanted = {Role(role).value for role in roles}
    changed = [give_role(person, role, by=by) for role in sorted(wanted - have)]
    return any(changed + [take_role(person, role, by=by) for role in sorted(have - wanted)])
