"""How far somebody is. Rows hold states and times, never a number that judges; the rules stand in
domain/progress.py.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.choices import FINISHED_STATES, StepState
from training.models.enrolment import Enrolment


class StepProgress(models.Model):
    """What a person did with a step; no row means not begun. Written by an answer or a choice, never by opening a
    page.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="step_progress")
    module_key = models.UUIDField()
    step_key = models.CharField(max_length=36)
    state = models.CharField(max_length=10, choices=StepState)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was first finished; taking the mark back empties it.")
    )

    class Meta:
        verbose_name = _("progress with a step")
        constraints = [
            # The index of this constraint also serves "all steps of this person in this module".
            models.UniqueConstraint(fields=["enrolment", "module_key", "step_key"], name="one_state_per_step"),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED_STATES, done_at__isnull=False)
                | Q(state=StepState.BEGUN, done_at__isnull=True),
                name="done_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["module_key", "enrolment"], name="step_progress_of_module")]

    def __str__(self):
        return f"{self.step_key}: {self.state}"

    @property
    def is_finished(self):
        return self.state in FINISHED_STATES


class ModuleProgress(models.Model):
    """The summary of a person's steps in a module: always a recount of the step rows, never added up along the way."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="module_progress")
    module_key = models.UUIDField()
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    last_step = models.CharField(max_length=36, blank=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text=_("When this person last did something here: where to go on."))
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("progress with a module")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "module_key"], name="one_summary_per_module"),
            models.CheckConstraint(condition=Q(steps_done__lte=F("steps_total")), name="not_more_done_than_there_are"),
        ]
        indexes = [models.Index(fields=["module_key", "completed_at"], name="module_progress_of_module")]

    def __str__(self):
        return f"{self.module_key}: {self.steps_done} / {self.steps_total}"
