"""What is not right in who was there: somebody says so, or was not on the list; what happens to it is kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.events import Event
from common.fields import EncryptedWordsField
from training.models.meetings import Meeting
from training.models.places import GroupPlace
from training.planning_choices import AttendanceAct, CorrectionState


class AttendanceCorrectionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=CorrectionState.OPEN)


class AttendanceCorrection(models.Model):
    """Somebody says that their own attendance is not right, and reads what is done about it.

    Who may read what: the person all of it, and who coordinates, trains or co-trains their group.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    place = models.ForeignKey(GroupPlace, on_delete=models.CASCADE, related_name="corrections")
    state = models.CharField(_("state"), max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    words = EncryptedWordsField(_("what is not right"))
    answer = EncryptedWordsField(_("answer"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    settled_at = models.DateTimeField(_("answered"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AttendanceCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "place"], condition=Q(state=CorrectionState.OPEN), name="one_open_correction"
            ),
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="correction_state_is_known"),
        ]

    def __str__(self):
        return self.get_state_display()

    @property
    def is_open(self):
        return self.state == CorrectionState.OPEN


class AttendanceEvent(Event):
    """What happened around a mark, beside the mark itself (AttendanceChange): by public numbers, never with words.

    `about_key` is the number of the correction or of the certificate.
    """

    about_key = models.UUIDField()
    meeting_key = models.UUIDField(null=True)
    place_key = models.UUIDField(null=True)
    act = models.CharField(max_length=10, choices=AttendanceAct)

    class Meta(Event.Meta):
        verbose_name = _("event of attendance")
        verbose_name_plural = _("events of attendance")
        indexes = [models.Index(fields=["about_key", "at"], name="attendance_events_by_thing")]

    def __str__(self):
        return self.get_act_display()


class WalkIn(models.Model):
    """A name of somebody who was at a meeting and not on its list, until who leads the group says who it is."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="walk_ins")
    name = EncryptedWordsField(_("name"))
    noted_at = models.DateTimeField(_("written down"), default=timezone.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("somebody who was not on the list")
        verbose_name_plural = _("people who were not on the list")
        ordering = ["noted_at", "pk"]

    def __str__(self):
        return str(self.noted_at)

    @property
    def shown_name(self):
        return self.name.get("name", "")
