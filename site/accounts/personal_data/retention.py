"""How long things are kept (settings.RETENTION_DAYS), and what the daily `manage.py retain` does about it."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry, UploadedFile

from accounts.choices import DeletionState, ExportState, InvitationState
from accounts.models import DataExport, DeletionRequest, Invitation, RoleChange, User
from accounts.personal_data.archive import erase_ended_copies, sweep
from accounts.personal_data.files import erase_file
from mail.domain.outbox import erase_old_bodies
from mail.models import OutboxMail

LISTED = "inactive_accounts"  # the period that is only told about

_rules = {}


@dataclass(frozen=True)
class Retained:
    """What was done for one period: its name in RETENTION_DAYS, the days, and how many rows or files went."""

    name: str
    days: int
    gone: int


def retain(name, act):
    """Register what erases what is older than the period `name`: `act(before, now)` returns how much went.

    `before` is the moment that long ago. Raises ValueError when another act has this name.
    """
    if _rules.setdefault(name, act) is not act:
        raise ValueError(f"There is another rule for the period {name}.")


def periods():
    """Return the names of all periods that something acts on."""
    return sorted(_rules)


def retain_all(now=None):
    """Erase all that is past its period and yield a Retained for each.

    Raises ImproperlyConfigured when RETENTION_DAYS names a period that nothing acts on, or misses one.
    """
    now = now or timezone.now()
    unknown = settings.RETENTION_DAYS.keys() ^ {*periods(), LISTED}
    if unknown:
        raise ImproperlyConfigured(f"RETENTION_DAYS has to name these periods: {', '.join(periods())}, {LISTED}.")
    for name in periods():
        days = settings.RETENTION_DAYS[name]
        yield Retained(name, days, _rules[name](now - timedelta(days=days), now))


def inactive_people(now=None):
    """The accounts that nobody used for RETENTION_DAYS says: to be looked at, never erased by
    itself.
    """
    before = (now or timezone.now()) - timedelta(days=settings.RETENTION_DAYS[LISTED])
    people = User.objects.annotate(last_here=Coalesce("last_login", "date_joined"))
    return people.filter(is_superuser=False, is_active=True, last_here__lt=before).order_by("last_here", "pk")


# ── The periods that this room and the packages below know ─────────────────────
def mail_bodies(before, now):
    """The outbox itself erases words when their time is over; here also those that a shorter period reaches since."""
    gone = 0
    while piece := erase_old_bodies(now):
        gone += piece
    ended = OutboxMail.objects.filter(next_at=None, words_until__isnull=False)
    return gone + ended.filter(Q(sent_at__lte=before) | Q(sent_at=None, created_at__lte=before)).update(
        words="", words_until=None
    )


def mails(before, now):
    return OutboxMail.objects.filter(next_at=None, created_at__lt=before).delete()[0]


def exports(before, now):
    """Files whose day is over, and half ones; the rows a day later."""
    gone = erase_ended_copies(now) + sweep(now)
    ended = DataExport.objects.filter(state__in=(ExportState.GONE, ExportState.FAILED), asked_at__lt=before)
    ended.delete()
    return gone


def invitations(before, now):
    """Invitations that nobody accepted: withdrawn, or past their date. What was accepted goes with its person."""
    ended = Q(expires_at__lt=before) | Q(ended_at__lt=before)
    return Invitation.objects.exclude(state=InvitationState.ACCEPTED).filter(ended).delete()[0]


def sessions(before, now):
    """Sessions past their end, and what is known of the devices of sessions that are gone."""
    gone = Session.objects.filter(expire_date__lt=now).delete()[0]
    there = Session.objects.values("session_key")
    return gone + UserSession.objects.filter(last_seen_at__lt=before).exclude(session_key__in=there).delete()[0]


def role_changes(before, now):
    return RoleChange.objects.filter(at__lt=before).delete()[0]


def editor_log(before, now):
    """What was done in the editor; Wagtail itself keeps it for good."""
    logs = (PageLogEntry.objects.filter(timestamp__lt=before), ModelLogEntry.objects.filter(timestamp__lt=before))
    return sum(rows.delete()[0] for rows in (*logs, LogEntry.objects.filter(action_time__lt=before)))


def editor_forms(before, now):
    """What the editor keeps of forms that people have open."""
    forms = FormState.objects.filter(last_updated_at__lt=before).delete()[0]
    return forms + EditingSession.objects.filter(last_seen_at__lt=before).delete()[0]


def unfinished_uploads(before, now):
    """Uploads to the editor that nobody finished; the row has no time, the file has."""
    gone = 0
    for upload in UploadedFile.objects.all():
        try:
            is_old = upload.file.storage.get_modified_time(upload.file.name) < before
        except FileNotFoundError:
            is_old = True
        if is_old:
            erase_file(upload.file)
            gone += upload.delete()[0]
    return gone


def address_confirmations(before, now):
    return EmailConfirmation.objects.filter(created__lt=before).delete()[0]


def deletion_requests(before, now):
    ended = (DeletionState.DONE, DeletionState.UNDONE)
    return DeletionRequest.objects.filter(state__in=ended, ended_at__lt=before).delete()[0]


def declare():
    """Register the periods above."""
    for act in (
        mail_bodies,
        mails,
        exports,
        invitations,
        sessions,
        role_changes,
        editor_log,
        editor_forms,
        unfinished_uploads,
        address_confirmations,
        deletion_requests,
    ):
        retain(act.__name__, act)
