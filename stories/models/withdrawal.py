"""Stories that were taken away for good: the storyteller's receipt, and what is still to be erased."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.models.storyteller import Storyteller


class WithdrawalQuerySet(models.QuerySet):
    def due(self, at=None):
        """Those whose words are still here and have to go now."""
        return self.filter(erased_at=None, erase_at__lte=at or timezone.now()).order_by("erase_at", "pk")


class Withdrawal(models.Model):
    """One story that was taken away. Its storytellers read it, and nobody else: it is their receipt.

    `title` and `done` (the sentences of what was done, with the moment) stand here until the words are erased: then the
    title is emptied, and the sentences name none of the story's words.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story_key = models.UUIDField(unique=True)
    page_number = models.PositiveIntegerField()  # of the page that was: log lines hold it and no more
    storytellers = models.ManyToManyField(Storyteller, related_name="withdrawals")
    title = models.CharField(_("title"), max_length=255, blank=True)
    at = models.DateTimeField(_("taken away"), default=timezone.now)
    done = models.JSONField(_("what was done"), default=list)
    erase_at = models.DateTimeField(_("erased at the latest"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("story taken away")
        verbose_name_plural = _("stories taken away")
        indexes = [models.Index(fields=["erase_at"], name="withdrawal_due", condition=Q(erased_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(erased_at=None) | Q(title=""), name="erased_story_has_no_title")
        ]

    def __str__(self):
        return str(self.story_key)
