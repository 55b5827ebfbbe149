"""Erasing a story that was taken away: step by step, each step its own transaction, so that it can be cut off at any
point and goes on where it was. Every step may be done twice: what is gone is gone.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from accounts.personal_data.files import erase_file
from common import erasures
from home.gone import remember_gone
from mail.models import OutboxMail
from media.models import Document, Image, Recording
from stories.choices import StoryAct
from stories.domain.addresses import former_addresses
from stories.domain.reacting import forget_reactions
from stories.domain.thanks import forget_quotes
from stories.domain.traces import forget_log_of, forget_unsaved
from stories.domain.uploads import files_of, shelf_rows, uploads_of
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryEvent, StoryPage, Storyteller, Withdrawal

ERASED = "story"  # in the log of erasures


def erase_due_stories(at=None):
    """The worker's chore: erase one story that was taken away long enough ago; return 1, or 0 when there is none."""
    withdrawal = Withdrawal.objects.due(at).first()
    if withdrawal is None:
        return 0
    carry_out(withdrawal)
    return 1


def erase_story(story_key):
    """Erase the story with this key, which was taken away; return its Withdrawal. Goes on with one that was cut off.

    Raises Withdrawal.DoesNotExist when no story with this key was taken away.
    """
    withdrawal = Withdrawal.objects.get(story_key=story_key)
    carry_out(withdrawal)
    return withdrawal


def erase_again(story_key):
    """Erase a story that a backup brought back; return True when it was there."""
    story = StoryPage.objects.filter(translation_key=story_key).first()
    if story is None:
        return False
    teller = story.tellings.select_related("storyteller").first()
    by = teller and (teller.storyteller.account or teller.storyteller.proxy)
    if by and not Withdrawal.objects.filter(story_key=story_key).exists():
        withdraw_story(story, by=by)
    Withdrawal.objects.get_or_create(
        story_key=story_key, defaults={"page_number": story.pk, "erase_at": timezone.now()}
    )
    erase_story(story_key)
    return True


# ── A storyteller ──────────────────────────────────────────────────────────────
def erase_stories_of(person):
    """Take away every story that `person` tells and erase those that are theirs alone, with what they uploaded for
    none: a step of erasing their account. The storyteller's own row goes with the account's (personal_data.py).
    """
    if not Storyteller.objects.filter(account=person).exists():
        return
    for story in StoryPage.objects.filter(tellings__storyteller__account=person):
        withdraw_story(story, by=person)
        if is_told_with_others(story, person):
            leave_to_others(story, person)
        else:
            erase_story(story.translation_key)
    erase_mails_about(person)
    erase_unused_uploads(person)


def is_told_with_others(story, person):
    """True when somebody else who signs in here tells this story as well: its words are hers too."""
    others = story.tellings.filter(storyteller__account__is_active=True)
    return others.exclude(storyteller__account=person).exists()


def leave_to_others(story, person):
    """Let who told `story` with `person` take her words along until the worker erases them, within a day; from now on
    it is no story of `person` any more.
    """
    story.tellings.filter(storyteller__account=person).delete()


def erase_mails_about(person):
    """Remove the mails that name this storyteller as who took a story away."""
    teller = person.storyteller
    for withdrawal in teller.withdrawals.all():
        OutboxMail.objects.filter(key__startswith=f"story-away:{withdrawal.uuid}:{teller.uuid}").delete()


def erase_unused_uploads(person):
    """Remove what a storyteller uploaded and nothing shows (any more): nobody else knows what it is of."""
    for model in (Image, Recording, Document):
        for row in model.objects.filter(uploaded_by_user=person):
            if not ReferenceIndex.get_references_to(row).exists():
                _erase_upload(row)


def _erase_upload(row):
    if isinstance(row, Image):
        for rendition in row.renditions.all():
            erase_file(rendition.file)
    for name in ("file", "thumbnail", "captions"):
        erase_file(getattr(row, name, None))
    forget_log_of(type(row).objects.filter(pk=row.pk))
    row.delete()


def forget_person_of(person):
    """Empty the number of `person` with the storytellers for whom they were there: a step of erasing their account."""
    Storyteller.objects.filter(support=person).update(support=None, support_phone="", support_hours="")


# ── One story ──────────────────────────────────────────────────────────────────


def carry_out(withdrawal):
    """Do all that is left to do for `withdrawal`; the last step says that it is done."""
    if withdrawal.erased_at is None:
        erasures.note(ERASED, withdrawal.story_key)
    story = StoryPage.objects.filter(translation_key=withdrawal.story_key).first()
    if story:
        erase_uploads(story)
        forget_quotes(story)
        forget_reactions(story)
        OutboxMail.objects.filter(about=f"story:{withdrawal.story_key}").delete()
        erase_page(story)
    erase_log_lines(withdrawal.page_number)
    _finish(withdrawal)


def erase_uploads(story):
    """Remove the files of the story's shelf, then their rows and the shelf itself."""
    addresses = list(uploads_of(story))
    for file in files_of(story):
        erase_file(file)
    with transaction.atomic():
        for address in addresses:
            remember_gone(address)
        for rows in shelf_rows(story):
            forget_log_of(rows)
            rows.delete()


@transaction.atomic
def erase_page(story):
    """Delete the page with its copies, versions, comments, workflow, and what editors had not saved yet.

    Two at once are one after the other: a page that is deleted twice is counted twice by its parent.
    """
    if not list(Page.objects.select_for_update().filter(pk=story.pk).values_list("pk")):
        return
    for address in (story.address, *former_addresses(story)):
        remember_gone(address)
    forget_unsaved(story)
    for page in [*Page.objects.filter(alias_of=story.pk), story]:
        page.specific.delete()


@transaction.atomic
def erase_log_lines(page_number):
    """Remove what logs and the reference index hold of a page that is gone: they name it by its title."""
    PageLogEntry.objects.filter(page_id=page_number).delete()
    ReferenceIndex.objects.filter(object_id=str(page_number), base_content_type__model="page").delete()


@transaction.atomic
def _finish(withdrawal):
    row = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if row.erased_at is None:
        row.title, row.erased_at = "", timezone.now()
        row.save()
        StoryEvent.objects.create(story_key=row.story_key, act=StoryAct.ERASED)
    withdrawal.refresh_from_db()
