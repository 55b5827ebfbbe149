"""Who has neither password nor second step is asked for a code before changing how one comes in; no way around it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from accounts.domain.invitations import invite
from accounts.models import User
from mail.models import OutboxMail
from tests.accounts.proof import BY_CODE, ask_code, enter_by_code, give_code, prove
from tests.accounts.test_sign_in import dutch, html_of, is_signed_in, said
from tests.factories.people import make_person

ADDRESSES, SAFE = "/account/adressen/", "/account/veilig/"
CHOOSE, CHANGE = "/account/wachtwoord/kiezen/", "/account/wachtwoord/wijzigen/"
BY_PASSWORD = "/account/nog-eens/"
HOME = "sam@thuis.test"
PASSWORD, SECRET = "drie losse woorden", "JBSWY3DPEHPK3PXP"
NEW = {"password1": PASSWORD, "password2": PASSWORD}
A_WHILE = timedelta(minutes=16)


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    caches["limits"].clear()


@pytest.fixture
def sam(db):
    return make_person("Sam de Boer")


@pytest.fixture
def browser(sam, browser_of):
    """Sam's, who came in long ago."""
    return browser_of(sam)


def ways_in(person):
    """Everything by which `person` comes in, as it lies in the database."""
    person = User.objects.get(pk=person.pk)
    return (
        person.password,
        person.email,
        sorted(person.emailaddress_set.values_list("email", "primary", "verified")),
        sorted(Authenticator.objects.filter(user=person).values_list("type", "data")),
    )


def was_asked(response, way=BY_CODE):
    return response.status_code == 302 and response.url.partition("?")[0] == way


# ── Every route of allauth's, straight away ────────────────────────────────────
ROUTES = {
    "add an address": (ADDRESSES, {"email": HOME, "action_add": ""}),
    "sign in with another address": (ADDRESSES, {"email": "sam@oud.test", "action_primary": ""}),
    "remove an address": (ADDRESSES, {"email": "sam@oud.test", "action_remove": ""}),
    "choose a password": (CHOOSE, NEW),
    "add a passkey": (f"{SAFE}sleutels/nieuw/", {"name": "Telefoon", "credential": "{}"}),
    "add an app": (f"{SAFE}app/", {"code": "123456"}),
    "make recovery codes": (f"{SAFE}herstelcodes/nieuw/", {}),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_direct_post_changes_nothing_and_asks(sam, browser, route):
    path, body = ROUTES[route]
    if "sam@oud.test" in body.values():
        EmailAddress.objects.create(user=sam, email="sam@oud.test", verified=True)
    browser.get(ADDRESSES)  # allauth writes down the address she came with
    before = ways_in(sam)

    response = browser.post(path, body)

    assert was_asked(response)
    assert response.url == f"{BY_CODE}?next={quote(path, safe='')}"
    assert (ways_in(sam), OutboxMail.objects.count()) == (before, 0)


@pytest.mark.parametrize("path", [f"{SAFE}herstelcodes/", f"{SAFE}herstelcodes/bestand/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_recovery_codes_alone_are_shown_to_nobody_unasked(sam, browser, path, method):
    RecoveryCodes.activate(sam)
    codes = RecoveryCodes(Authenticator.objects.get(user=sam)).get_unused_codes()

    response = getattr(browser, method)(path)

    assert was_asked(response, "/account/nog-eens/tweede-stap/") or response.status_code == 405
    assert not any(code in response.content.decode() for code in codes)


def test_a_password_is_changed_by_who_knows_it_only(sam, browser_of):
    sam.set_password("vier gele keukenstoelen")
    sam.save()
    browser, before = browser_of(sam), ways_in(sam)

    wrong = browser.post(CHANGE, NEW | {"oldpassword": "iets anders"})
    around = browser.post(CHOOSE, NEW)

    assert (wrong.status_code, around.url) == (400, CHANGE)
    assert ways_in(sam) == before


@pytest.mark.parametrize("path", [CHOOSE, f"{SAFE}app/", f"{SAFE}sleutels/nieuw/", f"{SAFE}herstelcodes/nieuw/"])
def test_the_page_itself_asks_before_anything_is_typed(browser, path):
    assert was_asked(browser.get(path))


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete"])
@pytest.mark.parametrize("route", ROUTES)
def test_another_method_is_no_way_around(sam, browser, route, method):
    browser.get(ADDRESSES)
    before, (path, body) = ways_in(sam), ROUTES[route]

    response = browser.generic(method.upper(), path, "&".join(f"{name}={value}" for name, value in body.items()))

    assert response.status_code in (200, 302, 405)
    assert ways_in(sam) == before


def test_who_has_a_second_step_is_asked_for_that(sam, browser):
    TOTP.activate(sam, SECRET)
    before = ways_in(sam)

    answers = [browser.post(path, body) for path, body in (ROUTES["choose a password"], ROUTES["add a passkey"])]
    around = browser.post(BY_CODE, {"send": "1", "next": CHOOSE})

    assert all(was_asked(answer, "/account/nog-eens/tweede-stap/") for answer in [*answers, around])
    assert (ways_in(sam), OutboxMail.objects.count()) == (before, 0)


# ── Asked, and on with it ──────────────────────────────────────────────────────
def test_after_the_code_what_was_typed_is_done(sam, browser):
    browser.post(ADDRESSES, {"email": HOME, "action_add": ""})

    response = prove(browser, ADDRESSES)

    assert (response.status_code, response.url) == (302, ADDRESSES)
    assert sam.emailaddress_set.filter(email=HOME).exists()
    assert [mail.to for mail in OutboxMail.objects.filter(kind="email-confirmation")] == [HOME]


def test_what_was_typed_wrongly_is_still_there_beside_its_error(sam, browser):
    response = browser.post(ADDRESSES, {"email": "geen adres", "action_add": ""})

    assert html_of(response).find("input", {"name": "email", "type": "email"})["value"] == "geen adres"


def test_a_password_is_never_kept_while_we_ask(sam, browser):
    asked = browser.post(CHOOSE, NEW)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]

    assert not any(PASSWORD in words for words in kept)
    assert prove(browser, CHOOSE).url == CHOOSE
    assert asked.url == f"{BY_CODE}?next={quote(CHOOSE, safe='')}"
    assert browser.post(CHOOSE, NEW).status_code == 302
    assert User.objects.get(pk=sam.pk).check_password(PASSWORD)


def test_it_is_asked_once_in_a_quarter_of_an_hour(sam, browser, time_machine):
    time_machine.move_to(timezone.now())
    prove(browser)

    assert browser.get(f"{SAFE}app/").status_code == 200
    time_machine.shift(A_WHILE)
    assert was_asked(browser.get(f"{SAFE}app/"))


def test_having_come_in_by_a_code_a_moment_ago_counts(sam, client, time_machine):
    time_machine.move_to(timezone.now())
    enter_by_code(client, sam)

    first = client.post(*ROUTES["add an address"])
    time_machine.shift(A_WHILE)
    later = client.post(*ROUTES["choose a password"])

    assert (first.status_code, first.url, was_asked(later)) == (302, ADDRESSES, True)
    assert sam.emailaddress_set.filter(email=HOME).exists()


def test_having_come_in_by_an_invitation_a_moment_ago_counts(petra, client, time_machine):
    time_machine.move_to(timezone.now())
    invite(petra, email="fatima@example.test", role="trainer")
    link = OutboxMail.objects.get(kind="invitation").words["text"].partition("http://localhost:8000")[2].split()[0]
    client.post(link, {"display_name": "Fatima", "work": "care"})

    now = client.get(f"{SAFE}app/").status_code
    time_machine.shift(A_WHILE)

    assert (is_signed_in(client), now, was_asked(client.get(f"{SAFE}app/"))) == (True, 200, True)


@pytest.mark.parametrize(
    "elsewhere", ["https://example.test/", "//example.test/", "javascript:alert(1)", "/\\example.test", "\x00"]
)
def test_nobody_is_led_to_another_site(browser, elsewhere):
    response = prove(browser, elsewhere)

    assert (response.status_code, response.url) == (302, "/mijn/")


# ── The page with the code ─────────────────────────────────────────────────────
def test_looking_sends_nothing(sam, browser):
    page = html_of(browser.get(BY_CODE))

    assert (page.find("h1").text, OutboxMail.objects.count()) == (dutch("Is it you?"), 0)
    assert page.select_one("main .door__lead strong").text == sam.email


def test_where_somebody_was_going_is_kept_on_the_way(browser):
    browser.post(ADDRESSES, {"email": HOME, "action_add": ""})
    asked = browser.get(BY_CODE, {"next": ADDRESSES})
    sent = browser.post(BY_CODE, {"send": "1", "next": ADDRESSES})

    fields = [html_of(page).select("main input[name=next]") for page in (asked, browser.get(sent.url))]

    assert [{field["value"] for field in found} for found in fields] == [{ADDRESSES}] * 2


def test_a_code_may_be_typed_with_a_space(browser):
    code = ask_code(browser)

    assert give_code(browser, f"{code[:3]} {code[3:]}").status_code == 302


@pytest.mark.parametrize("typed", ["", "12", "x" * 13, "\x00", "１２３４５６"])
def test_no_code_is_said_beside_the_field(browser, typed):
    ask_code(browser)

    response = give_code(browser, typed)

    assert (response.status_code, len(said(response))) == (400, 1)


def test_a_wrong_code_does_nothing_and_after_five_the_right_one_neither(sam, browser):
    code = ask_code(browser)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    answers = [give_code(browser, wrong) for _try in range(5)]

    sentence = dutch("This code is not right. Look at it once more, or ask for a new one.")
    assert [(answer.status_code, said(answer)) for answer in answers[:4]] == [(400, [sentence])] * 4
    assert give_code(browser, code).status_code == 400
    assert was_asked(browser.post(*ROUTES["add an address"]))


def test_guessing_is_stopped_for_all_browsers_of_a_person(sam, browser_of):
    browsers = [browser_of(sam) for _number in range(3)]
    for browser in browsers:
        code = ask_code(browser)
    guesses = [give_code(browser, "000000").status_code for browser in browsers for _try in range(4)]

    assert 429 in guesses
    assert give_code(browsers[-1], code).status_code == 429


def test_a_code_works_once_and_for_a_quarter_of_an_hour(browser, time_machine):
    time_machine.move_to(timezone.now())
    code = ask_code(browser)
    time_machine.shift(A_WHILE)
    late = give_code(browser, code).status_code
    code = ask_code(browser)

    assert [late, give_code(browser, code).status_code, give_code(browser, code).status_code] == [400, 302, 400]


def test_the_code_of_another_browser_does_not_fit(sam, browser, browser_of):
    code = ask_code(browser)

    assert give_code(browser_of(sam), code).status_code == 400


def test_no_more_than_five_codes_an_hour(browser):
    statuses = [browser.post(BY_CODE, {"send": "1"}).status_code for _time in range(6)]

    assert statuses == [302] * 5 + [429]
    assert OutboxMail.objects.count() == 5


@pytest.mark.parametrize(("minutes", "status"), [(59, 429), (61, 302)])
def test_after_an_hour_codes_are_sent_again_and_not_before(browser, minutes, status, time_machine):
    for _time in range(5):
        browser.post(BY_CODE, {"send": "1"})

    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))

    assert browser.post(BY_CODE, {"send": "1"}).status_code == status


def test_a_visitor_has_to_sign_in(client):
    assert client.get(BY_CODE).url == f"/account/inloggen/?next={BY_CODE}"
    assert [client.post(path, body).status_code for path, body in ROUTES.values()] == [403] * len(ROUTES)
