"""What happens to every request because of who makes it."""

from urllib.parse import parse_qs, urlsplit

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import get_supported_language_variant

from accounts.adapter import TOO_OFTEN
from accounts.devices import was_idle_too_long
from accounts.policies import needs_second_factor
from common.whose_page import name_pages

HAS_SECOND_FACTOR = "has_second_factor"
ABOUT_ACCOUNTS = "/account/"
# Where somebody may go who still has to set up a second step: to that, out, and to what a page is made of.
OPEN_WITHOUT = (
    "/account/veilig/",
    "/account/nog-eens/",
    "/account/uitloggen/",
    "/account/taal/",
    "/probleem/",
    "/static/",
)


class PersonMiddleware(AuthenticationMiddleware):
    """Puts the person themselves in `request.user` where a session may say who it is; Django puts a stand-in there.

    A page asks them some fifty things, and each takes a stand-in several steps. A visitor without a session keeps it:
    that costs no query.
    """

    def process_request(self, request):
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = get_user(request)


class LanguageMiddleware:
    """Dutch first: English only for who chose it, in the profile or (signed out) with the button in the footer.

    The browser's own list of languages is not asked: many Dutch phones say English, and the content is Dutch.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        translation.activate(settings.LANGUAGE_CODE)
        return response


def chosen_language(request):
    """Return the code of the language this person reads the interface in."""
    wanted = request.user.language if is_signed_in(request) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    try:
        return get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE


def is_signed_in(request):
    """True for who is signed in; a visitor without a session costs no query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class DoorMiddleware:
    """Who sees other people's data has a second step before anything else, and is signed out after eight idle hours.
    Whoever sends something and turns out to be signed out gets their words back, whatever page it was.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = is_signed_in(request)
        if signed_in and was_idle_too_long(request):
            logout(request)
            if request.method in ("GET", "HEAD"):
                return redirect_to_login(request.get_full_path())
        elif signed_in and not may_pass(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        name_pages(request, request.user if signed_in else AnonymousUser())
        response = self.get_response(request)
        if request.method == "POST" and is_sent_to_the_door(request, response):
            return import_string(settings.SIGNED_OUT_VIEW)(request)
        return response


def is_sent_to_the_door(request, response):
    """True where a page asks to sign in and come back; but not for a script, that can't show a page."""
    if response.status_code != 302 or not request.accepts("text/html"):
        return False
    place = urlsplit(response["Location"])
    doors = {reverse(name) for name in (settings.LOGIN_URL, "wagtailadmin_login")}
    return place.path in doors and parse_qs(place.query).get("next") == [request.get_full_path()]


def may_pass(request):
    """True when this person needs no second step, has one, or is on the way to setting it up."""
    if not settings.REQUIRE_SECOND_FACTOR or not needs_second_factor(request.user):
        return True
    if request.session.get(HAS_SECOND_FACTOR):
        return True
    if get_adapter().is_mfa_enabled(request.user):
        request.session[HAS_SECOND_FACTOR] = True
        return True
    request.lacks_second_factor = True  # the page that sets it up says why
    return request.path.startswith(OPEN_WITHOUT)


class AnswerMiddleware:
    """The pages about one's account answer what they say, as all of ours do; allauth answers 200."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if response.status_code == 200 and request.path.startswith(ABOUT_ACCOUNTS):
            response.status_code = status_of(response.context_data or {})
        return response


def status_of(context):
    """Return 429, 400 or 410 for a page of allauth's that says: too often, something is wrong, this link has ended."""
    forms = [context.get(name) for name in ("form", "webauthn_form")]
    said = {sentence for form in forms if form for errors in form.errors.values() for sentence in errors}
    if said:
        return 429 if str(TOO_OFTEN) in said else 400
    return 410 if context.get("token_fail") or context.get("confirmation", True) is None else 200
