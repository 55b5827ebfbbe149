"""What somebody takes along at the end: a card with words of the people they worked with, and a certificate."""

import hashlib
import json
import secrets
import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from training.models.enrolment import Enrolment
from training.models.groups import READABLE


def new_number():
    """Return what stands on the paper for who wants to check it: ten signs that nobody mistakes for others."""
    return "".join(secrets.choice(READABLE) for _place in range(10))


class PersonalCard(models.Model):
    """A card for one person. Its words are read by nobody but their writers until it is given, then by that person."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="personal_card")
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal card")
        verbose_name_plural = _("personal cards")

    def __str__(self):
        return str(self.enrolment)


class CardMessage(models.Model):
    """What one person wrote on somebody's card."""

    card = models.ForeignKey(PersonalCard, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="card_messages"
    )
    author_name = models.CharField(_("who wrote it"), max_length=80)
    words = EncryptedWordsField(_("words"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("words on a personal card")
        verbose_name_plural = _("words on personal cards")
        constraints = [models.UniqueConstraint(fields=["card", "author"], name="one_text_per_writer")]

    def __str__(self):
        return str(self.written_at)


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(revoked_at=None)

    def to_check(self):
        """Those whose attendance changed since they were issued, and that nobody looked at yet."""
        return self.valid().filter(check_since__isnull=False)


class Certificate(models.Model):
    """The proof that somebody took part. What it says is copied when it is issued and never changes; a mistake is a
    new one that takes its place.

    When the person is erased the number, the hash and the dates stay, so that the paper can be told from a forged one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=10, unique=True, default=new_number)
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    snapshot = models.JSONField(_("what it says"), default=dict)
    snapshot_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    given_because = models.CharField(_("given although something is missing, because"), max_length=200, blank=True)
    check_since = models.DateTimeField(_("to be looked at since"), null=True, blank=True, editable=False)
    check_reason = models.CharField(_("what changed"), max_length=500, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by", verbose_name=_("replaces")
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(revoked_at=None), name="one_valid_certificate_per_enrolment"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_valid(self):
        return self.revoked_at is None

    @property
    def is_replaced(self):
        """True when another one took its place (a query, where that was not fetched along)."""
        return hasattr(self, "replaced_by")

    @property
    def hours(self):
        """The net hours that it says, as a Decimal; 0 once that was erased."""
        return Decimal(self.snapshot.get("hours") or 0)


def hash_of(snapshot):
    """Return 64 signs that are the same for the same snapshot."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
