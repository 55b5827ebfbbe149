"""What stands in people's calendars: the newest mail about each meeting to each person, and their private feed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.meetings import Meeting
from training.planning_choices import InviteMethod


def new_uid():
    return uuid.uuid4().hex


class CalendarInviteQuerySet(models.QuerySet):
    def unsettled(self, at=None):
        """Those about which a mail may be due: something changed, and the quiet minutes after it are over."""
        return self.filter(unsettled_until__lte=at or timezone.now()).order_by("unsettled_until", "pk")


class CalendarInvite(models.Model):
    """What somebody's calendar knows of a meeting: `sequence`, `method` and `fingerprint` are those of the newest mail,
    empty before the first one, and `told` is what it said `now` and what the person knew `before` (calendar_told). One
    `uid` for each person, so that calling it off for one disturbs nobody else.

    `unsettled_until` is set by every change that may matter: a mail follows then, if it still differs from the last.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invites")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_invites")
    uid = models.CharField(max_length=64, unique=True, default=new_uid)
    sequence = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=10, choices=InviteMethod, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    dtstamp = models.DateTimeField(null=True)
    told = models.JSONField(null=True, editable=False)
    unsettled_until = models.DateTimeField(null=True, blank=True)

    objects = CalendarInviteQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar invitation")
        verbose_name_plural = _("calendar invitations")
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_invite_per_person")]
        indexes = [models.Index(fields=["unsettled_until"], name="invites_to_settle")]

    def __str__(self):
        return f"{self.user} – {self.meeting}"

    @property
    def stands(self):
        """True when the person's calendar shows the meeting now."""
        return self.method == InviteMethod.REQUEST


class CalendarFeed(models.Model):
    """Somebody's private calendar address: signed from their number and this version, so nothing secret is stored.

    Turning the address around is the next version. `by_mail` is whether invitations come by mail as well.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=1)
    by_mail = models.BooleanField(_("calendar invitations by mail"), default=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return str(self.user)
