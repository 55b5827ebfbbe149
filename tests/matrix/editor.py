"""What people leave behind in the CMS: revisions, comments, logs, workflows, sessions, redirects."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    GroupApprovalTask,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from media.models import Image


def work_in_the_editor(world):
    plant = world.words.plant
    remark(world, world.draft, world.fatma, plant("a comment on another's draft story", "", in_cms=True))
    remark(world, world.hidden_module, world.marieke, plant("a comment on a module", "marieke petra", in_cms=True))
    remark(world, world.own_draft, world.noor, plant("a comment on noor's draft story", "noor", in_cms=True))
    world.closed.specific.save_revision(user=world.petra, log_action=True)
    log(world.group, "wagtail.edit", user=world.ilse)
    be_reviewed(world)
    be_there(world)
    world.redirect = Redirect.objects.create(old_path="/oud", redirect_page=world.draft.page_ptr)


def remark(world, page, person, word):
    """A comment and a reply on `page`, kept in a revision and in the log."""
    comment = Comment.objects.create(page=page, user=person, text=word, contentpath="title")
    CommentReply.objects.create(comment=comment, user=person, text=word)
    revision = page.specific.save_revision(user=person, log_action=True)
    comment.log_create(page_revision=revision, user=person)


def be_reviewed(world):
    """A workflow of Wagtail's own on a draft story, which no role could put there, for administrators to approve."""
    world.task = GroupApprovalTask.objects.create(name="Nalezen")
    world.task.groups.set(Group.objects.filter(name="administrator"))
    world.workflow = Workflow.objects.create(name="Nalezen")
    WorkflowTask.objects.create(workflow=world.workflow, task=world.task, sort_order=0)
    world.review = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(world.draft),
        base_content_type=world.draft.get_base_content_type(),
        object_id=str(world.draft.pk),
        workflow=world.workflow,
        requested_by=world.fatma,
    )
    word = world.words.plant("what was said in a review of another's draft story", "", in_cms=True)
    world.task_state = TaskState.objects.create(
        workflow_state=world.review, revision=world.draft.latest_revision, task=world.task, comment=word
    )
    WorkflowState.objects.filter(pk=world.review.pk).update(current_task_state=world.task_state)


def be_there(world):
    """Fatma has her draft open, and Marieke began to upload a picture."""
    kind = ContentType.objects.get_for_model(world.draft)
    world.editing = EditingSession.objects.create(
        user=world.fatma, content_type=kind, object_id=str(world.draft.pk), last_seen_at=timezone.now()
    )
    world.uploaded = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Image),
        uploaded_by_user=world.marieke,
        file=ContentFile(b"x", name="x.jpg"),
    )
