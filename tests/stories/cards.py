"""What the tests of cards do again and again: a story of Noor's, cards in each state, and pressing buttons."""

import uuid

from django.test import Client

from stories.domain.card_checking import hold_back, pass_on
from stories.domain.card_reading import report_card
from stories.domain.thanks import CardWords, addressees_of, answer_card, thank_person, thank_storyteller
from stories.models import ThankYou
from tests.factories.pages import block_id
from tests.factories.stories import add_story

MARKED = "Dat was niet gelogen. Het was ook niet waar."
SECOND = "Ze legde haar pen neer."
WORDS = "Dankjewel Noor. Gisteren liet ik mijn laptop dicht."
ANSWER = "Wat goed dat je stil bleef."
ADDRESS = "/verhalen/een-keer-vaker/kaartje/"


def story_of(teller, site_pages, title="Een keer vaker", **fields):
    body = [
        {"type": "paragraph", "id": block_id(f"{title} a"), "value": f"<p>Ze zei niets. {SECOND}</p>"},
        {"type": "marked", "id": block_id(f"{title} b"), "value": MARKED},
        {"type": "pause", "id": block_id(f"{title} c"), "value": "Wat had jij nu gezegd?"},
    ]
    return add_story(site_pages.stories, title, storyteller="Noor", owner=teller, **({"body": body} | fields))


def browser_of(person):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser


def write(story, by, text=WORDS, **fields):
    """Write a card to the storyteller of `story`; it waits to be read along."""
    at = fields.pop("at", None)
    token = fields.pop("token", None) or uuid.uuid4()
    storyteller = addressees_of(story)[0].storyteller
    return thank_storyteller(story, CardWords(text, **fields), storyteller=storyteller, by=by, token=token, at=at)


def delivered(story, by, reader, text=WORDS, **fields):
    return pass_on(write(story, by, text, **fields), by=reader)


def written_back(card, by, reader, text=ANSWER):
    return pass_on(answer_card(card, CardWords(text), by=by, token=uuid.uuid4()), by=reader)


def to_person(receiver, by, text="Fijn dat je er was.", **fields):
    return thank_person(receiver, CardWords(text), by=by, token=uuid.uuid4(), **fields)


def in_every_state(story, by, reader):
    """`{state: card}`, one of each: limits are the caller's to lift."""
    made = {"waiting": write(story, by), "passed_on": delivered(story, by, reader)}
    made["held_back"] = hold_back(write(story, by), reason="harsh", by=reader)
    made["reported"] = report_card(delivered(story, by, reader), "Dit doet zeer.", by=made["waiting"].receiver)
    return made


def again(card):
    return ThankYou.objects.get(pk=card.pk)


def page_of(card):
    return f"/kaartjes/{card.uuid}/"


def check_page_of(card):
    return f"/kaartjes/nakijken/{card.uuid}/"


def told(response):
    """What a page says that stands in its own words: the text without tags, in one line."""
    import re
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
