"""Pages that go online or offline on a day that was set: one at a time, so that one which can't holds up no other."""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from common.refusals import Refused

logger = logging.getLogger(__name__)

REFUSED = "common.publish.refused"  # in Wagtail's log: a to-do for who works on the page (cms/todo.py)


def publish_due():
    """Publish the planned versions whose moment has come and take offline what ends; return how many were handled."""
    return sum(_end(pk) for pk in _ended()) + sum(_publish(pk) for pk in _due())


def _due():
    return list(_planned().order_by("approved_go_live_at").values_list("pk", flat=True))


def _ended():
    return list(Page.objects.filter(live=True, expire_at__lt=timezone.now()).values_list("pk", flat=True))


def _planned():
    return Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())


@transaction.atomic
def _publish(pk):
    """Publish one planned version; one that is refused becomes a to-do. Another worker may have been first: 0."""
    revision = _planned().select_for_update().filter(pk=pk).first()
    if revision is None:
        return 0
    try:
        with transaction.atomic():
            refuse_unfinished(revision.as_object())
            revision.publish(log_action="wagtail.publish.scheduled")
    except (Refused, PermissionDenied, ValidationError) as refusal:
        _keep_as_todo(revision, refusal)
    except Exception:
        logger.exception("The planned version %s could not be published.", pk)
        _keep_as_todo(revision, "")
    return 1


def refuse_unfinished(page):
    """Raise Refused with what keeps `page` from going online, as the editor's form would say it."""
    problems = page.publish_problems() if hasattr(page, "publish_problems") else []
    if problems:
        raise Refused(" ".join(str(problem.message) for problem in problems))


def _keep_as_todo(revision, reason):
    """Take the plan off the version and write down why, for who works on the page."""
    page = revision.as_object()
    reason = " ".join(getattr(reason, "messages", [str(reason)]))
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(page, REFUSED, revision=revision, data={"reason": reason})


@transaction.atomic
def _end(pk):
    page = Page.objects.select_for_update().filter(pk=pk, live=True).first()
    if page is None:
        return 0
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1
