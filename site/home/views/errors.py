"""Pages for when something is not as hoped. Each names a person and a phone number; none needs the database to work."""

import json
import logging
import re
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.template import loader
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from common.disk import is_disk_full
from common.whose_page import TOKEN, TYPED_BY, is_page_of, token_of_page
from home.gone import is_gone
from home.models import ContactSettings

logger = logging.getLogger(__name__)

UNSEEN_NAMES = {"act", "next", "kind"}  # the button that was pressed, where to go afterwards, what was chosen before
# An id, a digest, a number, nothing, what was ticked, a moment as the editor notes it.
UNSEEN_VALUE = re.compile(r"[0-9a-f-]{32,64}|[0-9]{0,10}|on|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+-]{5,30}")
SECRET = re.compile(r"password|(^|[-_])(code|credential|token|secret|totp)[0-9]*$", re.IGNORECASE)  # names of fields


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

    Only for a form of this very site, and to who typed it: what another site posts here is not shown, and what stood on
    somebody's page is not shown to who signed in after them.
    """
    if not came_from_here(request):
        return error_page(request, "403.html", 403)
    if is_page_of(request, request.user):
        return words_back(request, "send_again.html")
    if request.user.is_authenticated:
        return error_page(request, "somebody_else.html", 403)
    return words_back(request, "signed_out.html")


def signed_out(request):
    """Offer what was typed again to somebody whose session had ended when they sent it. Who is signed in all the same
    has lost the role that this needs.
    """
    return forbidden(request) if request.user.is_authenticated else words_back(request, "signed_out.html")


def words_back(request, template):
    """Answer 403 with all that was typed, to copy it or to send it again as the same person."""
    fields = typed_fields(request)
    there = {"fields": fields, "has_words": any(is_text for _name, _value, is_text in fields)}
    there |= {"chose_file": bool(request.FILES), "typed_by": token_of_page(request), "page": page_of_form(request)}
    return error_page(request, template, 403, **there)


def page_of_form(request):
    """Return where the form stood, to come back to after signing in: what takes a form may not be a page itself."""
    page = urlsplit(request.headers.get("Referer", "")).path if came_from_here(request) else ""
    return page or request.path


def came_from_here(request):
    """True when the browser says that the form stood on this host."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    # Compared in full: "null", the origin of a sandboxed page, would pass for an address on this host.
    try:
        return urlsplit(source).netloc == request.get_host()
    except ValueError:
        return False


def typed_fields(request):
    """Return what was posted as (name, value, whether it is text to show), without tokens, codes and passwords.

    What a page carries unseen (a choice by number, an id, the button that was pressed) goes along unseen. So does what
    an editor makes of words; those stand beside it without a name, to be read and copied.
    """
    fields = []
    for name, values in request.POST.lists():
        for value in values if name not in (TOKEN, TYPED_BY) and not SECRET.search(name) else []:
            words = words_of_editor(value)
            is_text = words is None and name not in UNSEEN_NAMES and not UNSEEN_VALUE.fullmatch(value)
            fields.append((name, value, is_text))
            fields += [("", words, True)] if words else []
    return fields


def words_of_editor(value):
    """Return the words in what Wagtail's text editor sends, a line for each paragraph; None for all other values."""
    try:
        blocks = json.loads(value)["blocks"] if value.startswith("{") else None
        return None if blocks is None else "\n".join(block["text"] for block in blocks).strip()
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def words_to_copy(request):
    """Return the fields with words that somebody posted where we could do nothing with them; none for what did not come
    from a page of theirs, and none that can't be read.
    """
    try:
        if request.method != "POST" or not came_from_here(request) or not is_page_of(request, request.user):
            return []
        return [("", value, True) for _name, value, is_text in typed_fields(request) if is_text]
    except Exception:  # an error page comes for any reason, and what was sent may be one
        return []


def error_page(request, template, status, **context):
    """Render `template` inside the site's frame, or without it when the frame itself can't be made. What was typed
    stands on it: in `fields` where it can be sent again, else to be copied.
    """
    contact = contact_or_none()
    context |= {"contact": contact, "path": request.get_full_path()}
    context["to_copy"] = [] if "fields" in context else words_to_copy(request)
    try:
        html = loader.render_to_string(f"errors/{template}", context, request=request)
    except Exception:
        logger.exception("The error page %s could not be made inside the site's frame", template)
        html = loader.render_to_string(
            "errors/bare.html", {"contact": contact, "status": status, "site": settings.WAGTAIL_SITE_NAME}
        )
    response = HttpResponse(html, status=status)
    if context.get("fields") or context["to_copy"]:
        patch_cache_control(response, private=True, no_store=True)
    return response


def contact_or_none():
    try:
        return ContactSettings.current()
    except DatabaseError:
        return None
