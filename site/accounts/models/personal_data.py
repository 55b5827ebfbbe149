"""What people ask for with their own data: a copy, and to be erased."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import DeletionState, ExportState

LEASE = timedelta(minutes=10)  # a worker that died gives up what it held after this


class LeasedQuerySet(models.QuerySet):
    """Rows that a worker holds while it works on them: `taken_at` is when it began."""

    def in_no_hands(self, at):
        return self.filter(Q(taken_at=None) | Q(taken_at__lte=at - LEASE))

    def take(self, at):
        """Take the first of these rows and return it, or None when there is none or another worker was faster."""
        row = self.in_no_hands(at).first()
        taken = row and self.filter(pk=row.pk).in_no_hands(at).update(taken_at=at)
        return row if taken else None


class DataExportQuerySet(LeasedQuerySet):
    def waiting(self):
        """Those that have to be made, who waits longest first."""
        return self.filter(state=ExportState.ASKED).order_by("asked_at", "pk")

    def ended(self, at):
        """Those whose link works no longer while their file may still be there."""
        return self.filter(state=ExportState.READY, expires_at__lte=at)


class DataExport(models.Model):
    """A copy of somebody's own data, made by the worker. Read by nobody but that person.

    The file lies in `settings.EXPORTS_DIR` under a name that says nothing; a day after it was made it is erased.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file_name = models.CharField(max_length=60, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of somebody's data")
        verbose_name_plural = _("copies of people's data")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY)
                | (Q(ready_at__isnull=False, expires_at__gt=F("ready_at")) & ~Q(file_name="")),
                name="export_ready_has_a_file_and_an_end",
            ),
            models.UniqueConstraint(
                "person", condition=Q(state=ExportState.ASKED), name="one_export_being_made_per_person"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="export_to_make"),
            models.Index(fields=["state", "expires_at"], name="export_to_erase"),
        ]

    def __str__(self):
        return f"{self.uuid} ({self.state})"

    def is_open(self, at=None):
        """True while its link works."""
        return self.state == ExportState.READY and self.expires_at > (at or timezone.now())


class DeletionRequestQuerySet(LeasedQuerySet):
    def under_way(self):
        """Those that are not at their end: waiting for the day, or being carried out."""
        return self.filter(state__in=DeletionState.under_way())

    def due(self, at):
        """Those whose time to think is over, the oldest first; a request that was begun stays due until it is done."""
        return self.under_way().filter(due_at__lte=at).order_by("due_at", "pk")


class DeletionRequest(models.Model):
    """Somebody asked to be erased. Their account is closed at once; after the time to think everything goes.

    `steps_done` says how far the erasing is, so that it goes on where it was cut off. Of the link that undoes it only
    a digest is kept. When all is done the row holds no more than that somebody with this number asked, so that the
    erasing can be done again after a backup was put back; retention removes it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="deletion_requests"
    )
    person_uuid = models.UUIDField(editable=False, db_index=True)
    state = models.CharField(max_length=10, choices=DeletionState, default=DeletionState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    undo_digest = models.CharField(max_length=64, blank=True, editable=False)
    steps_done = models.JSONField(default=list, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to be erased")
        verbose_name_plural = _("requests to be erased")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeletionState.values), name="deletion_state_is_known"),
            models.CheckConstraint(condition=Q(due_at__gte=F("asked_at")), name="deletion_due_after_it_was_asked"),
            models.CheckConstraint(
                condition=Q(state__in=DeletionState.under_way(), ended_at__isnull=True)
                | (~Q(state__in=DeletionState.under_way()) & Q(ended_at__isnull=False)),
                name="deletion_ended_or_under_way",
            ),
            models.UniqueConstraint(
                "person_uuid", condition=Q(state__in=DeletionState.under_way()), name="one_deletion_per_person"
            ),
            models.UniqueConstraint("undo_digest", condition=~Q(undo_digest=""), name="one_deletion_per_link"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="deletion_to_carry_out")]

    def __str__(self):
        return f"{self.uuid} ({self.state})"
