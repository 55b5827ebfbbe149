"""Who may invite whom, and who gives and takes roles."""

from django.db.models import Q

from accounts.choices import Role
from accounts.models import Invitation, User

# Who may invite somebody to do what. Administrators alone make administrators and coordinators.
MAY_INVITE = {
    Role.ADMINISTRATOR: tuple(Role),
    Role.COORDINATOR: (Role.PARTICIPANT, Role.CO_TRAINER, Role.TRAINER),
}


def roles_to_invite(user):
    """The Role values that `user` may invite people to, in the order of Role; empty for who invites nobody."""
    if not user.is_authenticated or not user.is_active:
        return []
    mine = {role for own in user.roles for role in MAY_INVITE.get(own, ())}
    return [role for role in Role if role in mine]


def visible_invitations(user):
    """The invitations that `user` may see, withdraw and send again: their own; an administrator's are all."""
    if Role.ADMINISTRATOR in user.roles:
        return Invitation.objects.all()
    return Invitation.objects.filter(invited_by=user) if roles_to_invite(user) else Invitation.objects.none()


def may_manage_people(user):
    """True for who gives and takes roles: administrators. The superuser on the server does so by command."""
    return user.is_authenticated and user.is_active and Role.ADMINISTRATOR in user.roles


def visible_people(user):
    """The people in the list of `user`: everybody with an account, for who gives roles; nobody for others."""
    if not may_manage_people(user):
        return User.objects.none()
    return User.objects.filter(is_superuser=False).exclude(Q(email=""))


def needs_second_factor(user):
    """True for the roles behind which other people's data stand (shared rule: trust, Doors)."""
    return bool(user.roles & {Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR}) or user.is_superuser
