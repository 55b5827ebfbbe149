"""What a visitor was about to do when the door asked who they are: it waits in their session and is done after it.

Only a form of ours puts it there (a POST with its token), so that another site can cause nothing; after an hour, or
once it was done, it is forgotten. Words are unreadable in the session's table as they are everywhere.
"""

import time
from dataclasses import dataclass

from common.secrets import seal, unseal

NAME = "pending_act"
LASTS = 60 * 60  # seconds
LONGEST = 20_000  # characters of words that wait
KEEP, REACT = "keep", "react"


@dataclass(frozen=True)
class Pending:
    """An act (KEEP or REACT) on the page with this key; `words` and `about` are what was typed and what it answers."""

    act: str
    page_key: str
    words: str = ""
    about: str = ""


def put(session, pending):
    """Let this wait, instead of what waited before."""
    session[NAME] = {
        "act": pending.act,
        "page": str(pending.page_key),
        "words": seal(pending.words) if pending.words else "",
        "about": pending.about,
        "at": int(time.time()),
    }


def waiting(session, *, act=None, page_key=None):
    """Return the Pending that waits (for this act and page), or None; it stays."""
    kept = session.get(NAME)
    if not kept or kept["at"] < time.time() - LASTS:
        return None
    pending = Pending(kept["act"], kept["page"], unseal(kept["words"]) if kept["words"] else "", kept["about"])
    if act not in (None, pending.act) or (page_key is not None and str(page_key) != pending.page_key):
        return None
    return pending


def forget(session):
    """Let nothing wait any more."""
    session.pop(NAME, None)
