"""Which word stands where: a storyteller's own at their story, the site's everywhere else."""

import re
from dataclasses import dataclass

from django.utils.html import escape

from home.models.terms import DEFAULT_FORMS, Forms, stored_choice

PLACES = {"ev": "singular", "mv": "plural", "de ev": "with_article", "van de ev": "possessive"}
PLACE = re.compile(rf"\{{({'|'.join(PLACES)})\}}", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """The word of the site, and the address of the page that says why ("" when there is none to read)."""

    forms: Forms
    address: str = ""


def choice_of_site():
    """Return the Choice of the site: one query. Without a chosen word it is the built-in one."""
    stored = stored_choice.first()
    if stored is None:
        return Choice(DEFAULT_FORMS)
    return Choice(stored.word.forms if stored.word else DEFAULT_FORMS, address_at(stored.page_path))


def word_for(story=None):
    """Return the Forms for a sentence about `story` (its storyteller's `own_word`), or for any other sentence."""
    return own_word(story) or choice_of_site().forms


def own_word(story):
    """Return the Forms that the storyteller of `story` chose, or None; no query when the story came with its word."""
    chosen = story.own_word if getattr(story, "own_word_id", None) else None
    return chosen and chosen.forms


def address_at(url_path):
    """Return the address of the page with this `url_path`: without the front page, that every one begins with."""
    return f"/{url_path.strip('/').partition('/')[2]}/" if url_path else ""


def fill_in(html, forms_now):
    """Return `html` with every {ev}, {mv}, {de ev} and {van de ev} filled in, {Ev} and the like with a capital.

    `forms_now` is called for the Forms when there is something to fill in, and only then.
    """
    if not PLACE.search(html):
        return html
    word = forms_now()
    return PLACE.sub(lambda place: escape(form_at(place[1], word)), html)


def form_at(place, word):
    return getattr(word.capital if place[0].isupper() else word, PLACES[place.lower()])
