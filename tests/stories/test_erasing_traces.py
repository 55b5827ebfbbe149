"""What the CMS keeps beside a story, and presses that come twice."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.personal_data.erasing import erase_now
from media.models import Image
from stories.choices import StoryState
from stories.domain.consent import release_story
from stories.domain.drafts import throw_draft_away
from stories.domain.erasing import carry_out, erase_page, erase_story
from stories.domain.publishing import end_expired_stories, pause_story, resume_story
from stories.domain.recordings import add_recording
from stories.domain.shelves import shelf_of
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryIndexPage, StoryPage, StoryRelease, Theme
from tests.factories.stories import add_story, make_terms
from tests.media.conftest import picture_bytes

pytestmark = pytest.mark.django_db
WORD = "kanarievink"


@pytest.fixture
def story(site_pages, noor):
    return add_story(site_pages.stories, f"De {WORD}", owner=noor)


@pytest.fixture
def draft(site_pages, noor):
    return add_story(site_pages.stories, f"De {WORD}", owner=noor, live=False)


def looked_at(person, object_id, text=WORD):
    """What Wagtail keeps of a page that is open, to show it as readers will see it."""
    kind = ContentType.objects.get_for_model(StoryPage)
    fields = {"user": person, "content_type": kind, "object_id": str(object_id), "last_updated_at": timezone.now()}
    return FormState.objects.create(data=f"title={text}", **fields)


def unsaved():
    return set(FormState.objects.values_list("data", flat=True))


def take_away(story, noor):
    withdraw_story(story, by=noor)
    erase_story(story.translation_key)


def throw_away(story, noor):
    throw_draft_away(story, by=noor)


@pytest.mark.parametrize(("act", "state"), [(take_away, "story"), (throw_away, "draft")])
def test_what_was_looked_at_and_not_saved_goes_too(request, noor, marieke, act, state):
    """Before a page is saved for the first time, what its preview holds has no number of a page."""
    story = request.getfixturevalue(state)
    looked_at(noor, "")
    looked_at(noor, story.pk)
    looked_at(marieke, story.pk)
    looked_at(marieke, "", "die van Marieke")
    act(story, noor)
    assert unsaved() == {"title=die van Marieke"}


def logged_picture(story, noor):
    file = ContentFile(picture_bytes(), name="vogel.jpg")
    picture = Image.objects.create(
        title=WORD, alt="Een vogel", file=file, collection=shelf_of(story), uploaded_by_user=noor
    )
    log(picture, "wagtail.create", user=noor)
    return picture


def labels():
    return sorted(ModelLogEntry.objects.values_list("label", flat=True))


def test_the_log_names_none_of_its_pictures_and_loses_nothing_of_others(story, noor):
    logged_picture(story, noor)
    theme = Theme.objects.create(pk=story.pk, name="Wachten", slug="wachten")  # the same number by chance
    log(theme, "wagtail.create", user=noor)
    assert labels() == ["Wachten", WORD]
    take_away(story, noor)
    assert labels() == ["Wachten"]


def test_nor_when_her_account_goes(noor):
    picture = Image.objects.create(
        title=WORD, alt="Een vogel", file=ContentFile(picture_bytes(), name="los.jpg"), uploaded_by_user=noor
    )
    Theme.objects.create(name="Wachten", slug="wachten")
    add_recording("5b6c1d7e-0000-4000-8000-000000000001", ContentFile(b"x", name="x.mp3"), by=noor)
    log(picture, "wagtail.create", user=noor)
    erase_now(noor.uuid)
    assert labels() == []


def test_a_draft_that_is_thrown_away_leaves_no_line_about_its_recording(draft, noor):
    recording = add_recording(draft.translation_key, ContentFile(b"x", name="x.mp3"), by=noor)
    log(recording, "wagtail.edit", user=noor)
    throw_draft_away(draft, by=noor)
    assert labels() == []


# ── Twice ──────────────────────────────────────────────────────────────────────
def test_thrown_away_twice_is_once(draft, noor):
    throw_draft_away(draft, by=noor)
    throw_draft_away(draft, by=noor)
    assert not StoryPage.objects.exists()


def test_erased_twice_its_list_counts_one_story_less(story, site_pages, noor):
    """A page that is deleted twice would be counted twice, and then the list takes no new story any more."""
    add_story(site_pages.stories, "De ander")
    withdrawal = withdraw_story(story, by=noor)
    stale = StoryPage.objects.get(pk=story.pk)
    carry_out(withdrawal)
    erase_page(stale)
    index = StoryIndexPage.objects.get()
    assert (index.numchild, index.get_children().count()) == (1, 1)


def test_a_press_on_a_story_that_is_gone_is_a_missing_page(draft, noor, browser_of, monkeypatch):
    """Thrown away in another window between looking for it and doing it."""
    from stories.views import withdraw

    monkeypatch.setattr(withdraw, "withdraw_story", lambda *a, **k: throw_then(withdraw_story, draft, noor, *a, **k))
    answer = browser_of(noor).post(f"/vertellers/verhaal/{draft.translation_key}/weg/", {"act": "away"})
    assert answer.status_code == 404


def throw_then(act, draft, noor, *args, **kwargs):
    throw_draft_away(draft, by=noor)
    return act(*args, **kwargs)


# ── Where the newest words are ─────────────────────────────────────────────────
def changed(story, by, title):
    page = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    page.title = title
    return page.save_revision(user=by)


def state_of(story):
    return StoryRelease.objects.get(story=story).state


def test_back_from_a_pause_newer_words_wait_for_whom_they_waited(story, noor, marieke):
    pause_story(story, by=noor)
    resume_story(story, by=noor)
    assert state_of(story) == StoryState.ONLINE
    for writer, state in ((noor, StoryState.DRAFT), (marieke, StoryState.READ_BACK)):
        changed(story, writer, f"Van {writer}")
        pause_story(story, by=noor)
        resume_story(story, by=noor)
        assert state_of(story) == state


def test_back_from_a_pause_what_was_released_is_ready(story, noor):
    changed(story, noor, "Nieuw")
    release_story(story, terms=make_terms(), by=noor)
    pause_story(story, by=noor)
    resume_story(story, by=noor)
    assert state_of(story) == StoryState.READY


def test_live_all_the_same_after_it_was_taken_away_it_stays_taken_away(story, noor):
    withdraw_story(story, by=noor)
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    assert end_expired_stories() == 1
    assert (state_of(story), StoryPage.objects.get(pk=story.pk).live) == (StoryState.WITHDRAWN, False)
