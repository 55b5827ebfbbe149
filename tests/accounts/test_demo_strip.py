"""In the demo anybody looks around as one of the made-up people, with one press; elsewhere there is no such door."""

import runpy

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.urls import include, path

from accounts.demo import ACCOUNTS
from accounts.models import User
from config import urls as site_urls

LOOK = "/voorbeeld/kijk-rond/"
# The addresses as config.urls has them in the demo.
urlpatterns = [path("voorbeeld/", include("accounts.demo_urls")), *site_urls.urlpatterns]
handler404 = site_urls.handler404

in_the_demo = pytest.mark.urls(__name__)


def strip(response):
    html = BeautifulSoup(response.content, "html.parser")
    return [(button["value"], button.get_text(" ", strip=True).split(" ")[0]) for button in html.select(".demo button")]


def who_is_in(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).values_list("email", flat=True).first()


@pytest.fixture
def people(db):
    for account in ACCOUNTS:
        User.objects.create_user(account.email, display_name=account.name)


@pytest.fixture
def demo(settings, site_pages, people):
    settings.DEMO = True


@in_the_demo
def test_the_front_page_has_a_button_for_each(client, demo):
    assert strip(client.get("/")) == [
        ("samira", "Samira"),
        ("daan", "Daan"),
        ("hanneke", "Hanneke"),
        ("noor", "Noor"),
        ("marieke", "Marieke"),
        ("ilse", "Ilse"),
        ("beheer", "Petra"),
    ]


@in_the_demo
@pytest.mark.parametrize("page", ["/verhalen/", "/training/", "/account/inloggen/", "/nooit/"])
def test_other_pages_have_none(client, demo, page):
    assert strip(client.get(page)) == []


@in_the_demo
@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
def test_one_press_and_one_is_in(client, demo, account):
    response = client.post(LOOK, {"person": account.key})

    assert (response.status_code, response.url, who_is_in(client)) == (302, "/mijn/", account.email)
    assert client.get("/mijn/").status_code == 200


@in_the_demo
def test_the_next_press_is_somebody_else_in_a_new_session(client, demo):
    client.post(LOOK, {"person": "samira"})
    first = client.session.session_key

    client.post(LOOK, {"person": "daan"})

    assert who_is_in(client) == "nieuw@demo.test"
    assert client.session.session_key != first


@in_the_demo
@pytest.mark.parametrize("person", ["", "petra", "\x00", "é" * 5_000, "1", "deelnemer@demo.test", "' OR 1=1"])
def test_nobody_else_can_be_chosen(client, demo, person):
    User.objects.create_superuser("server@example.test", "x", display_name="Server")

    assert (client.post(LOOK, {"person": person}).status_code, who_is_in(client)) == (404, None)


@in_the_demo
def test_somebody_who_was_not_loaded_can_not_be_chosen(client, demo):
    User.objects.filter(email="deelnemer@demo.test").delete()

    assert client.post(LOOK, {"person": "samira"}).status_code == 404


@in_the_demo
def test_a_closed_account_can_not_be_looked_around_as(client, demo):
    User.objects.filter(email="deelnemer@demo.test").update(is_active=False)

    client.post(LOOK, {"person": "samira"})

    assert client.get("/mijn/").status_code == 302


@in_the_demo
def test_it_takes_a_press(client, demo):
    assert [client.generic(method, LOOK).status_code for method in ("GET", "HEAD", "PUT", "DELETE")] == [405] * 4
    assert who_is_in(client) is None


# ── Elsewhere ──────────────────────────────────────────────────────────────────
def test_elsewhere_there_is_no_strip(client, site_pages, people):
    assert (django_settings.DEMO, strip(client.get("/"))) == (False, [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_elsewhere_there_is_no_such_door(client, site_pages, people, method):
    response = getattr(client, method)(LOOK, {"person": "samira"})

    assert (response.status_code, who_is_in(client)) == (404, None)


@pytest.mark.parametrize(("demo_is_on", "doors"), [(True, 1), (False, 0)])
def test_the_setting_alone_opens_the_door(settings, demo_is_on, doors):
    settings.DEMO = demo_is_on

    patterns = runpy.run_path(site_urls.__file__)["urlpatterns"]

    assert len([each for each in patterns if str(each.pattern) == "voorbeeld/"]) == doors
