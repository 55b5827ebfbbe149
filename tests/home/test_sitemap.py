"""The list of addresses for search engines: what anybody may read today, and never more than that."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import ContentPage
from stories.choices import Purpose
from stories.domain.publishing import pause_story
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryPage, StoryTag, Theme
from tests.factories.modules import add_module, add_training, five_steps
from tests.factories.pages import add_page
from tests.factories.professionals import add_article, add_interview, add_professionals
from tests.factories.stories import add_story, end_consent_on, put_online, teller_of

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://localhost:8000"
EMPTY = ["/", "/training/", "/verhalen/"]


def addresses(browser):
    answer = browser.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    found = [one.text for one in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")]  # noqa: S314 - our own
    assert all(one.startswith(f"{HOST}/") for one in found)
    return sorted(one.removeprefix(HOST) for one in found)


def restrict(page, kind="login"):
    PageViewRestriction.objects.create(page=page, restriction_type=kind)


def themed(story, name):
    theme = Theme.objects.get_or_create(name=name, defaults={"slug": name})[0]
    StoryTag.objects.create(tag=theme, content_object=story)


@pytest.fixture
def story(site_pages):
    story = add_story(site_pages.stories, "De stoel bij het raam")
    themed(story, "luisteren")
    return story


# ── What stands there ──────────────────────────────────────────────────────────
def test_all_that_anybody_may_read_stands_there_once(client, site_pages, story, module):
    add_page(site_pages.home, ContentPage(title="Spelregels", slug="spelregels"))
    index = add_professionals(site_pages.home)
    add_interview(index, "Van de was")
    add_article(index, "Hoe noemen we elkaar")

    assert addresses(client) == sorted(
        [
            *EMPTY,
            "/spelregels/",
            "/training/jouw-leven-is-mijn-werk/",
            "/vakmensen/",
            "/vakmensen/hoe-noemen-we-elkaar/",
            "/vakmensen/van-de-was/",
            "/verhalen/de-stoel-bij-het-raam/",
            "/verhalen/dinsdag-is-een-lange-dag/",
            "/verhalen/thema/luisteren/",
        ]
    )


def test_every_address_answers_a_visitor(client, site_pages, story, module):
    assert {client.get(address).status_code for address in addresses(client)} == {200}


def test_it_is_the_same_for_everybody_and_says_it_may_be_old_at_no_time(client, browser_of, petra, story, module):
    answer = client.get("/sitemap.xml")

    assert "no-cache" in answer["Cache-Control"]
    assert addresses(browser_of(petra)) == addresses(client)


def test_robots_are_told_where_it_is(client, db):
    assert client.get("/robots.txt").content.decode().splitlines()[-1] == f"Sitemap: {HOST}/sitemap.xml"


# ── What never does ────────────────────────────────────────────────────────────
def test_drafts_and_what_is_closed_are_not_there(client, site_pages):
    add_story(site_pages.stories, "Nog niet", live=False)
    add_page(site_pages.home, ContentPage(title="Nog niet", slug="nog-niet", live=False))
    restrict(add_page(site_pages.home, ContentPage(title="Voor leden", slug="voor-leden")))
    restrict(add_story(site_pages.stories, "Voor leden verteld"), "groups")
    index = add_professionals(site_pages.home)
    add_interview(index, "Van de was", live=False)
    restrict(index)
    restrict(add_training(site_pages.trainings))
    add_training(site_pages.trainings, "Later", live=False)

    assert addresses(client) == EMPTY


def test_a_story_told_for_the_training_alone_is_not_there_nor_is_its_theme(client, site_pages):
    story = add_story(site_pages.stories, "Binnen verteld", live=False)
    put_online(story, by=teller_of(story), purposes=frozenset({Purpose.TRAINING}))
    themed(StoryPage.objects.get(pk=story.pk), "wachten")

    assert addresses(client) == EMPTY


@pytest.mark.parametrize(
    "take_away",
    [
        lambda story: withdraw_story(story, by=teller_of(story)),
        lambda story: pause_story(story, by=teller_of(story)),
        lambda story: end_consent_on(story, timezone.localdate() - timedelta(days=1)),
    ],
    ids=["withdrawn", "paused", "ended"],
)
def test_a_story_that_is_taken_away_is_gone_with_the_next_look(client, story, take_away):
    assert addresses(client) == sorted([*EMPTY, "/verhalen/de-stoel-bij-het-raam/", "/verhalen/thema/luisteren/"])

    take_away(story)

    assert addresses(client) == EMPTY


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_the_same_however_much_there_is(client, site_pages, count, django_assert_num_queries):
    index = add_professionals(site_pages.home)
    for number in range(count):
        add_page(site_pages.home, ContentPage(title=f"Pagina {number}", slug=f"pagina-{number}"))
        add_interview(index, f"Interview {number}")
        add_article(index, f"Artikel {number}")
        add_module(add_training(site_pages.trainings, f"Training {number}"), steps=five_steps())
        themed(add_story(site_pages.stories, f"Verhaal {number}"), f"thema-{number}")
    client.get("/sitemap.xml")

    with django_assert_num_queries(10):
        assert len(addresses(client)) == len(EMPTY) + 1 + 6 * count


def test_a_sheet_that_is_not_there_is_missing(client, site_pages):
    assert [client.get(f"/sitemap.xml?p={sheet}").status_code for sheet in ("2", "-1", "x", "%00")] == [404] * 4
