"""Whose the demo's stories are: storytellers with an account, and what they said yes to."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from accounts.choices import Role
from stories.choices import PUBLISHING
from stories.domain.consent import Terms, begin_story, release_story
from stories.domain.publishing import check_story, publish_story
from stories.models import StoryPage, StoryRelease, Storyteller
from training.demo.people import put_person

WITH_A_BUTTON = {"Noor": "co-trainer@demo.test"}  # who has an account on the front page (accounts/demo.py)
CHECKER = ("trainer@demo.test", "Marieke de Wit", Role.TRAINER)
DAYS = {"Noor": 40}  # until her consent ends; a year for the others


def put_storyteller(table):
    """Return the Storyteller of a story's table, with an account, made when missing."""
    name = table["storyteller"]
    email = WITH_A_BUTTON.get(name, f"{slugify(name)}@demo.test")
    account = put_person(email, name, role=Role.CO_TRAINER)
    values = {
        "name": name,
        "name_line": table["storyteller_short"],
        "about": table["storyteller_line"],
        "swatch_seed": table["swatch_seed"],
        "support": put_person(*CHECKER[:2], role=CHECKER[2]),
        "support_phone": "06 1234 5679",
        "support_hours": "Maandag, dinsdag en donderdag, 9.00 tot 17.00 uur.",
    }
    return Storyteller.objects.get_or_create(account=account, defaults=values)[0]


def tell_story(story, table):
    """Say whose `story` is and put its newest words online in the way that stories get there."""
    storyteller = put_storyteller(table)
    begin_story(story, storytellers=[storyteller], by=storyteller.account)
    until = timezone.localdate() + timedelta(days=DAYS.get(storyteller.name, 365))
    terms = Terms(frozenset(PUBLISHING), until)
    release_story(story, terms=terms, by=storyteller.account)
    newest = StoryRelease.objects.get(story=story).latest_hash
    check_story(story, words_hash=newest, by=put_person(*CHECKER[:2], role=CHECKER[2]))
    publish_story(story, by=storyteller.account)


def is_told(story):
    """True when somebody said whose it is: what happened to it since is then the storyteller's, not the demo's."""
    return StoryPage.objects.filter(pk=story.pk, tellings__isnull=False).exists()
