"""What is written out of a recording, said with a picture, or put in their file: as long as it is with a story in the
words that its storyteller released, she alone changes it.
"""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.roles import sync_roles
from common.rights import may_choose
from media.models import Image, Recording
from stories.domain.consent import release_story
from stories.domain.publishing import pause_story
from stories.domain.recordings import write_out
from stories.domain.shelves import shelf_of
from stories.domain.withdrawal import withdraw_story
from stories.models import CoWriter
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording, make_terms, put_online, storyteller_of
from tests.media.conftest import picture_bytes
from tests.standing import standing

pytestmark = pytest.mark.django_db
SAID, OTHER = "Ring. Daar was hij.", "Ring. En ik loog."


@standing(autouse=True)
def rights(site_pages):
    sync_roles()


@pytest.fixture
def told(site_pages, noor, marieke):
    """Noor's story online, with a sound; Marieke, her co-writer, put it there for her."""
    story = add_story(site_pages.stories, "De telefoon", owner=noor, live=False)
    sound = make_recording("Het belletje", transcript=SAID, uploaded_by_user=marieke, collection=shelf_of(story))
    story.recording = sound
    story.save()
    story.save_revision(user=noor)
    CoWriter.objects.create(story=story, person=marieke, until="2999-01-01")
    return put_online(story, by=noor)


def write_in_room(browser, story, words=OTHER):
    url = reverse("write_out", args=[story.translation_key])
    return browser.post(url, {"pk": story.recording_id, "words": words})


def transcript_of(story):
    return Recording.objects.get(pk=story.recording_id).transcript


@pytest.mark.parametrize("paused", [False, True])
def test_who_writes_along_does_not_change_what_she_released(told, noor, marieke, browser_of, paused):
    if paused:
        pause_story(told, by=noor)
    answer = write_in_room(browser_of(marieke), told)
    assert answer.status_code == 409
    assert OTHER in answer.text  # what was typed is not lost
    assert transcript_of(told) == SAID


def test_nor_between_her_yes_and_the_day_it_goes_online(site_pages, noor, marieke, browser_of):
    story = add_story(site_pages.stories, "De bel", owner=noor, live=False)
    story.recording = make_recording("De bel", transcript=SAID, uploaded_by_user=marieke, collection=shelf_of(story))
    story.save()
    story.save_revision(user=noor)
    CoWriter.objects.create(story=story, person=marieke, until="2999-01-01")
    assert write_in_room(browser_of(marieke), story).status_code == 302  # their work, until she says yes to it
    release_story(story, terms=make_terms(), by=noor)

    assert write_in_room(browser_of(marieke), story, SAID).status_code == 409
    assert transcript_of(story) == OTHER


def test_nor_in_the_cms(told, marieke, petra, browser_of):
    for who in (marieke, petra):
        answer = browser_of(who).post(f"/cms/media/edit/{told.recording_id}/", {"title": "x", "transcript": OTHER})
        assert answer.status_code in (302, 404)
        assert SAID not in answer.text
    assert transcript_of(told) == SAID


def test_who_writes_along_still_chooses_it_in_a_new_version(told, marieke, petra):
    assert may_choose(marieke, Recording, told.recording_id)
    assert not may_choose(petra, Recording, told.recording_id)


def test_the_storyteller_and_her_proxy_do(told, noor, browser_of):
    assert write_in_room(browser_of(noor), told).status_code == 302
    assert transcript_of(told) == OTHER
    proxy = make_person("Omar")
    teller = storyteller_of(noor)
    teller.proxy = proxy
    teller.save()
    assert write_in_room(browser_of(proxy), told, SAID).status_code == 302
    assert transcript_of(told) == SAID
    assert browser_of(noor).get(f"/cms/media/edit/{told.recording_id}/").status_code == 200


def test_what_is_no_longer_with_a_story_is_free_again(told, noor, marieke, browser_of):
    loose = make_recording("Een ander belletje", collection=shelf_of(told), uploaded_by_user=noor)
    assert write_out(told, loose.pk, OTHER, by=marieke)
    withdraw_story(told, by=noor)
    told.co_writers.create(person=marieke, until="2999-01-01")
    assert write_out(told, told.recording_id, OTHER, by=marieke)


def test_the_words_with_a_picture_in_her_story_are_hers_as_well(site_pages, noor, petra, browser_of):
    file = ContentFile(picture_bytes(), name="trap.jpg")
    picture = Image.objects.create(title="Trap", alt="Een trap", file=file)  # anybody's, before it stood in her story
    url = f"/cms/images/{picture.pk}/"
    assert browser_of(petra).get(url).status_code == 200
    add_story(site_pages.stories, "De trap", owner=noor, portrait=picture)
    changed = {"title": "x", "alt": "Een ander", "collection": 1}
    assert browser_of(petra).post(url, changed).status_code in (302, 404)
    assert Image.objects.get(pk=picture.pk).alt == picture.alt


@pytest.mark.parametrize("name", ["petra", "ilse"])
def test_what_lies_on_the_shelf_of_a_draft_is_nobodys_else_whoever_put_it_there(
    request, site_pages, noor, marieke, browser_of, name
):
    draft = add_story(site_pages.stories, "Nog niet", owner=noor, live=False)
    sound = make_recording("Geheim belletje", uploaded_by_user=marieke, collection=shelf_of(draft))
    browser = browser_of(request.getfixturevalue(name))
    assert browser.get(f"/cms/media/edit/{sound.pk}/").status_code == 404
    assert "Geheim belletje" not in browser.get("/cms/media/").text
    assert browser_of(noor).get(f"/cms/media/edit/{sound.pk}/").status_code == 200
