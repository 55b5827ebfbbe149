"""Bewaren: what somebody keeps for themselves, with a note that nobody else reads."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField


class Bookmark(models.Model):
    """A page that somebody keeps. Only its owner ever reads it, whatever role others have.

    The page may go: then the row stays, with the note that its owner wrote, and names nothing of the page any more.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("whose"), on_delete=models.CASCADE, related_name="bookmarks"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("what"), null=True, on_delete=models.SET_NULL, related_name="bookmarks"
    )
    note = EncryptedWordsField(_("your note"))
    labels = EncryptedWordsField(_("your labels"))
    created_at = models.DateTimeField(_("kept on"), default=timezone.now)

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("what you keep")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page"], condition=Q(page__isnull=False), name="one_bookmark_a_page"
            )
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="bookmarks_of_a_person")]

    def __str__(self):
        return str(self.uuid)  # never the words: this shows in logs

    @property
    def note_text(self):
        return self.note.get("text", "")

    @property
    def label_list(self):
        return self.labels.get("list", [])

    @property
    def labels_text(self):
        """The labels as their owner types them: with commas between."""
        return ", ".join(self.label_list)
