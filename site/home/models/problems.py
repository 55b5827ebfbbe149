"""What people report: something wrong, something that hurts, something broken, or a worry about someone."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from home.choices import WORKING_DAYS, ProblemKind, ProblemState

FRIDAY = 4


class ProblemReportQuerySet(models.QuerySet):
    def of(self, user):
        """What `user` reported, the newest first."""
        return self.filter(reporter=user).order_by("-created_at", "-pk")

    def new(self):
        return self.filter(state=ProblemState.NEW)

    def waiting(self):
        """Those without an answer yet: worries first, then what waits longest."""
        worry_first = Case(When(kind=ProblemKind.WORRY, then=Value(0)), default=Value(1))
        return self.exclude(state=ProblemState.HANDLED).order_by(worry_first, "created_at", "pk")

    def answered(self):
        """Those with an answer, the newest answer first."""
        return self.filter(state=ProblemState.HANDLED).order_by("-handled_at", "-pk")


class ProblemReport(models.Model):
    """One report. Its reporter reads it back, administrators and the coordinators of the reporter's groups answer it.

    A visitor has no account, so `reporter` is empty and `contact` may say how to reach them. All that people type here
    is encrypted. `words` and `answer` may become empty when a person's data are erased, so no constraint asks for them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what it is about"), max_length=10, choices=ProblemKind)
    words = EncryptedWordsField(_("what happened"))
    path = models.CharField(_("on which page"), max_length=500, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="problem_reports"
    )
    contact = EncryptedWordsField(_("how to reach a visitor"))
    state = models.CharField(_("state"), max_length=10, choices=ProblemState, default=ProblemState.NEW)
    answer = EncryptedWordsField(_("answer"))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("sent"))
    seen_at = models.DateTimeField(_("read"), null=True, blank=True)
    handled_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProblemKind.values), name="problem_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(state=ProblemState.NEW, seen_at__isnull=True, handled_at__isnull=True)
                | Q(state=ProblemState.SEEN, seen_at__isnull=False, handled_at__isnull=True)
                | Q(state=ProblemState.HANDLED, seen_at__isnull=False, handled_at__isnull=False),
                name="problem_state_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(state=ProblemState.HANDLED) | Q(answer="", handled_by__isnull=True),
                name="problem_answer_when_handled",
            ),
            models.CheckConstraint(
                condition=Q(reporter__isnull=True) | Q(contact=""), name="problem_contact_of_visitors_only"
            ),
            models.CheckConstraint(
                condition=Q(path="") | (Q(path__startswith="/") & ~Q(path__startswith="//")),
                name="problem_path_is_of_this_site",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="problems_waiting"),
            models.Index(fields=["reporter", "-created_at"], name="problems_of_a_person"),
        ]

    def __str__(self):
        return f"{self.kind} ({self.state})"  # never the words: this shows in logs

    @property
    def text(self):
        """What the reporter wrote."""
        return self.words.get("text", "")

    @property
    def answer_text(self):
        return self.answer.get("text", "")

    @property
    def contact_name(self):
        return self.contact.get("name", "")

    @property
    def contact_way(self):
        return self.contact.get("way", "")

    @property
    def is_new(self):
        return self.state == ProblemState.NEW

    @property
    def is_handled(self):
        return self.state == ProblemState.HANDLED

    @property
    def is_worry(self):
        return self.kind == ProblemKind.WORRY

    @property
    def answer_by(self):
        """The last day on which the reporter gets an answer."""
        return working_days_after(timezone.localdate(self.created_at), WORKING_DAYS)

    @property
    def is_late(self):
        """True when the promised day has passed without an answer."""
        return not self.is_handled and timezone.localdate() > self.answer_by


def working_days_after(day, number):
    """Return the `number`th day after `day` that is no Saturday or Sunday."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() <= FRIDAY
    return day
