"""A seat in a group, what happened to it, and the link by which somebody says yes or no to it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.events import Event, EventQuerySet
from common.fields import EncryptedWordsField
from training.models.enrolment import Enrolment
from training.models.groups import TrainingGroup
from training.planning_choices import LIVE, SEATED, TOGETHER, PlaceSource, PlaceState


class GroupPlaceQuerySet(models.QuerySet):
    def together(self):
        """Of the people who sit in the group: they said yes."""
        return self.filter(state__in=TOGETHER)

    def live(self):
        return self.filter(state__in=LIVE)

    def of(self, person):
        return self.filter(enrolment__person=person)

    def in_queue(self):
        """Those who wait, the first one first; who closed their account waits for nothing."""
        return self.filter(state=PlaceState.WAITING, enrolment__person__is_active=True).order_by("queue_no")


class GroupPlace(models.Model):
    """Somebody's seat in a group, or their place in its queue: it hangs on the enrolment, so that moving to another
    group loses nothing. States are changed by `training.domain.places` alone.

    Who may read what: the person all of it; who leads the group all of it; its trainers and co-trainers the wishes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(TrainingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="places")
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="places"
    )
    state = models.CharField(_("state"), max_length=10, choices=PlaceState, default=PlaceState.ENROLLED)
    seat_held = models.BooleanField(default=True, editable=False)
    queue_no = models.PositiveIntegerField(_("number on the waiting list"), null=True, blank=True)
    source = models.CharField(_("came in"), max_length=12, choices=PlaceSource, default=PlaceSource.COORDINATOR)
    moved_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="moved_from", verbose_name=_("moved to")
    )
    counts_along = models.BooleanField(default=False, editable=False)  # who was moved here brings attendance along
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    wishes = EncryptedWordsField(_("what we can take into account"))  # may be about health: never in a log or a mail

    objects = GroupPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "enrolment"], condition=Q(state__in=LIVE), name="one_live_place_per_group"
            ),
            models.UniqueConstraint(
                fields=["group", "queue_no"], condition=Q(queue_no__isnull=False), name="one_person_per_queue_number"
            ),
            models.CheckConstraint(
                condition=Q(seat_held=True, state__in=SEATED) | (Q(seat_held=False) & ~Q(state__in=SEATED)),
                name="seat_is_held_as_state_says",
            ),
            models.CheckConstraint(
                condition=Q(queue_no__isnull=True) | Q(state=PlaceState.WAITING), name="only_who_waits_has_a_number"
            ),
        ]
        indexes = [models.Index(fields=["group", "state"], name="places_of_group_by_state")]

    def __str__(self):
        return f"{self.enrolment.person} – {self.group}"

    @property
    def is_live(self):
        return self.state in LIVE

    @property
    def is_together(self):
        return self.state in TOGETHER


class PlaceEventQuerySet(EventQuerySet):
    def of_place(self, place):
        return self.filter(place_key=place.uuid)


class PlaceEvent(Event):
    """What happened to a place. It names place and people by their public numbers alone."""

    place_key = models.UUIDField()
    from_state = models.CharField(max_length=10, choices=PlaceState, blank=True)
    to_state = models.CharField(_("state"), max_length=10, choices=PlaceState)

    objects = PlaceEventQuerySet.as_manager()

    class Meta(Event.Meta):
        verbose_name = _("event of a place")
        verbose_name_plural = _("events of places")
        indexes = [models.Index(fields=["place_key", "at"], name="events_by_place")]

    def __str__(self):
        return self.get_to_state_display()


class PlaceInvitationQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those that may still be answered."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at or timezone.now())


class PlaceInvitation(models.Model):
    """The question whether somebody takes their place. The link itself is kept nowhere, only its digest."""

    place = models.ForeignKey(GroupPlace, on_delete=models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    says_yes = models.BooleanField(_("answer"), null=True)
    note = EncryptedWordsField(_("what somebody wrote with it"))

    objects = PlaceInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a group")
        verbose_name_plural = _("invitations to groups")
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(used_at=None, withdrawn_at=None), name="one_open_invitation_per_place"
            )
        ]

    def __str__(self):
        return str(self.made_at)

    def is_open(self, at=None):
        at = at or timezone.now()
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at
