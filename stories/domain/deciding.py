"""What a storyteller decides in her own room, each for the very words that she had before her.

The acts themselves are in consent.py and publishing.py; here they are tied to what the screen showed, so that neither a
second tab nor somebody who writes along changes what a yes was for.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from stories.blocks import plain_words
from stories.domain.consent import extend_consent, locked_release, release_story, storytellers_of
from stories.domain.publishing import agree_with_words, pause_story, publish_story, resume_story
from stories.models import StoryDesk


class WordsChanged(Refused):
    """The words were changed since the screen was opened."""


def agree_with(story, *, words_hash, by):
    """As `agree_with_words`, for these words only; raises WordsChanged."""
    return _for_these_words(agree_with_words, story, words_hash, by=by)


def release_words(story, *, words_hash, terms, by):
    """As `release_story`, for these words only; raises WordsChanged, and Refused for a story without any words."""
    with transaction.atomic():
        if not has_words(story.get_latest_revision_as_object()):
            raise Refused(_("There is nothing in your story yet. Tell it first."))
        return _for_these_words(release_story, story, words_hash, terms=terms, by=by)


def has_words(page):
    """True when there is anything to read, hear or see in the story."""
    return bool(plain_words(page.body) or page.recording_id or page.film_id or page.body)


def publish_words(story, *, words_hash, by):
    """As `publish_story`, for these words only; raises WordsChanged. What is online already stays as it is."""
    with transaction.atomic():
        release = locked_release(story)
        if words_hash == release.online_hash and release.is_in_force() and release.story.live:
            storytellers_of(story, by)
            return release
        return _for_these_words(publish_story, story, words_hash, by=by)


def _for_these_words(act, story, words_hash, **options):
    with transaction.atomic():
        if locked_release(story).latest_hash != words_hash:
            raise WordsChanged(_("The story was changed while you were reading. Look at the newest version."))
        return act(story, **options)


# ── On pause and back ──────────────────────────────────────────────────────────
def pause_online(story, *, by):
    """As `pause_story`; refuses for a story that was never online, where there is nothing to pause."""
    with transaction.atomic():
        release = locked_release(story)
        storytellers_of(story, by)
        if not release.online_hash or release.withdrawn_at:
            raise Refused(_("This story is not online, so there is nothing to pause."))
        return pause_story(story, by=by)


def resume_paused(story, *, by):
    """As `resume_story`; refuses for a story that is neither paused nor online."""
    with transaction.atomic():
        release = locked_release(story)
        storytellers_of(story, by)
        if not release.paused_at and not (release.is_in_force() and release.story.live):
            raise Refused(_("This story is not on pause."))
        return resume_story(story, by=by)


# ── "May your story stay for another year?" ────────────────────────────────────
@transaction.atomic
def let_stay(story, *, asked_until, by):
    """Yes: what ends on `asked_until` stays a year longer. Pressed twice it is still one year."""
    release = locked_release(story)
    storytellers_of(story, by)
    if release.until is None or release.until != asked_until:
        return release
    StoryDesk.objects.filter(story_id=story.pk).update(ends_on=None)
    return extend_consent(story, until=asked_until + timedelta(days=settings.STORY_CONSENT_DAYS), by=by)


@transaction.atomic
def let_end(story, *, asked_until, by):
    """No: it stays until that day, and the question is not asked again. She may still change her mind."""
    release = locked_release(story)
    storytellers_of(story, by)
    if release.until == asked_until:
        StoryDesk.objects.update_or_create(story_id=story.pk, defaults={"ends_on": asked_until})
    return release
