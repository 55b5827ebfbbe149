"""Groups of people who follow a training together."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.content import TrainingPage
from training.planning_choices import ENDED_GROUPS, GroupState, Region, WaitingList

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter that looks like a number


def new_code():
    """Return a short code for a group whose coordinator gave it none."""
    return "".join(secrets.choice(READABLE) for _place in range(8))


class TrainingGroupQuerySet(models.QuerySet):
    def led_by(self, user):
        """The groups that `user` coordinates."""
        return self.filter(coordinators=user)

    def going_on(self):
        return self.exclude(state__in=ENDED_GROUPS)


class TrainingGroup(models.Model):
    """A group and how it takes people in. Seats are counted here, by `training.domain.seats` alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("code"), max_length=40, unique=True, default=new_code, help_text=_("Short and unique: JLMW-2027-01.")
    )
    training = models.ForeignKey(
        TrainingPage, verbose_name=_("training"), on_delete=models.PROTECT, related_name="training_groups"
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("As people call it: Tilburg autumn."))
    coordinators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("coordinators"), related_name="coordinated_groups"
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("trainers"), blank=True, related_name="trained_groups"
    )
    co_trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("co-trainers"), blank=True, related_name="co_trained_groups"
    )

    state = models.CharField(_("state"), max_length=10, choices=GroupState, default=GroupState.CONCEPT)
    capacity = models.PositiveSmallIntegerField(
        _("seats"), default=16, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    minimum = models.PositiveSmallIntegerField(
        _("fewest people"), default=0, help_text=_("With fewer than this the group does not begin. 0: it always does.")
    )
    seats_taken = models.PositiveSmallIntegerField(_("seats taken"), default=0, editable=False)
    next_queue_no = models.PositiveIntegerField(default=1, editable=False)
    waiting = models.CharField(_("waiting list"), max_length=10, choices=WaitingList, default=WaitingList.AUTOMATIC)
    enrol_from = models.DateField(_("people may enrol from"), null=True, blank=True)
    enrol_until = models.DateField(_("and until"), null=True, blank=True)
    cancel_until_hours = models.PositiveSmallIntegerField(
        _("people may withdraw until so many hours before the first meeting"), default=48
    )
    holiday_region = models.CharField(_("region of the school holidays"), max_length=8, choices=Region, blank=True)
    remind_days = models.PositiveSmallIntegerField(
        _("remind so many days before a meeting"), default=2, validators=[MaxValueValidator(30)]
    )
    attendance_percent = models.PositiveSmallIntegerField(
        _("part of the meeting time that somebody has to be there, in %"),
        default=80,
        validators=[MaxValueValidator(100)],
    )
    bring = models.CharField(_("what to bring"), max_length=300, blank=True)
    agreements = models.TextField(_("what you agreed on in the group"), max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = TrainingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="group_has_a_seat"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("capacity")), name="no_more_people_than_seats"),
            models.CheckConstraint(condition=Q(minimum__lte=F("capacity")), name="minimum_fits_in_group"),
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="group_state_is_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def seats_free(self):
        return self.capacity - self.seats_taken

    def takes_people_on(self, day=None):
        """True when people may enrol themselves on this date (today)."""
        day = day or timezone.localdate()
        begun = self.enrol_from is not None and self.enrol_from <= day
        return self.state == GroupState.OPEN and begun and (self.enrol_until is None or day <= self.enrol_until)

    def withdraw_until(self, first_meeting_at):
        """Return the moment until which people may withdraw themselves, None where no meeting is planned."""
        return first_meeting_at and first_meeting_at - timedelta(hours=self.cancel_until_hours)

    @property
    def is_waiting_in_turn(self):
        return self.waiting == WaitingList.AUTOMATIC

    @property
    def is_ended(self):
        return self.state in ENDED_GROUPS
