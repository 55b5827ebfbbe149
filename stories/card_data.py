"""What the registry says of cards: what somebody wrote is theirs, and who got it has it in their copy as well."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.erasing import erase_also
from accounts.personal_data.registry import Erase, add_topic, classify, kept, link, nothing, personal, special
from accounts.personal_data.retention import retain
from stories.choices import CardState
from stories.domain.thanks import forget_cards_of
from stories.models import StoryPage, ThankYou

COPY = "the other person's copy of the card keeps when it was, and how far it came"


def cards_of(person):
    """The cards that `person` wrote, and those that they got: never one that waits, was held back or is reported."""
    got = Q(receiver=person, state=CardState.PASSED_ON)
    return ThankYou.objects.filter(got | (Q(sender=person) & ~Q(state=CardState.TAKEN_BACK)))


def without_what_is_away(cards):
    """Empty the story and its sentence on cards about one that nobody may read today; return them."""
    there = set(StoryPage.objects.for_members().filter(thank_yous__in=cards).values_list("pk", flat=True))
    for card in cards:
        if card.story_id not in there:
            card.story, card.quote = None, {}
    return cards


def declare():
    add_topic(
        "cards",
        title=_("Cards that you wrote and got"),
        readers=(
            _("The two people of the card. A trainer or coordinator reads it along before it is delivered."),
            _("A storyteller may show a card with her story. Your first name stands there only if you said so."),
        ),
        address="my_cards",
        place=45,
    )
    classify(
        "stories.ThankYou",
        finder=cards_of,
        topic="cards",
        fields={
            **nothing("id", "uuid", "answer_to", "from_storyteller", "to_storyteller"),
            **special("quote", "words", erase=Erase.EMPTY),
            **special(
                "report", erase=Erase.EMPTY, exported=False, why="of who got the card; gone once it was looked at"
            ),
            **personal("from_name", "to_name", "name_may_show", erase=Erase.EMPTY),
            **kept("story", "sent_at", exported=True, why=COPY),
            **kept("state", "held_reason", "checked_at", "reported_at", why=COPY),
            **kept("reading", "told_at", "checkers_told_at", why=COPY),
            **link("sender", "receiver", "checked_by"),
        },
        labels={"story": _("about which story")},
        cover=without_what_is_away,
        in_words={"from_name": lambda card: card.sender_name, "to_name": lambda card: card.receiver_name},
    )
    erase_also("cards", forget_cards_of)
    retain("cards_taken_back", cards_taken_back)


def cards_taken_back(before, now):
    """What is left of cards that their sender took away so long ago."""
    return ThankYou.objects.filter(state=CardState.TAKEN_BACK, sent_at__lt=before).delete()[0]
