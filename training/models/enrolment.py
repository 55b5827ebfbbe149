"""One person in one training, for good: progress, answers, card and certificate hang on it, whatever group they sit
in.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.choices import CURRENT_ENROLMENTS, EnrolmentState
from training.models.content import TrainingPage


class EnrolmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=EnrolmentState.ACTIVE)

    def of(self, user):
        """The enrolments of `user` that count now, the newest first."""
        return self.active().filter(person=user).order_by("-pk")


class Enrolment(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="enrolments"
    )
    training = models.ForeignKey(
        TrainingPage, verbose_name=_("training"), on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(_("state"), max_length=20, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    completed_at = models.DateTimeField(_("finished"), null=True, blank=True)
    name_on_certificate = models.CharField(_("name on your certificate"), max_length=120, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "training"],
                condition=Q(state__in=CURRENT_ENROLMENTS),
                name="one_current_enrolment_per_training",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.training}"
