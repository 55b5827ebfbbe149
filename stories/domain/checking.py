"""The second pair of eyes: what it looks at, and the workflow of the CMS that asks for it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from common.text import without_controls
from stories.domain.cowriters import MAX_REMARK, ask_change, finish_check
from stories.models import StoryIndexPage, StoryPage, ThirdPersonCheckTask
from stories.words import hash_of

BEFORE, AFTER = ("strapline", "storyteller_short", "storyteller", "storyteller_line"), ("wanted", "question")
NOTE, SHORT = ("content_note", "note_absent", "note_end"), ("short_version",)


@dataclass(frozen=True)
class NewestWords:
    """The newest version of a story as plain lines, with their fingerprint."""

    page: StoryPage
    lines: tuple
    words_hash: str


def newest_words(story):
    """Return the NewestWords of `story`: every text in which somebody could be recognised."""
    revision = StoryPage.objects.get(pk=story.pk).get_latest_revision()
    page = revision.as_object()
    fields = [getattr(page, name) for name in (*BEFORE, *NOTE, *SHORT)]
    pieces = [" ".join(block.block.get_searchable_content(block.value)) for block in page.body]
    lines = [*fields, *pieces, *(getattr(page, name) for name in AFTER)]
    return NewestWords(page, tuple(strip_tags(line) for line in lines if line), hash_of(revision.content))


def note_approval(task_state, *, by):
    """Write down that `by` approved the words of this TaskState's revision; raises Refused as `finish_check` does.

    To be called in the transaction of the approval, so that what is refused is not approved either.
    """
    if isinstance(task_state.task.specific, ThirdPersonCheckTask):
        story = StoryPage.objects.get(pk=task_state.revision.object_id)
        finish_check(story, words_hash=hash_of(task_state.revision.content), by=by)


def note_change_asked(task_state, *, by):
    """Let the storyteller read in her room what `by` asks her to look at: the CMS keeps it where she never comes.

    To be called in the transaction of the rejection.
    """
    if isinstance(task_state.task.specific, ThirdPersonCheckTask):
        # The editor's own button sends it past the form (Wagtail's extra data): it may be anything.
        remark = without_controls(str(task_state.comment)).strip()[:MAX_REMARK]
        if remark:
            ask_change(StoryPage.objects.get(pk=task_state.revision.object_id), remark=remark, by=by)


@transaction.atomic
def sync_check():
    """Let stories be looked at by somebody else: make the task and its workflow, and put it on the list of stories.

    Without a list of stories yet it only makes them: call it again then (load_demo does, and every migrate).
    """
    with override(settings.LANGUAGE_CODE):
        names = {"task": _("Look for other people"), "workflow": _("somebody who reads along")}
    task = ThirdPersonCheckTask.objects.first() or ThirdPersonCheckTask.objects.create(name=names["task"])
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=names["workflow"])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # Wagtail's first migration lets a group of its own approve every page; no role here is in it.
    WorkflowPage.objects.filter(page__depth=1, workflow__name="Moderators approval").delete()
    for index in StoryIndexPage.objects.all():
        WorkflowPage.objects.update_or_create(page=index, defaults={"workflow": workflow})
    return workflow
