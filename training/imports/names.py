"""Names as the Dutch write them: `Sanne van der Heijden`, and `Heijden, van der, Sanne` in a list of addresses."""

import re
from typing import NamedTuple

from common.names import is_infix

BRACKETED = re.compile(r"\s\(([^()]*)\)\Z")


class Name(NamedTuple):
    first: str = ""
    infix: str = ""
    last: str = ""

    @property
    def whole(self):
        return " ".join(part for part in self if part)


def tidy(text):
    """Return `text` on one line, with single spaces and without the quotes and commas around it."""
    return " ".join(text.split()).strip("\"'“”„‘’,;: ") if not is_apostrophe(text) else " ".join(text.split())


def is_apostrophe(text):
    """True for a name as `'t Hooft`: its apostrophe is no quote."""
    return bool(re.match(r"\s*['‘’][st]\s", text, re.IGNORECASE))


def split_name(text):
    """Return the Name in `text`, be the last name before a comma or at the end."""
    text = tidy(text)
    return last_name_first(text) if "," in text else first_name_first(text)


def first_name_first(text):
    words = text.split()
    start = next((at for at, word in enumerate(words) if at and is_infix(word)), 0)
    end = start
    while start and end < len(words) - 1 and is_infix(words[end]):
        end += 1
    if start < end:
        return Name(*(" ".join(part) for part in (words[:start], words[start:end], words[end:])))
    return Name(first=" ".join(words[:1]), last=" ".join(words[1:]))


def last_name_first(text):
    last, *others = (part.strip() for part in text.split(","))
    infix = [part for part in others if part and all(map(is_infix, part.split()))]
    first = " ".join(part for part in others if part not in infix).split()
    trailing = []
    while len(first) > 1 and is_infix(first[-1]):
        trailing.insert(0, first.pop())
    return Name(" ".join(first), " ".join([*infix, *trailing]), last)


def without_brackets(text):
    """Return (name, what stands in brackets behind it): Outlook puts the organisation there."""
    found = BRACKETED.search(tidy(text))
    return (tidy(text)[: found.start()], found[1].strip()) if found else (text, "")
