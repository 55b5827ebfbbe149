"""Fatima is invited, comes in and gets a passkey; on a host name, as passkeys ask for one."""

import re
import zipfile

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.server import Server, set_stage

pytestmark = pytest.mark.browser

FATIMA = "fatima@example.test"


@pytest.fixture(scope="package")
def named_server(chromium, shared_folder, tmp_path_factory):
    server = Server(set_stage(shared_folder), tmp_path_factory.mktemp("named"), host="localhost")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def device(chromium, named_server):
    """Return `device(person)`: a page on a phone of their own, signed in as a demo person or as nobody."""
    named_server.restore()
    contexts = []

    def opened(person=None):
        context = chromium.new_context(base_url=named_server.url, viewport=PHONE, locale="nl-NL")
        contexts.append(context)
        context.set_default_timeout(10_000)
        if person:
            session = {"name": "sessionid", "value": named_server.sessions[person], "url": named_server.url}
            context.add_cookies([session])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def give_it_a_finger(page):
    """Let the browser believe that this phone knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def invite_fatima(page):
    page.goto("/account/")
    page.get_by_role("link", name="Uitnodigingen").click()
    page.get_by_label("Het e-mailadres van diegene").fill(FATIMA)
    page.get_by_label("De naam van diegene").fill("Fatima")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    assert FATIMA in page.get_by_role("listitem").filter(has_text="Fatima").inner_text()


def come_in(page, server):
    page.goto(re.search(r"http://\S+/uitnodiging/\S+/", server.last_mail(FATIMA))[0])
    assert page.get_by_label("Hoe mogen we je noemen?").input_value() == "Fatima"
    page.get_by_role("button", name="Kom binnen").click()
    assert page.url == f"{server.url}/mijn/"


def add_passkey(page):
    page.goto("/account/veilig/")
    page.get_by_role("link", name="Voeg een toegangssleutel toe").click()
    page.get_by_label("Hoe noem je hem?").fill("Mijn telefoon")
    with page.expect_navigation():
        page.get_by_role("button", name="Voeg een toegangssleutel toe").click()


def leave(page):
    page.goto("/account/uitloggen/")
    page.get_by_role("main").get_by_role("button", name="Log uit").click()


def enter_with_passkey(page, server):
    page.goto("/account/inloggen/")
    page.get_by_role("button", name="Log in met een toegangssleutel").click()
    page.wait_for_url(f"{server.url}/mijn/")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).click()


def show_the_finger(page):
    page.get_by_role("link", name="Gebruik je toegangssleutel").click()
    press(page, "Gebruik je toegangssleutel")


def take_a_copy(page, server):
    page.goto("/mijn/gegevens/")
    press(page, "Maak een kopie")
    show_the_finger(page)
    server.run_worker()
    page.goto("/mijn/gegevens/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download je kopie").click()
    with zipfile.ZipFile(download.value.path()) as copy:
        assert sorted(copy.namelist()) == ["data.json", "index.html", "style.css"]
        assert FATIMA in copy.read("data.json").decode()


def have_everything_erased(page, server):
    page.goto("/mijn/gegevens/wissen/")
    press(page, "Sluit mijn account en wis alles")
    assert server.execute("SELECT is_active FROM accounts_user WHERE email = ?", FATIMA) == [(0,)]
    page.goto("/mijn/")
    assert page.url.startswith(f"{server.url}/account/inloggen/")


def test_invited_by_mail_signed_in_with_a_passkey_and_gone_with_a_copy(device, named_server):
    invite_fatima(device("ilse"))
    page = device()
    give_it_a_finger(page)

    come_in(page, named_server)
    add_passkey(page)
    leave(page)
    enter_with_passkey(page, named_server)

    page.goto("/account/veilig/sleutels/")
    assert "Mijn telefoon" in page.get_by_role("main").inner_text()
    take_a_copy(page, named_server)
    have_everything_erased(page, named_server)


def test_who_stops_at_the_passkey_hears_so_and_a_code_still_works(device, named_server):
    page = device()
    page.goto("/account/inloggen/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")
    page.get_by_role("button", name="Log in met een toegangssleutel").click()
    page.get_by_text("Dat lukte niet. Probeer het nog eens, of vraag een code aan.").wait_for()

    page.get_by_label("Jouw e-mailadres").fill("nieuw@demo.test")
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("Je code").fill(re.search(r"^\d{6}$", named_server.last_mail("nieuw@demo.test"), re.M)[0])
    page.get_by_role("button", name="Log in").click()

    assert page.url == f"{named_server.url}/mijn/"
