"""The CMS as a co-trainer meets it: her stories and nothing else, four fields, and words for who never saw a CMS."""

import json
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from accounts.roles import sync_roles
from stories.choices import StoryAct, StoryState
from stories.cms import pages
from stories.domain.checking import sync_check
from stories.models import StoryEvent, StoryPage, StoryRelease, Storyteller, Telling
from tests.factories.people import make_person
from tests.factories.stories import add_story, storyteller_of
from tests.matrix.cms import story_form
from tests.standing import standing
from tests.words import dutch


@standing(autouse=True)
def rights(site_pages, noor):
    sync_roles()
    sync_check()


@pytest.fixture
def browser(browser_of, noor):
    return browser_of(noor)


@pytest.fixture
def add(site_pages):
    return f"/cms/pages/add/stories/storypage/{site_pages.stories.pk}/"


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


# ── The first screen ───────────────────────────────────────────────────────────
def test_she_lands_among_her_own_stories(browser, noor, site_pages):
    add_story(site_pages.stories, "Mijn eerste", owner=noor, live=False)
    add_story(site_pages.stories, "Van Fatma", storyteller="Fatma", live=False)

    screen = html_of(browser.get("/cms/"))

    panel = screen.find(id="my-stories").parent
    assert [cell.text for cell in panel.select("td.title")] == ["Mijn eerste"]
    links = {link.get("href") for link in panel.select("a")}
    assert {"/vertellers/", "/vertellers/schrijfwijzer/"} <= links
    assert "Van Fatma" not in screen.text


def test_her_stories_cost_as_many_queries_however_many(browser, noor, site_pages):
    costs = []
    for number in range(4):
        add_story(site_pages.stories, f"Verhaal {number}", owner=noor, live=False)
        browser.get("/cms/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/cms/")
        costs.append(len(queries))

    assert len(set(costs)) == 1


def names_in_menu(response):
    sidebar = html_of(response).find(id="wagtail-sidebar-props")
    modules = json.loads(sidebar.text)["modules"]
    menu = next(module for module in modules if "MainMenu" in module["_type"])
    return [item["_args"][0]["name"] for item in menu["_args"][0]]


def test_her_menu_holds_what_she_needs_and_no_more(browser, browser_of, petra):
    hers, others = names_in_menu(browser.get("/cms/")), names_in_menu(browser_of(petra).get("/cms/"))

    assert set(hers) <= {"room", "stories", "questions", "images", "media", "planning", "writing-guide"}
    assert {"room", "stories", "images", "media", "writing-guide"} <= set(hers)
    assert {"explorer", "reports", "documents"} <= set(others)


# ── Beginning ──────────────────────────────────────────────────────────────────
def test_a_story_that_she_begins_is_hers(browser, noor, add):
    answer = browser.post(add, story_form())

    story = StoryPage.objects.get(slug="gekaapt")
    assert answer.url == f"/cms/pages/{story.pk}/edit/"
    assert [telling.storyteller.account for telling in story.tellings.all()] == [noor]
    assert StoryRelease.objects.get(story=story).state == StoryState.DRAFT
    assert StoryEvent.objects.of_story(story).get().act == StoryAct.BEGUN


def test_it_begins_with_the_name_that_she_is_known_by(browser, noor, add):
    storyteller_of(noor, name="Roos")

    form = browser.get(add).context["form"]

    assert form.initial["storyteller"] == "Roos"
    browser.post(add, story_form())
    assert Storyteller.objects.get(account=noor).name == "Roos"


def test_nothing_is_half_made(browser, add, monkeypatch):
    """Should it fail to become hers, there is no page either: one that nobody tells would be nobody's."""

    def fail(*args, **kwargs):
        raise IntegrityError("not today")

    monkeypatch.setattr(pages, "begin_story", fail)
    with pytest.raises(IntegrityError):
        browser.post(add, story_form())

    assert (StoryPage.objects.count(), Revision.objects.count(), Telling.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("name", ["marieke", "petra"])
def test_nobody_else_begins_a_story_for_her(request, browser_of, add, name):
    browser = browser_of(request.getfixturevalue(name))

    answers = [browser.get(add), browser.post(add, story_form())]

    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not StoryPage.objects.exists()


# ── The edit screen ────────────────────────────────────────────────────────────
@standing
def own(site_pages, noor):
    return add_story(site_pages.stories, "Mijn eerste", owner=noor, live=False)


def test_the_first_tab_has_four_things_and_the_rest_is_under_more(browser, own):
    screen = html_of(browser.get(f"/cms/pages/{own.pk}/edit/"))

    tabs = [tab.get_text(strip=True) for tab in screen.select("[role=tab]")]
    first = screen.select("[role=tabpanel]")[0]
    headings = [one.get_text(" ", strip=True).rstrip("* ") for one in first.select("h2.w-panel__heading")]
    assert tabs == [f"{dutch(name)}()" for name in ("Your story", "More")]
    assert headings == [
        dutch(name) for name in ("Title", "Your story", "Before you start", "Your question to the reader")
    ]
    assert {field["name"] for field in first.select("[name]")} >= {"title", "content_note", "note_absent", "note_end"}


def test_it_says_what_the_story_waits_for(browser, own):
    words = html_of(browser.get(f"/cms/pages/{own.pk}/edit/")).get_text(" ", strip=True)

    for problem in own.publish_problems():
        assert str(problem.message) in words


def test_there_is_no_button_to_publish_or_to_plan(browser, own):
    screen = html_of(browser.get(f"/cms/pages/{own.pk}/edit/"))

    assert {button["name"] for button in screen.select("button[name^=action-]")} == {"action-submit"}
    assert screen.find(attrs={"name": "go_live_at"}) is None


@pytest.mark.parametrize("mode", ["", "print"])
def test_she_sees_how_it_looks(browser, own, mode):
    address = f"/cms/pages/{own.pk}/edit/preview/"
    browser.post(address, story_form() | {"title": "Zo ziet het eruit"})

    shown = browser.get(address, {"mode": mode})

    assert shown.status_code == 200
    assert "Zo ziet het eruit" in shown.content.decode()
    sheet = html_of(shown).select_one("link[href*='print']")
    assert sheet["media"] == ("all" if mode else "print")


def test_the_preview_has_a_checker_that_may_run(browser, own):
    """Wagtail's checker needs its own script in the page, and the site lets in no other than its own."""
    address = f"/cms/pages/{own.pk}/edit/preview/"
    browser.post(address, story_form())

    shown = browser.get(address, {"mode": "", "in_preview_panel": "true"})

    assert html_of(shown).find(id="checker-axe-configuration") is not None
    assert html_of(shown).find("template", id="wagtail-userbar-template") is not None


def test_no_visitor_gets_that_bar(client, browser, story):
    for visitor in (client, browser):
        assert b"wagtail-userbar" not in visitor.get(story.address).content


# ── What is typed there ────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "words",
    ["x" * 50_000, "<script>alert(1)</script>", "nul \0 byte", "\ud800", "'\";--", "…" * 300],
    ids=["long", "script", "nul", "surrogate", "quotes", "dots"],
)
@pytest.mark.parametrize("field", ["title", "question", "content_note"])
def test_bad_input_is_a_sentence_and_never_an_error(browser, own, field, words):
    typed = urlencode(story_form() | {field: words}, errors="surrogatepass")
    answer = browser.post(f"/cms/pages/{own.pk}/edit/", typed, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (200, 302)
    newest = StoryPage.objects.get(pk=own.pk).get_latest_revision_as_object()
    if answer.status_code == 200:
        assert newest.title == "Mijn eerste"
    else:
        assert "\0" not in getattr(newest, field)


def test_a_draft_may_be_half_finished(browser, add):
    empty = story_form() | {"body-count": "0", "title": "Alleen een titel", "slug": "", "storyteller": ""}

    answer = browser.post(add, empty)

    assert answer.status_code == 302
    assert browser.post(add, empty).status_code == 302
    assert set(StoryPage.objects.values_list("slug", flat=True)) == {"alleen-een-titel", "alleen-een-titel-2"}


def test_saving_by_itself_begins_and_goes_on(browser, noor, add):
    """Wagtail's autosave: the first piece makes the page, the next ones overwrite the same version."""
    asked = {"headers": {"Accept": "application/json"}}
    begun = browser.post(add, story_form(), **asked).json()
    story = StoryPage.objects.get()
    more = story_form() | {"title": "Verder", "overwrite_revision_id": str(begun["revision_id"])}

    went_on = browser.post(f"/cms/pages/{story.pk}/edit/", more, **asked).json()

    assert (begun["success"], went_on["success"]) == (True, True)
    assert Revision.objects.count() == 1
    newest = StoryPage.objects.get().get_latest_revision_as_object()
    assert StoryRelease.objects.get().latest_hash == newest.hash_words()
    assert newest.title == "Verder"


def test_words_of_a_co_writer_go_back_to_her(browser_of, marieke, own, co_writer_until_tomorrow):
    co_writer_until_tomorrow(own, marieke)

    browser_of(marieke).post(f"/cms/pages/{own.pk}/edit/", story_form() | {"title": "Door Marieke"})

    release = StoryRelease.objects.get(story=own)
    assert (release.state, release.written_by) == (StoryState.READ_BACK, marieke)


@pytest.fixture
def co_writer_until_tomorrow():
    from datetime import timedelta

    from django.utils import timezone

    from stories.models import CoWriter

    def invite(story, person, days=1):
        CoWriter.objects.create(story=story, person=person, until=timezone.localdate() + timedelta(days=days))

    return invite


@pytest.mark.parametrize("name", ["marieke", "ilse"])
def test_who_she_invites_edits_until_the_day_has_passed(request, browser_of, own, co_writer_until_tomorrow, name):
    person = request.getfixturevalue(name)
    edit = f"/cms/pages/{own.pk}/edit/"
    before = browser_of(person).get(edit).status_code

    co_writer_until_tomorrow(own, person)
    during = browser_of(person).get(edit).status_code
    own.co_writers.update(until="2020-01-01")

    assert (before, during, browser_of(person).get(edit).status_code) == (404, 200, 404)


def test_who_writes_along_meets_it_on_the_first_screen(browser_of, ilse, own, co_writer_until_tomorrow):
    co_writer_until_tomorrow(own, ilse)

    assert "Mijn eerste" in browser_of(ilse).get("/cms/").content.decode()


# ── The writing guide ──────────────────────────────────────────────────────────
def test_the_guide_is_for_who_tells_and_who_works_here(browser, browser_of, client, marieke, stranger, samira):
    address = "/vertellers/schrijfwijzer/"

    assert browser.get(address).status_code == browser_of(marieke).get(address).status_code == 200
    assert browser_of(stranger).get(address).status_code == browser_of(samira).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert browser.post(address).status_code == 405


def test_a_storyteller_without_a_role_reads_it_too(browser_of):
    person = make_person("Henk")
    storyteller_of(person)

    assert browser_of(person).get("/vertellers/schrijfwijzer/").status_code == 200
