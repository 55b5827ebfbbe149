"""From words to a story that readers read, and off again: each act asks who may, writes it down and tells nobody who
need not know.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision
from wagtail.signals import page_published

from common.refusals import Refused
from home.gone import forget_gone, remember_gone
from mail.domain.outbox import cancel_mails
from stories.choices import StoryAct, StoryState
from stories.domain.addresses import former_addresses
from stories.domain.consent import is_proxy, locked_release, record, recount, storytellers_of
from stories.domain.uploads import gather, uploads_of
from stories.models import StoryPage, StoryRelease
from stories.words import hash_of


# ── Words ──────────────────────────────────────────────────────────────────────
@transaction.atomic
def note_words(revision):
    """Remember that this Revision of a story holds its newest words, and who wrote them.

    Words of anybody but the storyteller go back to her to read; words that are online already change nothing.
    """
    story = StoryPage.objects.filter(pk=revision.object_id).first()
    words_hash = hash_of(revision.content)
    if story is None:
        return
    release = locked_release(story)
    if words_hash == release.latest_hash:
        return
    release.latest_hash, release.written_by, release.resting_until = words_hash, revision.user, None
    if not release.withdrawn_at:
        release.state = _state_of_new_words(release, revision.user)
    release.save()


def _state_of_new_words(release, writer):
    if release.latest_hash == release.online_hash and release.is_in_force():
        return StoryState.ONLINE
    tellers = [telling.storyteller for telling in release.story.tellings.select_related("storyteller")]
    own = writer is not None and any(storyteller.speaks_for(writer) for storyteller in tellers)
    return StoryState.DRAFT if own or not tellers else StoryState.READ_BACK


@transaction.atomic
def agree_with_words(story, *, by):
    """The storyteller read the words back and agrees: they rest for some days, which is advice and can be passed."""
    release = locked_release(story)
    mine = storytellers_of(story, by)
    if release.state not in (StoryState.DRAFT, StoryState.READ_BACK):
        return release
    release.state = StoryState.RESTING
    release.resting_until = timezone.localdate() + timedelta(days=settings.STORY_RESTS_DAYS)
    release.save()
    record(release, StoryAct.AGREED, by=by, hash=release.latest_hash, as_proxy=is_proxy(mine, by))
    return release


@transaction.atomic
def check_story(story, *, words_hash, by):
    """Write down that `by` looked for other people in these words: names, places, dates, photo and voice.

    Raises Refused for the storyteller and for who wrote them (nobody checks their own words), and when the words have
    changed since.
    """
    release = locked_release(story)
    if words_hash != release.latest_hash:
        raise Refused(_("The story was changed while you were reading. Look at the newest version."))
    is_teller = any(telling.storyteller.speaks_for(by) for telling in story.tellings.select_related("storyteller"))
    if is_teller or release.written_by_id == by.pk:
        raise Refused(_("Somebody else has to look at these words: nobody checks their own."))
    if release.checked_hash != words_hash:
        release.checked_hash, release.checked_by = words_hash, by
        release.save()
        record(release, StoryAct.CHECKED, by=by, hash=words_hash)
    return release


# ── Online and off ─────────────────────────────────────────────────────────────
@transaction.atomic
def publish_story(story, *, by):
    """Put the newest words of `story` online, at the storyteller's word; return the StoryRelease.

    Raises Refused with what is missing: her release of these very words, a second pair of eyes, a caption.
    """
    release = locked_release(story)
    mine = storytellers_of(story, by)
    refuse_unready(release)
    newest = StoryPage.objects.get(pk=story.pk).get_latest_revision()
    problems = newest.as_object().publish_problems()
    if problems:
        raise Refused(" ".join(str(problem.message) for problem in problems))
    release.online_hash, release.paused_at, release.state = release.latest_hash, None, StoryState.ONLINE
    recount(release)
    gather(story)
    newest.publish(user=by, skip_permission_checks=True)
    record(release, StoryAct.PUBLISHED, by=by, hash=release.online_hash, as_proxy=is_proxy(mine, by))
    return release


def refuse_unready(release):
    """Raise Refused, saying what is waited for, unless the newest words may go online."""
    if release.withdrawn_at:
        raise Refused(_("This story was taken away for good."))
    if release.released_hash != release.latest_hash:
        raise Refused(_("The storyteller has not released these words yet."))
    if not release.is_checked:
        raise Refused(_("A second pair of eyes has not looked at these words yet."))


@transaction.atomic
def pause_story(story, *, by):
    """Take `story` offline at once, until the storyteller says otherwise; her consent stays. Twice changes nothing."""
    release = locked_release(story)
    mine = storytellers_of(story, by)
    if release.withdrawn_at or release.paused_at:
        return release
    release.paused_at, release.state = timezone.now(), StoryState.PAUSED
    recount(release)
    take_offline(release, by=by)
    record(release, StoryAct.PAUSED, by=by, as_proxy=is_proxy(mine, by))
    return release


def pause_stories_of(person):
    """Take what `person` tells offline with their account: nobody could ask them to take it back in the days to think.

    Whoever tells a story with them may put it online again, and so may they when they come back.
    """
    for story in StoryPage.objects.filter(tellings__storyteller__account=person).select_related("release"):
        if story.release.is_in_force():
            pause_story(story, by=person)


@transaction.atomic
def resume_story(story, *, by):
    """Put a paused `story` online again, in the words that were; return the StoryRelease.

    Raises Refused when the consent has ended meanwhile, or it was never online.
    """
    release = locked_release(story)
    mine = storytellers_of(story, by)
    if not release.paused_at or release.withdrawn_at:
        return release
    release.paused_at = None
    recount(release)
    if not release.is_in_force():
        raise Refused(_("Your consent for this story has ended. Release it once more."))
    release.state = _state_beside_online(release)
    release.save()
    put_online_again(release, by=by)
    record(release, StoryAct.RESUMED, by=by, hash=release.online_hash, as_proxy=is_proxy(mine, by))
    return release


def _state_beside_online(release):
    """Where the newest words are, with those that were put online back there."""
    if release.is_released and release.latest_hash != release.online_hash:
        return StoryState.READY
    return _state_of_new_words(release, release.written_by)


def end_expired_stories(today=None):
    """Unpublish the stories whose consent has ended; return how many. Readers saw none of them since that day."""
    today = today or timezone.localdate()
    ended = StoryRelease.objects.exclude(pk__in=StoryRelease.objects.in_force(today).values("pk"))
    stories = StoryPage.objects.filter(live=True, release__in=ended)
    return sum(_end(story, today) for story in list(stories))


@transaction.atomic
def _end(story, today):
    release = locked_release(story)
    if release.is_in_force(today) or not release.story.live:
        return 0
    if not (release.withdrawn_at or release.paused_at):
        release.state = StoryState.EXPIRED
    release.save()
    take_offline(release, by=None)
    record(release, StoryAct.EXPIRED)
    return 1


def take_offline(release, *, by):
    """Unpublish the page with all that could put it back: copies, planned versions, workflow; and mail that quotes it.

    To be called in the transaction of the act, after its release says that nobody may read it.
    """
    story = release.story
    for page in [story, *StoryPage.objects.filter(alias_of=story)]:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    for address in [*former_addresses(story), *uploads_of(story)]:
        remember_gone(address)
    Revision.page_revisions.filter(object_id=str(story.pk)).update(approved_go_live_at=None)
    if workflow := story.current_workflow_state:
        workflow.cancel(user=by)
    cancel_mails(about=f"story:{story.translation_key}")


def put_online_again(release, *, by):
    story = StoryPage.objects.get(pk=release.story_id)
    story.live = True
    story.save(user=by, log_action="wagtail.publish")
    page_published.send(sender=StoryPage, instance=story, revision=story.latest_revision)
    for address in uploads_of(story):
        forget_gone(address)
