"""What Wagtail's choosers and menus show beyond what somebody meets."""

from common.rights import pages_to_choose


def only_known_pages(pages, request):
    """The page chooser asks nobody's rights: without this it names every draft of the site."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=pages_to_choose(request.user).values("pk"))


def leave_out_closed_reports(request, items):
    """Take the way to a report that the guard closes out of the menu."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "page-types-usage"]
