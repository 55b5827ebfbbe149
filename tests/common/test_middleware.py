"""What every answer gets on its way out: its cost (in the demo only), its language, and no copy in a cache."""

import re
import runpy

import pytest
from csp.constants import NONCE
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.conf import settings as django_settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from accounts.middleware import LanguageMiddleware
from accounts.models import User
from common.middleware import PolicyMiddleware, PrivatePagesMiddleware, ServerTimingMiddleware
from tests.factories.people import make_person

SETTINGS = django_settings.BASE_DIR / "site" / "config" / "settings.py"


@pytest.fixture
def page(monkeypatch):
    """`page(view)`: let /account/taal/ answer with `view`, so that a real request passes every middleware."""
    from accounts import urls

    def shown(view):
        (pattern,) = [pattern for pattern in urls.urlpatterns if getattr(pattern, "name", "") == "switch_language"]
        monkeypatch.setattr(pattern, "callback", view)
        return reverse("switch_language")

    return shown


def plain(request):
    return HttpResponse("plain")


# ── Server-Timing ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("environment", "on"),
    [({}, False), ({"DEMO": "off"}, False), ({"DEMO": "on"}, True), ({"DEBUG": "on"}, True)],
)
def test_the_cost_is_told_in_the_demo_and_while_building_only(monkeypatch, environment, on):
    for name in ("DEMO", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    middleware = runpy.run_path(str(SETTINGS))["MIDDLEWARE"]

    assert (middleware[0] == "common.middleware.ServerTimingMiddleware") is on
    assert middleware.count("common.middleware.ServerTimingMiddleware") == on


def test_an_answer_tells_no_cost_elsewhere(client, db, page):
    assert "Server-Timing" not in client.get(page(plain)).headers


@pytest.mark.parametrize("queries", [0, 3])
def test_the_cost_counts_the_queries(rf, db, queries):
    def ask(request):
        for _ in range(queries):
            User.objects.exists()
        return HttpResponse()

    told = ServerTimingMiddleware(ask)(rf.get("/"))["Server-Timing"]

    assert re.fullmatch(rf'db;desc="{queries}";dur=\d+\.\d, app;dur=\d+\.\d', told)


def test_the_count_begins_anew_with_each_answer(rf, db):
    middleware = ServerTimingMiddleware(lambda request: HttpResponse(str(User.objects.count())))

    told = [middleware(rf.get("/"))["Server-Timing"].split(";")[1] for _ in range(2)]

    assert told == ['desc="1"', 'desc="1"']


# ── Language ───────────────────────────────────────────────────────────────────
def language_of(client, url, **headers):
    """The language that the page was made in, and the one it says it has."""
    response = client.get(url, **headers)
    return response.content.decode(), response.headers["Content-Language"]


@pytest.fixture
def in_what(page):
    return page(lambda request: HttpResponse(translation.get_language()))


def test_dutch_is_first(client, db, in_what):
    assert language_of(client, in_what) == ("nl", "nl")


@pytest.mark.parametrize("accepted", ["en", "en-GB,en;q=0.9", "de", "*"])
def test_the_browsers_own_list_is_never_asked(client, db, in_what, accepted):
    assert language_of(client, in_what, headers={"accept-language": accepted}) == ("nl", "nl")


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("en", "en"), ("nl", "nl"), ("en-gb", "en"), ("de", "nl"), ("", "nl"), ("x" * 600, "nl"), ("../en", "nl")],
)
def test_a_visitor_is_known_by_the_cookie(client, db, in_what, cookie, language):
    client.cookies["django_language"] = cookie

    assert language_of(client, in_what) == (language, language)


@pytest.mark.parametrize(("profile", "cookie"), [("en", "nl"), ("nl", "en")])
def test_the_profile_wins_from_the_cookie(client, db, in_what, profile, cookie):
    client.force_login(make_person("Iemand", language=profile))
    client.cookies["django_language"] = cookie

    assert language_of(client, in_what) == (profile, profile)


def test_after_signing_out_the_cookie_counts_again(client, db, in_what):
    client.force_login(make_person("Iemand", language="en"))
    client.logout()

    assert language_of(client, in_what) == ("nl", "nl")


def test_one_persons_language_does_not_stay_for_the_next(client, db, in_what):
    client.cookies["django_language"] = "en"
    client.get(in_what)

    assert translation.get_language() == "nl"


def test_a_page_may_say_another_language_itself(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    response = LanguageMiddleware(lambda request: HttpResponse(headers={"Content-Language": "ar"}))(request)

    assert response["Content-Language"] == "ar"


def test_a_visitor_without_a_session_costs_no_query(client, db, in_what, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(in_what, headers={"cookie": "django_language=en"})


def test_a_view_gets_the_person_and_not_a_stand_in(client, db, page):
    person = make_person("Iemand")
    client.force_login(person)

    told = client.get(page(lambda request: HttpResponse(f"{type(request.user) is User} {request.user.pk}")))

    assert told.content.decode() == f"True {person.pk}"


def test_who_signs_out_is_nobody_at_once(client, db, page):
    client.force_login(make_person("Iemand"))

    def sign_out(request):
        logout(request)
        return HttpResponse(str(request.user.is_authenticated))

    assert client.get(page(sign_out)).content == b"False"


@pytest.mark.parametrize("session", ["", "unknown", "x" * 600, "\x00"])
def test_a_session_of_nobody_is_a_visitor(client, db, page, session):
    client.cookies["sessionid"] = session

    assert client.get(page(lambda request: HttpResponse(str(request.user.is_authenticated)))).content == b"False"


# ── What a page may load ───────────────────────────────────────────────────────
def with_nonce(request):
    return HttpResponse(request.csp_nonce)


POLICY = "Content-Security-Policy"
OWN = {POLICY: "default-src 'self'"}


def rules(response):
    return {rule.strip() for rule in response.headers.get(POLICY, "").split(";")}


@pytest.mark.parametrize("path", ["/", "/mijn/", "/cms/", "/cms/pages/3/", "/cmsx"])
@pytest.mark.parametrize(
    "view",
    [plain, csp_update({"img-src": ["data:"]})(plain), csp_exempt()(plain), lambda request: HttpResponse(headers=OWN)],
)
def test_the_policy_is_the_one_that_django_csp_writes(rf, path, view):
    ours, theirs = (middleware(view)(rf.get(path)) for middleware in (PolicyMiddleware, CSPMiddleware))

    assert rules(ours) == rules(theirs)


def test_what_one_view_may_load_is_not_for_the_next(rf):
    before = rules(PolicyMiddleware(plain)(rf.get("/")))

    more = rules(PolicyMiddleware(csp_update({"img-src": ["data:"]})(plain))(rf.get("/")))

    assert (before - more, more - before) == ({"img-src 'self'"}, {"img-src 'self' data:"})
    assert rules(PolicyMiddleware(plain)(rf.get("/"))) == before


def test_a_nonce_still_counts(rf, settings):
    settings.CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": [], "DIRECTIVES": {"script-src": ["'self'", NONCE]}}

    response = PolicyMiddleware(with_nonce)(rf.get("/"))

    assert f"script-src 'self' 'nonce-{response.content.decode()}'" in rules(response)


# ── Caches ─────────────────────────────────────────────────────────────────────
def kept_by_caches(response):
    return response.headers.get("Cache-Control")


def test_what_a_signed_in_person_sees_stays_in_no_cache(client, db, page):
    client.force_login(make_person("Iemand"))

    assert kept_by_caches(client.get(page(plain))) == "private, no-store"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_nor_does_a_redirect_or_an_error(client, db, page, status):
    client.force_login(make_person("Iemand"))

    assert kept_by_caches(client.get(page(lambda request: HttpResponse(status=status)))) == "private, no-store"


def test_a_visitors_page_may_be_kept(client, db, page):
    assert kept_by_caches(client.get(page(plain))) is None


def test_a_page_that_says_for_itself_how_long_is_left_alone(client, db, page):
    client.force_login(make_person("Iemand"))
    view = page(lambda request: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))

    assert kept_by_caches(client.get(view)) == "public, max-age=60"


def test_the_answer_to_signing_in_is_for_nobody_else(rf, db):
    request = rf.post("/")
    request.user = AnonymousUser()

    def sign_in(request):
        request.user = make_person("Iemand")
        return HttpResponse()

    assert kept_by_caches(PrivatePagesMiddleware(sign_in)(request)) == "private, no-store"
