"""Before a consent ends, its storyteller is asked once whether the story may stay; nothing is kept by silence."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mail.domain.outbox import queue_mail
from stories.domain.consent import locked_release
from stories.emails import STORY_MAY_STAY
from stories.models import StoryDesk, StoryRelease

ROOM = "/vertellers/"


def ask_about_endings(today=None):
    """The worker's chore: ask the storytellers of one story whose consent ends soon; return 1, or 0 when none does.

    Each end is asked about once, settings.STORY_ASKED_AGAIN_DAYS before it.
    """
    today = today or timezone.localdate()
    soon = today + timedelta(days=settings.STORY_ASKED_AGAIN_DAYS)
    ending = StoryRelease.objects.ends_by(soon, today).select_related("story").first()
    return _ask(ending.story) if ending else 0


@transaction.atomic
def _ask(story):
    release = locked_release(story)
    if release.asked_until == release.until:
        return 0
    release.asked_until = release.until
    release.save(update_fields=["asked_until"])
    if may_end(release):
        return 0
    for telling in release.story.tellings.select_related("storyteller__account"):
        _mail(release, telling.storyteller)
    return 1


def may_end(release):
    """True when its storyteller said already that the story may stop on that day."""
    return StoryDesk.objects.filter(story=release.story_id, ends_on=release.until).exists()


def _mail(release, storyteller):
    person = storyteller.account
    if person is None:
        return
    queue_mail(
        STORY_MAY_STAY,
        to=person.email,
        key=f"story-may-stay:{release.story.translation_key}:{release.until}:{storyteller.uuid}",
        context={"name": person.get_short_name(), "until": release.until, "link": settings.SITE_URL + ROOM},
        person=person,
        about=f"story:{release.story.translation_key}",
    )


def still_asked(mail):
    """True while the end that `mail` is about is the end: asked right before it leaves."""
    _kind, story_key, until, _storyteller = mail.key.split(":")
    release = StoryRelease.objects.filter(story__translation_key=story_key).first()
    return release is not None and str(release.until) == until and not may_end(release)
