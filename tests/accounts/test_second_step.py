"""The second step: asked of who sees other people's data, kept sealed, and no way around it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import caches
from django.utils.translation import ngettext, override

from accounts.models import User
from mail.models import OutboxMail
from tests.accounts.proof import just_proven
from tests.accounts.test_door import CODE, ask, code_in
from tests.accounts.test_sign_in import dutch, html_of, is_signed_in, said
from tests.matrix.private import credential

SAFE = "/account/veilig/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings, db):
    settings.REQUIRE_SECOND_FACTOR = True
    caches["limits"].clear()


def code_now():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def has_app():
    def made(person):
        TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)

    return made


@pytest.mark.parametrize("name", ["marieke", "ilse", "petra"])
@pytest.mark.parametrize("path", ["/mijn/", "/cms/", "/account/mensen/", "/account/adressen/", "/verhalen/"])
def test_who_sees_others_data_gets_no_further_without(request, browser_of, name, path):
    browser = browser_of(request.getfixturevalue(name))

    answers = [browser.get(path), browser.post(path, {})]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, SAFE)] * 2
    assert browser.get(SAFE).status_code == 200


@pytest.mark.parametrize("name", ["samira", "noor"])
def test_participants_and_co_trainers_are_free_to_choose(request, browser_of, name):
    browser = browser_of(request.getfixturevalue(name))

    assert [browser.get(path).status_code for path in ("/mijn/", SAFE)] == [200, 200]


def test_with_an_app_the_way_is_open(ilse, browser_of, has_app):
    has_app(ilse)

    assert browser_of(ilse).get("/mijn/").status_code == 200


def test_a_code_by_mail_alone_does_not_let_her_in(client, ilse, has_app):
    has_app(ilse)
    ask(client, ilse.email)

    first = client.post(CODE, {"code": code_in(OutboxMail.objects.get())})

    assert (first.status_code, first.url, is_signed_in(client)) == (302, "/account/inloggen/tweede-stap/", False)
    assert client.post(first.url, {"code": "000000"}).status_code == 400
    assert not is_signed_in(client)
    client.post(first.url, {"code": code_now()})
    assert is_signed_in(client)


def test_a_recovery_code_opens_once(client, ilse, has_app):
    has_app(ilse)
    code = RecoveryCodes(Authenticator.objects.get(user=ilse, type="recovery_codes")).get_unused_codes()[0]

    def enter():
        caches["limits"].clear()
        OutboxMail.objects.all().delete()
        ask(client, ilse.email)
        client.post(CODE, {"code": code_in(OutboxMail.objects.get())})
        client.post("/account/inloggen/tweede-stap/", {"code": code})
        inside = is_signed_in(client)
        client.post("/account/uitloggen/")
        return inside

    assert [enter(), enter()] == [True, False]


def test_secrets_lie_sealed_in_the_database(ilse, has_app):
    has_app(ilse)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert not re.search(r'"seed": "[0-9a-f]{40}"', kept.replace("'", '"'))
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now())


def test_the_picture_to_scan_is_an_image_of_our_own(samira, browser_of):
    page = just_proven(browser_of(samira), samira).get(f"{SAFE}app/")

    picture = html_of(page).select_one("img.door__qr")["src"]
    assert picture.startswith("data:image/svg+xml")


def test_the_page_of_who_has_an_app_counts_the_recovery_codes_left(ilse, browser_of, has_app):
    has_app(ilse)
    kept = RecoveryCodes(Authenticator.objects.get(user=ilse, type="recovery_codes"))
    kept.validate_code(kept.get_unused_codes()[0])

    page = browser_of(ilse).get(SAFE)

    assert page.status_code == 200
    with override("nl"):
        words = ngettext("%(number)s code is left.", "%(number)s codes are left.", 9) % {"number": 9}
    assert words in page.content.decode()


@pytest.mark.parametrize("has_passkey", [False, True])
def test_the_second_step_offers_a_passkey_to_who_has_one(client, ilse, has_app, has_passkey):
    has_app(ilse)
    if has_passkey:
        data = {"name": "Telefoon", "credential": credential()}
        Authenticator.objects.create(user=ilse, type="webauthn", data=data)
    ask(client, ilse.email)

    page = client.get(client.post(CODE, {"code": code_in(OutboxMail.objects.get())}).url)

    assert len(html_of(page).select("main form[data-passkey]")) == has_passkey


def test_a_wrong_code_of_the_app_says_to_wait_for_the_next(client, ilse, has_app):
    has_app(ilse)
    ask(client, ilse.email)
    asked = client.post(CODE, {"code": code_in(OutboxMail.objects.get())})

    response = client.post(asked.url, {"code": "000000"})

    assert said(response) == [dutch("This code is not right. Look at it once more, or wait for the next one.")]


def test_a_new_passkey_has_a_name_in_the_readers_language():
    from accounts.adapter import MFAAdapter

    assert MFAAdapter().generate_authenticator_name(None, "webauthn") == dutch("My passkey")


def test_changing_something_sends_a_mail_that_says_so(samira, browser_of):
    browser = just_proven(browser_of(samira), samira)
    browser.post("/account/wachtwoord/kiezen/", {"password1": "drie losse woorden", "password2": "drie losse woorden"})

    assert User.objects.get(pk=samira.pk).has_usable_password()
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["account-notice"]


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/", "/cms/password_reset/"])
def test_wagtails_own_doors_lead_to_ours(client, path):
    assert client.get(path).url.startswith("/account/")
    assert client.post(path, {"username": "x", "password": "y"}).url.startswith("/account/")
