"""Keeping what somebody writes: saved or as a draft, with a number that stops an older page from overwriting a newer
one.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from common.prepared import Prepared
from training.choices import AnswerState
from training.models import Answer


@dataclass(frozen=True)
class Writing:
    """What one open page wants to keep of one prompt.

    `words` is `{part: text}`; `value` the plain part (a position, a date). `writer` names the open page, `based_on`
    is the
    number of the last edit it knows of, `edit_no` its own next number.
    """

    words: dict
    value: str = ""
    writer: str = ""
    based_on: int = 0
    edit_no: int = 1


class WrittenElsewhere(Exception):
    """A newer text stands here, written on another device or in another tab; `answer` holds it, and both texts are
    kept.
    """

    def __init__(self, answer):
        super().__init__("written elsewhere")
        self.answer = answer


def save_answer(enrolment, exercise, prompt, writing, *, at=None):
    """Keep `writing` as the person's answer and return the Answer; its draft is gone with that.

    Raises WrittenElsewhere when the page it comes from had not seen the newest text. The same writing twice is kept
    once.
    """
    with transaction.atomic(savepoint=False):
        answer = _locked_answer(enrolment, exercise, prompt, at)
        if _is_repeat(answer, writing):
            return answer
        older = _is_older(answer, writing)
        if older:
            _keep_beside(answer, writing)
        else:
            answer.words, answer.value, answer.draft, answer.other_words = writing.words, writing.value, {}, {}
            answer.state = AnswerState.SAVED
            answer.prompt_as_asked = question_asked(prompt, enrolment.person)
            _stamp(answer, writing, at)
    if older:  # raised out here: inside, the words that were kept beside would be rolled back
        raise WrittenElsewhere(answer)
    return answer


def save_draft(enrolment, exercise, prompt, writing, *, at=None):
    """Keep unfinished words for their owner alone and return the Answer; what was saved before stays as it is.

    Raises WrittenElsewhere as `save_answer` does. A request that came late (the beginning of what stands here, with an
    older number of the same page) changes nothing.
    """
    with transaction.atomic(savepoint=False):
        answer = _locked_answer(enrolment, exercise, prompt, at)
        if _is_late(answer, writing):
            return answer
        older = _is_older(answer, writing)
        if older:
            _keep_beside(answer, writing)
        else:
            answer.draft = _all_of(writing) or {"value": ""}  # a draft in which all was emptied is a draft as well
            if answer.state == AnswerState.SKIPPED:
                answer.state = AnswerState.DRAFT
            _stamp(answer, writing, at)
    if older:
        raise WrittenElsewhere(answer)
    return answer


def skip_prompt(enrolment, exercise, prompt, *, at=None):
    """Note that the person leaves this question be; what was saved before stays. Returns the Answer."""
    with transaction.atomic(savepoint=False):
        answer = _locked_answer(enrolment, exercise, prompt, at)
        if answer.state == AnswerState.DRAFT:
            answer.state = AnswerState.SKIPPED
            answer.saved_at = at or timezone.now()
            answer.save()
    return answer


def erase_answer(enrolment, exercise_key, prompt_key):
    """Throw an answer away, draft and all; True when there was one."""
    deleted, _rows = Answer.objects.filter(
        enrolment=enrolment, exercise_key=exercise_key, prompt_key=prompt_key
    ).delete()
    return bool(deleted)


def put_other_words_away(enrolment, exercise_key, prompt_key):
    """Forget the words of another device that lost: their owner has read them."""
    Answer.objects.filter(enrolment=enrolment, exercise_key=exercise_key, prompt_key=prompt_key).update(other_words={})


def answers_of(enrolment, exercise):
    """Return `{prompt key: Answer}` of one person for one exercise; one query. For their owner's eyes only."""
    return {answer.prompt_key: answer for answer in answers_to(enrolment=enrolment.pk, exercise=exercise.key)}


@Prepared
def answers_to(enrolment, exercise):
    return Answer.objects.filter(enrolment=enrolment, exercise_key=exercise)


def question_asked(prompt, person):
    """Return the question in the words this person meets it in."""
    return prompt.value.question_for(person.work)


def _locked_answer(enrolment, exercise, prompt, at):
    """Return the row of this answer, locked; made first when there is none (two pages may try at once: one row)."""
    asked = {"enrolment": enrolment.pk, "exercise": exercise.key, "prompt": prompt.id}
    answer = answer_to_lock.first(**asked)
    if answer is None:
        fresh = Answer(
            enrolment=enrolment,
            exercise_key=exercise.key,
            prompt_key=prompt.id,
            prompt_as_asked=question_asked(prompt, enrolment.person),
            kind=prompt.block_type,
            saved_at=at or timezone.now(),
        )
        Answer.objects.bulk_create([fresh], ignore_conflicts=True)
        answer = answer_to_lock.first(**asked)
    return answer


@Prepared
def answer_to_lock(enrolment, exercise, prompt):
    return Answer.objects.select_for_update().filter(enrolment=enrolment, exercise_key=exercise, prompt_key=prompt)


def _is_repeat(answer, writing):
    """The very words that this page saved before: a double click, a retry after a lost connection."""
    saved = answer.state == AnswerState.SAVED and not answer.draft and writing.writer == answer.writer
    return saved and _all_of(writing) == _saved(answer)


def _is_late(answer, writing):
    """A request of the page that wrote last, with a number it used before and no more words than stand here: a retry,
    or one that was overtaken.
    """
    if not answer.edit_no or writing.writer != answer.writer or writing.edit_no > answer.edit_no:
        return False
    current = _newest(answer)
    return all(str(current.get(part, "")).startswith(text) for part, text in _all_of(writing).items())


def _is_older(answer, writing):
    """True when something was written after the page of `writing` was opened, and it says something else."""
    if writing.writer == answer.writer:
        overtaken = writing.edit_no < answer.edit_no
    else:
        overtaken = writing.based_on < answer.edit_no
    return overtaken and _all_of(writing) != _newest(answer)


def _keep_beside(answer, writing):
    answer.other_words = _all_of(writing)
    answer.save(update_fields=["other_words"])


def _newest(answer):
    """The words and value that their owner sees: the draft when there is one."""
    return _filled(answer.draft) if answer.draft else _saved(answer)


def _saved(answer):
    return _filled({**answer.words, "value": answer.value})


def _all_of(writing):
    return _filled({**writing.words, "value": writing.value})


def _filled(words):
    return {part: text for part, text in words.items() if text}


def _stamp(answer, writing, at):
    answer.edit_no = max(answer.edit_no + 1, writing.edit_no)
    answer.writer = writing.writer
    answer.saved_at = at or timezone.now()
    answer.save()
