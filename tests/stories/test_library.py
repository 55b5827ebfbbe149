"""The library: choosing by theme, teller, place, form and length, looking for words, and the page of a theme."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from home.models import ContactSettings
from stories.choices import Purpose, Relation, Setting
from stories.domain.library import library_of, voices
from stories.domain.publishing import pause_story
from stories.models import StoryPage, Theme
from tests.factories.stories import add_story, make_recording, put_online, teller_of
from tests.standing import standing

LONG = "<p>" + "Wij wachtten op de gang. " * 130 + "</p>"


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


def html_of(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def titles(answer):
    return [one.get_text(strip=True) for one in html_of(answer).select(".story-list__title")]


def counts(answer):
    """`{choice: how many}` of every choice on the page."""
    links = html_of(answer).select(".choose__list a")
    return {
        one.find("span").get_text(strip=True): int(one.select_one(".choose__count").text.split()[0]) for one in links
    }


def link(answer, words):
    found = [one for one in html_of(answer).select("a") if one.get_text(" ", strip=True).startswith(words)]
    return found[0]["href"]


def give_themes(story, *names):
    by = teller_of(story)
    page = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    page.tags.set(
        [Theme.objects.get_or_create(name=name, defaults={"slug": name.replace(" ", "-")})[0] for name in names]
    )
    page.save_revision(user=by)
    return put_online(story, by=by)


@pytest.fixture
def themed():
    """`themed(story, "wachten")` gives a story that is online a theme, as its editor does."""
    return give_themes


@standing
def shelf(site_pages):
    """Three stories that differ in everything, and one that nobody may read."""
    index = site_pages.stories
    chair = add_story(
        index, "De stoel", storyteller="Fatma", relation=Relation.CHILD, setting=Setting.FOSTER_CARE, words=LONG
    )
    bell = add_story(
        index,
        "Het belletje",
        storyteller="Jesse",
        relation=Relation.CHILD,
        setting=Setting.YOUTH_CARE,
        recording=make_recording(file="media/het-belletje.m4a"),  # nobody listens: there is no such file
    )
    bag = add_story(index, "De tas", storyteller="Bilal", relation=Relation.YOUNG_PERSON, setting=Setting.YOUTH_CARE)
    give_themes(chair, "luisteren")
    give_themes(bell, "wachten", "luisteren")
    paused = add_story(index, "Rust", storyteller="Henk", relation=Relation.GRANDPARENT)
    pause_story(paused, by=teller_of(paused))
    return chair, bell, bag


# ── Choosing ───────────────────────────────────────────────────────────────────
def test_everything_is_there_with_how_many_of_each(client, shelf):
    answer = client.get("/verhalen/")

    assert titles(answer) == ["De stoel", "Het belletje", "De tas"]
    assert counts(answer) == {
        "luisteren": 2,
        "wachten": 1,
        "kind": 2,
        "jongere": 1,
        "jeugdhulp": 2,
        "pleegzorg": 1,
        "Om te lezen": 3,
        "Om te luisteren": 1,
        "Tot 3 minuten": 2,
        "4 tot 6 minuten": 1,
    }


def test_choices_add_up_and_stand_in_the_address(client, shelf):
    first = client.get(link(client.get("/verhalen/"), "kind"))
    second = client.get(link(first, "jeugdhulp"))

    assert (titles(first), titles(second)) == (["De stoel", "Het belletje"], ["Het belletje"])
    assert link(first, "jeugdhulp") == "/verhalen/?wie=child&waar=youth_care"
    assert counts(first)["pleegzorg"] == 1
    undone = client.get(link(second, "kind"))
    assert titles(undone) == ["Het belletje", "De tas"]
    assert html_of(second).select_one(".results__count").get_text(" ", strip=True).startswith("1 verhaal")


@pytest.mark.parametrize("query", ["wie=koning", "thema=bestaat%00niet", "vorm=", "lengte=9999", "blad=ja", "blad=-3"])
def test_a_choice_that_nobody_knows_is_none(client, shelf, query):
    answer = client.get(f"/verhalen/?{query}")
    assert (answer.status_code, len(titles(answer))) == (200, 3)


def test_choices_that_fit_nothing_help_on(client, shelf):
    answer = client.get("/verhalen/?wie=young_person&vorm=luisteren")

    assert titles(answer) == []
    ways = [one["href"] for one in html_of(answer).select(".empty__ways a")]
    assert ways == ["/verhalen/?vorm=luisteren", "/verhalen/?wie=young_person", "/verhalen/"]


# ── Looking for words ──────────────────────────────────────────────────────────
@pytest.mark.parametrize("words", ["wachten", "WACHTTE", "gang wacht", '"wachten"', "wachten\0"])
def test_another_form_of_a_word_is_found_and_shown_where_it_stands(client, shelf, words):
    answer = client.get("/verhalen/", {"q": words})

    assert (
        titles(answer)[0] == "De stoel"
        if "gang" in words
        else set(titles(answer)) == {"De stoel", "Het belletje", "De tas"}
    )
    shown = html_of(answer).select(".results__why")
    marked = [mark.text for mark in shown[titles(answer).index("De stoel")].select("mark")]
    assert "wachtten" in marked


def test_an_excerpt_leads_to_that_very_place(client, shelf):
    answer = client.get("/verhalen/?q=gang")

    address, _, anchor = html_of(answer).select_one(".results__place a")["href"].partition("#")
    assert html_of(client.get(address)).find(id=anchor).get_text(strip=True).startswith("Wij wachtten")


@pytest.mark.parametrize(
    "words", ['"', "\0", "' OR 1=1 --", "<script>alert(1)</script>", "woord " * 5000, "x" * 50_000, "*", "(", "NOT"]
)
def test_odd_words_find_nothing_or_something_and_break_nothing(client, shelf, words):
    answer = client.get("/verhalen/", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("signs", ['"', "\0", "* (", "  "])
def test_signs_without_a_word_are_no_search(client, shelf, signs):
    answer = client.get("/verhalen/", {"q": signs})

    assert titles(answer) == titles(client.get("/verhalen/"))
    assert not html_of(answer).select(".results__count")
    assert "\0" not in answer.content.decode()


def test_what_may_not_be_read_is_not_found(client, site_pages, shelf, samira):
    hidden = add_story(site_pages.stories, "Alleen samen", words="<p>Het kanariegeheim.</p>", live=False)
    put_online(hidden, by=teller_of(hidden), purposes=frozenset({Purpose.TRAINING}))
    client.force_login(samira)

    assert titles(client.get("/verhalen/?q=kanariegeheim")) == []
    assert titles(client.get("/verhalen/?q=rust")) == []


# ── A theme ────────────────────────────────────────────────────────────────────
def test_a_theme_is_heard_in_several_voices_that_lead_into_the_story(client, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = client.get("/verhalen/thema/luisteren/")

    said = [one.get_text(" ", strip=True) for one in html_of(answer).select(".voices__words")]
    assert [words[:12] for words in said] == ["Wij wachtten", "Ik zat bij h"]
    assert all(len(words.split()) <= 61 for words in said)
    address, _, anchor = html_of(answer).select_one(".voices__from a")["href"].partition("#")
    assert html_of(client.get(address)).find(id=anchor)


def test_nobody_speaks_twice_before_all_have_spoken(shelf, site_pages):
    again = add_story(site_pages.stories, "De stoel weer", storyteller="Fatma")
    heard = voices([shelf[0], again, shelf[1], shelf[2]], most=3)
    assert [story.storyteller for story in heard] == ["Fatma", "Jesse", "Bilal"]


@pytest.mark.parametrize("slug", ["bestaat-niet", "leeg"])
def test_a_theme_without_stories_is_missing(client, shelf, slug):
    Theme.objects.create(name="Leeg", slug="leeg")
    assert client.get(f"/verhalen/thema/{slug}/").status_code == 404


# ── The feed ───────────────────────────────────────────────────────────────────
def test_the_feed_holds_what_anybody_may_read(client, shelf):
    items = ElementTree.fromstring(client.get("/feeds/verhalen/").content).iter("item")  # noqa: S314 - our own

    assert {item.find("title").text for item in items} == {"Het belletje", "De stoel", "De tas"}


# ── Costs ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(("query", "queries"), [("", 4), ("q=wacht", 6)])
def test_the_list_costs_the_same_however_long_it_is(
    client, site_pages, count, query, queries, django_assert_num_queries
):
    for number in range(count):
        add_story(site_pages.stories, f"Verhaal {number}", words="<p>Wij wachtten.</p>")
    client.get("/verhalen/")
    with django_assert_num_queries(queries):
        assert len(titles(client.get(f"/verhalen/?{query}"))) == count


def test_counting_is_right_for_every_pair_of_choices(shelf):
    stories = list(StoryPage.objects.listed())
    for first in library_of(stories, {}).kinds:
        for value in first.labels:
            asked = library_of(stories, {first.name: value})
            for second, (_label, options) in pairs(asked):
                said = {option.value: option.count for option in options if not option.is_chosen}
                both = {each: library_of(stories, {first.name: value, second.name: each}).stories for each in said}
                assert said == {each: len(left) for each, left in both.items()}


def pairs(library):
    """Each kind of choice with its options, where it offers any."""
    by_label = {one.label: one for one in library.kinds}
    return [(by_label[label], (label, options)) for label, options in library.facets]
