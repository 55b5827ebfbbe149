"""Finding words in stories as people type them: in any form of the word, on every database alike.

The stems of Dutch words are kept in the search index (StoryPage.stems), and the words looked for are cut in the same
way; so wachtte finds wachten on SQLite as well, which knows no Dutch.
"""

import re
from dataclasses import dataclass

from common.text import search_words
from stories.models import StoryPage
from stories.stems import stem, words_in

WORDS_AROUND = 14  # of an excerpt, on each side of the first word found
MOST = 200  # stories that one search returns


@dataclass(frozen=True)
class Excerpt:
    """A piece of a story: `parts` as (text, whether it was looked for), `anchor` where it stands in the story."""

    parts: list
    anchor: str

    @property
    def text(self):
        return "".join(text for text, _found in self.parts)


def stories_with(text):
    """Return the primary keys of the stories in which every word of `text` stands, best first, or None for no words.

    Whoever asks narrows them to what may be read: nothing here does.
    """
    stems = [stem(word) for word in words_in(search_words(text))]
    if not stems:
        return None
    found = StoryPage.objects.all().search(" ".join(stems), operator="and")
    return [row.pk for row in found[:MOST]]


def excerpt_with(story, text):
    """Return the Excerpt of `story` around the first of the words of `text` that stands in its body, or None."""
    wanted = {stem(word) for word in words_in(search_words(text))}
    for anchor, words in story.passages():
        if parts := _around(words, wanted):
            return Excerpt(parts, anchor)
    return None


def opening_words(story, most=60):
    """Return an Excerpt of up to `most` words: from the paragraph before the sentence that matters, else from the
    first one; a short one is read on.
    """
    anchor, _words = story.telling_passage()
    passages = list(story.passages())
    start = next((place for place, (here, _text) in enumerate(passages) if here == anchor), 0)
    cut = []
    for _anchor, text in passages[start:]:
        cut += text.split()
        if len(cut) >= most / 2:
            break
    text = " ".join(cut[:most]) + (" …" if len(cut) > most else "")
    return Excerpt([(text, False)], anchor)


def _around(text, wanted):
    """Return the parts of the piece of `text` around its first wanted word, or nothing."""
    pieces = re.split(r"(\w+)", text)  # words stand at the odd places
    places = [place for place in range(1, len(pieces), 2) if stem(pieces[place]) in wanted]
    if not places:
        return []
    start = max(0, places[0] - 2 * WORDS_AROUND)
    end = min(len(pieces), places[0] + 2 * WORDS_AROUND + 1)
    parts = [(pieces[place], place in places) for place in range(start, end) if pieces[place]]
    return [*([("… ", False)] if start else []), *parts, *([(" …", False)] if end < len(pieces) else [])]
