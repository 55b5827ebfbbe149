"""One door: sign in, sign out, a forgotten password; by invitation only."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import DEFAULT_LEVELS, constants
from django.contrib.messages.storage.base import Message
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from home.models import ContactSettings

PASSWORD = "drie woorden samen"
ENTER, LEAVE, FORGOTTEN = "/account/inloggen/", "/account/uitloggen/", "/account/wachtwoord/"


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def said(response):
    """The error summary, which has to say what stands beside the fields, but for what is of no one field."""
    html = html_of(response)
    summary = [line.get_text(" ", strip=True) for line in html.select(".error-summary li")]
    linked = [line.get_text(" ", strip=True) for line in html.select(".error-summary li a")]
    assert linked == [line.get_text(" ", strip=True) for line in html.select(".field__error")]
    return summary


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


@pytest.fixture
def account(db):
    return User.objects.create_user("samira@example.test", PASSWORD, display_name="Samira El Amrani")


@pytest.fixture
def enter(client, account):
    def entered(login="samira@example.test", password=PASSWORD, **more):
        return client.post(ENTER, {"login": login, "password": password, "with": "password"} | more)

    return entered


# ── In ─────────────────────────────────────────────────────────────────────────
def test_samira_signs_in_and_lands_at_her_training(enter, client):
    response = enter()

    assert (response.status_code, response.url, is_signed_in(client)) == (302, "/mijn/", True)


@pytest.mark.parametrize(("typed", "address"), [(PASSWORD, "/mijn/"), ("", f"{ENTER}code/")])
def test_enter_goes_by_what_is_filled_in(enter, typed, address):
    response = enter(password=typed, **{"with": "enter"})

    assert (response.status_code, response.url) == (302, address)


def test_enter_presses_what_asks_what_is_filled_in(client, db):
    first = html_of(client.get(ENTER)).find("form", action=ENTER).find("button")

    assert [first["name"], first["value"], first["tabindex"]] == ["with", "enter", "-1"]


def test_signing_in_gives_a_new_session(enter, client):
    client.get(ENTER)
    client.session.save()
    before = client.session.session_key

    enter()

    assert client.session.session_key != before


def test_she_goes_on_where_she_was_going(enter, client):
    asked = client.get("/oefeningen/")
    page = html_of(client.get(asked.url))
    wanted = page.find("main").find("input", {"name": "next"})["value"]

    assert (asked.url, wanted) == (f"{ENTER}?next=/oefeningen/", "/oefeningen/")
    assert enter(next=wanted).url == "/oefeningen/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.test/", "//example.test/", "javascript:alert(1)", "/\\example.test"]
)
def test_nobody_is_led_to_another_site(enter, elsewhere):
    assert enter(next=elsewhere).url == "/mijn/"


@pytest.mark.parametrize(
    ("login", "password"), [("samira@example.test", "iets anders"), ("niemand@example.test", PASSWORD)]
)
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(enter, client, login, password):
    response = enter(login, password)

    assert response.status_code == 400
    assert [len(said(response)), is_signed_in(client)] == [1, False]
    assert said(response) == said(enter("ook-niemand@example.test", "x"))
    assert html_of(response).find("input", {"name": "login"})["value"] == login
    assert html_of(response).find("input", {"name": "password"}).get("value") is None


def test_what_is_missing_is_named_beside_the_field(client, account):
    assert said(client.post(ENTER, {})) == [dutch("Fill in your e-mail address.")]
    assert said(client.post(ENTER, {"with": "password"})) == [
        dutch("Fill in your e-mail address."),
        dutch("Fill in your password."),
    ]
    assert said(client.post(ENTER, {"login": "samira", "password": "x"})) == [
        dutch("Fill in an address as name@example.nl.")
    ]


@pytest.mark.parametrize(
    "login", ["\x00", "a\x00@example.test", "x" * 5_000, "é" * 300 + "@example.test", "@", "' OR 1=1"]
)
def test_a_forged_address_is_no_error_page(enter, client, login):
    answers = [enter(login), enter(password=login), client.post(FORGOTTEN, {"email": login})]

    assert [answer.status_code for answer in answers] == [400] * 3
    assert not is_signed_in(client)


def test_half_a_character_is_no_error_page(client, account):
    response = client.post(
        ENTER,
        b"login=samira%ED%A0%80%40example.test&password=%ED%A0%80",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 400


def test_a_closed_account_does_not_open(enter, client, account):
    account.is_active = False
    account.save()

    response = enter()

    assert not is_signed_in(client)
    assert html_of(client.get(response.url)).find("h1").text == dutch("This account is closed")


def test_guessing_is_stopped_after_a_while(enter, client):
    guesses = [enter(password=f"gok {number}") for number in range(6)]

    response = enter()

    assert [guess.status_code for guess in guesses] == [400] * 5 + [429]
    assert (response.status_code, is_signed_in(client), len(said(response))) == (429, False, 1)
    assert said(response) != said(guesses[0])


def test_who_is_signed_in_is_led_on(enter, client):
    enter()

    assert client.get(ENTER).url == "/mijn/"


def test_the_page_names_somebody_to_call(client):
    help_text = html_of(client.get(ENTER)).select_one(".door__help")

    assert help_text.find("a")["href"] == "tel:0612345678"


def test_english_speaks_english(client, account):
    client.cookies["django_language"] = "en"

    assert said(client.post(ENTER, {"with": "password"})) == ["Fill in your e-mail address.", "Fill in your password."]


# ── Out ────────────────────────────────────────────────────────────────────────
def test_signing_out_asks_first_and_takes_a_press(enter, client):
    enter()

    asked = client.get(LEAVE)
    still = is_signed_in(client)
    left = client.post(LEAVE)

    assert (asked.status_code, still) == (200, True)
    assert (left.status_code, left.url, is_signed_in(client)) == (302, "/", False)


def test_after_signing_out_the_training_is_closed(enter, client):
    enter()
    client.post(LEAVE)

    assert client.get("/mijn/").url == f"{ENTER}?next=/mijn/"


# ── By invitation only ─────────────────────────────────────────────────────────
def test_nobody_makes_an_account_for_themselves(client):
    before = User.objects.count()
    pages = [
        client.get("/account/aanmelden/"),
        client.post("/account/aanmelden/", {"email": "nieuw@example.test", "password1": PASSWORD}),
    ]

    assert [html_of(page).find("h1").text for page in pages] == [dutch("You come in by invitation")] * 2
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "page",
    [
        "email/",
        "password/change/",
        "password/set/",
        "confirm-email/",
        "3rdparty/",
        "2fa/",
        "reauthenticate/",
        "signup/",
        "login/",
    ],
)
def test_allauths_other_pages_are_not_there(client, page):
    assert (client.get(f"/account/{page}").status_code, client.get(f"/accounts/{page}").status_code) == (404, 404)


# ── One door ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_doors_lead_to_ours(client, account, door, method):
    response = getattr(client, method)(
        f"{door}?next=/cms/pages/", {"username": "samira@example.test", "password": PASSWORD}
    )

    assert response.status_code == 302
    assert response.url.split("?")[0] == ENTER
    assert not is_signed_in(client)


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/", "/cms/password_reset/"])
def test_where_somebody_was_going_is_kept(client, door):
    ours = FORGOTTEN if "password" in door else ENTER

    assert client.get(f"{door}?next=/cms/pages/").url == f"{ours}?next=/cms/pages/"


def test_who_opens_the_cms_enters_by_our_door_and_gets_there(enter, client, account):
    User.objects.filter(pk=account.pk).update(is_superuser=True, is_staff=True)
    address, hops = "/cms/", []
    for _hop in range(2):
        address = client.get(address).url
        hops.append(address)

    assert hops == ["/cms/login/?next=/cms/", f"{ENTER}?next=/cms/"]
    assert enter(next="/cms/").url == "/cms/"


@pytest.mark.parametrize(
    "door",
    [
        "/cms/password_reset/done/",
        "/cms/password_reset/complete/",
        "/cms/password_reset/confirm/MQ/set-password/",
        "/_util/authenticate_with_password/1/1/",
        "/admin/",
        "/admin/login/",
    ],
)
def test_no_other_door_is_open(client, account, door):
    response = client.get(door)

    assert response.status_code == 404 or response.url.split("?")[0] in (ENTER, FORGOTTEN, "/cms/login/")
    assert client.post(door, {"new_password1": PASSWORD, "new_password2": PASSWORD, "password": ""}).status_code < 500


def test_a_closed_page_asks_for_our_door(client, story):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=story, restriction_type="login")
    address = client.get(story.address).url
    for _hop in range(2):
        if not address.startswith(ENTER):
            address = client.get(address).url

    assert address == f"{ENTER}?next={story.address}"


def test_what_was_done_elsewhere_is_no_mistake_here():
    """A message of the page before may be left: that something was sent, say."""
    told = [Message(constants.SUCCESS, "Verstuurd."), Message(constants.ERROR, "Dat lukte niet.")]

    html = render_to_string("account/messages.html", {"messages": told, "DEFAULT_MESSAGE_LEVELS": DEFAULT_LEVELS})

    parts = BeautifulSoup(html, "html.parser").find_all(role=True)
    assert [(part["role"], part.text) for part in parts] == [("status", "Verstuurd."), ("alert", "Dat lukte niet.")]
