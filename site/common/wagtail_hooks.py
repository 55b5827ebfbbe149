"""Doors through which a page could go online past its editor's form."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("before_bulk_action")
def refuse_unfinished_pages(request, action_type, objects, action_class_instance):
    if action_type != "publish" or request.method != "POST":
        return None
    with_children = bool(request.POST.get("include_descendants"))
    for page in with_descendants(objects) if with_children else objects:
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
