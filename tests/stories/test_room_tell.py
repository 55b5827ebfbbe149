"""Telling: typing on a phone, and what an older page may not overwrite."""

import uuid

import pytest
from django.urls import reverse
from wagtail.models import Revision

from stories.choices import StoryState
from stories.models import StoryDesk, StoryEvent, StoryPage, Storyteller
from tests.factories.people import make_person
from tests.factories.stories import add_story
from tests.stories.room_pages import OpenPage, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(noor, site_pages):
    return noor


@pytest.fixture
def desk(noor, browser_of):
    """An open page for a story that is not there yet."""
    return OpenPage(browser_of(noor), uuid.uuid4())


# ── Beginning ──────────────────────────────────────────────────────────────────
def test_a_title_and_a_text_make_a_draft_that_is_hers_alone(desk, noor):
    answer = desk.press("De waterkoker", "Het was dinsdag.\n\nIk dacht: die komt\ndus terug.")

    story = desk.story
    assert (answer.status_code, answer.url) == (302, "/vertellers/")
    assert (story.title, story.slug, story.live) == ("De waterkoker", "de-waterkoker", False)
    assert text_of(story) == ["<p>Het was dinsdag.</p>", "<p>Ik dacht: die komt<br/>dus terug.</p>"]
    assert [telling.storyteller.account for telling in story.tellings.all()] == [noor]
    assert story.release.state == StoryState.DRAFT
    assert story.get_latest_revision().user == noor


def test_a_co_trainer_becomes_a_storyteller_at_her_first_story_and_not_before(desk, noor):
    desk.browser.get(reverse("tell_new"), follow=True)
    assert not Storyteller.objects.filter(account=noor).exists()

    desk.press("Een verhaal")
    desk.press("Een verhaal")

    assert Storyteller.objects.get(account=noor).name == "Noor"


def test_pressing_twice_makes_one_story(desk):
    desk.press("De waterkoker", "Een.")
    desk.press("De waterkoker", "Een.")

    assert StoryPage.objects.count() == 1
    assert StoryEvent.objects.count() == 1


def test_without_a_word_no_story_is_made(desk):
    answer = desk.press("  ", "\n")

    assert (answer.status_code, StoryPage.objects.count()) == (302, 0)


def test_a_story_may_do_without_a_title_for_now(desk):
    desk.press("", "Alleen tekst.")

    assert desk.story.title == "Verhaal zonder titel"
    page = desk.browser.get(reverse("tell", args=[desk.key]))
    assert page.context["form"]["title"].value() == ""


def test_two_stories_of_one_title_have_an_address_each(noor, browser_of):
    first, second = (OpenPage(browser_of(noor), uuid.uuid4()) for _n in range(2))
    first.press("De trap", "Een.")
    second.press("De trap", "Twee.")

    assert (first.story.slug, second.story.slug) == ("de-trap", "de-trap-2")


def test_the_address_follows_the_title_as_long_as_it_was_never_online(desk):
    desk.types("Iets", "Een.")
    desk.types("De brief", "Een.")

    assert (desk.story.slug, desk.story.title) == ("de-brief", "De brief")
    assert desk.story.url_path.endswith("/de-brief/")


def test_typing_on_keeps_one_version_and_the_paragraphs_their_ids(desk):
    desk.types("De brief", "Een.")
    first = desk.story.get_latest_revision_as_object().body[0].id
    desk.types("De brief", "Een.\n\nTwee.")

    assert Revision.objects.filter(object_id=str(desk.story.pk)).count() == 1
    assert next(block.id for block in desk.story.get_latest_revision_as_object().body) == first


def test_what_was_agreed_with_is_a_version_of_its_own(desk, noor):
    from stories.domain.publishing import agree_with_words

    desk.types("De brief", "Een.")
    agree_with_words(desk.story, by=noor)
    desk.types("De brief", "Een en twee.")

    assert Revision.objects.filter(object_id=str(desk.story.pk)).count() == 2
    assert desk.story.release.state == StoryState.DRAFT


def test_a_proxy_tells_for_who_named_her(noor, browser_of):
    henk = Storyteller.objects.create(name="Henk", proxy=noor)
    browser, key = browser_of(noor), uuid.uuid4()

    page = browser.get(reverse("tell", args=[key]) + f"?voor={henk.uuid}")
    browser.post(
        reverse("tell", args=[key]) + f"?voor={henk.uuid}", {"p-story-title": "De brief", "p-story-text": "Een"}
    )

    assert "Je beslist voor Henk. Dat wordt opgeschreven." in page.content.decode()
    assert [telling.storyteller for telling in StoryPage.objects.get(translation_key=key).tellings.all()] == [henk]


def test_nobody_tells_for_somebody_who_did_not_name_them(noor, browser_of):
    henk = Storyteller.objects.create(name="Henk")

    answer = browser_of(noor).post(
        reverse("tell", args=[uuid.uuid4()]) + f"?voor={henk.uuid}", {"p-story-title": "De brief"}
    )

    assert (answer.status_code, StoryPage.objects.count()) == (404, 0)


# ── Two pages ──────────────────────────────────────────────────────────────────
def test_an_older_page_does_not_overwrite_a_newer_text(desk):
    old = OpenPage(desk.browser, desk.key, "page-2")
    desk.types("De brief", "De nieuwste tekst.")

    answer = old.types("De brief", "Een oude tekst.")

    assert answer.status_code == 409
    assert text_of(desk.story) == ["<p>De nieuwste tekst.</p>"]
    assert StoryDesk.objects.get().other_text == "Een oude tekst."
    page = desk.browser.get(reverse("tell", args=[desk.key])).content.decode()
    assert "Een oude tekst." in page


def test_the_save_button_of_an_older_page_shows_both_and_pressing_again_keeps_its_own(desk):
    old = OpenPage(desk.browser, desk.key, "page-2")
    desk.types("De brief", "De nieuwste tekst.")

    answer = old.press("De brief", "Een oude tekst.")

    assert answer.status_code == 409
    body = answer.content.decode()
    assert "De nieuwste tekst." in body
    assert "Een oude tekst." in body
    form = answer.context["form"]
    old.based_on, old.edit_no = form["based_on"].value(), form["edit_no"].value()
    assert old.press("De brief", "Een oude tekst.").status_code == 302
    assert text_of(desk.story) == ["<p>Een oude tekst.</p>"]


def test_words_from_the_editor_are_not_overwritten_by_an_open_page(desk, noor):
    desk.types("De brief", "Mijn tekst.")
    page = desk.story.get_latest_revision_as_object()
    page.body = [{"type": "paragraph", "value": "<p>Uit de redactie.</p>"}]
    page.save_revision(user=make_person("Marieke"))

    assert desk.types("De brief", "Mijn tekst, en meer.").status_code == 409
    assert text_of(desk.story) == ["<p>Uit de redactie.</p>"]


def test_a_late_repeat_changes_nothing(desk):
    late = OpenPage(desk.browser, desk.key)
    desk.types("De brief", "Een")
    desk.types("De brief", "Een lange zin.")

    assert late.types("De brief", "Een").status_code == 200
    assert text_of(desk.story) == ["<p>Een lange zin.</p>"]


def test_the_other_words_are_forgotten_when_she_has_seen_them(desk):
    old = OpenPage(desk.browser, desk.key, "page-2")
    desk.types("De brief", "Nieuw.")
    old.types("De brief", "Oud.")

    page = desk.browser.get(reverse("tell", args=[desk.key]))
    fresh = OpenPage(desk.browser, desk.key, "page-3", page.context["form"]["based_on"].value())
    fresh.press("De brief", "Nieuw.", act="seen")

    assert StoryDesk.objects.get().other_text == ""


# ── A story that was shaped in the CMS ─────────────────────────────────────────
@pytest.mark.parametrize(
    "block",
    [
        {"type": "marked", "value": "Die ene zin."},
        {"type": "paragraph", "value": "<p>Een <b>vet</b> woord.</p>"},
        {"type": "pause", "value": "Even stilstaan."},
    ],
)
def test_what_was_shaped_in_the_editor_is_shown_and_never_typed_over(noor, browser_of, site_pages, block):
    story = add_story(site_pages.stories, "De stoel", owner=noor, live=False, body=[block])
    page = OpenPage(browser_of(noor), story.translation_key, based_on=1)

    assert page.browser.get(reverse("tell", args=[page.key])).url == reverse("told_story", args=[page.key])
    assert page.press("De stoel", "Plat.").url == reverse("told_story", args=[page.key])
    assert page.types("De stoel", "Plat.").status_code == 409
    assert [one.block_type for one in page.story.get_latest_revision_as_object().body] == [block["type"]]
    shown = page.browser.get(reverse("told_story", args=[page.key])).content.decode()
    assert f"/cms/pages/{story.pk}/edit/" in shown


# ── Bad input ──────────────────────────────────────────────────────────────────
def test_fifty_thousand_characters_are_said_at_the_field_and_stay_there(desk):
    text = "lang " * 10_000

    answer = desk.press("Lang", text)

    assert answer.status_code == 400
    assert text.strip()[:200] in answer.content.decode()
    assert "Je tekst is te lang" in answer.content.decode()
    assert not StoryPage.objects.exists()
    assert desk.types("Lang", text).status_code == 400


def test_script_and_markup_are_words_like_others(desk):
    desk.press("<script>alert(1)</script>", "<b>vet</b> & <script>alert(2)</script>")

    page = desk.browser.get(reverse("told_story", args=[desk.key])).content.decode()
    assert "<script>alert" not in page
    assert text_of(desk.story) == ["<p>&lt;b&gt;vet&lt;/b&gt; &amp; &lt;script&gt;alert(2)&lt;/script&gt;</p>"]
    again = desk.browser.get(reverse("tell", args=[desk.key]))
    assert again.context["form"]["text"].value() == "<b>vet</b> & <script>alert(2)</script>"


def test_a_nul_is_dropped(desk):
    desk.press("De\0 trap", "Een\0 trap.")

    assert (desk.story.title, text_of(desk.story)) == ("De trap", ["<p>Een trap.</p>"])


@pytest.mark.parametrize("numbers", [{"based_on": "x", "edit_no": "-1"}, {"based_on": "9" * 40, "edit_no": "²"}])
def test_forged_numbers_are_no_error(desk, numbers):
    fields = desk.fields("De trap", "Een.") | {f"p-story-{name}": value for name, value in numbers.items()}

    assert desk.browser.post(reverse("tell", args=[desk.key]), fields).status_code == 302


@pytest.mark.parametrize("act", ["remove:", "remove:x", "remove:²", "remove:" + "9" * 30, "bestaat-niet", "\0"])
def test_a_forged_button_only_keeps_the_words(desk, act):
    assert desk.press("De trap", "Een.", act=act).status_code == 302
    assert desk.story.title == "De trap"


def test_signed_out_meanwhile_the_page_is_told(desk):
    desk.browser.logout()

    assert desk.types("De trap", "Een.").status_code == 401


def test_without_a_list_of_stories_it_is_said(desk):
    from stories.models import StoryIndexPage

    StoryIndexPage.objects.all().delete()

    answer = desk.press("De trap", "Een.")

    assert answer.status_code == 409
    assert "Een." in answer.content.decode()
