"""What the CMS says of a story that is not online to who does not work on it: neither its title nor who tells it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.roles import sync_roles
from stories.domain.checking import sync_check
from stories.domain.publishing import pause_story
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryPage
from tests.factories.modules import add_module, five_steps
from tests.factories.people import make_person
from tests.factories.stories import add_story, end_consent_on
from tests.standing import standing
from tests.words import dutch

pytestmark = pytest.mark.django_db
TITLE, NAME = "De kwikstaart op het dak", "Zeldzame Achternaam"
INSTEAD = "A story that is not online now"


@standing(autouse=True)
def rights(site_pages, noor, marieke):
    sync_roles()
    sync_check()


@standing
def teller(db):
    return make_person(NAME)


@standing
def story(site_pages, teller):
    return add_story(site_pages.stories, TITLE, storyteller="Jesse", owner=teller)


@standing
def chosen(site_pages, training, story):
    """Where editors chose it: a step of a module, and the front page."""
    site_pages.home.featured_story = story
    site_pages.home.save()
    return [add_module(training, "Luisteren", five_steps(story=story)), site_pages.home]


def paused(story, teller):
    pause_story(story, by=teller)


def ended(story, teller):
    """No job has run yet."""
    end_consent_on(story, timezone.localdate() - timedelta(days=1))


def taken_away(story, teller):
    withdraw_story(story, by=teller)


AWAY = [paused, ended, taken_away]


def edit(browser, page):
    return browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_who_chose_a_story_reads_which_one_while_it_is_online(chosen, petra, browser_of):
    assert [TITLE in edit(browser_of(petra), page) for page in chosen] == [True, True]


@pytest.mark.parametrize("away", AWAY)
def test_afterwards_it_has_no_title_there(chosen, story, teller, petra, marieke, browser_of, away):
    away(story, teller)
    for page in chosen:
        screen = edit(browser_of(petra), page)
        assert (TITLE in screen, dutch(INSTEAD) in screen) == (False, True)
    assert TITLE not in edit(browser_of(marieke), chosen[0])


@pytest.mark.parametrize("away", [None, *AWAY])
def test_nobody_links_to_a_story_that_is_away(site_pages, story, teller, petra, noor, browser_of, away):
    if away:
        away(story, teller)
    index = reverse("wagtailadmin_choose_page_child", args=[site_pages.stories.pk])
    for person in (petra, noor):
        browser = browser_of(person)
        assert (TITLE in browser.get(f"{index}?page_type=stories.storypage").text) == (away is None)
        chosen = f"{reverse('wagtailadmin_choose_page_chosen_multiple')}?id={story.pk}"
        assert browser.get(chosen).status_code == (200 if away is None else 404)


def test_who_tells_it_reads_its_title_there(site_pages, noor, browser_of):
    story = add_story(site_pages.stories, TITLE, owner=noor)
    pause_story(story, by=noor)
    assert TITLE in browser_of(noor).get("/cms/verhalen/").text


# ── By the name of the account ─────────────────────────────────────────────────
LISTS = {
    "explorer": "/cms/pages/{home}/",
    "stories": "/cms/pages/{stories}/",
    "search": "/cms/pages/search/?q=a",
    "my stories": "/cms/verhalen/",
    "site history": "/cms/reports/site-history/",
    "workflows": "/cms/reports/workflow/",
    "locked pages": "/cms/reports/locked/",
}


@standing
def worked_on(story, teller):
    """All by which somebody is named as who owns, edits, locks or asks."""
    Page.objects.filter(pk=story.pk).update(owner=teller, locked=True, locked_by=teller)
    StoryPage.objects.get(pk=story.pk).save_revision(user=teller, log_action=True)
    story.get_workflow().start(StoryPage.objects.get(pk=story.pk), teller)
    return story


@pytest.mark.parametrize("place", LISTS)
@pytest.mark.parametrize("name", ["noor", "marieke", "ilse", "petra"])
def test_no_list_says_who_has_a_story(request, browser_of, site_pages, worked_on, name, place):
    pages = {"home": site_pages.home.pk, "stories": site_pages.stories.pk}
    answer = browser_of(request.getfixturevalue(name)).get(LISTS[place].format(**pages), follow=True)
    assert answer.status_code in (200, 404)
    assert NAME not in answer.text


def test_whose_pages_she_meets_is_named(browser_of, site_pages, petra, marieke):
    Page.objects.filter(pk=site_pages.trainings.pk).update(owner=marieke)
    assert marieke.display_name in browser_of(petra).get(f"/cms/pages/{site_pages.home.pk}/").text
