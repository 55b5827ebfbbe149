"""What an address says: a story's is made of its title, so an old one leads nobody to a title that is not for them."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from stories.choices import Purpose
from stories.domain.erasing import erase_story
from stories.domain.publishing import pause_story, resume_story
from stories.domain.telling import Typed, keep_typed
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryPage
from tests.factories.stories import add_story, put_online, teller_of
from tests.standing import standing

pytestmark = pytest.mark.django_db(transaction=True)  # Wagtail makes a redirect when it is sure of the new address
KEY = "5b6c1d7e-0000-4000-8000-000000000001"
OLD, NEW = "/verhalen/de-merel/", "/verhalen/de-lijster/"


@standing
def renamed(site_pages):
    """A story that went online under one title and has another one now."""
    story = add_story(site_pages.stories, "De merel")
    return rename(story)


def rename(story, **terms):
    page = story.get_latest_revision_as_object()
    page.title, page.slug = "De lijster", "de-lijster"
    page.save_revision(user=teller_of(story))
    return put_online(story, by=teller_of(story), **terms)


def met_at(browser, path):
    answer = browser.get(path)
    return answer.status_code, answer.headers.get("Location")


def test_a_story_that_was_read_is_found_at_its_old_address(renamed, client):
    assert met_at(client, OLD) == (301, NEW)
    assert met_at(client, NEW) == (200, None)


def test_the_titles_that_a_draft_had_lead_nowhere(site_pages, noor, client, browser_of, petra):
    """Everybody can guess the address of a story without a title, and while somebody types it changes all the time."""
    writes = {"writer": "a", "text": "Er zong iets."}
    for number, title in enumerate(["", "De", "De merel", "De merel van tante"]):
        keep_typed(KEY, Typed(title=title, based_on=number, edit_no=number + 1, **writes), by=noor)
    paths = ["/verhalen/verhaal-zonder-titel/", "/verhalen/de/", OLD, "/verhalen/de-merel-van-tante/"]
    for browser in (client, browser_of(petra)):
        assert [met_at(browser, path) for path in paths] == [(404, None)] * 4
    put_online(StoryPage.objects.get(), by=noor)
    assert [met_at(client, path)[0] for path in paths] == [404, 404, 404, 200]
    assert not Redirect.objects.exists()


def test_told_for_the_training_alone_its_old_address_says_nothing_to_visitors(site_pages, client, browser_of, marieke):
    story = add_story(site_pages.stories, "De merel")
    rename(story, purposes=frozenset({Purpose.TRAINING}))
    assert met_at(client, OLD) == (404, None)
    assert met_at(browser_of(marieke), OLD) == (301, NEW)


def test_on_pause_and_taken_away_its_old_address_is_gone_as_well(renamed, client):
    teller = teller_of(renamed)
    pause_story(renamed, by=teller)
    assert met_at(client, OLD) == (410, None)
    resume_story(renamed, by=teller)
    assert met_at(client, OLD) == (301, NEW)
    withdraw_story(renamed, by=teller)
    assert met_at(client, OLD) == (410, None)
    erase_story(renamed.translation_key)
    assert (met_at(client, OLD), met_at(client, NEW)) == ((410, None), (410, None))
    assert not Redirect.objects.exists()


def test_other_pages_are_found_at_their_old_address(site_pages, client):
    Redirect.objects.create(old_path="/oud", redirect_page=site_pages.stories)
    assert met_at(client, "/oud/") == (301, "/verhalen/")
