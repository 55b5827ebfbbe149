"""A second address, another main one, the devices somebody is signed in on, and a door that is opened for all."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches

from accounts.models import User
from mail.models import OutboxMail
from tests.accounts.proof import just_proven
from tests.accounts.test_door import CODE, ask, code_in
from tests.accounts.test_sign_in import dutch, html_of, is_signed_in, said
from tests.factories.people import make_person

ADDRESSES, DEVICES, SIGN_UP = "/account/adressen/", "/account/apparaten/", "/account/aanmelden/"
HOME = "sam@thuis.test"


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    caches["limits"].clear()


@pytest.fixture
def sam(db):
    return make_person("Sam de Boer")


def add(browser, address=HOME):
    return browser.post(ADDRESSES, {"email": address, "action_add": ""})


def confirm(browser):
    """Open the link in the newest mail and press its button; return what opening and pressing answered."""
    mail = OutboxMail.objects.filter(kind="email-confirmation").latest("pk")
    path = re.search(r"http://localhost:8000(/account/adressen/bevestig/\S+/)", mail.words["text"])[1]
    return browser.get(path), browser.post(path)


def test_a_second_address_works_once_it_is_confirmed(sam, browser_of, client):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    before = EmailAddress.objects.get(email=HOME).verified

    opened, pressed = confirm(browser)

    after = EmailAddress.objects.get(email=HOME)
    assert (before, opened.status_code, pressed.status_code) == (False, 200, 302)
    assert (after.verified, after.primary, after.user) == (True, False, sam)
    ask(client, HOME)
    client.post(CODE, {"code": code_in(OutboxMail.objects.filter(kind="login-code").get())})
    assert is_signed_in(client)


def test_a_link_that_has_ended_says_so_to_who_opens_it_and_to_who_presses_twice(sam, browser_of):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    path = re.search(r"http://localhost:8000(\S+/bevestig/\S+/)", OutboxMail.objects.get().words["text"])[1]
    browser.post(path)

    answers = [browser.post(path), browser.get(path), browser.get("/account/adressen/bevestig/geen-sleutel/")]

    assert [answer.status_code for answer in answers] == [410] * 3
    lead = dutch("This link works no longer. Ask for a new one at your addresses.")
    assert [html_of(answer).select_one(".door__lead").text for answer in answers] == [lead] * 3
    assert EmailAddress.objects.get(email=HOME).verified


def test_opening_the_link_alone_confirms_nothing(sam, browser_of):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    mail = OutboxMail.objects.get(kind="email-confirmation")
    browser.get(re.search(r"http://localhost:8000(\S+/bevestig/\S+/)", mail.words["text"])[1])

    assert not EmailAddress.objects.get(email=HOME).verified


def test_opening_somebody_elses_link_signs_nobody_out(sam, browser_of, samira):
    browser, reader = just_proven(browser_of(sam), sam), browser_of(samira)
    add(browser)
    path = re.search(r"http://localhost:8000(\S+/bevestig/\S+/)", OutboxMail.objects.get().words["text"])[1]

    opened = reader.get(path)
    still = is_signed_in(reader)
    reader.post(path)

    assert (opened.status_code, still, is_signed_in(reader)) == (200, True, False)


def test_the_other_address_becomes_the_one_to_sign_in_with(sam, browser_of):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    refused = browser.post(ADDRESSES, {"email": HOME, "action_primary": ""})
    still = User.objects.get(pk=sam.pk).email
    confirm(browser)

    browser.post(ADDRESSES, {"email": HOME, "action_primary": ""})

    assert (refused.status_code, still) == (302, "sam-de-boer@example.test")
    assert User.objects.get(pk=sam.pk).email == HOME
    assert OutboxMail.objects.filter(kind="account-notice").exists()


def test_the_old_one_can_go_and_the_last_one_can_not(sam, browser_of):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    confirm(browser)

    browser.post(ADDRESSES, {"email": sam.email, "action_remove": ""})
    kept = set(sam.emailaddress_set.values_list("email", flat=True))
    browser.post(ADDRESSES, {"email": HOME, "action_remove": ""})

    assert kept == {sam.email, HOME}
    assert list(sam.emailaddress_set.values_list("email", flat=True)) == [sam.email]


@pytest.mark.parametrize("typed", ["geen adres", "", "a\x00@thuis.test", "sam@thuis.test\nBcc: x@thuis.test"])
def test_a_wrong_address_is_said_beside_the_field(sam, browser_of, typed):
    response = add(browser_of(sam), typed)

    assert (response.status_code, bool(said(response))) == (400, True)
    assert EmailAddress.objects.count() == 1


def test_a_third_address_is_one_too_many(sam, browser_of):
    browser = just_proven(browser_of(sam), sam)
    add(browser)
    add(browser, "nog@een.test")

    assert sorted(sam.emailaddress_set.values_list("email", flat=True)) == sorted([sam.email, HOME])


def test_somebody_elses_address_stays_theirs(sam, browser_of):
    noor = make_person("Noor")
    browser = just_proven(browser_of(sam), sam)
    add(browser, noor.email)
    told = OutboxMail.objects.get(kind="email-confirmation").to
    opened, _pressed = confirm(browser)

    assert (told, opened.status_code) == (noor.email, 200)
    assert html_of(opened).select("main form") == []
    assert not sam.emailaddress_set.filter(email=noor.email, verified=True).exists()
    assert noor.emailaddress_set.get().verified


# ── Where somebody is signed in ────────────────────────────────────────────────
def enter(browser, address):
    ask(browser, address)
    browser.post(CODE, {"code": code_in(OutboxMail.objects.filter(kind="login-code").latest("pk"))})


def test_signing_out_everywhere_else_leaves_this_device(sam, browser_of):
    phone, computer = browser_of(None), browser_of(None)
    phone.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18.0 Safari/604.1"
    enter(phone, sam.email)
    enter(computer, sam.email)

    page = html_of(computer.get(DEVICES))
    computer.post(DEVICES)

    assert page.select_one(".account__item strong").text == "Safari, iPhone"
    assert len(page.select(".account__item")) == 2
    assert (phone.get("/mijn/").status_code, computer.get("/mijn/").status_code) == (302, 200)


# ── Guessing ───────────────────────────────────────────────────────────────────
def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(sam, client, monkeypatch):
    sam.set_password("drie losse woorden")
    sam.save()
    hashed = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or original(*args))

    def cost(address):
        hashed.clear()
        client.post("/account/inloggen/", {"login": address, "password": "fout", "with": "password"})
        return len(hashed)

    assert cost(sam.email) == cost("niemand@example.test") == 1


# ── Open to all, where a setting says so ───────────────────────────────────────
NEW = {"name": " Bo\n Jansen ", "email": "bo@example.test", "password1": "drie losse woorden"}


def test_where_the_door_is_open_an_address_is_proven_first(settings, client):
    settings.OPEN_SIGNUP, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    page = client.get(SIGN_UP)
    response = client.post(SIGN_UP, NEW)

    person = User.objects.get(email=NEW["email"])
    assert html_of(page).find("h1").text == dutch("Make an account")
    assert (response.status_code, response.url, is_signed_in(client)) == (302, "/account/adressen/verstuurd/", False)
    assert (person.display_name, person.roles, person.is_superuser) == ("Bo Jansen", set(), False)
    confirm(client)
    assert EmailAddress.objects.get(user=person).verified


def test_a_known_address_is_not_told_at_the_open_door(settings, client, sam):
    settings.OPEN_SIGNUP, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"

    response = client.post(SIGN_UP, NEW | {"email": sam.email})

    assert (response.status_code, response.url) == (302, "/account/adressen/verstuurd/")
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["account-exists"]
    assert User.objects.filter(email=sam.email).count() == 1
