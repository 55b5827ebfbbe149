"""Groups of people who follow a training together. Bare for now: planning adds meetings, seats and invitations."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.models.content import TrainingPage
from training.models.enrolment import Enrolment


class TrainingGroupQuerySet(models.QuerySet):
    def led_by(self, user):
        """The groups that `user` coordinates."""
        return self.filter(coordinators=user)

    def with_team_member(self, user):
        """The groups that `user` coordinates, trains or co-trains."""
        return self.filter(
            models.Q(coordinators=user) | models.Q(trainers=user) | models.Q(co_trainers=user)
        ).distinct()


class TrainingGroup(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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

    objects = TrainingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self):
        return self.name


class GroupPlace(models.Model):
    """Somebody's seat in a group: it hangs on the enrolment, so that moving to another group loses nothing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(TrainingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="places")
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="places"
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [models.UniqueConstraint(fields=["group", "enrolment"], name="one_place_per_group")]

    def __str__(self):
        return f"{self.enrolment.person} – {self.group}"
