"""Asking to be erased, and thinking better of it."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import DeletionState, Role
from accounts.emails import DELETION_ASKED
from accounts.models import DeletionRequest, User
from accounts.personal_data.archive import erase_copies
from accounts.personal_data.sessions import end_sessions
from common import erasures
from mail.domain.outbox import cancel_mails, queue_mail

# In the log of erasures: a backup that is put back knows nothing of who asked since, nor of who thought better of it.
ASKED, UNDONE = "person-asked", "person-undone"


_also = []


class KeepsTheSite(Exception):
    """This account can't be missed: it is the server's own, or nobody else could let people in."""


class TooLate(Exception):
    """There is nothing to undo any more: the erasing has begun, is done, or was undone before."""


def close_also(act):
    """Register `act(person)`: what an app above this one closes with an account, in the transaction in which somebody
    asks to be erased. Undoing that does not open it again.
    """
    if act not in _also:
        _also.append(act)


def ask_deletion(person, *, at=None):
    """Close the account of `person` at once and return (DeletionRequest, token): the token opens the page that undoes
    it until `due_at`. Asking twice gives the request that is there a new token.

    Raises KeepsTheSite for an account that can't be missed, TooLate when the erasing has begun.
    """
    if keeps_the_site(person):
        raise KeepsTheSite
    at, token = at or timezone.now(), secrets.token_urlsafe(32)
    with transaction.atomic():
        for act in _also:
            act(person)
        close_account(person)
        request = _request_of(person, at)
        if request.state != DeletionState.WAITING:
            raise TooLate
        request.undo_digest = digest_of(token)
        request.save(update_fields=["undo_digest"])
        _tell(request, token)
        erasures.note(ASKED, person.uuid)
    erase_copies(person)
    return request, token


def ask_deletion_again(person_uuid):
    """Close the account of somebody who had asked to be erased before a backup brought it back open.

    They get a new mail and all their days to think. Returns True when they were there.
    """
    person = User.objects.filter(uuid=person_uuid, is_active=True).first()
    if person is None or keeps_the_site(person):
        return False
    ask_deletion(person)
    return True


def undo_deletion_again(person_uuid):
    """Open the account again of somebody who had thought better of it after the backup; True when it was closed."""
    request = DeletionRequest.objects.filter(person_uuid=person_uuid, state=DeletionState.WAITING).first()
    if request is None:
        return False
    with transaction.atomic():
        _reopen(request, timezone.now())
    return True


def keeps_the_site(person):
    """True for the server's own account, and for an administrator as long as there is no other."""
    if person.is_superuser:
        return True
    others = User.objects.filter(groups__name=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return Role.ADMINISTRATOR in person.roles and not others.exists()


def close_account(person):
    """Let `person` in no more: signed out everywhere, no sign-in, no mail that waits. Again changes nothing."""
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    end_sessions(person)
    cancel_mails(person=person)


def request_behind(token):
    """Return the DeletionRequest that this link belongs to, or None."""
    return DeletionRequest.objects.select_related("person").filter(undo_digest=digest_of(token)).first()


@transaction.atomic
def undo_deletion(token, *, at=None):
    """Open the account again as it was and return the DeletionRequest; raises TooLate, also for an unknown token."""
    request = DeletionRequest.objects.select_for_update(of=("self",)).filter(undo_digest=digest_of(token)).first()
    at = at or timezone.now()
    if request is None or not may_be_undone(request, at):
        raise TooLate
    _reopen(request, at)
    erasures.note(UNDONE, request.person_uuid)
    return request


def may_be_undone(request, at=None):
    """True while the time to think lasts and nothing was erased yet."""
    return request.state == DeletionState.WAITING and request.due_at > (at or timezone.now())


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def undo_path(token):
    return reverse("own_data_undo", args=[token])


def _reopen(request, at):
    User.objects.filter(pk=request.person_id).update(is_active=True)
    request.state, request.ended_at = DeletionState.UNDONE, at
    request.save(update_fields=["state", "ended_at"])
    cancel_mails(key_prefix=f"deletion:{request.uuid}:")


def _request_of(person, at):
    """Return the request of `person` that is under way, locked; made now when there is none."""
    under_way = DeletionRequest.objects.select_for_update(of=("self",)).under_way().filter(person_uuid=person.uuid)
    request = under_way.first()
    if request:
        return request
    due = at + timedelta(days=settings.DELETION_THINKING_DAYS)
    try:
        with transaction.atomic():
            return DeletionRequest.objects.create(person=person, person_uuid=person.uuid, asked_at=at, due_at=due)
    except IntegrityError:  # a double click: the other one was first
        return under_way.get()


def _tell(request, token):
    person = request.person
    queue_mail(
        DELETION_ASKED,
        to=person.email,
        key=f"deletion:{request.uuid}:{request.undo_digest[:12]}",
        context={
            "name": person.get_short_name(),
            "link": settings.SITE_URL + undo_path(token),
            "until": request.due_at,
        },
        language=person.language,
        person=person,
    )
