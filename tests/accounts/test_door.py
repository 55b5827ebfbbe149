"""The other ways in: a code by mail, one's own device, a second address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.db import connection

from accounts.devices import IDLE_TIME, OWN_DEVICE_TIME
from mail.models import OutboxMail
from tests.accounts.test_sign_in import ENTER, dutch, html_of, is_signed_in, said
from tests.factories.people import make_person

CODE = "/account/inloggen/code/"
NOBODY = "niemand@example.test"


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    caches["limits"].clear()


@pytest.fixture
def sam(db):
    return make_person("Sam de Boer")


def code_in(mail):
    return re.search(r"^(\d{6})$", mail.words["text"], re.M)[1]


def ask(client, address="sam-de-boer@example.test", **more):
    return client.post(ENTER, {"login": address} | more)


def test_a_code_by_mail_lets_somebody_in(client, sam):
    asked = ask(client, next="/oefeningen/")
    mail = OutboxMail.objects.get()

    entered = client.post(asked.url, {"code": code_in(mail), "next": "/oefeningen/"})

    assert (asked.status_code, asked.url.partition("?")[0]) == (302, CODE)
    assert (mail.kind, mail.to, mail.person) == ("login-code", sam.email, sam)
    assert (entered.status_code, entered.url, is_signed_in(client)) == (302, "/oefeningen/", True)


def test_a_code_may_be_typed_with_a_space(client, sam):
    ask(client)
    code = code_in(OutboxMail.objects.get())

    client.post(CODE, {"code": f" {code[:3]} {code[3:]}"})

    assert is_signed_in(client)


def test_a_code_works_once_and_for_nobody_else(client, sam, browser_of):
    ask(client)
    code = code_in(OutboxMail.objects.get())
    other = browser_of(None)
    ask(other, NOBODY)

    assert other.post(CODE, {"code": code}).status_code == 400
    assert not is_signed_in(other)
    client.post(CODE, {"code": code})
    client.post("/account/uitloggen/")
    assert client.post(CODE, {"code": code}).status_code == 302
    assert not is_signed_in(client)


def test_the_fifth_wrong_code_ends_it(client, sam):
    ask(client)
    right = code_in(OutboxMail.objects.get())
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    answers = [client.post(CODE, {"code": wrong}) for _time in range(5)]
    landed = client.get(answers[-1].url, follow=True)

    assert [answer.status_code for answer in answers] == [400, 400, 400, 400, 302]
    assert said(answers[0]) == [dutch("This code is not right. Look at it once more, or ask for a new one.")]
    assert html_of(landed).find("h1").text == dutch("Sign in")
    assert html_of(landed).select_one(".error-summary li").text == dutch(
        "You tried too often. Wait five minutes, or call us."
    )
    client.post(CODE, {"code": right})
    assert not is_signed_in(client)


def test_known_and_unknown_addresses_get_the_same_words(client, sam, browser_of):
    known, unknown = browser_of(None), browser_of(None)
    answers = [ask(known), ask(unknown, NOBODY)]
    pages = [html_of(browser.get(CODE)).find("main") for browser in (known, unknown)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    for page in pages:
        for token in page.select("input[name=csrfmiddlewaretoken]"):
            token.decompose()
    assert str(pages[0]).replace(sam.email, "X") == str(pages[1]).replace(NOBODY, "X")
    assert sorted(OutboxMail.objects.values_list("kind", flat=True)) == ["login-code", "unknown-account"]


@pytest.mark.parametrize("typed", [" Sam-De-Boer@Example.TEST ", "SAM-DE-BOER@EXAMPLE.TEST"])
def test_capitals_and_spaces_make_no_other_address(client, sam, typed):
    ask(client, typed)

    assert OutboxMail.objects.get().person == sam


@pytest.mark.parametrize(
    "typed", ["sam-de-boer@example.test\nBcc: x@example.test", "sam\x00@example.test", "geen adres"]
)
def test_a_forged_address_gets_no_mail(client, sam, typed):
    response = ask(client, typed)

    assert (response.status_code, said(response)[0]) == (400, dutch("Fill in an address as name@example.nl."))
    assert not OutboxMail.objects.exists()


def test_a_fourth_code_within_a_minute_is_refused(client, sam, browser_of):
    answers = [ask(browser_of(None)) for _time in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert OutboxMail.objects.count() == 3


def test_tries_are_counted_where_all_workers_see_them(client, sam):
    from allauth.core.internal import ratelimit

    ask(client)

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM limits_cache WHERE cache_key LIKE '%%allauth%%'")
        kept = cursor.fetchone()[0]
    assert ratelimit.cache is caches["limits"]
    assert kept == 3  # for the address, and twice for where it came from: at the door and for a code


def test_a_private_address_opens_the_same_account(client, sam):
    EmailAddress.objects.create(user=sam, email="sam@thuis.test", verified=True)

    ask(client, "sam@thuis.test")

    assert (OutboxMail.objects.get().to, OutboxMail.objects.get().person) == ("sam@thuis.test", sam)


# ── How long ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("ticked", "seconds"), [({"own_device": "on"}, OWN_DEVICE_TIME.total_seconds()), ({}, None)])
def test_only_an_own_device_stays_signed_in(client, sam, ticked, seconds):
    ask(client, **ticked)
    client.post(CODE, {"code": code_in(OutboxMail.objects.get())})

    session = client.session
    assert session.get_expire_at_browser_close() is (seconds is None)
    if seconds:
        assert 0 <= seconds - session.get_expiry_age() < 60


@pytest.mark.parametrize(("name", "stays"), [("ilse", False), ("petra", False), ("samira", True), ("marieke", True)])
def test_who_sees_others_data_is_out_after_eight_idle_hours(request, browser_of, time_machine, name, stays):
    browser = browser_of(request.getfixturevalue(name))
    time_machine.move_to("2026-11-02 09:00", tick=False)
    browser.get("/mijn/")
    time_machine.shift(IDLE_TIME)
    assert browser.get("/mijn/").status_code == 200
    time_machine.shift(IDLE_TIME.total_seconds() + 1)

    assert (browser.get("/mijn/").status_code == 200) is stays


def test_what_was_typed_before_those_hours_is_offered_again(petra, browser_of, time_machine):
    browser = browser_of(petra)
    time_machine.move_to("2026-11-02 09:00", tick=False)
    browser.get("/account/profiel/")
    time_machine.shift(IDLE_TIME.total_seconds() + 1)

    response = browser.post("/account/profiel/", {"display_name": "Petra Smit-Bakker", "work": "care"})

    page = html_of(response)
    assert (response.status_code, page.find("h1").text) == (403, dutch("You are signed out"))
    assert [field.text.strip() for field in page.select("main textarea")] == ["Petra Smit-Bakker", "care"]
    assert not is_signed_in(browser)
