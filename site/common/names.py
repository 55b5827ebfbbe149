"""Where names stand in a list: as the Dutch do it, by the last name without what stands before it, so Sanne van der
Heijden between Hanna Heij and Daan Heijman.

People write their name in one piece (`display_name`), so the last name is a guess (docs/decisions/names-are-sorted.md).
"""

import re
import unicodedata

# Small words between a first and a last name, in lower case; "El" and "Ben" are part of the last name itself.
INFIXES = frozenset(
    {"aan", "bij", "in", "op", "over", "tot", "uit", "uijt", "voor"}
    | {"van", "ven", "vd", "v.d.", "v/d", "von", "vom", "zu", "zum", "zur", "te", "ten", "ter"}
    | {"de", "den", "der", "des", "het", "'t", "'s", "la", "le", "les", "du", "di", "da", "das", "do", "dos"}
    | {"del", "d'"}
)
# In a list some write "el Amrani" and some "El Amrani": both are looked for at the A.
PASSED_OVER = INFIXES | {"el", "al"}
NO_ACCENT = str.maketrans("łøđı", "lodi")  # letters that Unicode does not take apart
BRACKETED = re.compile(r"\s*\([^()]*\)\s*\Z")


def is_infix(word):
    return _plain_sign(word) in INFIXES


def sort_key(name):
    """Return what to sort a name by: its last name, its first names, and what stands between them. A name of one word
    is sorted by that word; `Heijden, van der, Sanne` is read as it is meant.
    """
    words = _in_speaking_order(BRACKETED.sub("", " ".join(name.split())).replace(" - ", "-"))
    start = _where_the_last_name_begins(words)
    end = start
    while 0 < end < len(words) - 1 and _is_passed_over(words[end]):
        end += 1
    parts = (words[end:], words[:start] or words[end:], words[start:end])
    return tuple(_plain(" ".join(part)) for part in parts)


def by_name(people):
    """Return these people (users) as a list in the order of their names; who has the same one by number."""
    return sorted(people, key=lambda person: (sort_key(person.display_name), person.pk))


def _in_speaking_order(name):
    """The words of `Heijden, van der, Sanne` as they are said; what stands behind no comma stays."""
    last, *others = (part.split() for part in name.split(","))
    if not any(others):
        return last
    infix = [word for part in others if all(map(_is_passed_over, part)) for word in part]
    first = [word for part in others if not all(map(_is_passed_over, part)) for word in part]
    while len(first) > 1 and _is_passed_over(first[-1]):
        infix.insert(0, first.pop())
    return [*first, *infix, *last]


def _where_the_last_name_begins(words):
    """At the first small word or the first half of a double name (`Bakker-de Vries`); else it is the last word."""
    last = len(words) - 1
    found = (at for at, word in enumerate(words[:-1]) if at and (_is_passed_over(word) or _is_half_a_name(word)))
    return next(found, max(last, 0))


def _is_half_a_name(word):
    return word.endswith("-") or ("-" in word and _is_passed_over(word.rsplit("-", 1)[1]))


def _is_passed_over(word):
    return _plain_sign(word) in PASSED_OVER


def _plain_sign(word):
    return word.casefold().replace("’", "'").replace("‘", "'")


def _plain(text):
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(NO_ACCENT))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
