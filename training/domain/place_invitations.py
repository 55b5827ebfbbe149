"""Asking people whether they take the place that is kept for them. The link opens a question; a button answers it."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from mail.domain.outbox import cancel_mails
from training.domain.place_mails import tell_invited
from training.domain.places import accept_place, decline_place, put_state
from training.domain.seats import locked
from training.emails import PLACE_INVITATION, PLACE_NUDGE
from training.models import PlaceInvitation
from training.planning_choices import PlaceState

LONGEST_NOTE = 1_000
signer = Signer(salt="training.place_invitations")


class LinkEnded(Refused):
    """The link works no longer; `why` is "unknown", "answered", "withdrawn" or "expired"."""

    def __init__(self, why, sentence):
        super().__init__(sentence)
        self.why = why


@transaction.atomic
def invite_prepared(group, *, by):
    """Invite everybody who was put in the group and not asked yet; return how many. Pressed twice it is 0."""
    group = locked(group)
    places = list(group.places.filter(state=PlaceState.PREPARED).select_related("enrolment__person", "group"))
    until = answer_until(group)
    for place in places:
        put_state(place, PlaceState.INVITED, by=by)
        _send(place, by=by, until=until)
    return len(places)


@transaction.atomic
def invite_again(place, *, by):
    """Send a new link in place of the old one, which then works no longer. Raises Refused when nothing is asked."""
    locked(place.group)
    place.refresh_from_db()
    if place.state != PlaceState.INVITED:
        raise Refused(_("This person has answered already, or was not invited."))
    _close_open(place)
    _send(place, by=by, until=answer_until(place.group))


def answer_until(group, at=None):
    """Return until when who is asked now can answer: some weeks, and no longer than until the group comes together for
    the first time.
    """
    at = at or timezone.now()
    until = at + timedelta(days=settings.INVITATION_DAYS)
    first = group.meetings.announced().aggregate(first=Min("starts_at"))["first"]
    return min(until, first) if first and first > at else until


@transaction.atomic
def take_invitations_back(group, *, by):
    """Take back the invitations that no mail has left for yet, within the quiet minutes; return how many."""
    group, number = locked(group), 0
    for place in group.places.filter(state=PlaceState.INVITED).select_related("enrolment__person", "group"):
        if cancel_mails(key_prefix=f"{PLACE_INVITATION}:{place.uuid}:"):
            _close_open(place)
            put_state(place, PlaceState.PREPARED, by=by)
            number += 1
    return number


def read_invitation(token):
    """Return the open PlaceInvitation behind a link and change nothing; raises LinkEnded."""
    found = PlaceInvitation.objects.select_related("place__group", "place__enrolment__person")
    return _still_open(found.filter(token_sha256=_digest_behind(token)).first())


@transaction.atomic
def answer_invitation(token, *, says_yes, note=""):
    """Write down the answer, once, and return the GroupPlace. Raises LinkEnded, or Refused when the place is no longer
    theirs.
    """
    invitation = read_invitation(token)
    locked(invitation.place.group)
    invitation = _still_open(PlaceInvitation.objects.select_related("place__group").get(pk=invitation.pk))
    invitation.used_at, invitation.says_yes = timezone.now(), says_yes
    words = without_controls(note).strip()[:LONGEST_NOTE]
    invitation.note = {"note": words} if words else {}
    invitation.save(update_fields=["used_at", "says_yes", "note"])
    person = invitation.place.enrolment.person
    answer = accept_place if says_yes else decline_place
    return answer(invitation.place, by=person)


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def token_again(invitation):
    """Return another token that opens the question of `invitation`: the first one can't be told again, for only its
    digest is kept. It works as long as that one.
    """
    return signer.sign(invitation.token_sha256)


def _digest_behind(token):
    try:
        return signer.unsign(token)
    except BadSignature:
        return digest_of(token)


def _send(place, *, by, until):
    token = secrets.token_urlsafe(32)
    PlaceInvitation.objects.create(place=place, token_sha256=digest_of(token), expires_at=until)
    tell_invited(place, token, by=by, until=until)


def _close_open(place):
    place.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    for kind in (PLACE_INVITATION, PLACE_NUDGE):
        cancel_mails(key_prefix=f"{kind}:{place.uuid}:")


def _still_open(invitation):
    if invitation is None:
        raise LinkEnded("unknown", _("This link doesn't work. Ask who invited you for a new one."))
    if invitation.used_at:
        raise LinkEnded("answered", _("You have answered this invitation already."))
    if invitation.withdrawn_at:
        raise LinkEnded("withdrawn", _("This invitation was taken back. Ask who invited you for a new one."))
    if not invitation.is_open():
        raise LinkEnded("expired", _("This link has run out. Ask who invited you for a new one."))
    return invitation
