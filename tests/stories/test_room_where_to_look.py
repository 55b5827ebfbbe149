"""Where people find what is theirs: stories they read along on their start page, what is next before the rest on her
story's page, and fields that say what they want.
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Comment

from stories.domain.withdrawal import withdraw_story
from stories.forms.teller import TellerForm
from stories.models import CoWriter, StoryPage
from tests.factories.stories import add_story
from tests.matrix.cms import story_form
from tests.standing import standing

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@standing
def draft(noor, site_pages):
    return add_story(site_pages.stories, "De waterkoker", storyteller="Noor", owner=noor, live=False)


def invite(story, person, days=30):
    return CoWriter.objects.create(story=story, person=person, until=TODAY() + timedelta(days=days))


def at(name, story):
    return reverse(name, args=[story.translation_key])


def page_of(browser, path):
    return BeautifulSoup(browser.get(path).content, "html.parser")


def read_along(browser):
    """Return the addresses under "You read along" on somebody's start page."""
    part = page_of(browser, "/mijn/").find(attrs={"aria-labelledby": "along"})
    return [link["href"] for link in part.find_all("a")] if part else None


# ── The start page of who reads along ──────────────────────────────────────────
def test_who_was_asked_finds_it_on_the_first_screen_after_signing_in(browser_of, draft, marieke):
    browser = browser_of(marieke)
    assert read_along(browser) is None

    invite(draft, marieke)

    assert read_along(browser) == [at("told_story", draft)]
    assert browser.get(at("told_story", draft)).status_code == 200


def test_who_works_here_and_follows_the_training_finds_it_as_well(browser_of, draft, marieke, training, module):
    from tests.factories.enrolments import enrol

    enrol(marieke, training)
    invite(draft, marieke)

    assert read_along(browser_of(marieke)) == [at("told_story", draft)]


@pytest.mark.parametrize("end", ["over", "closed", "taken away", "her own"])
def test_it_is_gone_with_the_invitation(browser_of, draft, noor, marieke, end):
    invitation = invite(draft, marieke)
    if end == "over":
        CoWriter.objects.update(until=TODAY() - timedelta(days=1))
    elif end == "closed":
        invitation.delete()
    elif end == "taken away":
        withdraw_story(draft, by=noor)
    else:
        invite(draft, noor)  # her own stories are in her room, not here
        invitation.delete()

    assert read_along(browser_of(marieke)) is None
    assert read_along(browser_of(noor)) is None


def test_nobody_else_reads_the_title_there(browser_of, draft, marieke, ilse, petra, samira):
    invite(draft, marieke)

    shown = [browser_of(person).get("/mijn/").content.decode() for person in (marieke, ilse, petra, samira)]

    assert ["De waterkoker" in page for page in shown] == [True, False, False, False]


@pytest.mark.parametrize("number", [1, 6])
def test_the_start_page_asks_as_much_for_six_stories_as_for_one(
    browser_of, site_pages, noor, marieke, number, django_assert_num_queries
):
    for n in range(number):
        invite(add_story(site_pages.stories, f"Verhaal {n}", storyteller="Noor", owner=noor, live=False), marieke)
    browser = browser_of(marieke)
    browser.get("/mijn/")

    with django_assert_num_queries(11):
        browser.get("/mijn/")


# ── Her story's page, read from top to bottom ──────────────────────────────────
def test_what_is_next_comes_first_then_what_others_say_and_who_reads_along(browser_of, draft, noor, marieke):
    invite(draft, marieke)
    Comment.objects.create(page=draft, user=marieke, text="Wie is Piet?", contentpath="title", position="")

    page = page_of(browser_of(noor), at("told_story", draft))

    titles = [title["id"] for title in page.main.find_all("h2") if title.has_attr("id")]
    assert titles == ["remarks", "who", "along", "words", "talk", "away"]
    assert page.main.find(attrs={"href": at("read_back", draft)}).find_next("h2").get("id") == "remarks"


# ── Fields ─────────────────────────────────────────────────────────────────────
def test_a_phone_may_record_and_may_choose_what_is_there(browser_of, noor):
    browser = browser_of(noor)
    field = page_of(browser, browser.get(reverse("tell_new")).url).find("input", type="file")

    assert field.get("capture") is None
    assert field["accept"].split(",")[:2] == ["audio/*", "video/*"]
    assert ".m4a" in field["accept"].split(",")


def test_her_page_says_what_each_button_does(browser_of, noor):
    browser = browser_of(noor)
    end = page_of(browser, browser.get(reverse("tell_new")).url).find(attrs={"aria-labelledby": "end"})

    assert [button["value"] for button in end.find_all("button")] == ["stop", "story", "along"]
    assert end.find("p").get_text(strip=True)


def test_nothing_is_said_to_her_of_tags_and_quotes(browser_of, draft, noor, settings):
    from accounts.roles import sync_roles

    sync_roles()
    page = page_of(browser_of(noor), f"/cms/pages/{draft.pk}/edit/")
    field = page.find(id="id_tags").find_parent(class_="w-field__wrapper") or page.find(id="id_tags").parent

    assert [word for word in ("aanhalingstekens", "quotes", " tags") if word in field.get_text().lower()] == []
    assert page.find(id="id_tags")["data-controller"] == "w-tag"


def test_a_theme_is_still_chosen_and_kept(browser_of, draft, noor):
    from accounts.roles import sync_roles
    from stories.models import Theme

    sync_roles()
    Theme.objects.create(name="wachten", slug="wachten")

    browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"tags": "wachten"})

    newest = StoryPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert [theme.name for theme in newest.tags.all()] == ["wachten"]


def test_a_theme_that_is_not_in_the_list_is_said_at_the_field_and_what_was_typed_stays(browser_of, draft, noor):
    from accounts.roles import sync_roles
    from stories.models import Theme

    sync_roles()
    Theme.objects.create(name="wachten", slug="wachten")
    before = StoryPage.objects.get(pk=draft.pk).latest_revision_id

    form = story_form() | {"tags": "wachten, verzonnen <b>", "title": "De ketel"}
    answer = browser_of(noor).post(f"/cms/pages/{draft.pk}/edit/", form)

    page = BeautifulSoup(answer.content, "html.parser")
    said = page.find(id="id_tags").find_parent(class_="w-field__wrapper").get_text()
    assert "“verzonnen <b>”" in said
    assert "“wachten”" not in said
    assert page.find(id="id_title")["value"] == "De ketel"
    assert StoryPage.objects.get(pk=draft.pk).latest_revision_id == before


def test_the_list_of_stories_in_the_cms_has_room_for_their_titles(browser_of, draft, noor):
    from accounts.roles import sync_roles

    sync_roles()
    page = page_of(browser_of(noor), "/cms/verhalen/")
    row = next(row for row in page.select("tbody tr") if "De waterkoker" in row.get_text())

    assert len(row.find_all(["td", "th"])) == 3
    assert row.find("input", type="checkbox") is None


def test_a_name_that_is_missing_is_asked_for_in_our_own_words(browser_of, noor):
    with translation.override("nl"):
        answer = browser_of(noor).post(reverse("my_teller"), {"name": " ", "about": "Ik vertel."})
        asked = str(TellerForm.base_fields["name"].error_messages["required"])

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 400
    assert page.find(id="id_name_error").get_text(strip=True) == asked
    assert asked not in ("Dit veld is verplicht.", "Dit is een verplicht veld.")
    assert page.find(id="id_about")["value"] == "Ik vertel."
