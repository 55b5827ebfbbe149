"""Acts on one story at the same moment: each is done wholly or refused with a sentence, and none ends in an error."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from accounts.roles import sync_roles
from common.refusals import Refused
from stories.choices import StoryAct, StoryState
from stories.domain.checking import sync_check
from stories.domain.consent import extend_consent
from stories.domain.deciding import let_stay, publish_words, release_words
from stories.domain.erasing import carry_out, erase_due_stories
from stories.domain.publishing import check_story, end_expired_stories, pause_story, publish_story
from stories.domain.staying import ask_about_endings
from stories.domain.withdrawal import withdraw_story
from stories.models import CoWriter, StoryEvent, StoryIndexPage, StoryPage, StoryRelease, Withdrawal
from stories.models.checking import TICKS
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_terms, teller_of
from tests.home.test_problems_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def teller(site_pages):
    return make_person("Fatma")


@pytest.fixture
def story(site_pages, teller):
    return add_story(site_pages.stories, "De stoel", owner=teller)


@pytest.fixture
def draft(site_pages, teller):
    return add_story(site_pages.stories, "De stoel", owner=teller, live=False)


def tried(act, *args, **options):
    """Return a function that does the act and says "done", or "refused"; anything else it lets through."""

    def run():
        try:
            act(*args, **options)
        except Refused:
            return "refused"
        return "done"

    return run


def acts_of(story):
    return list(StoryEvent.objects.of_story(story).values_list("act", flat=True))


def write(story, by, title):
    page = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    page.title = title
    return page.save_revision(user=by, clean=False)


def test_taken_away_while_all_else_happens_it_is_away(story, teller):
    later = timezone.localdate() + timedelta(days=700)
    said = at_once(
        tried(withdraw_story, story, by=teller),
        tried(withdraw_story, story, by=teller),
        tried(publish_story, story, by=teller),
        tried(pause_story, story, by=teller),
        tried(extend_consent, story, until=later, by=teller),
        tried(write, story, teller, "Nieuw"),
    )
    release = StoryRelease.objects.get(story=story)
    assert said[:2] == ["done", "done"]
    assert (release.open_until, release.training_until, release.state) == (None, None, StoryState.WITHDRAWN)
    assert not StoryPage.objects.get(pk=story.pk).live
    assert (Withdrawal.objects.count(), acts_of(story).count(StoryAct.WITHDRAWN)) == (1, 1)


def test_words_that_change_while_she_releases_others_are_not_released(draft, teller):
    old = StoryRelease.objects.get(story=draft).latest_hash
    at_once(
        tried(release_words, draft, words_hash=old, terms=make_terms(), by=teller),
        tried(write, draft, teller, "Andere woorden"),
        tried(release_words, draft, words_hash=old, terms=make_terms(), by=teller),
    )
    release = StoryRelease.objects.get(story=draft)
    assert release.latest_hash != old
    assert release.released_hash in ("", old)


def test_two_who_look_at_once_are_one_check(draft):
    readers = [make_person(name) for name in ("Marieke", "Hanna")]
    words = StoryRelease.objects.get(story=draft).latest_hash
    assert at_once(*(tried(check_story, draft, words_hash=words, by=one) for one in readers)) == ["done", "done"]
    assert acts_of(draft).count(StoryAct.CHECKED) == 1
    assert StoryRelease.objects.get(story=draft).checked_by in readers


def test_put_online_twice_is_once(draft, teller):
    words = StoryRelease.objects.get(story=draft).latest_hash
    release_words(draft, words_hash=words, terms=make_terms(), by=teller)
    check_story(draft, words_hash=words, by=make_person("Marieke"))
    press = tried(publish_words, draft, words_hash=words, by=teller)
    assert at_once(press, press, press) == ["done"] * 3
    assert acts_of(draft).count(StoryAct.PUBLISHED) == 1


def test_a_year_more_is_one_year_whatever_the_clock_does_meanwhile(story, teller):
    today = timezone.localdate()
    StoryRelease.objects.filter(story=story).update(open_until=today, training_until=today)
    yes = tried(let_stay, story, asked_until=today, by=teller)
    said = at_once(yes, ask_about_endings, yes, end_expired_stories, ask_about_endings)
    release = StoryRelease.objects.get(story=story)
    assert (said[0], said[2], said[3]) == ("done", "done", 0)
    assert (release.until - today).days in (365, 366)
    assert acts_of(story).count(StoryAct.EXTENDED) == 1


def test_the_clock_and_she_end_it_at_once(story, teller):
    past = timezone.localdate() - timedelta(days=1)
    StoryRelease.objects.filter(story=story).update(open_until=past, training_until=past)
    at_once(end_expired_stories, tried(withdraw_story, story, by=teller), end_expired_stories)
    assert StoryRelease.objects.get(story=story).state == StoryState.WITHDRAWN
    assert acts_of(story).count(StoryAct.EXPIRED) <= 1


def test_approved_in_the_cms_while_it_is_taken_away(site_pages, draft, teller):
    """Both touch the same task: neither waits for the other forever."""
    sync_roles()
    reader = make_person("Marieke", "trainer")
    sync_check()
    CoWriter.objects.create(story=draft, person=reader, until=timezone.localdate())
    task = draft.get_workflow().start(draft, teller).current_task_state
    ticks = dict.fromkeys(TICKS, True)
    words = StoryRelease.objects.get(story=draft).latest_hash
    approve = tried(task.task.specific.on_action, task, reader, "approve", words_hash=words, **ticks)
    assert at_once(approve, tried(withdraw_story, draft, by=teller))[1] == "done"
    assert StoryRelease.objects.get(story=draft).state == StoryState.WITHDRAWN


def test_erased_by_her_and_by_the_worker_at_once(site_pages, story, teller):
    add_story(site_pages.stories, "De ander")
    withdrawal = withdraw_story(story, by=teller)
    due = timezone.now() + timedelta(days=2)
    at_once(lambda: carry_out(withdrawal), lambda: erase_due_stories(due), lambda: carry_out(withdrawal))
    assert not Page.objects.filter(pk=story.pk).exists()
    assert acts_of(story).count(StoryAct.ERASED) == 1
    index = StoryIndexPage.objects.get()
    assert (index.numchild, index.get_children().count()) == (1, 1)
    assert teller_of(StoryPage.objects.get()) != teller
