"""Cards in each state, with a planted word on each: who wrote it, who got it and who reads it along may read that."""

import uuid
from datetime import timedelta

from django.utils import timezone

from stories.domain.card_checking import hold_back, pass_on
from stories.domain.card_reading import report_card
from stories.domain.thanks import CardWords, addressees_of, answer_card, thank_storyteller
from tests.factories.stories import add_story

SLUG = "een-keer-vaker"


def write_cards(world):
    """All are days old, the oldest first, so that today everybody may still write one."""
    story = add_story(world.site.stories, "Een keer vaker", storyteller="Noor", owner=world.noor, slug=SLUG)
    days = iter(range(9, 0, -1))

    def card(place, by, readers):
        return thank_storyteller(
            story,
            CardWords(world.words.plant(place, readers)),
            storyteller=addressees_of(story)[0].storyteller,
            by=by,
            token=uuid.uuid4(),
            at=timezone.now() - timedelta(days=next(days)),
        )

    world.card_waiting = card("a card that nobody read along yet", world.samira, "samira marieke ilse")
    world.card_of_stranger = card("a card of somebody in no group", world.stranger, "stranger ilse roel")
    world.card_delivered = pass_on(card("a delivered card", world.samira, "noor samira"), by=world.ilse)
    world.card_held_back = hold_back(
        card("a card that was held back", world.daan, "daan"), reason="harsh", by=world.ilse
    )
    reported = pass_on(card("a reported card", world.daan, "daan marieke ilse"), by=world.ilse)
    words = world.words.plant("what a storyteller says of a card", "ilse marieke")
    world.card_reported = report_card(reported, words, by=world.noor)
    answer = CardWords(world.words.plant("an answer to a card", "samira noor"))
    answer = answer_card(world.card_delivered, answer, by=world.noor, token=uuid.uuid4())
    world.card_answer = pass_on(answer, by=world.ilse)


def card_of(name):
    return lambda world: {"uuid": getattr(world, f"card_{name}").uuid}


CARDS = {
    "waiting": card_of("waiting"),
    "delivered": card_of("delivered"),
    "held back": card_of("held_back"),
    "reported": card_of("reported"),
    "answer": card_of("answer"),
}
TO_CHECK = {
    "samira's": card_of("waiting"),
    "stranger's": card_of("of_stranger"),
    "reported": card_of("reported"),
    "delivered": card_of("delivered"),
}
