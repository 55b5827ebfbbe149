"""A forgotten password: the link by mail, and what is chosen with it."""

import re

import pytest
from django.conf import settings
from django.core.cache import caches

from accounts.models import User
from home.models import ContactSettings
from mail.models import OutboxMail
from tests.accounts.test_sign_in import FORGOTTEN, PASSWORD, account, dutch, enter, html_of, said

__all__ = ["account", "enter"]  # fixtures


@pytest.fixture(autouse=True)
def calm(db):
    caches["limits"].clear()
    ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})


def ask(client, email):
    response = client.post(FORGOTTEN, {"email": email})
    return response.status_code, response.url, client.get(response.url).content.split(b"<main")[1].split(b"</main")[0]


def link_in(mail):
    return re.search(r"https?://\S+", mail.words["text"]).group()


@pytest.fixture
def letters(db):
    """The mails that wait in the outbox, the oldest first, whenever it is asked."""
    return lambda: list(OutboxMail.objects.order_by("pk"))


def test_a_known_and_an_unknown_address_get_the_same_answer(client, account):
    known = ask(client, "samira@example.test")

    assert known[:2] == (302, "/account/wachtwoord/verstuurd/")
    assert ask(client, "niemand@example.test") == known


def test_each_gets_a_mail_with_what_is_theirs(client, account, letters):
    ask(client, "Samira@Example.test")
    ask(client, "niemand@example.test")

    known, unknown = letters()
    assert (known.to, unknown.to) == ("samira@example.test", "niemand@example.test")
    assert [mail.words["subject"] for mail in (known, unknown)] == [
        dutch("Choose a new password"),
        dutch("We have no account with this address"),
    ]
    assert "/account/wachtwoord/nieuw/" in link_in(known)
    assert re.findall(r"https?://\S+", unknown.words["text"]) == [settings.SITE_URL]


def test_the_link_is_made_from_the_sites_own_address(client, account, letters):
    """Never from the request: a forged host would lead to somebody else's door."""
    client.post(FORGOTTEN, {"email": "samira@example.test"}, headers={"host": "127.0.0.1"})

    assert link_in(letters()[0]).startswith(f"{settings.SITE_URL}/account/wachtwoord/nieuw/")


def choose(client, link, password=PASSWORD + "!", again=None):
    """Follow the link in the mail and fill in the form there; returns the page or the answer."""
    path = "/" + link.split("/", 3)[3]
    opened = client.get(path)
    address = opened.url if opened.status_code == 302 else path
    return client.post(address, {"password1": password, "password2": again or password})


def test_with_the_link_she_chooses_a_new_one_and_signs_in(client, enter, letters):
    ask(client, "samira@example.test")

    chosen = choose(client, link_in(letters()[0]))

    assert (chosen.status_code, chosen.url) == (302, "/account/wachtwoord/klaar/")
    assert html_of(client.get(chosen.url)).find("h1").text == dutch("Your new password is saved")
    assert (enter().status_code, enter(password=PASSWORD + "!").url) == (400, "/mijn/")


def test_the_link_works_once(client, account, letters):
    ask(client, "samira@example.test")
    link = link_in(letters()[0])
    choose(client, link)
    client.session.flush()

    again = client.get("/" + link.split("/", 3)[3])
    choose(client, link, "nog weer een ander")

    assert (again.status_code, html_of(again).find("h1").text) == (410, dutch("This link no longer works"))
    assert User.objects.get(pk=account.pk).check_password(PASSWORD + "!")


@pytest.mark.parametrize(
    "forged", ["1-set-password", "0-abc-def", "zzzzzzzzzzzzz-abc-def", "9" * 60 + "-abc-def", "é-a-b"]
)
def test_a_forged_link_no_longer_works(client, account, forged):
    for answer in (
        client.get(f"/account/wachtwoord/nieuw/{forged}/"),
        client.post(f"/account/wachtwoord/nieuw/{forged}/", {"password1": PASSWORD, "password2": PASSWORD}),
    ):
        assert answer.status_code in (410, 404)
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "again"), [("kort", None), ("1234567890123", None), (PASSWORD + "!", "iets anders hier")]
)
def test_a_password_that_will_not_do_is_named_beside_the_field(client, account, letters, password, again):
    ask(client, "samira@example.test")

    response = choose(client, link_in(letters()[0]), password, again)

    assert response.status_code == 400
    assert len(said(response)) >= 1
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)


def test_asking_too_often_is_answered_in_words(client, account, letters):
    answers = [client.post(FORGOTTEN, {"email": "samira@example.test"}) for _time in range(7)]

    refused = answers[-1]
    assert [answer.status_code for answer in answers[:5]] == [302] * 5
    assert refused.status_code == 429
    assert html_of(refused).html["lang"] == "nl"
    assert html_of(refused).find("a", href="tel:0612345678") is not None
    assert len(letters()) == 5


def test_who_chose_a_new_password_is_signed_out_elsewhere(client, enter, account, letters):
    from django.test import Client

    enter()
    elsewhere = Client()
    ask(elsewhere, "samira@example.test")

    choose(elsewhere, link_in(letters()[0]))

    assert client.get("/mijn/").status_code == 302
