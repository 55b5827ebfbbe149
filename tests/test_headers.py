"""What every answer says to the browser, errors included: what it may load, keep and tell others."""

import pytest
from django.test import Client

PAGES = {
    "/": 200,
    "/verhalen/": 200,
    "/account/inloggen/": 200,
    "/probleem/": 200,
    "/bestaat-niet/": 404,
    "/account/uitnodiging/geen-sleutel/": 404,
    "/mijn/": 302,
}
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def policy_of(response):
    """Return the content security policy as {directive: what it allows}."""
    rules = (rule.strip().partition(" ") for rule in response["Content-Security-Policy"].split(";"))
    return {name: allowed for name, _space, allowed in rules}


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_page_is_strict_about_what_it_loads(client, site_pages, path, status):
    response = client.get(path)

    policy = policy_of(response)
    assert response.status_code == status
    assert {name: policy.get(name) for name in STRICT} == STRICT
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_page_tells_nobody_where_somebody_was(client, site_pages, path, status):
    response = client.get(path)

    assert [response[name] for name in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")] == [
        "same-origin", "nosniff", "DENY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/", "/mijn/", "/account/", "/mijn/gegevens/", "/verhalen/", "/bestaat-niet/", "/probleem/"]
)
def test_what_a_signed_in_person_sees_is_kept_nowhere(samira, module, browser_of, path):
    assert "no-store" in browser_of(samira).get(path)["Cache-Control"]


def test_over_https_everything_stays_there(settings, site_pages):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    browser = Client()

    assert browser.get("/verhalen/").url == "https://testserver/verhalen/"
    for path in ("/", "/bestaat-niet/"):
        told = browser.get(path, secure=True)["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains; preload"


def test_signing_out_empties_what_the_browser_kept(samira, browser_of):
    browser = browser_of(samira)

    asked = browser.get("/account/uitloggen/")
    left = browser.post("/account/uitloggen/")

    assert "Clear-Site-Data" not in asked.headers
    assert left["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "a b"])
def test_a_host_that_is_not_ours_gets_nothing_of_us(client, site_pages, host):
    response = client.get("/account/inloggen/", headers={"host": host})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()
