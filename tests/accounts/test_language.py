"""The button in the footer: the language is kept, and one stays on the same page of this very site."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.people import make_person


@pytest.fixture
def choose(client, db):
    def chosen(language="en", next="/verhalen/", **extra):
        return client.post(reverse("switch_language"), {"language": language, "next": next}, **extra)

    return chosen


def kept(response):
    """The language in the cookie that the answer sets, or None."""
    cookie = response.cookies.get("django_language")
    return cookie.value if cookie else None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_visitor_keeps_the_choice_in_a_cookie(choose, language):
    response = choose(language)

    assert (response.status_code, response["Location"], kept(response)) == (302, "/verhalen/", language)


def test_the_cookie_is_the_sites_own_for_a_year(choose):
    cookie = choose().cookies["django_language"]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 3600, True, "Lax")


def test_a_signed_in_person_keeps_it_in_the_profile(choose, client):
    person = make_person("Iemand")
    client.force_login(person)

    response = choose("en")

    assert (User.objects.get(pk=person.pk).language, kept(response)) == ("en", "en")


def test_another_persons_profile_stays(choose, client):
    other = make_person("Een ander")
    client.force_login(make_person("Iemand"))

    choose("en")

    assert User.objects.get(pk=other.pk).language == "nl"


@pytest.mark.parametrize("language", ["de", "", "en-gb", "nl; drop", "e\x00n"])
def test_an_unknown_language_changes_nothing(choose, client, language):
    person = make_person("Iemand")
    client.force_login(person)

    response = choose(language)

    assert (response.status_code, response["Location"], kept(response)) == (302, "/verhalen/", None)
    assert User.objects.get(pk=person.pk).language == "nl"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elders.example/",
        "//elders.example/",
        "///elders.example/",
        "http:///elders.example",
        "\\\\elders.example",
        "/\\elders.example",
        "javascript:alert(1)",
        "\x00/verhalen/",
        "/" + "x" * 600,
        "",
    ],
)
def test_nobody_is_led_to_another_site(choose, elsewhere):
    response = choose(next=elsewhere)

    assert (response["Location"], kept(response)) == ("/", "en")


@pytest.mark.parametrize("here", ["/verhalen/?q=a&b=c", "http://testserver/training/"])
def test_the_page_keeps_its_own_query(choose, here):
    assert choose(next=here)["Location"] == here


def test_a_line_end_in_the_address_splits_no_header(choose):
    assert choose(next="/verhalen/\r\nSet-Cookie: a=b")["Location"] == "/verhalen/%0D%0ASet-Cookie:%20a=b"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_pressing_the_button_changes_it(client, db, method):
    response = getattr(client, method)(reverse("switch_language"), {"language": "en"} if method == "get" else None)

    assert (response.status_code, kept(response)) == (405, None)
