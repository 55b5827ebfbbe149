"""The sentences of a story, for who wants to say which one stayed with them."""

import hashlib
import re
from dataclasses import dataclass

from common.blocks import text_of

BEGIN = r"(?=[‘“'\"(]?[A-ZÀ-Ý0-9])"  # a capital or a number, a quotation mark before it or not
END = re.compile(rf"(?<=[.?!…])\s+{BEGIN}|(?<=[.?!…]['’\"”])\s+{BEGIN}")
SHORTEST, LONGEST = 3, 300  # characters


@dataclass(frozen=True)
class Sentence:
    """One sentence as it stands in the story; `key` names it in a form, `is_marked` when the storyteller marked it."""

    key: str
    text: str
    is_marked: bool = False


def sentences_of(story):
    """Return the storyteller's own sentences in what stands online of `story`: the marked ones first, each once.

    Words of others (a letter, a quote, a conversation) and of the platform are not hers to be thanked for.
    """
    found = {}
    for block in sorted(story.body, key=lambda block: block.block_type != "marked"):
        for text in _parts(block):
            key = hashlib.sha256(text.encode()).hexdigest()[:16]
            found.setdefault(key, Sentence(key, text, block.block_type == "marked"))
    return list(found.values())


def _parts(block):
    if block.block_type == "marked":
        parts = [str(block.value)]
    elif block.block_type == "paragraph":
        parts = [part for html in str(block.value.source).split("</p>") for part in END.split(_plain(html))]
    else:
        parts = []
    clean = (" ".join(part.split()) for part in parts)
    return [part for part in clean if SHORTEST <= len(part) <= LONGEST]


def _plain(html):
    """Tags inside a word or before a full stop leave no space behind."""
    return text_of(re.sub(r"</?(b|i|em|strong|a)\b[^>]*>", "", html))
