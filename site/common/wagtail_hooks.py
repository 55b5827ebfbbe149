"""Doors through which a page could go online past its editor's form, or be known to whom it is not for."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from common.cms.choosers import leave_out_closed_reports, only_known_pages
from common.cms.todo import register_refused, show_refused_plans

hooks.register("construct_page_chooser_queryset", only_known_pages)
hooks.register("construct_reports_menu", leave_out_closed_reports)
hooks.register("construct_homepage_panels", show_refused_plans)
hooks.register("register_log_actions", register_refused)


@hooks.register("before_bulk_action")
def refuse_unfinished_pages(request, action_type, objects, action_class_instance):
    if action_type != "publish" or request.method != "POST":
        return None
    with_children = bool(request.POST.get("include_descendants"))
    pages = with_descendants(objects) if with_children else objects
    for page in pages:
        if not page.permissions_for_user(request.user).can_publish():
            continue  # Wagtail leaves it out as well, and its title is perhaps not for this person
        latest = page.get_latest_revision_as_object()
        problems = latest.publish_problems() if hasattr(latest, "publish_problems") else []
        if problems:
            reason = " ".join(str(problem.message) for problem in problems)
            messages.error(
                request, _("“%(title)s” can't go online yet. %(reason)s") % {"title": latest.title, "reason": reason}
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def with_descendants(pages):
    """Yield each of `pages` and all below it, as their own types."""
    for page in pages:
        yield from page.get_descendants(inclusive=True).specific()


@hooks.register("on_serve_page", order=-1)
def closed_is_missing(serve):
    """A page that is closed to somebody who is signed in is missing: Wagtail sends them to sign in, round and round."""

    def served(page, request, args, kwargs):
        response = serve(page, request, args, kwargs)
        to_the_door = urlsplit(response.headers.get("Location", "")).path == reverse("wagtailcore_login")
        if to_the_door and request.user.is_authenticated:
            raise Http404
        return response

    return served
