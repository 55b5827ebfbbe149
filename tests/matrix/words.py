"""Words that are planted in private objects, and looked for in answers to people whom they are not for."""

import secrets
from dataclasses import dataclass

# A word that stands beside many planted ones: what a search can ask for without saying the planted word itself.
COMMON = "kwikstaart"


@dataclass(frozen=True)
class Secret:
    """A planted word, what it stands in, and the roles that may read it; the first of them comes across it for sure,
    on the site or (`in_cms`) in the CMS: so a word that is found nowhere was not looked for well.
    """

    word: str
    place: str
    readers: tuple
    in_cms: bool


class Words:
    """All that was planted. A word is new in every run, has no capitals and fits in an address."""

    def __init__(self):
        self.secrets = []

    def plant(self, place, readers, *, in_cms=False):
        """Return a new word that stands in `place` and that only `readers` (roles, with spaces between) may read."""
        word = "zq" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _letter in range(10))
        self.secrets.append(Secret(word, place, tuple(readers.split()), in_cms))
        return word

    def in_text(self, text):
        """Return the Secrets whose word stands in `text`."""
        return [secret for secret in self.secrets if secret.word in text]

    def sure_of(self, role, *, in_cms):
        """Return the places that `role` comes across."""
        return {one.place for one in self.secrets if one.readers[:1] == (role,) and one.in_cms == in_cms}


def lines(findings):
    """All of them under each other: what pytest says of a list stops after the first."""
    return "\n".join(["", *findings])
