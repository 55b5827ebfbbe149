"""What the screens say, for tests to look for."""

from django.utils import translation
from django.utils.translation import gettext


def dutch(sentence, **values):
    """Return `sentence` (an English id) as a Dutch screen says it, with `values` filled in."""
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)
