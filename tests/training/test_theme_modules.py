"""The modules beside a theme: those that use one of its stories or have it as a tag, and nothing that is hidden."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from stories.domain.library import stories_on
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryTag, Theme
from tests.factories.modules import add_module, add_training, five_steps
from tests.factories.stories import add_story, teller_of
from training.domain.theme_modules import modules_beside
from training.models import ModulePage

THEME = "/verhalen/thema/wachten/"


@pytest.fixture
def theme(story):
    theme = Theme.objects.create(name="wachten", slug="wachten")
    StoryTag.objects.create(tag=theme, content_object=story)
    return theme


def links(client):
    found = BeautifulSoup(client.get(THEME).content, "html.parser").select("[aria-labelledby=modules] a")
    return [(one.get_text(strip=True), one["href"]) for one in found]


def tagged(module, *names):
    module.tags.set(names)
    module.save()


def test_a_module_that_uses_a_story_of_the_theme_stands_there(client, theme, module, reserve_story, training):
    add_module(training, "Doorvragen", five_steps(story=reserve_story))

    assert links(client) == [("Luisteren", "/training/jouw-leven-is-mijn-werk/#module-luisteren")]


def test_its_link_leads_a_visitor_to_its_place_in_the_training(client, theme, module):
    address, _sign, anchor = links(client)[0][1].partition("#")

    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.find(id=anchor).select_one("[lang=nl]").text == "Luisteren"


def test_a_module_with_the_theme_as_a_tag_stands_there(client, theme, training):
    tagged(add_module(training, "Tijd geven"), "Wachten")
    tagged(add_module(training, "Luisteren"), "wachten op iets")

    assert [title for title, _address in links(client)] == ["Tijd geven"]


def test_they_stand_in_the_order_of_the_training_and_once(client, theme, story, training):
    for title in ("Een", "Twee"):
        tagged(add_module(training, title, five_steps(story=story)), "wachten")

    assert [title for title, _address in links(client)] == ["Een", "Twee"]


def hide(module):
    ModulePage.objects.get(pk=module.pk).unpublish()


def restrict(module, kind="login"):
    PageViewRestriction.objects.create(page=module, restriction_type=kind)


@pytest.mark.parametrize("close", [hide, restrict, lambda module: restrict(module.get_parent(), "groups")])
def test_what_is_hidden_or_closed_does_not(client, theme, module, close):
    assert links(client) != []

    close(module)

    assert links(client) == []


def test_a_story_in_reserve_and_one_that_was_taken_away_lead_to_no_module(client, theme, story, reserve_story, module):
    StoryTag.objects.create(tag=theme, content_object=reserve_story)
    assert len(links(client)) == 1

    withdraw_story(story, by=teller_of(story))

    assert links(client) == []


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_one_query(site_pages, theme, count, django_assert_num_queries):
    training = add_training(site_pages.trainings, "Nog een")
    for number in range(count):
        story = add_story(site_pages.stories, f"Verhaal {number}")
        StoryTag.objects.create(tag=theme, content_object=story)
        add_module(training, f"Module {number}", five_steps(story=story))
    stories = stories_on(theme)

    with django_assert_num_queries(1):
        assert len(modules_beside(theme, stories)["modules"]) == count
