"""Two people at one story: neither overwrites the other unseen, and nothing that was typed is lost."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import sync_roles
from stories.models import CoWriter, StoryPage
from tests.factories.stories import add_story
from tests.matrix.cms import story_form
from tests.standing import standing

SAVES_ITSELF = {"headers": {"Accept": "application/json"}}


@standing
def story(site_pages, noor, marieke):
    sync_roles()
    story = add_story(site_pages.stories, "Samen geschreven", owner=noor, live=False)
    CoWriter.objects.create(story=story, person=marieke, until=timezone.localdate() + timedelta(days=1))
    return story


def opened(story):
    """What the editor knows of the version that it was opened with."""
    newest = StoryPage.objects.get(pk=story.pk).get_latest_revision()
    return {"loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat()}


def titles(story):
    return [revision.content["title"] for revision in story.revisions.order_by("pk")]


def test_the_editor_that_saves_itself_never_overwrites_newer_words(browser_of, noor, marieke, story):
    edit, hers, his = f"/cms/pages/{story.pk}/edit/", opened(story), opened(story)
    first = browser_of(noor).post(edit, story_form() | hers | {"title": "Van Noor"}, **SAVES_ITSELF)

    second = browser_of(marieke).post(edit, story_form() | his | {"title": "Van Marieke"}, **SAVES_ITSELF)

    assert (first.json()["success"], second.json()["success"]) == (True, False)
    assert second.json()["error_code"] == "invalid_revision"
    assert titles(story) == ["Samen geschreven", "Van Noor"]


def test_who_saves_all_the_same_leaves_the_other_words_in_the_history(browser_of, noor, marieke, story):
    edit, his = f"/cms/pages/{story.pk}/edit/", opened(story)
    browser_of(noor).post(edit, story_form() | {"title": "Van Noor"})

    answer = browser_of(marieke).post(edit, story_form() | his | {"title": "Van Marieke"})

    assert answer.status_code == 302
    assert titles(story) == ["Samen geschreven", "Van Noor", "Van Marieke"]


def test_the_words_of_somebody_else_are_no_version_to_overwrite(browser_of, noor, marieke, story):
    edit = f"/cms/pages/{story.pk}/edit/"
    hers = browser_of(noor).post(edit, story_form() | {"title": "Van Noor"}, **SAVES_ITSELF).json()["revision_id"]
    forged = story_form() | {"title": "Van Marieke", "overwrite_revision_id": str(hers)}

    answer = browser_of(marieke).post(edit, forged, **SAVES_ITSELF)

    assert answer.json()["success"] is False
    assert titles(story) == ["Samen geschreven", "Van Noor"]


def test_each_sees_that_the_other_is_there(browser_of, noor, marieke, story):
    browsers = [browser_of(noor), browser_of(marieke)]
    screens = [browser.get(f"/cms/pages/{story.pk}/edit/") for browser in browsers]
    pings = [screen.context["editing_sessions"].ping_url for screen in screens]

    shown = browsers[0].post(pings[0], opened_in_ping(story)).json()

    assert "Marieke de Wit" in shown["html"]


def opened_in_ping(story):
    return {"revision_id": StoryPage.objects.get(pk=story.pk).latest_revision_id}


def test_a_stranger_learns_of_nobody_there(browser_of, noor, petra, story):
    screen = browser_of(noor).get(f"/cms/pages/{story.pk}/edit/")

    answer = browser_of(petra).post(screen.context["editing_sessions"].ping_url, opened_in_ping(story))

    assert answer.status_code == 404
