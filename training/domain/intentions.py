"""Intentions are answers of their kind; here is what the screens outside the step ask of them."""

from dataclasses import dataclass
from datetime import date

from common.prepared import Prepared
from training.choices import AnswerState
from training.models import Answer


@dataclass(frozen=True)
class Intention:
    """What somebody intends: `when` and `then` in their own words, and the day they look back (or None)."""

    when: str
    then: str
    look_back_on: date | None


@Prepared
def saved_intentions(enrolment):
    saved = Answer.objects.filter(enrolment=enrolment, kind="intention", state=AnswerState.SAVED)
    return saved.order_by("-saved_at")[:1]


def latest_intention(enrolment):
    """Return the Intention this person saved last, or None; one query. For their owner's eyes only."""
    answer = saved_intentions.first(enrolment=enrolment.pk)
    if answer is None:
        return None
    look_back_on = date.fromisoformat(answer.value) if answer.value else None
    return Intention(answer.words.get("when", ""), answer.words.get("then", ""), look_back_on)
