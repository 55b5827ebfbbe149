"""What should have gone online on a planned day and could not: a to-do on the first screen of who works on the page."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from common.scheduling import REFUSED

MOST = 20


class RefusedPlansPanel(Component):
    """Gone when the page has been published since, or planned anew."""

    name = "refused_plans"
    template_name = "common/cms/refused_plans.html"
    order = 5

    def __init__(self, todos):
        self.todos = todos

    def get_context_data(self, parent_context):
        return {"todos": self.todos}


def refused_plans_of(user):
    """Return the newest log entry of each page of `user` that could not go online as planned; one query."""
    theirs = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change").order_by()
    entries = PageLogEntry.objects.filter(action=REFUSED, page__in=theirs.values("pk"))
    open_still = Q(page__last_published_at=None) | Q(page__last_published_at__lt=F("timestamp"))
    newest = {}
    for entry in entries.filter(open_still).select_related("page").order_by("-timestamp")[:MOST]:
        newest.setdefault(entry.page_id, entry)
    return list(newest.values())


def show_refused_plans(request, panels):
    if todos := refused_plans_of(request.user):
        panels.append(RefusedPlansPanel(todos))


def register_refused(actions):
    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = _("Could not go online on the planned day")

        def format_message(self, entry):
            return entry.data.get("reason") or self.label
