"""When something is not as hoped: a kind sentence, a person and a number, and what was typed."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext

from common.whose_page import number_of, secret_for
from config import urls as site_urls
from home.models import ContactSettings
from home.views import errors
from tests.factories.exercises import prompt_of
from training.models import Answer


def raises(error):
    def view(request):
        raise error

    return view


def thanks(request):
    return HttpResponse("dank")


# The site's own addresses, with some that go wrong (`pytest.mark.urls(__name__)`).
urlpatterns = [
    path("kapot/", raises(RuntimeError("kwikstaart"))),
    path("verboden/", raises(PermissionDenied("kwikstaart"))),
    path("onbegrepen/", raises(BadRequest("kwikstaart"))),
    path("dank/", thanks),
    *site_urls.urlpatterns,
]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500

SAID = {
    "/onbegrepen/": (400, "We did not understand this"),
    "/verboden/": (403, "You can't do this here"),
    "/nooit-geweest/": (404, "We can't find this page"),
    "/verhalen/de-stoel-bij-het-raam/": (410, "This was taken away"),
    "/kapot/": (500, "Something went wrong"),
}


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def typed_again(response):
    """`{name: value}` of what a page for a form that came too late carries along, without its token."""
    fields = html_of(response).find("main").select("input, textarea")
    return {
        field["name"]: field.text.removeprefix("\n") if field.name == "textarea" else field["value"]
        for field in fields
        if field["name"] != "csrfmiddlewaretoken"
    }


@pytest.fixture
def contact(db):
    return ContactSettings.objects.update_or_create(
        defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78", "hours": "Elke werkdag"}
    )[0]


@pytest.fixture
def calm(client):
    """A client that shows the error page, as a browser does, in place of raising."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def gone(story):
    story.unpublish()
    return story


# ── Every error names a person ─────────────────────────────────────────────────
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", SAID)
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "samira"])
def test_every_error_is_a_page_in_dutch_with_a_person_and_a_number(calm, contact, gone, samira, address, signed_in):
    if signed_in:
        calm.force_login(samira)

    response = calm.get(address)

    status, title = SAID[address]
    html = html_of(response)
    assert (response.status_code, html.html["lang"], html.find("h1").text) == (status, "nl", dutch(title))
    assert html.select_one(".error-page__call").get_text(" ", strip=True).split(" . ")[0] in (
        f"Bel Hanna Vos: {contact.phone}",
        f"Bel Hanna Vos: {contact.phone} .",
    )
    assert html.select_one(".error-page__call a")["href"] == "tel:0612345678"
    assert "kwikstaart" not in response.content.decode()
    assert response.has_header("Content-Security-Policy")
    assert response.get("Cache-Control") == ("private, no-store" if signed_in else None)


@pytest.mark.urls(__name__)
def test_in_english_for_who_chose_it(calm, contact, gone):
    calm.cookies["django_language"] = "en"

    assert {address: html_of(calm.get(address)).find("h1").text for address in SAID} == {
        address: title for address, (_status, title) in SAID.items()
    }


@pytest.mark.urls(__name__)
def test_every_error_leads_on(calm, contact, gone, samira):
    ways = {address: [link["href"] for link in html_of(calm.get(address)).select(".actions a")] for address in SAID}
    calm.force_login(samira)
    own = {address: [link["href"] for link in html_of(calm.get(address)).select(".actions a")] for address in SAID}

    assert ways == {address: ["/", "/verhalen/"] for address in SAID}
    assert own == {address: ["/", "/mijn/", "/verhalen/"] for address in SAID}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("method", ["post", "put", "delete", "head"])
def test_any_method_is_answered(calm, contact, gone, method):
    for address in ("/kapot/", "/verboden/", "/nooit-geweest/"):
        assert getattr(calm, method)(address).status_code == SAID[address][0]


# ── With little left to stand on ───────────────────────────────────────────────
def refuse(execute, sql, params, many, context):
    raise OperationalError("database is gone")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/kapot/", "/nooit-geweest/", "/", "/verhalen/", "/account/inloggen/"])
def test_with_a_broken_database_a_visitor_still_gets_an_answer(calm, contact, address):
    calm.get("/account/inloggen/")  # Wagtail and contenttypes have been asked before, as on a site that runs

    with connection.execute_wrapper(refuse):
        response = calm.get(address)

    assert response.status_code in (200, 404, 500)
    assert html_of(response).html["lang"] == "nl"
    assert len(html_of(response).find_all("h1")) == 1


@pytest.mark.urls(__name__)
def test_with_a_broken_database_samira_still_gets_an_answer(calm, contact, samira):
    calm.force_login(samira)

    with connection.execute_wrapper(refuse):
        response = calm.get("/mijn/")

    html = html_of(response)
    assert (response.status_code, html.html["lang"], html.find("h1").text) == (500, "nl", "Er ging iets mis")


@pytest.mark.urls(__name__)
def test_when_the_frame_itself_fails_a_bare_page_names_the_person(calm, contact, monkeypatch):
    render = errors.loader.render_to_string

    def fails_but_for_the_bare_page(template, *args, **kwargs):
        if template != "errors/bare.html":
            raise RuntimeError("frame")
        return render(template, *args, **kwargs)

    monkeypatch.setattr(errors.loader, "render_to_string", fails_but_for_the_bare_page)

    response = calm.get("/kapot/")

    assert response.status_code == 500
    assert html_of(response).find("a", href="tel:0612345678").text == contact.phone
    assert [line.get_text(" ", strip=True) for line in html_of(response).select("main h1")] == ["Er ging iets mis"]


def test_another_host_is_refused_in_words(calm, contact):
    response = calm.get("/", headers={"host": "evil.test"})

    assert (response.status_code, html_of(response).find("h1").text) == (400, dutch("We did not understand this"))
    assert response.has_header("Content-Security-Policy")
    assert "evil.test" not in response.content.decode()


def test_a_form_too_big_to_read_is_refused_in_words(calm, contact, samira, module):
    calm.force_login(samira)
    address = module.step_list[0].address(module)
    answers = [
        calm.post(where, "x=" + "y" * 2_200_000, content_type="application/x-www-form-urlencoded")
        for where in (address, address + "concept/", "/account/inloggen/")
    ]

    assert [(answer.status_code, html_of(answer).find("h1").text) for answer in answers] == [
        (413, dutch("This is too much at once"))
    ] * 3


# ── Gone ───────────────────────────────────────────────────────────────────────
def test_only_what_was_taken_away_is_gone(client, contact, gone):
    assert [client.get(path).status_code for path in (gone.address, "/verhalen/nooit/", "/verhalen/")] == [
        410,
        404,
        200,
    ]


def test_what_is_gone_costs_one_question_on_a_missing_page_only(client, contact, story, django_assert_num_queries):
    client.get("/nooit-geweest/")

    with django_assert_num_queries(6):  # the site, its root, redirects twice (Wagtail's); the gone address; the contact
        client.get("/nooit-geweest/")


# ── A page that was open too long ──────────────────────────────────────────────
@pytest.fixture
def browser(samira):
    """Samira's browser, whose forms need a token."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(samira)
    return browser


def token_of_an_earlier_page(person):
    """The token of a page that `person` opened in an earlier session."""
    return secret_for(number_of(person))


TYPED = {"act": "end-done", "text": "Aan mijn moeder, die altijd op tijd was.", "short": "Ja."}


@pytest.mark.parametrize("source", [{"origin": "http://testserver"}, {"referer": "http://testserver/mijn/"}])
def test_a_form_of_ours_without_a_good_token_gives_back_what_was_typed(browser, contact, samira, module, source):
    secrets = {"password": "geheim-geheim-geheim", "code": "123456", "form-0-token": "geheim"}
    sent = TYPED | {"csrfmiddlewaretoken": token_of_an_earlier_page(samira)} | secrets

    response = browser.post(module.step_list[3].address(module), sent, headers=source)

    assert (response.status_code, html_of(response).find("h1").text) == (403, dutch("Send it once more"))
    assert typed_again(response) == TYPED | {"typed_by": sent["csrfmiddlewaretoken"]}
    assert "geheim" not in response.content.decode()
    shown = [field.text.removeprefix("\n") for field in html_of(response).select("main textarea")]
    assert shown == [TYPED["text"], TYPED["short"]]


@pytest.mark.parametrize(
    "source",
    [
        {"origin": "https://example.test"},
        {"origin": "http://testserver.example.test"},
        {"origin": "https://example.test/?http://testserver"},
        {"origin": "null"},
        {"referer": "https://example.test/testserver"},
        {},
    ],
)
def test_a_form_of_another_site_is_refused_and_shown_to_nobody(browser, contact, module, source):
    response = browser.post(module.step_list[3].address(module), TYPED, headers=source)

    assert (response.status_code, html_of(response).find("h1").text) == (403, dutch("You can't do this here"))
    assert TYPED["text"] not in response.content.decode()
    assert typed_again(response) == {}


@pytest.mark.parametrize("token", ["daan", "forged"])
def test_what_stood_on_a_page_of_somebody_else_is_shown_to_nobody_who_came_after(browser, contact, daan, module, token):
    token = token_of_an_earlier_page(daan) if token == "daan" else "t" * 64

    response = browser.post(
        module.step_list[3].address(module),
        TYPED | {"csrfmiddlewaretoken": token},
        headers={"origin": "http://testserver"},
    )

    assert (response.status_code, html_of(response).find("h1").text) == (403, dutch("Somebody else is signed in now"))
    assert (TYPED["text"] in response.content.decode(), typed_again(response)) == (False, {})


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/kapot/", "/verboden/", "/onbegrepen/", "/nooit-geweest/"])
def test_whatever_went_wrong_the_words_can_be_copied(calm, contact, samira, address):
    calm.force_login(samira)

    ours = calm.post(address, TYPED | {"password": "geheim"}, headers={"origin": "http://testserver"})
    theirs = calm.post(address, TYPED, headers={"origin": "https://example.test"})

    copies = html_of(ours).select("main textarea[readonly]")
    assert [copy.text.removeprefix("\n") for copy in copies] == [TYPED["text"], TYPED["short"]]
    assert ours.status_code == SAID[address][0]
    assert ours["Cache-Control"] == "private, no-store"
    assert "geheim" not in ours.content.decode()
    assert TYPED["text"] not in theirs.content.decode()


def test_words_of_the_editor_are_shown_as_words(browser, contact, samira):
    words = '{"blocks": [{"key": "a", "text": "Ik wachtte."}, {"key": "b", "text": "Niemand kwam."}]}'

    sent = {"loaded_revision_created_at": "2026-11-22T08:40:22.851255+00:00", "body-0-value": words, "n": '{"a": 1}'}
    response = browser.post("/cms/pages/1/edit/", sent, headers={"origin": "http://testserver"})

    page = html_of(response).find("main")
    assert page.select_one("input[name=body-0-value]")["value"] == words
    assert [field.text.removeprefix("\n") for field in page.select("textarea")] == [
        "Ik wachtte.\nNiemand kwam.",
        '{"a": 1}',
    ]


def test_sending_it_once_more_keeps_it(browser, contact, samira, module, exercise):
    step, prompt = module.step_list[3], prompt_of(exercise, "open").id
    words = "Aan mijn moeder, die altijd op tijd was."
    refused = browser.post(
        step.address(module),
        {"act": f"save:{prompt}", f"p-{prompt}-text": words},
        headers={"origin": "http://testserver"},
    )
    form = html_of(refused).select_one("main form")
    token = form.find("input", {"name": "csrfmiddlewaretoken"})["value"]

    again = browser.post(
        form["action"], typed_again(refused) | {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"}
    )

    assert (again.status_code, again.url) == (302, f"{step.address(module)}#vraag-{prompt}")
    assert Answer.objects.get(enrolment__person=samira).words == {"text": words}


def test_only_what_samira_typed_looks_like_what_she_typed(browser, contact, module, exercise):
    """The names of questions and pages, 36 characters long, are carried along unseen."""
    prompt = prompt_of(exercise, "open").id

    response = browser.post(
        module.step_list[3].address(module),
        {"act": f"save:{prompt}", f"p-{prompt}-writer": prompt, f"p-{prompt}-text": TYPED["text"]},
        headers={"origin": "http://testserver"},
    )

    assert [field.text.removeprefix("\n") for field in html_of(response).select("main textarea")] == [TYPED["text"]]


def test_markup_in_what_was_typed_stays_text(browser, contact, module):
    response = browser.post(
        module.step_list[3].address(module),
        {'"><script>x</script>': "</textarea><script>alert(1)</script>", "short": '"><img src=x>'},
        headers={"origin": "http://testserver"},
    )

    assert html_of(response).select("main script, main img") == []
    assert typed_again(response) == {
        '"><script>x</script>': "</textarea><script>alert(1)</script>",
        "short": '"><img src=x>',
    }


def test_a_file_or_a_nul_byte_in_such_a_form_is_no_error_page(browser, contact, module):
    answers = [
        browser.post(module.step_list[3].address(module), sent, headers={"origin": "http://testserver"})
        for sent in ({"text": "Aan\x00 haar"}, {f"x{number}": "y" for number in range(300)}, {"text": "z" * 200_000})
    ]

    assert [answer.status_code for answer in answers] == [403] * 3


def test_a_browser_without_cookies_is_told_so_in_words(contact):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post("/account/inloggen/", {"login": "a@example.test", "password": "geheim"})

    assert response.status_code == 403
    assert "geheim" not in response.content.decode()


def test_a_renamed_page_is_found_at_its_old_address(client, module, django_capture_on_commit_callbacks):
    old = module.get_parent().specific.url
    training = module.get_parent().specific
    training.slug = "anders"
    with django_capture_on_commit_callbacks(execute=True):
        training.save_revision().publish()

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, "/training/anders/")
