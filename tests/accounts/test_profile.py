"""What a person says about themselves, and how they like to read."""

import pytest

from accounts.models import User
from tests.accounts.test_sign_in import dutch, html_of, said

PROFILE = "/account/profiel/"
ALL = {
    "display_name": "Sam de Boer",
    "about_me": "Ik werk met jongeren in Tilburg.",
    "work": "host",
    "language": "en",
    "theme": "dark",
    "larger_text": "on",
}


def test_the_profile_is_kept_and_works_on_the_next_page(samira, browser_of):
    browser = browser_of(samira)

    response = browser.post(PROFILE, ALL)
    page = html_of(browser.get(response.url))

    kept = User.objects.get(pk=samira.pk)
    assert (kept.display_name, kept.about_me, kept.work) == (ALL["display_name"], ALL["about_me"], "host")
    assert [page.html[name] for name in ("lang", "data-theme", "data-text")] == ["en", "dark", "larger"]
    assert page.select_one("[role=status]").text == "Your profile is kept."


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"display_name": ""}, 1),
        ({"display_name": "x" * 81}, 1),
        ({"about_me": "x" * 161}, 1),
        ({"work": "baas"}, 1),
        ({"language": "fr"}, 1),
        ({"theme": "\x00"}, 1),
        ({"display_name": "", "work": ""}, 2),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_half_kept(samira, browser_of, change, count):
    response = browser_of(samira).post(PROFILE, ALL | change)

    assert (response.status_code, len(said(response))) == (400, count)
    kept = User.objects.get(pk=samira.pk)
    assert (kept.display_name, kept.about_me, kept.theme) == ("Samira El Amrani", "", "device")
    assert html_of(response).find("input", {"name": "about_me"})["value"] == (ALL | change)["about_me"]


def test_control_characters_and_new_lines_are_taken_out(samira, browser_of):
    browser_of(samira).post(PROFILE, ALL | {"about_me": "Ik\x00 werk\n\nhier"})

    assert User.objects.get(pk=samira.pk).about_me == "Ik werk hier"


def test_rights_and_addresses_are_no_part_of_it(samira, browser_of):
    browser_of(samira).post(PROFILE, ALL | {"email": "x@example.test", "is_superuser": "on", "uuid": "x"})

    kept = User.objects.get(pk=samira.pk)
    assert (kept.email, kept.is_superuser, kept.uuid) == (samira.email, False, samira.uuid)


def test_a_visitor_is_asked_to_sign_in(client):
    assert [client.get(path).url for path in (PROFILE, "/account/")] == [
        "/account/inloggen/?next=/account/profiel/",
        "/account/inloggen/?next=/account/",
    ]


@pytest.mark.parametrize(("name", "links"), [("samira", 0), ("noor", 0), ("ilse", 1), ("petra", 2)])
def test_the_account_page_shows_what_is_theirs(request, browser_of, name, links):
    page = html_of(browser_of(request.getfixturevalue(name)).get("/account/"))
    ways = [link["href"] for link in page.select(".account__link")]

    assert [way for way in ways if way in ("/account/uitnodigingen/", "/account/mensen/")] == [
        "/account/uitnodigingen/",
        "/account/mensen/",
    ][:links]
    assert dutch("Your profile") in page.text
