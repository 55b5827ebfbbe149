"""What the tests of keeping and reacting do again and again: choices, reactions, and reading a page."""

import re
import uuid
from html import unescape

from bs4 import BeautifulSoup
from django.utils import translation

from stories.choices import Talk
from stories.domain.reacting import Said, react
from stories.domain.talking import choose_talk
from stories.models import Reaction
from tests.factories.stories import teller_of

STORY = "/verhalen/de-stoel-bij-het-raam/"
WORDS = "Bij ons staat ook zo'n stoel."


def talk_on(story, talk=Talk.ON, *, shows_views=False):
    return choose_talk(story, talk=talk, shows_views=shows_views, by=teller_of(story))


def reacted(story, by, text=WORDS, *, to=None, quoting=None, **fields):
    said = Said(text, to, quoting)
    token = fields.pop("token", None) or uuid.uuid4()
    return react(story, said, by=by, token=token, accepts_rules=True, **fields)


def again(reaction):
    return Reaction.objects.get(pk=reaction.pk)


def part(response, css):
    """Return the texts of what this page has for a selector."""
    found = BeautifulSoup(response.content, "html.parser").select(css)
    return [" ".join(one.get_text(" ", strip=True).split()) for one in found]


def told(response):
    """What a page says that stands in its own words: the text without tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def links(response, css):
    return [one["href"] for one in BeautifulSoup(response.content, "html.parser").select(css)]


def nl(sentence, **values):
    """Return a sentence of the site as a Dutch reader meets it."""
    with translation.override("nl"):
        return translation.gettext(sentence) % values


def nl_number(one, more, number):
    with translation.override("nl"):
        return translation.ngettext(one, more, number) % {"number": number}
