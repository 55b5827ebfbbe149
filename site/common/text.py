"""Counting and cutting words."""

import math
import re

READING_SPEED = 180  # words a minute: B1 readers on a phone, on the slow side of what research gives for Dutch


def reading_minutes(text):
    """Return the whole minutes that reading `text` takes, 1 or more."""
    return max(1, math.ceil(len(re.findall(r"\w+", text)) / READING_SPEED))


def without_controls(text):
    """Return `text` without NUL and other control characters that a database refuses or a screen hides; newlines and
    tabs stay.
    """
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text).replace("\r\n", "\n").replace("\r", "\n")


def kept_address(text):
    """Return a mail address as it is kept, so that one mailbox is one person however it was typed: lower case, its
    domain in ASCII (`Jan@exámple.nl` is `jan@xn--exmple-qta.nl`). Text that is no address comes back in lower case.
    """
    text = text.strip().lower()
    mailbox, at, domain = text.rpartition("@")
    try:
        return f"{mailbox}{at}{domain.encode('idna').decode()}" if at else text
    except UnicodeError:
        return text


def search_words(text, *, longest=200, most=8):
    """Return what somebody looks for as words with a space between, as every search takes them: no controls, no double
    quotes, at most `longest` characters of it and then `most` words (each costs a join or two).
    """
    return " ".join(without_controls(text[:longest]).replace('"', " ").split()[:most])


def sentence_list(names, word):
    """Join `names` as people say it: `Jesse`, `Jesse en Henk`, `Jesse, Fatma en Henk`; `word` is the translated
    *and*.
    """
    names = [str(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
