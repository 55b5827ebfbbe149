"""Lists of people that a coordinator brings in: kept for a day, so that she can look before anything happens."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from training.planning_choices import ImportAction


class ImportBatch(models.Model):
    """One list, from a file or pasted; its maker looks at it and confirms it once, or lets it expire.

    It is scratch paper: the words of its rows go when they were used or when the day is over, whichever comes first
    (training/domain/importing.py), and the row itself a month later.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(
        "training.TrainingGroup", verbose_name=_("group"), on_delete=models.CASCADE, related_name="import_batches"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.CASCADE, related_name="import_batches"
    )
    filename = models.CharField(_("file"), max_length=200, blank=True, help_text=_("Empty for a list that was pasted."))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("can be used until"))
    confirmed_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="import_works_for_a_while"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="imports_by_their_end")]

    def __str__(self):
        return str(self.uuid)  # never the name of the file: this shows in logs

    def is_open(self, at=None):
        """True while it may be confirmed: not used yet, and its day is not over."""
        return self.confirmed_at is None and self.expires_at > (at or timezone.now())


class ImportRowQuerySet(models.QuerySet):
    def wrong(self):
        return self.filter(action=ImportAction.ERROR)

    def already_in(self):
        return self.filter(action=ImportAction.ALREADY_IN)

    def to_place(self):
        """The rows that confirming gives a place."""
        return self.filter(action__in=ImportAction.placed())


class ImportRow(models.Model):
    """One person of a list, with the number that the spreadsheet shows for the row, and what confirming would do.

    `raw` holds what the cells say, by our own names for the columns: a column that we have no use for is not kept.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    raw = EncryptedWordsField(_("as it stands in the list"))
    parsed = EncryptedWordsField(_("as we read it"))
    errors = models.JSONField(_("what is wrong"), default=list, blank=True)
    action = models.CharField(_("what happens"), max_length=20, choices=ImportAction)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who has this address already"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="import_rows",
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a list of people")
        verbose_name_plural = _("rows of lists of people")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_import_row_a_number"),
            models.CheckConstraint(condition=Q(action__in=ImportAction.values), name="import_row_does_something_known"),
            models.CheckConstraint(
                condition=Q(action__in=[ImportAction.ADD, ImportAction.ERROR]) | Q(person__isnull=False),
                name="import_row_of_known_person_names_them",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}:{self.number}"  # never a name or an address: this shows in logs

    @property
    def name_in_list(self):
        return self.parsed.get("display_name", "")

    @property
    def differing_name(self):
        """What the list calls somebody who is here under another name, or nothing; the name here stays as it is."""
        if self.person is None or self.name_in_list.casefold() == self.person.display_name.casefold():
            return ""
        return self.name_in_list
