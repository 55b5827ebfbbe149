"""The outbox: every mail is a row before it is a message."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from mail.choices import MailState
from mail.kinds import all_kinds, kind_of

OPEN = (MailState.WAITING, MailState.SENDING)


class OutboxMailQuerySet(models.QuerySet):
    def without_words(self):
        """What a list shows: the words are neither fetched nor decrypted."""
        return self.defer("words")

    def open(self):
        """Those that may still leave."""
        return self.filter(next_at__isnull=False)

    def in_no_hands(self, at=None):
        """Those that no worker is sending: no lease, or one that ran out because its worker died."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=at or timezone.now()))

    def due(self, at=None):
        """Those that a worker may take now, codes and links first, then who waits longest."""
        at = at or timezone.now()
        secret = [kind.name for kind in all_kinds() if kind.is_secret]
        after_codes = Case(When(kind__in=secret, then=Value(0)), default=Value(1))
        return self.in_no_hands(at).filter(next_at__lte=at).order_by(after_codes, "next_at", "pk")

    def held_by(self, worker):
        """Those that `worker` is sending and that nobody has taken over since."""
        return self.filter(state=MailState.SENDING, lease_by=worker)


class OutboxMail(models.Model):
    """One mail to one person, from the moment that something caused it. Made by `mail.domain.outbox.queue_mail`.

    Who may read what: the person their own mails' kind and state; the coordinator of what it is `about` kind, person,
    address, state and reason; the administrator the same of all. The words are for the person in their own mailbox:
    no screen, list, export of others or CMS shows them (only the demo's post box does). They are encrypted, and erased
    on sending when they hold a code or a link, else 7 days after their end. Nothing here is reachable in /cms/.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)  # what caused it: the same cause makes one mail only
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mails"
    )
    to = models.EmailField(_("e-mail address"))
    about = models.CharField(max_length=100, blank=True)  # as group:<uuid>
    words = EncryptedWordsField()  # subject, text, html; ics of an invitation, stop where it can be turned off
    sender_name = models.CharField(max_length=120, blank=True)
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    message_id = models.CharField(max_length=255)

    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    next_at = models.DateTimeField(null=True, default=timezone.now)  # empty when it has come to its end
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    words_until = models.DateTimeField(null=True, blank=True)  # from its end on: when its words are erased

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            # On empty or not: SQLite uses a partial index only when its condition is in the question to the letter.
            models.Index(fields=["next_at"], name="mail_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["words_until"], name="mail_words_until", condition=Q(words_until__isnull=False)),
            models.Index(fields=["about", "-created_at"], name="mail_about"),
            models.Index(fields=["-created_at"], name="mail_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, next_at__isnull=False) | (~Q(state__in=OPEN) & Q(next_at__isnull=True)),
                name="mail_is_open_or_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, lease_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(lease_until__isnull=True)),
                name="mail_on_its_way_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.uuid}"

    @property
    def subject(self):
        return self.words.get("subject", "")

    @property
    def text(self):
        return self.words.get("text", "")

    @property
    def html(self):
        return self.words.get("html", "")

    @property
    def ics(self):
        """The calendar invitation that is with it, as text, or nothing."""
        return self.words.get("ics", "")

    @property
    def stop_address(self):
        """Where whoever has it turns mail of this kind off, or nothing."""
        return self.words.get("stop", "")

    @property
    def label(self):
        """What kind it is, in words for a person."""
        try:
            return kind_of(self.kind).label
        except LookupError:  # of an app that is no longer there
            return self.kind

    @property
    def is_secret(self):
        """Whether its words go as soon as they can; a kind that nobody knows any more counts as one."""
        try:
            return kind_of(self.kind).is_secret
        except LookupError:
            return True
