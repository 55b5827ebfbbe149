"""Whose names stand in the filters above lists of pages and in reports: whoever owns, edits or locks a page anywhere
would be one of them, so that everybody in the CMS could read who tells a story, by the name of their account.
"""

from django.contrib.auth import get_user_model
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet, get_users_for_filter
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet
from wagtail.models import PageLogEntry, WorkflowState

from common.rights import pages_met_by


def owners(request):
    """The people who own a page that who asks meets in the CMS."""
    return people_of(pages_met_by(request.user), "owner")


def lockers(request):
    """Those who locked one."""
    return people_of(pages_met_by(request.user), "locked_by")


def editors(request):
    """Those who edited one."""
    met = pages_met_by(request.user).order_by().values("pk")
    return people_of(PageLogEntry.objects.filter(action="wagtail.edit", page__in=met), "user")


def askers(request):
    """Those who asked for somebody's eyes on one."""
    met = pages_met_by(request.user).order_by().annotate(number=Cast("pk", CharField())).values("number")
    return people_of(WorkflowState.objects.filter(object_id__in=met), "requested_by")


def people_of(rows, field):
    return get_user_model().objects.filter(pk__in=rows.order_by().values(field)).order_by("display_name", "pk")


def name_only_people_of_met_pages():
    """Wagtail has no setting or hook for it; lists of every kind share these filters."""
    PageFilterSet.declared_filters["owner"].queryset = owners
    PageFilterSet.declared_filters["edited_by"].queryset = editors
    LockedPagesReportFilterSet.declared_filters["locked_by"].queryset = lockers
    WorkflowReportFilterSet.declared_filters["requested_by"].queryset = askers
    # It means to name who did what its reader may see, and names everybody who did anything.
    SiteHistoryReportFilterSet.get_users_queryset = lambda report: get_users_for_filter(report.request.user)
