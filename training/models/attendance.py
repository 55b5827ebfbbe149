"""Who was there. Why somebody was not is asked nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.events import Event
from training.models.meetings import Meeting
from training.models.places import GroupPlace
from training.planning_choices import AttendanceSource, AttendanceStatus


class Attendance(models.Model):
    """Whether somebody was at a meeting; no row: nobody filled it in yet."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    place = models.ForeignKey(GroupPlace, on_delete=models.CASCADE, related_name="attendance")
    status = models.CharField(_("was there"), max_length=10, choices=AttendanceStatus)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    source = models.CharField(max_length=8, choices=AttendanceSource, default=AttendanceSource.TEAM)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(_("filled in"), default=timezone.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="one_attendance_per_meeting"),
            models.CheckConstraint(
                condition=Q(status=AttendanceStatus.PARTLY, minutes__isnull=False)
                | (~Q(status=AttendanceStatus.PARTLY) & Q(minutes__isnull=True)),
                name="partly_says_how_many_minutes",
            ),
            models.CheckConstraint(condition=Q(status__in=AttendanceStatus.values), name="attendance_status_is_known"),
        ]

    def __str__(self):
        return self.get_status_display()


class AttendanceChange(Event):
    """What was filled in before and after, by public numbers alone."""

    meeting_key = models.UUIDField()
    place_key = models.UUIDField()
    from_status = models.CharField(max_length=10, choices=AttendanceStatus, blank=True)
    to_status = models.CharField(max_length=10, choices=AttendanceStatus, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta(Event.Meta):
        verbose_name = _("change of attendance")
        verbose_name_plural = _("changes of attendance")
        indexes = [models.Index(fields=["meeting_key", "place_key"], name="changes_by_meeting_and_place")]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"
