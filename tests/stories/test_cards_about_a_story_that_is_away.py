"""A card keeps its own words; the title and the sentence of a story are there only while the story is."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.personal_data.contents import copy_of, readable
from stories.domain.keeping import keep_page
from stories.domain.publishing import end_expired_stories, pause_story, resume_story
from stories.domain.reacting import Said, react
from stories.domain.sentences import sentences_of
from stories.domain.talking import choose_talk
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryPage, ThankYou
from tests.factories.people import make_person
from tests.factories.stories import end_consent_on
from tests.stories.cards import MARKED, WORDS, delivered, story_of, write

pytestmark = pytest.mark.django_db
TITLE = "Een keer vaker"
TOKEN = UUID("5b6c1d7e-0000-4000-8000-000000000002")
NAMING = ("stories.ThankYou", "stories.Bookmark", "stories.Reaction")


@pytest.fixture
def cards(site_pages, noor, samira, ilse, settings):
    """Samira's cards to Noor with a sentence of her story: one that waits, one that was delivered."""
    settings.CARDS_TO_ONE_A_DAY = 9
    story = story_of(noor, site_pages)
    key = sentences_of(story)[0].key
    return [write(story, samira, quote_key=key), delivered(story, samira, ilse, quote_key=key)]


def paused(story, noor):
    pause_story(story, by=noor)


def ended(story, noor):
    end_consent_on(story, timezone.localdate() - timedelta(days=1))


def ended_and_noticed(story, noor):
    ended(story, noor)
    end_expired_stories()


def taken_away(story, noor):
    withdraw_story(story, by=noor)


def screens(cards, people, browser_of):
    """What each of the people reads on the cards that they meet."""
    samira, noor, ilse = (browser_of(person) for person in people)
    waiting, done = (f"/kaartjes/{card.uuid}/" for card in cards)
    asked = [
        (samira, waiting),
        (samira, done),
        (samira, "/mijn/kaartjes/"),
        (noor, done),
        (noor, "/vertellers/kaartjes/"),
    ]
    asked += [(ilse, f"/kaartjes/nakijken/{cards[0].uuid}/")]
    return [browser.get(path).text for browser, path in asked]


def test_while_the_story_is_there_its_title_and_sentence_stand_on_them(cards, samira, noor, ilse, browser_of):
    """The control of the one below."""
    pages = screens(cards, (samira, noor, ilse), browser_of)
    assert [MARKED in page for page in pages] == [True] * 6
    assert TITLE in pages[0]


@pytest.mark.parametrize("away", [paused, ended, ended_and_noticed, taken_away])
def test_away_it_says_no_word_on_anybodys_card(cards, samira, noor, ilse, browser_of, away):
    away(StoryPage.objects.get(), noor)
    pages = screens(cards, (samira, noor, ilse), browser_of)
    assert [page for page in pages if MARKED in page or TITLE in page] == []
    assert [WORDS.split(".")[0] in page for page in pages] == [True] * 6


@pytest.mark.parametrize(("away", "offers"), [(paused, True), (taken_away, False)])
def test_a_card_is_not_offered_to_be_shown_with_what_is_taken_away(cards, noor, browser_of, away, offers):
    away(StoryPage.objects.get(), noor)
    card = f"/kaartjes/{cards[1].uuid}/"
    assert ('value="show"' in browser_of(noor).get(card).text) is offers
    assert browser_of(noor).post(card, {"act": "show"}).status_code == (302 if offers else 409)


def test_back_online_the_sentence_is_back(cards, samira, noor, ilse, browser_of):
    story = StoryPage.objects.get()
    pause_story(story, by=noor)
    resume_story(story, by=noor)
    assert all(MARKED in page for page in screens(cards, (samira, noor, ilse), browser_of))


# ── The copy of one's own data ─────────────────────────────────────────────────
def copied(person):
    now = timezone.now()
    records = {one["record"]: one["rows"] for one in copy_of(person, now)["records"]}
    lines = [
        line.value
        for topic in readable(person, now)["topics"]
        for record in topic["records"]
        for row in record["rows"]
        for line in row
    ]
    return records, json.dumps(copy_of(person, now), default=str) + " ".join(lines)


@pytest.mark.parametrize("away", [None, paused, ended, taken_away])
def test_a_copy_of_own_data_names_no_story_that_is_away(cards, samira, noor, away):
    story = StoryPage.objects.get()
    choose_talk(story, talk="on", shows_views=False, by=noor)
    keep_page(story, by=samira)
    react(story, Said("Mooi."), by=samira, token=TOKEN, accepts_rules=True)
    if away:
        away(story, noor)

    records, text = copied(samira)

    assert (TITLE in text, MARKED in text) == (away is None, away is None)
    there = {
        name: rows[0].get("story") or rows[0].get("page") or None for name, rows in records.items() if name in NAMING
    }
    assert there == dict.fromkeys(NAMING, TITLE if away is None else None)
    assert ("Mooi." in text, WORDS.split(".")[0] in text) == (True, True)
    assert ThankYou.objects.filter(story=story).count() == 2


def test_the_stories_of_who_named_her_as_proxy_are_not_in_the_proxys_copy(cards, noor):
    proxy, teller = make_person("Omar"), noor.storyteller
    teller.proxy = proxy
    teller.save()
    assert (TITLE in copied(noor)[1], TITLE in copied(proxy)[1]) == (True, False)
