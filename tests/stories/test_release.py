"""A story is read in the words its storyteller released, for as long as she said, and no others."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation
from wagtail.models import Revision

from common.events import Unchangeable
from common.refusals import Refused
from home.models.gone import GoneAddress, digest_of
from stories.choices import Purpose, StoryAct, StoryState
from stories.domain.consent import begin_story, extend_consent, release_story
from stories.domain.publishing import (
    agree_with_words,
    check_story,
    end_expired_stories,
    pause_story,
    publish_story,
    resume_story,
)
from stories.domain.withdrawal import withdraw_story
from stories.models import ConsentEvent, NotReleased, StoryEvent, StoryPage, StoryRelease
from tests.factories.people import make_person
from tests.factories.stories import add_story, checked, make_terms, put_online, storyteller_of
from tests.standing import standing

ADDRESS = "/verhalen/de-waterkoker/"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@standing
def fatma(db):
    return make_person("Fatma", "co-trainer")


@standing
def told(site_pages, fatma):
    """Fatma's story, online for everybody for a year."""
    return add_story(site_pages.stories, "De waterkoker", storyteller="Fatma", owner=fatma)


@standing
def draft(site_pages, fatma):
    return add_story(site_pages.stories, "De waterkoker", storyteller="Fatma", owner=fatma, live=False)


def release_of(story):
    return StoryRelease.objects.get(story=story)


def today():
    return timezone.localdate()


def rewrite(story, words, *, by):
    """Save a newer version of `story` by this person; returns it as the page object."""
    newer = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    newer.body = [{"type": "paragraph", "id": "7f6f3f64-5a0b-4f5c-9b3f-1f1f1f1f1f1f", "value": f"<p>{words}</p>"}]
    newer.save_revision(user=by)
    return newer


def who_reads(story):
    """(anybody, who takes part)"""
    found = StoryPage.objects.filter(pk=story.pk)
    return found.open().exists(), found.for_members().exists()


# ── To the website ─────────────────────────────────────────────────────────────
def test_from_first_words_to_online_each_step_waits_for_somebody(draft, fatma, client):
    assert (release_of(draft).state, who_reads(draft)) == (StoryState.DRAFT, (False, False))

    agree_with_words(draft, by=fatma)
    assert (release_of(draft).state, release_of(draft).resting_until) == (
        StoryState.RESTING,
        today() + timedelta(days=7),
    )
    with pytest.raises(Refused, match="not released"):
        publish_story(draft, by=fatma)

    release_story(draft, terms=make_terms(), by=fatma)
    assert (release_of(draft).state, who_reads(draft)) == (StoryState.READY, (False, False))
    with pytest.raises(Refused, match="second pair of eyes"):
        publish_story(draft, by=fatma)

    checked(draft)
    publish_story(draft, by=fatma)
    assert (release_of(draft).state, who_reads(draft)) == (StoryState.ONLINE, (True, True))
    assert client.get(ADDRESS).status_code == 200
    acts = StoryEvent.objects.of_story(draft).values_list("act", flat=True)
    assert list(acts) == [
        StoryAct.BEGUN,
        StoryAct.AGREED,
        StoryAct.RELEASED,
        StoryAct.CHECKED,
        StoryAct.PUBLISHED,
    ]


@pytest.mark.parametrize("act", [agree_with_words, publish_story, pause_story, resume_story, withdraw_story])
def test_nobody_else_decides(told, act, noor, marieke, ilse, petra):
    for somebody in (noor, marieke, ilse, petra):
        with pytest.raises(Refused, match="Only the storyteller"):
            act(told, by=somebody)
    with pytest.raises(Refused, match="Only the storyteller"):
        release_story(told, terms=make_terms(), by=petra)
    assert who_reads(told) == (True, True)


def test_a_proxy_decides_and_it_is_written_down(told, fatma, noor):
    storyteller = storyteller_of(fatma)
    storyteller.proxy = noor
    storyteller.save()

    pause_story(told, by=noor)

    event = StoryEvent.objects.of_story(told).last()
    assert (event.act, event.by_key, event.as_proxy) == (StoryAct.PAUSED, noor.uuid, True)


def test_nobody_checks_their_own_words(draft, fatma, marieke):
    with pytest.raises(Refused, match="nobody checks their own"):
        check_story(draft, words_hash=release_of(draft).latest_hash, by=fatma)
    rewrite(draft, "Door Marieke opgeschreven.", by=marieke)
    with pytest.raises(Refused, match="nobody checks their own"):
        check_story(draft, words_hash=release_of(draft).latest_hash, by=marieke)
    assert release_of(draft).checked_hash == ""


def test_who_checks_older_words_is_told(draft, fatma, marieke):
    read = release_of(draft).latest_hash
    rewrite(draft, "Nieuwe woorden.", by=fatma)
    with pytest.raises(Refused, match="was changed while you were reading"):
        check_story(draft, words_hash=read, by=marieke)


# ── Terms ──────────────────────────────────────────────────────────────────────
def test_told_for_the_training_alone_it_is_missing_for_visitors(draft, fatma, client, samira, stranger, petra):
    put_online(draft, by=fatma, purposes=frozenset({Purpose.TRAINING}))

    assert who_reads(draft) == (False, True)
    statuses = []
    for somebody in (None, stranger, samira, petra):
        if somebody:
            client.force_login(somebody)
        statuses.append(client.get(ADDRESS).status_code)
    assert statuses == [404, 404, 200, 200]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"purposes": frozenset()}, "at least one place"),
        ({"purposes": frozenset({Purpose.MAKING})}, "at least one place"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "still to come"),
    ],
)
def test_terms_that_say_nothing_are_refused(draft, fatma, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        release_story(draft, terms=make_terms(**changed), by=fatma)
    assert release_of(draft).released_hash == ""


def test_a_child_tells_in_the_training_with_a_parent_and_never_in_public(draft, fatma):
    storyteller = storyteller_of(fatma)
    storyteller.turns_16_on = today() + timedelta(days=1)
    storyteller.save()
    training = frozenset({Purpose.TRAINING})

    with pytest.raises(Refused, match="parent or guardian"):
        release_story(draft, terms=make_terms(purposes=training), by=fatma)
    with pytest.raises(Refused, match="not in public"):
        release_story(draft, terms=make_terms(guardian_agreed=True), by=fatma)
    release_story(draft, terms=make_terms(purposes=training, guardian_agreed=True), by=fatma)

    assert release_of(draft).state == StoryState.READY


def test_two_storytellers_both_release_and_the_earliest_day_counts(site_pages, fatma, noor):
    story = add_story(site_pages.stories, "Samen", owner=fatma, live=False)
    begin_story(story, storytellers=[storyteller_of(noor)], by=fatma)
    first, second = today() + timedelta(days=10), today() + timedelta(days=20)

    release_story(story, terms=make_terms(until=second), by=fatma)
    assert release_of(story).released_hash == ""
    release_story(story, terms=make_terms(until=first), by=noor)
    checked(story)
    publish_story(story, by=noor)
    assert release_of(story).open_until == first

    withdraw_story(story, by=fatma)
    assert who_reads(story) == (False, False)


# ── Other words ────────────────────────────────────────────────────────────────
def test_what_is_online_stays_while_newer_words_are_written(told, fatma, client):
    rewrite(told, "Nieuw en nog van niemand.", by=fatma)

    assert (release_of(told).state, who_reads(told)) == (StoryState.DRAFT, (True, True))
    assert "Nieuw en nog" not in client.get(ADDRESS).content.decode()
    with translation.override("en"), pytest.raises(Refused, match="not released"):
        publish_story(told, by=fatma)


def test_words_of_somebody_else_go_back_to_the_storyteller(told, fatma, marieke):
    rewrite(told, "Zo klinkt het beter.", by=marieke)
    assert release_of(told).state == StoryState.READ_BACK

    put_online(told, by=fatma)
    assert (release_of(told).state, who_reads(told)) == (StoryState.ONLINE, (True, True))


def test_the_old_words_again_are_the_words_that_are_online(told, fatma):
    before = told.get_latest_revision()
    rewrite(told, "Even anders.", by=fatma)
    before.as_object().save_revision(user=fatma)
    assert (release_of(told).state, release_of(told).latest_hash) == (StoryState.ONLINE, release_of(told).online_hash)


def test_an_old_version_that_goes_online_is_refused_and_seen_by_nobody(told, fatma, client):
    old = told.get_latest_revision()
    rewrite(told, "De nieuwe woorden.", by=fatma)
    put_online(told, by=fatma)

    with pytest.raises(NotReleased), transaction.atomic():
        old.publish()
    assert "De nieuwe woorden." in client.get(ADDRESS).content.decode()

    # even when somebody writes past the refusal
    StoryPage.objects.filter(pk=told.pk).update(words_hash=old.as_object().hash_words())
    assert who_reads(told) == (False, False)


@pytest.mark.parametrize("clean", [True, False])
def test_no_line_of_code_makes_it_live_without_a_release(draft, clean, client):
    draft.live = True
    with pytest.raises(NotReleased):
        draft.save(clean=clean)
    StoryPage.objects.filter(pk=draft.pk).update(live=True)
    assert (who_reads(draft), client.get(ADDRESS).status_code) == ((False, False), 404)


def test_a_copy_and_an_alias_have_no_release(told, site_pages):
    told.create_alias(update_slug="schaduw", parent=site_pages.stories)
    with pytest.raises(NotReleased), transaction.atomic():
        told.copy(update_attrs={"slug": "kopie"})
    assert list(StoryPage.objects.open().values_list("slug", flat=True)) == ["de-waterkoker"]
    assert list(StoryPage.objects.filter(live=True).values_list("slug", flat=True)) == ["de-waterkoker"]


# ── Off again ──────────────────────────────────────────────────────────────────
def test_paused_it_is_away_at_once_and_comes_back_as_it_was(told, fatma, client):
    pause_story(told, by=fatma)
    pause_story(told, by=fatma)
    assert (release_of(told).state, who_reads(told), client.get(ADDRESS).status_code) == (
        StoryState.PAUSED,
        (False, False),
        410,
    )

    resume_story(told, by=fatma)
    assert (release_of(told).state, who_reads(told), client.get(ADDRESS).status_code) == (
        StoryState.ONLINE,
        (True, True),
        200,
    )
    acts = list(StoryEvent.objects.of_story(told).values_list("act", flat=True))
    assert acts[-2:] == [StoryAct.PAUSED, StoryAct.RESUMED]


def test_taken_away_for_good_it_never_comes_back(told, fatma, client):
    withdraw_story(told, by=fatma)
    withdraw_story(told, by=fatma)

    assert (release_of(told).state, who_reads(told), client.get(ADDRESS).status_code) == (
        StoryState.WITHDRAWN,
        (False, False),
        410,
    )
    resume_story(told, by=fatma)
    translation.activate("en")  # the browser's request left another one behind
    with pytest.raises(Refused, match="taken away for good"):
        release_story(told, terms=make_terms(), by=fatma)
    with pytest.raises(Refused, match="taken away for good"):
        publish_story(told, by=fatma)
    newest = {event.purpose: event.is_given for event in ConsentEvent.objects.of_story(told)}
    assert set(newest.values()) == {False}


def test_a_planned_version_goes_with_it(told, fatma):
    revision = told.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    pause_story(told, by=fatma)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


# ── The end of a consent ───────────────────────────────────────────────────────
def test_after_its_last_day_nobody_reads_it_though_no_job_ran(told, client):
    release_of(told)
    StoryRelease.objects.update(open_until=today(), training_until=today())
    assert who_reads(told) == (True, True)

    StoryRelease.objects.update(open_until=today() - timedelta(days=1), training_until=today() - timedelta(days=1))
    assert (who_reads(told), client.get(ADDRESS).status_code) == ((False, False), 404)

    assert [end_expired_stories(), end_expired_stories()] == [1, 0]
    assert (release_of(told).state, client.get(ADDRESS).status_code) == (StoryState.EXPIRED, 410)


def test_longer_is_for_what_was_agreed_and_no_more(draft, fatma):
    until = today() + timedelta(days=5)
    put_online(draft, by=fatma, purposes=frozenset({Purpose.TRAINING}), until=until)

    with pytest.raises(Refused, match="a later day"):
        extend_consent(draft, until=until, by=fatma)
    later = until + timedelta(days=365)
    extend_consent(draft, until=later, by=fatma)

    assert (release_of(draft).open_until, release_of(draft).training_until) == (None, later)


# ── The log ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("model", [ConsentEvent, StoryEvent])
def test_nobody_changes_an_event(told, model):
    event = model.objects.of_story(told).first()
    for change in (event.save, event.delete, model.objects.all().delete, lambda: model.objects.update(by_key=None)):
        with pytest.raises(Unchangeable):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET as_proxy = as_proxy")  # noqa: S608


def test_the_address_is_gone_only_while_it_is(told, fatma):
    pause_story(told, by=fatma)
    assert GoneAddress.objects.filter(digest=digest_of(ADDRESS)).exists()
    resume_story(told, by=fatma)
    assert not GoneAddress.objects.filter(digest=digest_of(ADDRESS)).exists()
