"""Whose the demo's stories are: storytellers with an account, and what they said yes to."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from accounts.choices import Role
from stories.choices import PUBLISHING, StoryAct
from stories.domain.consent import Terms, begin_story, release_story
from stories.domain.publishing import check_story, pause_story, publish_story
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryEvent, StoryPage, StoryRelease, Storyteller, Withdrawal
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
    """Say whose `story` is and put its newest words online in the way that stories get there; a pause stays a pause."""
    was_on_pause = StoryRelease.objects.filter(story=story, paused_at__isnull=False).exists()
    storyteller = put_storyteller(table)
    begin_story(story, storytellers=[storyteller], by=storyteller.account)
    until = timezone.localdate() + timedelta(days=DAYS.get(storyteller.name, 365))
    terms = Terms(frozenset(PUBLISHING), until)
    release_story(story, terms=terms, by=storyteller.account)
    newest = StoryRelease.objects.get(story=story).latest_hash
    check_story(story, words_hash=newest, by=put_person(*CHECKER[:2], role=CHECKER[2]))
    publish_story(story, by=storyteller.account)
    if was_on_pause:
        pause_story(story, by=storyteller.account)


def is_told(story):
    """True when somebody said whose it is: what happened to it since is then the storyteller's, not the demo's."""
    return StoryPage.objects.filter(pk=story.pk, tellings__isnull=False).exists()


def is_gone(key):
    """True when its storyteller took the story with this key away: no load brings it back."""
    return Withdrawal.objects.filter(story_key=key).exists()


def let_go(tables, stories):
    """Pause and withdraw the stories whose table says so, as their storytellers do it; what is paused once stays as its
    storyteller leaves it.
    """
    for slug, story in stories.items():
        by = put_storyteller(tables[slug]).account
        if tables[slug]["fate"] == "withdrawn":
            withdraw_story(story, by=by)
        elif tables[slug]["fate"] == "paused" and not was_paused(story):
            pause_story(story, by=by)


def was_paused(story):
    return StoryEvent.objects.filter(story_key=story.translation_key, act=StoryAct.PAUSED).exists()
