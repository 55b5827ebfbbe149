"""The words of a problem report: what it is about, and how far it is; and the article of a word for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_REPORT_LENGTH = 5_000
WORKING_DAYS = 2  # within so many working days a report is answered


class Article(models.TextChoices):
    """Which of the two Dutch words for "the" a word takes; both are "de" in the plural."""

    DE = "de", "de"
    HET = "het", "het"


class ProblemKind(models.TextChoices):
    """What a report is about, in the order in which people choose; each asks its own question."""

    WRONG = "wrong", _("Something is wrong")
    HURTS = "hurts", _("Something hurts")
    BROKEN = "broken", _("Something does not work")
    WORRY = "worry", _("I am worried about someone")

    @property
    def example(self):
        return EXAMPLES[self]

    @property
    def question(self):
        return QUESTIONS[self]


EXAMPLES = {
    ProblemKind.WRONG: _("A mistake in a text, a name or a date."),
    ProblemKind.HURTS: _("Words, a picture, or how somebody treats you."),
    ProblemKind.BROKEN: _("A page, a button, a film or sound."),
    ProblemKind.WORRY: _("About somebody else, or about yourself."),
}
QUESTIONS = {
    ProblemKind.WRONG: _("What is wrong?"),
    ProblemKind.HURTS: _("What hurts?"),
    ProblemKind.BROKEN: _("What does not work?"),
    ProblemKind.WORRY: _("What are you worried about?"),
}


class ProblemState(models.TextChoices):
    NEW = "new", _("Not read yet")
    SEEN = "seen", _("Has been read")
    HANDLED = "handled", _("Answered")
