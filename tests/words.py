"""What the screens say, for tests to look for."""

from django.utils import translation
from django.utils.translation import gettext, ngettext


def dutch(sentence, **values):
    """Return `sentence` (an English id) as a Dutch screen says it, with `values` filled in."""
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def dutch_of(one, many, number):
    """The same of a sentence about a number of things."""
    with translation.override("nl"):
        return ngettext(one, many, number) % {"number": number}
