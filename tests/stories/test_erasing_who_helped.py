"""Erasing the account of somebody who stood beside a storyteller: who wrote along, looked, decided in her place,
thanked her and reacted. Of them nothing stays; her story, and what she wrote, does.
"""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.choices import DeletionState
from accounts.personal_data.compacting import clear_traces
from accounts.personal_data.erasing import erase_now
from stories.choices import ReactionState, Talk
from stories.domain.card_checking import pass_on
from stories.domain.consent import release_story
from stories.domain.cowriters import ask_read_back, ask_second_eyes, invite_co_writer
from stories.domain.keeping import keep_page, write_note
from stories.domain.publishing import check_story, publish_story
from stories.domain.reacting import Said, react
from stories.domain.recordings import add_recording, write_out
from stories.domain.shelves import recordings_of
from stories.domain.talking import choose_talk
from stories.domain.telling import Typed, keep_typed
from stories.domain.thanks import CardWords, answer_card, thank_storyteller
from stories.models import CoWriter, Reaction, StoryPage, StoryRelease, ThankYou
from tests.factories.own_data import places_with
from tests.factories.people import make_person
from tests.factories.stories import make_terms, storyteller_of

WORD = "kanarievink"  # in all that is Omar's
CONTROL = "waterkoker"  # in all that is Noor's
KEY = uuid.UUID("5b6c1d7e-0000-4000-8000-000000000003")
A_MONTH = timedelta(days=30)


@pytest.fixture
def omar(db):
    return make_person(f"Omar {WORD}", "trainer", email=f"{WORD}@example.test")


@pytest.fixture
def told(site_pages, noor, omar):
    """Noor's story, online; Omar did everything around it that somebody can do."""
    keep_typed(KEY, Typed(f"De {CONTROL}", f"Een {CONTROL} floot in de keuken.", writer="a", edit_no=1), by=noor)
    story = StoryPage.objects.get(translation_key=KEY)
    take = add_recording(KEY, ContentFile(f"geluid van een {CONTROL}".encode(), name="a.mp3"), by=noor)
    write_along(story, take, noor=noor, omar=omar)
    speak_for(story, noor=noor, omar=omar)
    return react_around(StoryPage.objects.get(pk=story.pk), noor=noor, omar=omar)


def write_along(story, take, *, noor, omar):
    invite_co_writer(story, person=omar, until=timezone.localdate() + A_MONTH, by=noor)
    write_out(story, take.pk, f"De {CONTROL} floot.", by=omar)
    ask_read_back(story, remark=f"Mooi, zegt {WORD}.", by=omar)
    ask_second_eyes(story, person=omar, by=noor)
    check_story(story, words_hash=StoryRelease.objects.get(story=story).latest_hash, by=omar)


def speak_for(story, *, noor, omar):
    """She names him afterwards: a proxy checks nothing."""
    teller = storyteller_of(noor)
    teller.proxy = teller.support = omar
    teller.support_phone = f"06 {WORD}"
    teller.save()
    release_story(story, terms=make_terms(), by=omar)
    publish_story(story, by=omar)


def react_around(story, *, noor, omar):
    reader = make_person("Lezer", "coordinator")
    choose_talk(story, talk=Talk.ON, shows_views=False, by=noor)
    react(story, Said(f"Wat zingt die {WORD}."), by=omar, token=uuid.uuid4(), accepts_rules=True)
    write_note(keep_page(story, by=omar), note=f"Voor {WORD}.", labels=[WORD])
    words = CardWords(f"Dank, {WORD}.", name_may_show=True)
    teller = storyteller_of(noor)
    teller.proxy = None
    teller.save()
    card = thank_storyteller(story, words, storyteller=teller, by=omar, token=uuid.uuid4())
    pass_on(card, by=reader)
    answer = answer_card(card, CardWords(f"Van mij een {CONTROL}."), by=noor, token=uuid.uuid4())
    pass_on(answer, by=reader)
    teller.proxy = omar
    teller.save()
    return story


@pytest.mark.django_db(transaction=True)  # clearing SQLite's file can't be done inside one
def test_nothing_is_left_of_who_helped(told, omar):
    assert places_with(WORD) != []
    request = erase_now(omar.uuid)
    clear_traces()
    assert request.state == DeletionState.DONE
    assert places_with(WORD) == []
    assert len(places_with(CONTROL)) > 3


@pytest.mark.django_db
def test_her_story_stays_as_it_was(told, noor, omar, client):
    erase_now(omar.uuid)
    page = client.get(told.address).content.decode()
    assert (CONTROL in page, WORD in page) == (True, False)
    assert [take.transcript for take in recordings_of(told)] == [f"De {CONTROL} floot."]
    assert client.get(recordings_of(told).get().file.url).status_code == 200
    release, teller = StoryRelease.objects.get(story=told), storyteller_of(noor)
    assert (release.checked_by, release.is_checked, release.is_in_force()) == (None, True, True)
    assert (teller.proxy, teller.support, teller.support_phone) == (None, None, "")
    assert not CoWriter.objects.exists()


@pytest.mark.django_db
def test_what_she_wrote_to_them_stays_hers(told, noor, omar):
    erase_now(omar.uuid)
    assert ThankYou.objects.get(sender=noor).words == {"text": f"Van mij een {CONTROL}."}
    assert ThankYou.objects.exclude(sender=noor).get().words == {}
    reaction = Reaction.objects.get()
    assert (reaction.state, reaction.words, reaction.author) == (ReactionState.TAKEN_AWAY, {}, None)
