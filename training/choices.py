"""The words of the training, in one place. There is no score, grade or right answer among them, on purpose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    ARRIVE = "arrive", _("Arrive")
    WATCH = "watch", _("Watch")
    READ = "read", _("Read")
    STORY = "story", _("Story")
    EXERCISE = "exercise", _("Exercise")
    TALK = "talk", _("Talk together")
    INTENTION = "intention", _("Intention")


class StepState(models.TextChoices):
    """How far a person is with a step; no row means not begun. Skipped counts as done: the person decides."""

    BEGUN = "begun", _("In progress")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")

    @property
    def is_finished(self):
        return self in (StepState.DONE, StepState.SKIPPED)


FINISHED_STATES = [StepState.DONE, StepState.SKIPPED]


class EnrolmentState(models.TextChoices):
    """Invited: asked for by a coordinator and not answered yet; such a person follows nothing so far."""

    INVITED = "invited", _("invited")
    ACTIVE = "active", _("takes part")
    LEFT = "left", _("stopped")


CURRENT_ENROLMENTS = [EnrolmentState.INVITED, EnrolmentState.ACTIVE]


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SAVED = "saved", _("Saved")
    SKIPPED = "skipped", _("Skipped")


class Visibility(models.TextChoices):
    """Who may read an answer. Sharing with trainers or the group comes with the groups; until then it is the owner
    alone.
    """

    ONLY_ME = "me", _("Only me")


UNKNOWN = "unknown"  # the position of "I don't know": a full answer, counted apart
POSITIONS = range(1, 8)  # seven, so that there is a middle and room on both sides
MAX_ANSWER_LENGTH = 10_000
