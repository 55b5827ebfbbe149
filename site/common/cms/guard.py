"""Screens of the CMS that take a page, or anything else, by its number and name it before they ask who may.

Wagtail asks for the right to do something, and says in the refusal what it is about: "You don't have permission to
publish these pages:" with their titles. Whoever doesn't meet a page gets the answer of a page that is not there.
"""

from urllib.parse import urlsplit

from django.apps import apps
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from common.refusals import Refused
from common.rights import may_choose, pages_met_by, pages_to_choose

CMS = "cms/"  # where config.urls puts it
PAGE_NUMBERS = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
# Name a page of each type and every file, stories and what belongs to them as well, whoever asks; no screen needs them.
CLOSED = (
    "wagtailadmin_reports:page_types_usage",
    *(f"wagtailadmin_api:{kind}:" for kind in ("images", "documents", "media")),
)
# Some of Wagtail's screens about a file ask no more than whether one may change any.
FILES = {
    "image_id": "media.Image",
    "document_id": "media.Document",
    "doc_id": "media.Document",
    "media_id": "media.Recording",
}
ACTS = {"add", "change", "delete", "choose", "publish", "bulk_delete", "lock", "unlock"}


class CMSGuard:
    """Middleware: asks before a screen of the CMS is made whether this person may know of what it is about, and shows
    the sentence of an act that was refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(f"/{CMS}"):
            return self.get_response(request)
        # Wagtail says who is there while a view runs, but not while its page is made: titles ask it then (BasePage).
        with LogContext(user=request.user):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.resolver_match.route.startswith(CMS):
            return
        user = request.user
        # Who may not come in at all is sent to the door by Wagtail.
        if user.has_perm("wagtailadmin.access_admin") and not user.is_superuser and not may_know(user, request, kwargs):
            raise Http404

    def process_exception(self, request, exception):
        match = request.resolver_match
        if isinstance(exception, Refused) and match and match.route.startswith(CMS):
            return say_no(request, str(exception))
        return None


def say_no(request, sentence):
    """Answer with `sentence`, in the way that the screen which asked understands; it was rolled back already."""
    if "application/json" in request.headers.get("Accept", ""):  # the editor that saves by itself
        refusal = {"success": False, "error_code": "refused", "error_message": sentence}
        return JsonResponse(refusal, status=400)
    messages.error(request, sentence)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":  # a window over the page: close it, go there
        return JsonResponse({"step": "success", "redirect": where_from(request)})
    return redirect(where_from(request))


def where_from(request):
    """Return the path in the CMS that `request` was sent from, else its first screen."""
    came_from = request.headers.get("Referer", "")
    path = urlsplit(came_from).path
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    is_back = is_ours and request.method == "POST" and path.startswith(f"/{CMS}")
    return path if is_back else reverse("wagtailadmin_home")


def may_know(user, request, kwargs):
    name = request.resolver_match.view_name
    if name == "wagtail_bulk_action":
        return meets_all(user, kwargs["app_label"], kwargs["model_name"], request.GET)
    if name == "wagtailadmin_choose_page_chosen_multiple":
        return are_all_in(pages_to_choose(user), Page.objects.filter(pk__in=numbers(request.GET.getlist("id"))))
    if name.startswith(CLOSED) or not may_know_files(user, kwargs):
        return False
    known = pages_to_choose if name.startswith("wagtailadmin_choose_page") else pages_met_by
    asked = [number for part, number in kwargs.items() if is_page_number(part, name)]
    return are_all_in(known(user), Page.objects.filter(pk__in=asked)) if asked else True


def may_know_files(user, asked):
    return all(may_choose(user, apps.get_model(FILES[part]), number) for part, number in asked.items() if part in FILES)


def is_page_number(part, view_name):
    return part in PAGE_NUMBERS or (part == "pk" and view_name.startswith("wagtailadmin_pages:"))


def meets_all(user, app_label, model_name, asked):
    """True when `user` may do something with each of the things that a bulk action asks for."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        return False
    things = model._default_manager.all()
    if "all" not in asked.getlist("id"):
        things = things.filter(pk__in=numbers(asked.getlist("id")))
    elif issubclass(model, Page) and asked.get("childOf"):
        parent = Page.objects.filter(pk__in=numbers([asked["childOf"]])).first()
        things = parent.get_children() if parent else things.none()
    policy = policy_registry.get_by_type(model)
    return are_all_in(policy.instances_user_has_any_permission_for(user, ACTS), things)


def are_all_in(known, asked):
    return not asked.exclude(pk__in=known.values("pk")).exists()


def numbers(texts):
    """Return the numbers among `texts`; one that is no number leads nowhere."""
    if not all(text.isdecimal() and len(text) < 10 for text in texts):
        raise Http404
    return texts
