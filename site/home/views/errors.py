"""Pages for when something is not as hoped. Each names a person and a phone number; none needs the database to work."""

import logging
import re
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from common.disk import is_disk_full
from home.gone import is_gone
from home.models import ContactSettings

logger = logging.getLogger(__name__)

MAX_KEPT = 20_000  # characters of one field that the "send it again" page carries back
UNSEEN_NAMES = {"act", "next", "kind"}  # the button that was pressed, where to go afterwards, what was chosen before
UNSEEN_VALUE = re.compile(r"[0-9a-f-]{32,64}|[0-9]{0,10}")  # an id, a digest, a number, nothing


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, "413.html", 413)
    if is_disk_full(exception):  # when the session could not be kept, Django calls that a bad request
        return not_saved(request)
    return error_page(request, "400.html", 400)


@requires_csrf_token
def forbidden(request, exception=None):
    return error_page(request, "403.html", 403)


def not_found(request, exception=None):
    """Answer 404, or 410 where something was taken away on purpose."""
    try:
        gone = is_gone(request.path)
    except DatabaseError:
        gone = False
    return error_page(request, "410.html", 410) if gone else error_page(request, "404.html", 404)


def nothing_here(request, **kwargs):
    """For an address that comes with Wagtail and that this site has no use for."""
    raise Http404


def too_many_requests(request, *args, **kwargs):
    return error_page(request, "429.html", 429)


def server_error(request):
    """Answer 500, or 507 where it was a full disk: Django calls this while it handles the error, whatever raised it."""
    if is_disk_full(sys.exc_info()[1]):
        return not_saved(request)
    return error_page(request, "500.html", 500)


def not_saved(request):
    """Say that there is no room to save anything, with what was typed; in JSON to a script that asks for that."""
    if not request.accepts("text/html"):
        message = _("This was not saved: there is no room left on our side. Your text is on this device.")
        return JsonResponse({"message": message}, status=507)
    fields = typed_fields(request) if request.method == "POST" and came_from_here(request) else []
    return error_page(request, "507.html", 507, fields=fields)


def csrf_failure(request, reason=""):
    """Offer what was typed again, with a fresh token, to somebody whose page was stale (they signed in or out
    meanwhile).

    Only for a form of this very site: what another site posts here is not shown.
    """
    if not came_from_here(request):
        return error_page(request, "403.html", 403)
    return error_page(request, "send_again.html", 403, fields=typed_fields(request))


def signed_out(request):
    """Offer what was typed again to somebody whose session had ended when they sent it."""
    return error_page(request, "signed_out.html", 403, fields=typed_fields(request))


def came_from_here(request):
    """True when the browser says that the form stood on this host."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    # Compared in full: "null", the origin of a sandboxed page, would pass for an address on this host.
    try:
        return urlsplit(source).netloc == request.get_host()
    except ValueError:
        return False


def typed_fields(request):
    """Return what was posted as (name, value, whether it is text to show), without tokens and passwords.

    What a page carries unseen (a choice by number, an id, the button that was pressed) goes along unseen.
    """
    return [
        (name, value[:MAX_KEPT], name not in UNSEEN_NAMES and not UNSEEN_VALUE.fullmatch(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def error_page(request, template, status, **context):
    """Render `template` inside the site's frame, or without it when the frame itself can't be made."""
    contact = contact_or_none()
    context |= {"contact": contact, "path": request.path}
    try:
        html = loader.render_to_string(f"errors/{template}", context, request=request)
    except Exception:
        logger.exception("The error page %s could not be made inside the site's frame", template)
        html = loader.render_to_string(
            "errors/bare.html", {"contact": contact, "status": status, "site": settings.WAGTAIL_SITE_NAME}
        )
    return HttpResponse(html, status=status)


def contact_or_none():
    try:
        return ContactSettings.current()
    except DatabaseError:
        return None
