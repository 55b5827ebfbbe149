"""What of the stories nobody meets in the CMS but their people: one test for each door.

Noor's draft stands beside Fatma's, so that each list shows that it was looked at well.
"""

import pytest
from django.core.files.base import ContentFile
from wagtail.log_actions import log
from wagtail.models import Comment, PageLogEntry

from accounts.roles import sync_roles
from media.models import Image
from stories.domain.checking import sync_check
from stories.models import StoryPage
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording
from tests.matrix.cms import story_form
from tests.media.conftest import picture_bytes
from tests.standing import standing

PEOPLE = ("noor", "marieke", "ilse", "petra", "stranger")


@standing(autouse=True)
def rights(site_pages, noor):
    sync_roles()
    sync_check()


@standing
def fatma(db):
    return make_person("Fatma", "co-trainer")


@standing
def own(site_pages, noor):
    return written(add_story(site_pages.stories, "Kwikstaart van Noor", owner=noor, live=False), noor)


@standing
def hers(site_pages, fatma):
    return written(add_story(site_pages.stories, "Kwikstaart van Fatma", owner=fatma, live=False), fatma)


def written(story, by):
    """Leave all that an editor leaves: a newer version, its log, a comment, a workflow, a lock."""
    Comment.objects.create(page=story, user=by, text=f"Opmerking bij {story.title}", contentpath="title")
    story.save_revision(user=by, log_action=True)
    story.get_workflow().start(story, by)
    log(story, "wagtail.edit", user=by)
    return story


def seen(response):
    words = response.content.decode()
    return [name for name in ("Noor", "Fatma") if f"Kwikstaart van {name}" in words]


LISTS = {
    "explorer": "/cms/pages/{index}/",
    "my stories": "/cms/verhalen/",
    "search": "/cms/pages/search/?q=kwikstaart",
    "chooser": "/cms/choose-page/{index}/",
    "search in the chooser": "/cms/choose-page/search/?q=kwikstaart&page_type=stories.storypage",
    "api": "/cms/api/main/pages/?child_of={index}&fields=*",
    "api search": "/cms/api/main/pages/?search=kwikstaart",
    "site history": "/cms/reports/site-history/",
    "locked pages": "/cms/reports/locked/",
    "workflows": "/cms/reports/workflow/",
    "workflow tasks": "/cms/reports/workflow_tasks/",
    "aging pages": "/cms/reports/aging-pages/",
    "page types usage": "/cms/reports/page-types-usage/",
    "stories by type": "/cms/pages/usage/stories/storypage/",
    "first screen": "/cms/",
}
SHOWS_HER_OWN = {"explorer", "my stories", "search", "chooser", "search in the chooser", "api", "api search"}
SHOWS_HER_OWN |= {"site history", "workflows", "workflow tasks", "stories by type", "first screen"}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("place", LISTS)
def test_no_list_names_anothers_draft(request, browser_of, site_pages, own, hers, place, name):
    address = LISTS[place].format(index=site_pages.stories.pk)

    shown = seen(browser_of(request.getfixturevalue(name)).get(address))

    assert shown == (["Noor"] if name == "noor" and place in SHOWS_HER_OWN else [])


DOORS = {
    **{part: f"/cms/pages/{{pk}}/{part}/" for part in ("edit", "view_draft", "history", "usage", "copy", "move")},
    **{part: f"/cms/pages/{{pk}}/{part}/" for part in ("delete", "unpublish", "privacy", "convert_alias")},
    "preview": "/cms/pages/{pk}/edit/preview/",
    "revision": "/cms/pages/{pk}/revisions/{revision}/view/",
    "revert": "/cms/pages/{pk}/revisions/{revision}/revert/",
    "compare": "/cms/pages/{pk}/revisions/compare/earliest...latest/",
    "workflow history": "/cms/pages/{pk}/workflow_history/",
    "collect": "/cms/pages/workflow/collect_action_data/{pk}/approve/{task}/",
    "approve": "/cms/pages/workflow/action/{pk}/approve/{task}/",
    "api": "/cms/api/main/pages/{pk}/",
    "bulk": "/cms/bulk/wagtailcore/page/publish/?id={pk}",
    "bulk delete": "/cms/bulk/wagtailcore/page/delete/?id={pk}",
    "bulk move": "/cms/bulk/wagtailcore/page/move/?id={pk}",
}


@pytest.mark.parametrize("name", ["noor", "marieke", "ilse", "petra"])
@pytest.mark.parametrize("door", DOORS)
def test_no_door_opens_anothers_draft(request, browser_of, hers, door, name):
    task = hers.current_workflow_task_state.pk
    address = DOORS[door].format(pk=hers.pk, revision=hers.latest_revision_id, task=task)
    browser, before = browser_of(request.getfixturevalue(name)), left(hers)

    answers = [browser.get(address), browser.post(address, story_form())]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert [seen(answer) for answer in answers] == [[], []]
    assert left(hers) == before


def left(story):
    story = StoryPage.objects.get(pk=story.pk)
    return story.title, story.live, story.latest_revision_id, story.revisions.count(), StoryPage.objects.count()


NO_BUTTON = ("copy", "move", "delete", "unpublish", "privacy")


@pytest.mark.parametrize("part", NO_BUTTON)
def test_nor_does_she_do_there_what_is_done_in_her_room(browser_of, noor, own, part):
    address, before = f"/cms/pages/{own.pk}/{part}/", left(own)

    browser_of(noor).post(address, {"new_title": "Kopie", "new_slug": "kopie", "restriction_type": "login"})

    assert left(own) == before
    assert not own.view_restrictions.exists()


@pytest.mark.parametrize("page", ["home", "stories"])
@pytest.mark.parametrize("act", ["copy", "delete", "bulk delete"])
def test_the_pages_above_stories_are_not_copied_or_deleted_with_them(browser_of, petra, site_pages, own, page, act):
    above = getattr(site_pages, page)
    address = f"/cms/bulk/wagtailcore/page/delete/?id={above.pk}" if "bulk" in act else f"/cms/pages/{above.pk}/{act}/"
    body = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": above.get_parent().pk, "copy_subpages": "on"}

    answer = browser_of(petra).post(address, body, follow=True)

    assert set(StoryPage.objects.all()) == {own}
    assert "Kwikstaart" not in answer.content.decode()


# ── Files ──────────────────────────────────────────────────────────────────────
def picture_of(person, title):
    file = ContentFile(picture_bytes(), name=f"{title}.jpg")
    return Image.objects.create(title=title, file=file, uploaded_by_user=person, alt="Een foto.")


FILES = {
    "pictures": "/cms/images/",
    "picture chooser": "/cms/images/chooser/",
    "sound": "/cms/media/",
    "sound chooser": "/cms/media/chooser/",
    "api": "/cms/api/main/images/",
}


@pytest.mark.parametrize("name", ["noor", "marieke", "petra"])
@pytest.mark.parametrize("place", FILES)
def test_no_list_of_files_names_those_of_another_storyteller(request, browser_of, noor, fatma, place, name):
    for person in (noor, fatma):
        picture_of(person, f"Kwikstaart van {person.display_name}")
        make_recording(f"Kwikstaart van {person.display_name}", uploaded_by_user=person)

    shown = seen(browser_of(request.getfixturevalue(name)).get(FILES[place]))

    assert shown == (["Noor"] if name == "noor" and place != "api" else [])  # no screen needs that one


@pytest.mark.parametrize("name", ["noor", "marieke", "petra"])
def test_no_file_of_another_storyteller_is_opened_or_deleted(request, browser_of, fatma, name):
    picture = picture_of(fatma, "Kwikstaart van Fatma")
    sound = make_recording("Kwikstaart van Fatma", uploaded_by_user=fatma)
    browser = browser_of(request.getfixturevalue(name))
    addresses = [f"/cms/images/{picture.pk}/", f"/cms/images/{picture.pk}/delete/", f"/cms/images/{picture.pk}/usage/"]
    addresses += [f"/cms/media/edit/{sound.pk}/", f"/cms/media/delete/{sound.pk}/", f"/cms/media/usage/{sound.pk}/"]
    addresses += [f"/cms/images/chooser/{picture.pk}/", f"/cms/media/chooser/{sound.pk}/"]

    for address in addresses:
        assert seen(browser.get(address)) == seen(browser.post(address, {"title": "Gekaapt"})) == [], address
    assert Image.objects.get().title == "Kwikstaart van Fatma"
    sound.refresh_from_db()
    assert sound.title == "Kwikstaart van Fatma"


def test_who_writes_along_works_on_the_sound_of_that_story(browser_of, marieke, noor, own):
    """Captions and transcripts are the co-writer's work, and never a wall for her."""
    sound = make_recording("Kwikstaart van Noor", uploaded_by_user=noor)
    StoryPage.objects.filter(pk=own.pk).update(recording=sound)
    address = f"/cms/media/edit/{sound.pk}/"
    before = browser_of(marieke).get(address).status_code

    own.co_writers.create(person=marieke, until="2999-01-01")

    assert (before, browser_of(marieke).get(address).status_code) == (404, 200)


# ── What was left of it ────────────────────────────────────────────────────────
def test_the_log_is_there_to_be_found(own, hers):
    """Else the lists above would show nothing for want of anything to show."""
    assert PageLogEntry.objects.filter(page=hers.pk).count() >= 3
    assert hers.current_workflow_state is not None
