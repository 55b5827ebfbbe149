"""No story is read without the consent of its storyteller for these words, by whatever path it came to be live.

Each way to put a page online is tried, and each place where readers could come across it is looked at; a story that
was released in the right way stands beside it, so that a place where nothing is found was looked at well.
"""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from accounts.roles import sync_roles
from common.refusals import Refused
from common.scheduling import REFUSED, publish_due
from media.models import Recording
from stories.choices import StoryState
from stories.domain.checking import sync_check
from stories.domain.publishing import publish_story
from stories.domain.shelves import shelf_of
from stories.domain.withdrawal import withdraw_story
from stories.models import CoWriter, NotReleased, StoryPage, StoryRelease, StoryTag, Theme
from tests.factories.modules import add_module, five_steps, step_address
from tests.factories.people import make_person
from tests.factories.stories import add_story, end_consent_on, make_recording
from tests.matrix.cms import story_form
from tests.standing import standing
from tests.words import dutch
from training.domain.materials import materials_of

WORD = "kwikstaart"
WORDS = f"<p>Op het dak zat een {WORD}.</p>"


@standing(autouse=True)
def rights(site_pages):
    sync_roles()


@standing
def told(site_pages):
    """A story that was released, checked and put online in the right way."""
    return add_story(site_pages.stories, "Wel te lezen", storyteller="Fatma", words=WORDS)


@standing
def draft(site_pages, noor, told):
    """Noor's, without a release."""
    return add_story(site_pages.stories, "Nog niet te lezen", owner=noor, words=WORDS, live=False)


def places_of(story):
    """Return where a visitor meets `story`: on the site, and in the querysets that every screen asks."""
    visitor, open_stories = Client(), StoryPage.objects.open()
    shown = {"the list": "/verhalen/", "the front page": "/"}
    return {
        *(name for name, path in shown.items() if story.title in visitor.get(path).content.decode()),
        *(["its address"] if visitor.get(story.address).status_code == 200 else []),
        *(["open stories"] if open_stories.filter(pk=story.pk).exists() else []),
        *(["stories for members"] if StoryPage.objects.for_members().filter(pk=story.pk).exists() else []),
        *(["the search"] if story in found_with(WORD) else []),
    }


def found_with(word):
    """What a search among the stories that may be read finds, by Wagtail's own index."""
    readable = list(StoryPage.objects.open().values_list("pk", flat=True))
    return list(StoryPage.objects.filter(pk__in=readable).search(word))


EVERYWHERE = {"the list", "the front page", "its address", "open stories", "stories for members", "the search"}
NOWHERE = set()


def test_a_story_that_was_released_is_found_everywhere(told):
    """The control of all the others."""
    assert places_of(told) == EVERYWHERE


# ── Ways to put a page online ──────────────────────────────────────────────────
def editors(request):
    boss = make_person("De beheerder van de server", is_superuser=True)
    return [request.getfixturevalue("noor"), request.getfixturevalue("petra"), boss]


def test_no_editor_publishes_it(request, browser_of, draft):
    for person in editors(request):
        browser_of(person).post(f"/cms/pages/{draft.pk}/edit/", story_form() | {"action-publish": "1"})

    assert (places_of(draft), StoryPage.objects.get(pk=draft.pk).live) == (NOWHERE, False)


def test_no_new_page_begins_online(request, browser_of, site_pages, told):
    address = f"/cms/pages/add/stories/storypage/{site_pages.stories.pk}/"
    for person in editors(request):
        browser_of(person).post(address, story_form() | {"action-publish": "1"})

    assert set(StoryPage.objects.filter(live=True)) == {told}


@pytest.mark.parametrize("below", ["", "on"])
def test_no_bulk_action_publishes_it(request, browser_of, draft, site_pages, below):
    for person in editors(request):
        for page in (draft, site_pages.stories):
            browser_of(person).post(
                f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}", {"include_descendants": below, "next": "/cms/"}
            )

    assert (places_of(draft), StoryPage.objects.get(pk=draft.pk).live) == (NOWHERE, False)


def test_no_workflow_publishes_it(draft, noor, marieke):
    workflow = sync_check()
    CoWriter.objects.create(story=draft, person=marieke, until=timezone.localdate())
    state = workflow.start(draft, noor)

    state.current_task_state.approve(user=marieke)

    state.refresh_from_db()
    assert state.status == state.STATUS_APPROVED
    assert (places_of(draft), StoryPage.objects.get(pk=draft.pk).live) == (NOWHERE, False)


@pytest.mark.parametrize("run", [publish_due, lambda: call_command("publish_scheduled")])
def test_no_plan_publishes_it(draft, run):
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=past)

    run()

    assert (places_of(draft), StoryPage.objects.get(pk=draft.pk).live) == (NOWHERE, False)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert PageLogEntry.objects.filter(page=draft.pk, action=REFUSED).count() == 1


def test_no_line_of_code_saves_it_online(draft):
    draft.live = True
    with pytest.raises(NotReleased):
        draft.save(clean=False)

    StoryPage.objects.filter(pk=draft.pk).update(live=True)
    assert places_of(draft) == NOWHERE


def test_a_revision_is_not_published_without_a_release(draft):
    with pytest.raises(NotReleased):
        draft.get_latest_revision().publish()

    assert places_of(draft) == NOWHERE


def test_a_copy_is_not_read(told):
    copy = told.copy(update_attrs={"slug": "kopie", "title": "Een kopie", "live": False})
    StoryPage.objects.filter(pk=copy.pk).update(live=True, words_hash=told.words_hash)

    assert places_of(StoryPage.objects.get(pk=copy.pk)) == NOWHERE
    with pytest.raises(NotReleased):
        told.copy(update_attrs={"slug": "kopie-2", "title": "Nog een kopie"})


def test_an_alias_is_not_read_and_goes_with_its_story(told):
    alias = told.create_alias(update_slug="alias")
    StoryPage.objects.filter(pk=alias.pk).update(live=True, title="Een ander adres")

    assert places_of(StoryPage.objects.get(pk=alias.pk)) == NOWHERE
    withdraw_story(told, by=told.tellings.get().storyteller.account)
    assert not StoryPage.objects.get(pk=alias.pk).live


def test_an_old_version_is_not_put_back(browser_of, told):
    """Its words were online once; what was released since are others."""
    teller, old = told.tellings.get().storyteller.account, told.get_latest_revision()
    newer = told.get_latest_revision_as_object()
    newer.title = "Wel te lezen, nu anders"
    newer.save_revision(user=teller)
    put_online_again(told, teller)

    with pytest.raises(NotReleased):
        old.publish()
    browser_of(teller).post(f"/cms/pages/{told.pk}/revisions/{old.pk}/revert/", story_form() | {"action-publish": "1"})

    assert StoryPage.objects.open().get(pk=told.pk).title == "Wel te lezen, nu anders"
    StoryPage.objects.filter(pk=told.pk).update(words_hash="0" * 64)  # as if they had got there all the same
    assert places_of(StoryPage.objects.get(pk=told.pk)) == NOWHERE


def put_online_again(story, teller):
    from tests.factories.stories import put_online

    return put_online(story, by=teller)


# ── Places where it could be read, when it is live all the same ────────────────
def never_released(story):
    StoryRelease.objects.filter(story=story).update(online_hash="", open_until=None, training_until=None)


def ended(story):
    end_consent_on(story, timezone.localdate() - timedelta(days=1))


def other_words(story):
    StoryPage.objects.filter(pk=story.pk).update(words_hash="0" * 64)


@pytest.fixture(params=[never_released, ended, other_words])
def live_all_the_same(request, site_pages, told):
    """Live in Wagtail's eyes, and without a consent that lasts for these words."""
    story = add_story(site_pages.stories, "Niet te lezen", storyteller="Jesse", words=WORDS)
    request.param(story)
    assert StoryPage.objects.get(pk=story.pk).live
    return story


def test_no_place_shows_it(live_all_the_same, told):
    assert (places_of(live_all_the_same), places_of(told)) == (NOWHERE, EVERYWHERE)


def test_who_takes_part_does_not_meet_it_either(browser_of, samira, marieke, live_all_the_same, told):
    answers = {
        (person, story): browser_of(person).get(story.address).status_code
        for person in (samira, marieke)
        for story in (live_all_the_same, told)
    }

    assert answers == {(person, one): 404 if one == live_all_the_same else 200 for person, one in answers}


def test_a_search_for_its_words_leads_nowhere(client, live_all_the_same, told):
    screen = client.get("/verhalen/", {"q": WORD}).content.decode()

    assert found_with(WORD) == [told]
    assert ("Wel te lezen" in screen, "Niet te lezen" in screen) == (True, False)


def test_no_feed_and_no_sitemap_names_it(client, live_all_the_same, told):
    """Wagtail's sitemap is not mounted; what it would hold is asked all the same. Feeds list the open stories."""
    feed, sitemap = client.get("/feeds/verhalen/"), client.get("/sitemap.xml")
    for answer in (feed, sitemap):
        assert "niet-te-lezen" not in answer.content.decode()
        assert answer.status_code == 404 or "wel-te-lezen" in answer.content.decode()
    assert list(StoryPage.objects.listed()) == [told]


def test_it_is_nobodys_neighbour(live_all_the_same, told, site_pages):
    last = add_story(site_pages.stories, "Het laatste", words=WORDS)

    assert StoryPage.objects.get(pk=last.pk).neighbours["before"] == told
    assert StoryPage.objects.get(pk=told.pk).neighbours["after"] == last


def test_its_theme_does_not_name_it(client, live_all_the_same, told):
    theme = Theme.objects.create(name="Wachten", slug="wachten")
    StoryTag.objects.bulk_create(StoryTag(tag=theme, content_object_id=one.pk) for one in (live_all_the_same, told))

    page = client.get("/verhalen/thema/wachten/")

    assert list(StoryPage.objects.open().filter(tagged_items__tag=theme)) == [told]
    assert "Niet te lezen" not in page.content.decode()
    assert page.status_code == 404 or "Wel te lezen" in page.content.decode()


def test_a_step_that_chose_it_does_without(browser_of, samira, training, live_all_the_same, told):
    module = add_module(training, "Luisteren", five_steps(story=live_all_the_same, reserve=told))
    alone = add_module(training, "Doorvragen", five_steps(story=live_all_the_same))
    browser = browser_of(samira)
    screens = [browser.get(step_address(one, "verhaal")).content.decode() for one in (module, alone)]

    assert materials_of(module.step_list[2]).story == told
    assert materials_of(alone.step_list[2]).story_withdrawn
    assert ["Niet te lezen" in screen for screen in screens] == [False, False]
    assert "Wel te lezen" in screens[0]


def test_what_lies_with_it_is_not_heard(client, live_all_the_same, told):
    sounds = [lay_beside(story) for story in (live_all_the_same, told)]

    assert [client.get(sound.file.url).status_code for sound in sounds] == [404, 200]


def lay_beside(story):
    """A sound on its shelf, which its page shows."""
    sound = Recording.objects.create(
        title=story.title,
        type="audio",
        duration=9,
        transcript="Ring.",
        collection=shelf_of(story),
        file=ContentFile(b"sound", name=f"{story.slug}.m4a"),
    )
    StoryPage.objects.filter(pk=story.pk).update(recording=sound)
    ReferenceIndex.create_or_update_for_object(StoryPage.objects.get(pk=story.pk))
    return sound


# ── Said beforehand ────────────────────────────────────────────────────────────
def test_what_is_missing_is_said_in_sentences(draft, noor):
    newest = draft.get_latest_revision_as_object()
    newest.recording = make_recording(transcript="")
    newest.save_revision(user=noor)
    newest = StoryPage.objects.get(pk=draft.pk).get_latest_revision_as_object()

    said = [str(problem.message) for problem in newest.publish_problems()]

    assert said[:2] == [
        dutch("The storyteller has not released these words yet."),
        dutch("A second pair of eyes has not looked at these words yet."),
    ]
    assert said[2:] == [newest.recording.missing_words]
    with pytest.raises(Refused):
        publish_story(draft, by=noor)
    assert StoryRelease.objects.get(story=draft).state == StoryState.DRAFT
