"""What people write. It stands apart: only domain/answers.py and domain/spread.py read it; no list, report or export
joins it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import EncryptedWordsField
from training.choices import AnswerState, Visibility
from training.models.enrolment import Enrolment


class Answer(models.Model):
    """One person's answer to one prompt.

    `value` (a position, a date) is plain so that it can be counted; all words are encrypted. `edit_no` rises with every
    accepted write of `writer` (one open page on one device): an older number never overwrites a newer one, and words
    that
    lost that way stay in `other_words` until their owner has seen them.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="answers")
    exercise_key = models.UUIDField()
    prompt_key = models.CharField(max_length=36)
    prompt_as_asked = models.CharField(_("the question as it was asked"), max_length=400)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.DRAFT)
    value = models.CharField(max_length=20, blank=True)
    words = EncryptedWordsField(db_column="text")
    draft = EncryptedWordsField()
    other_words = EncryptedWordsField()
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.ONLY_ME)
    edit_no = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=36, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise_key", "prompt_key"], name="one_answer_per_question"),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state_is_known"),
        ]
        indexes = [models.Index(fields=["enrolment", "kind", "-saved_at"], name="answers_of_a_kind")]

    def __str__(self):
        return f"{self.prompt_key} ({self.state})"  # never the words: this shows in logs
