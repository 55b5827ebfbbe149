"""Inviting people to the site: one link by mail, that works once and for a while."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import InvitationState, Role
from accounts.domain.people import create_person, person_with
from accounts.domain.roles import give_role
from accounts.emails import INVITATION
from accounts.models import Invitation
from accounts.policies import roles_to_invite
from common.text import kept_address
from mail.domain.outbox import cancel_mails, queue_mail


class MayNotInvite(Exception):
    """This person may not invite anybody to this role."""


class AlreadyHere(Exception):
    """Somebody with this address has an account; `person` is who."""

    def __init__(self, person):
        super().__init__()
        self.person = person


class AlreadyInvited(Exception):
    """An invitation to this address is under way; `invitation` is it."""

    def __init__(self, invitation):
        super().__init__()
        self.invitation = invitation


class LinkEnded(Exception):
    """The link works no longer; `why` is "unknown", "accepted", "withdrawn", "expired" or "replaced"."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def invite(by, *, email, role, name=""):
    """Invite somebody by mail and return the Invitation; raises MayNotInvite, AlreadyHere or AlreadyInvited."""
    email = kept_address(email)
    if role not in roles_to_invite(by):
        raise MayNotInvite
    if person := person_with(email):
        raise AlreadyHere(person)
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            _end_expired(email)
            invitation = Invitation.objects.create(
                email=email, name=name, role=role, invited_by=by, link_digest=digest_of(token), expires_at=_end()
            )
            _send(invitation, token, by=by)
    except IntegrityError as conflict:
        other = Invitation.objects.filter(email=email, state=InvitationState.WAITING).first()
        if other is None:
            raise
        raise AlreadyInvited(other) from conflict
    return invitation


@transaction.atomic
def send_again(invitation, *, by):
    """Send a new link in place of the old one, which then works no longer; raises LinkEnded or MayNotInvite."""
    invitation = _locked(invitation)
    if invitation.role not in roles_to_invite(by):
        raise MayNotInvite
    if invitation.state != InvitationState.WAITING:
        raise LinkEnded(invitation.state)
    token = secrets.token_urlsafe(32)
    invitation.link_digest, invitation.expires_at = digest_of(token), _end()
    invitation.times_sent += 1
    invitation.save(update_fields=["link_digest", "expires_at", "times_sent"])
    cancel_mails(key_prefix=f"invitation:{invitation.uuid}:")
    _send(invitation, token, by=by)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation):
    """Make the link work no longer; returns True when it still did. Withdrawing twice is withdrawing once."""
    invitation = _locked(invitation)
    if invitation.state != InvitationState.WAITING:
        return False
    invitation.state, invitation.ended_at = InvitationState.WITHDRAWN, timezone.now()
    invitation.save(update_fields=["state", "ended_at"])
    cancel_mails(key_prefix=f"invitation:{invitation.uuid}:")
    return True


def read_link(token):
    """Return the open Invitation of a link and change nothing; raises LinkEnded."""
    invitation = Invitation.objects.select_related("invited_by").filter(link_digest=digest_of(token)).first()
    return _still_open(invitation)


@transaction.atomic
def accept_invitation(token, *, name, work):
    """Make the account that the link invites to, once, and return the person; raises LinkEnded or AlreadyHere."""
    invitation = _still_open(
        Invitation.objects.select_for_update(of=("self",)).filter(link_digest=digest_of(token)).first()
    )
    if person := person_with(invitation.email):
        raise AlreadyHere(person)
    person = create_person(invitation.email, name=name, work=work, welcomed_at=timezone.now())
    give_role(person, invitation.role, by=invitation.invited_by)
    invitation.state, invitation.accepted_by = InvitationState.ACCEPTED, person
    invitation.ended_at = timezone.now()
    invitation.save(update_fields=["state", "accepted_by", "ended_at"])
    return person


def mail_key(invitation):
    """Return the key in the outbox of the mail that brings the link of `invitation` as it is now."""
    return f"invitation:{invitation.uuid}:{invitation.times_sent}"


def still_wanted(mail):
    """True while the invitation that `mail` brings is open: the outbox asks right before sending."""
    _kind, uuid, times_sent = mail.key.split(":")
    return Invitation.objects.open().filter(uuid=uuid, times_sent=times_sent).exists()


def _still_open(invitation):
    if invitation is None:
        raise LinkEnded("unknown")
    if invitation.state != InvitationState.WAITING:
        raise LinkEnded(invitation.state)
    if not invitation.is_open():
        raise LinkEnded("expired")
    return invitation


def _locked(invitation):
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _end():
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


def _end_expired(email):
    """An invitation that ran out makes room for a new one to the same address."""
    Invitation.objects.filter(email=email, state=InvitationState.WAITING, expires_at__lte=timezone.now()).update(
        state=InvitationState.WITHDRAWN, ended_at=timezone.now()
    )


def _send(invitation, token, *, by):
    queue_mail(
        INVITATION,
        to=invitation.email,
        key=mail_key(invitation),
        context={
            "name": invitation.name,
            "by": by.display_name,
            "role": Role(invitation.role),
            "link": settings.SITE_URL + reverse("invitation", args=[token]),
            "until": invitation.expires_at,
        },
        about=f"invited-by:{by.uuid}",
        sender_name=by.display_name,
        reply_to=by.email,
    )
