"""What the storyteller's own room says of her post."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stories.choices import CardState
from stories.models import Storyteller, ThankYou

NUMBERS = dict(enumerate((_("Two"), _("Three"), _("Four"), _("Five"), _("Six")), start=2))


@dataclass(frozen=True)
class Waiting:
    """The unread cards of a storyteller: how many, the newest one, and the names of the other people who wrote."""

    number: int
    newest: ThankYou | None = None
    other_names: list = field(default_factory=list)


def cards_waiting(storytellers):
    """Return a Waiting for `storytellers` (those of one person); one query."""
    cards = list(
        ThankYou.objects.unread()
        .filter(to_storyteller__in=storytellers, receiver__isnull=False)
        .with_people()
        .order_by("-sent_at", "-pk")
    )
    others = {card.sender_id: card.sender_name for card in reversed(cards) if card.sender_id}
    others.pop(cards[0].sender_id if cards else None, None)
    return Waiting(len(cards), cards[0] if cards else None, list(others.values()))


@dataclass(frozen=True)
class Given:
    """How it goes both ways: cards that came, and those that were answered."""

    came: int
    answered: int


def given_and_taken(user):
    """Return a Given of the cards that `user` got as storyteller; two queries."""
    came = ThankYou.objects.received_by(user).filter(to_storyteller__isnull=False)
    answers = ThankYou.objects.sent_by(user).filter(from_storyteller__isnull=False, answer_to__isnull=False)
    return Given(came.count(), answers.filter(state=CardState.PASSED_ON).count())


def room_post(user):
    """The room's panel of post (stories/domain/room.py): `headline`, in people and not in cards, `waiting`, and `given`
    for who tells; four queries.
    """
    tellers = list(Storyteller.objects.filter(account=user))
    if not tellers:
        return {}
    waiting = cards_waiting(tellers)
    found = {"waiting": waiting, "given": given_and_taken(user)}
    return found | ({"headline": headline(waiting)} if waiting.number else {})


def headline(waiting):
    number = 1 + len(waiting.other_names)
    in_words = NUMBERS.get(number, str(number))
    return ngettext("One person wrote to you", "%(number)s people wrote to you", number) % {"number": in_words}
