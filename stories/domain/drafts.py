"""Throwing away a story that nobody has read: at once, with all that hangs on it."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import PageLogEntry

from common.refusals import Refused
from mail.domain.outbox import cancel_mails
from stories.choices import StoryAct
from stories.domain.consent import StoryGone, is_proxy, locked_release, record, storytellers_of
from stories.domain.shelves import recordings_of
from stories.domain.traces import forget_log_of, forget_unsaved
from stories.models import StoryPage


def is_draft_only(story):
    """True for a story that was never online."""
    return not story.first_published_at and not story.release.online_hash


@transaction.atomic
def throw_draft_away(story, *, by):
    """Delete a story that was never online: page, versions, recordings and its line in Wagtail's log.

    Raises Refused for who is no storyteller of it, and for a story that was online: that is taken away with a receipt.
    """
    try:
        release = locked_release(story)
    except StoryGone:
        return  # pressed twice
    mine = storytellers_of(story, by)
    page = StoryPage.objects.get(pk=story.pk)
    page.release = release
    if not is_draft_only(page):
        raise Refused(_("This story was online. Choose “Take away”: then you get a receipt as well."))
    record(release, StoryAct.ERASED, by=by, as_proxy=is_proxy(mine, by))
    cancel_mails(about=f"story:{story.translation_key}")
    forget_unsaved(story)
    forget_log_of(recordings_of(story))
    recordings = list(recordings_of(story))
    DeletePageAction(page, user=by).execute(skip_permission_checks=True)  # in the CMS nobody deletes a story
    for recording in recordings:
        shelf = recording.collection
        recording.delete()
    if recordings:
        shelf.delete()
    PageLogEntry.objects.filter(page_id=story.pk).update(label="", data={})
