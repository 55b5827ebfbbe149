"""How it was for a co-trainer, the day after: a few words to one person of their own choice."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from training.models.meetings import Meeting


class AftercareQuerySet(models.QuerySet):
    def read_by(self, user):
        """What was written to `user`, as long as they are the person of who wrote it."""
        return self.filter(reader=user, person__storyteller__support=F("reader"))


class Aftercare(models.Model):
    """What a co-trainer wrote about a meeting that they led, or that they want to be called.

    Who may read what: the co-trainer all of it; `reader`, their own person, as well, until the co-trainer chooses
    another person or takes it back. Nobody else, whatever their role.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="aftercare")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="aftercare")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="aftercare_read"
    )
    words = EncryptedWordsField(_("words"))  # `words` and `phone`
    wants_call = models.BooleanField(_("wants to be called"), default=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = AftercareQuerySet.as_manager()

    class Meta:
        verbose_name = _("aftercare")
        verbose_name_plural = _("aftercare")
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_aftercare_per_meeting")]

    def __str__(self):
        return str(self.written_at)
