"""Who was asked to look at a story stands in its room, and who picks up the site's own phone is not told to call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import ContactSettings
from stories.domain.consent import release_story
from stories.domain.cowriters import ask_second_eyes, invite_co_writer
from tests.factories.stories import add_story, make_terms
from tests.standing import standing

pytestmark = pytest.mark.django_db
ASKED = "Je vroeg Marieke met een mail."


@standing
def released(site_pages, noor, marieke):
    story = add_story(site_pages.stories, "De waterkoker", storyteller="Noor", live=False, owner=noor)
    invite_co_writer(story, by=noor, person=marieke, until=timezone.localdate() + timedelta(days=30))
    release_story(story, terms=make_terms(), by=noor)
    return story


def room_of(story, person, browser_of):
    return browser_of(person).get(f"/vertellers/verhaal/{story.translation_key}/").content.decode()


def test_the_room_says_who_was_asked(released, noor, marieke, browser_of):
    assert ASKED not in room_of(released, noor, browser_of)

    ask_second_eyes(released, person=marieke, by=noor)

    assert ASKED in room_of(released, noor, browser_of)


def test_it_is_asked_anew_for_new_words(released, noor, marieke, browser_of):
    ask_second_eyes(released, person=marieke, by=noor)
    released.refresh_from_db()
    released.title = "Het hek"
    released.save_revision(user=noor)
    release_story(released, terms=make_terms(), by=noor)

    assert ASKED not in room_of(released, noor, browser_of)


def test_nobody_is_told_to_call_themselves(released, marieke, browser_of):
    ContactSettings.objects.update_or_create(pk=1, defaults={"name": "Ilse Verbruggen", "phone": "013 123 45 67"})
    assert "Bel Ilse: 013 123 45 67" in room_of(released, marieke, browser_of)

    ContactSettings.objects.update(name=marieke.display_name)

    assert "Bel Marieke" not in room_of(released, marieke, browser_of)
