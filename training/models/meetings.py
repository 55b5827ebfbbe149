"""Meetings of a group and who leads them."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from common.dates import net_minutes
from training.models.groups import TrainingGroup
from training.planning_choices import MeetingFormat, MeetingKind, MeetingState, StaffRole

# What somebody must be on the site to lead a meeting so.
ROLE_OF = {StaffRole.TRAINER: Role.TRAINER, StaffRole.CO_TRAINER: Role.CO_TRAINER}


class MeetingQuerySet(models.QuerySet):
    def upcoming(self, at=None):
        """Those that have not ended and are not called off, the next one first."""
        return self.standing().filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def standing(self):
        return self.exclude(state=MeetingState.CANCELLED)

    def announced(self):
        """Those that people may count on."""
        return self.filter(state__in=[MeetingState.CONFIRMED, MeetingState.HELD])

    def led_by(self, user):
        """The meetings that `user` leads as trainer or co-trainer, with the role for it."""
        roles = [part for part, role in ROLE_OF.items() if role in user.roles]
        return self.filter(staff__user=user, staff__role__in=roles)

    def with_team(self):
        """Each with the number of its `trainers` and `co_trainers` who can lead it now; it `is_complete` when it has
        both.
        """
        able = {
            part: Q(staff__role=part, staff__user__is_active=True, staff__user__groups__name=role)
            for part, role in ROLE_OF.items()
        }
        number = {part: models.Count("staff", filter=one, distinct=True) for part, one in able.items()}
        found = self.annotate(trainers=number[StaffRole.TRAINER], co_trainers=number[StaffRole.CO_TRAINER])
        both = models.When(co_trainers__gt=0, trainers__gt=0, then=True)
        return found.annotate(is_complete=models.Case(both, default=False, output_field=models.BooleanField()))

    def counting(self):
        """The meetings by whose hours attendance is counted."""
        return self.announced()


class Meeting(models.Model):
    """One coming together of a group, at a moment and a place. Changed by `training.domain.meetings` alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(TrainingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="meetings")
    ordinal = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind, default=MeetingKind.TRAINING)
    format = models.CharField(_("form"), max_length=10, choices=MeetingFormat, default=MeetingFormat.ON_SITE)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    break_minutes = models.PositiveSmallIntegerField(
        _("break, in minutes"), default=0, validators=[MaxValueValidator(600)]
    )

    place_name = models.CharField(_("building"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    room = models.CharField(_("room"), max_length=80, blank=True)
    route = models.CharField(_("how to get there"), max_length=500, blank=True)
    join_url = models.URLField(_("link for who comes online"), blank=True)

    plan = models.TextField(
        _("plan of the meeting"),
        max_length=10_000,
        blank=True,
        help_text=_("For who leads it; participants don't see it."),
    )
    note = models.TextField(
        _("note for yourself"), max_length=2_000, blank=True, help_text=_("Only coordinators of this group read it.")
    )

    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState, default=MeetingState.CONCEPT, editable=False
    )
    cancel_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # How it stood when calendars were last told of it, while the mails about a change wait: it can go back to that.
    before_change = models.JSONField(null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "ordinal"], name="one_meeting_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(break_minutes__gte=0), name="meeting_break_is_no_less_than_none"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_is_known"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meetings_by_time")]

    def __str__(self):
        return self.title

    @property
    def net_minutes(self):
        """The minutes that count: without the break, and never less than none."""
        return net_minutes(self.starts_at, self.ends_at, self.break_minutes)

    @property
    def is_cancelled(self):
        return self.state == MeetingState.CANCELLED

    @property
    def is_announced(self):
        return self.state in (MeetingState.CONFIRMED, MeetingState.HELD)

    @property
    def location(self):
        """Where it is, on one line; empty for a meeting that is online only or has no place yet."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.place_name, self.room, self.street, town) if part)

    @property
    def has_begun(self):
        return self.starts_at <= timezone.now()


class MeetingStaffQuerySet(models.QuerySet):
    def busy(self, user, starts_at, ends_at):
        """What `user` leads between these two moments; a meeting that ends as the other begins is no clash."""
        return self.filter(user=user, is_on=True, starts_at__lt=ends_at, ends_at__gt=starts_at)

    def able(self):
        """Those who can still do it: their account is open, and they have the role."""
        has_role = (Q(role=part, user__groups__name=role) for part, role in ROLE_OF.items())
        return self.filter(Q(*has_role, _connector=Q.OR), user__is_active=True)


class MeetingStaff(models.Model):
    """Who leads a meeting. The times are copies, so that the database itself can refuse a double booking."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="meetings_led"
    )
    role = models.CharField(_("as"), max_length=12, choices=StaffRole)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_on = models.BooleanField(default=True)  # not when the meeting is called off
    reason_for_clash = models.CharField(_("why at the same time as another meeting"), max_length=200, blank=True)

    objects = MeetingStaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("who leads a meeting")
        verbose_name_plural = _("who lead meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="once_in_a_meeting"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="staff_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="staff_by_person_and_time")]

    def __str__(self):
        return f"{self.user} – {self.meeting}"
