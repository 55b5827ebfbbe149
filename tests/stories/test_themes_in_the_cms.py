"""Themes: one list that whoever writes may extend, with names that work as an address."""

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import sync_roles
from stories.models import Theme
from tests.words import dutch

NEW = "/cms/themas/new/"


@pytest.fixture(autouse=True)
def rights(site_pages):
    sync_roles()
    Theme.objects.create(name="Wachten", slug="wachten")


def said(answer):
    return answer.context["form"].errors.get("name", [])


@pytest.mark.parametrize("name", ["noor", "marieke", "petra"])
def test_who_writes_adds_a_theme(request, browser_of, name):
    answer = browser_of(request.getfixturevalue(name)).post(
        NEW, {"name": " De  laatste bus ", "intro": "", "question": ""}
    )

    assert answer.status_code == 302
    assert Theme.objects.get(slug="de-laatste-bus").name == "De laatste bus"


@pytest.mark.parametrize("name", ["ilse", "samira", "stranger"])
def test_nobody_else_does(request, browser_of, name):
    browser_of(request.getfixturevalue(name)).post(NEW, {"name": "De laatste bus"})

    assert Theme.objects.count() == 1


def test_she_mends_one_and_its_address_stays(browser_of, noor):
    theme = Theme.objects.get()

    browser_of(noor).post(f"/cms/themas/edit/{theme.pk}/", {"name": "Lang wachten", "intro": "", "question": ""})

    theme.refresh_from_db()
    assert (theme.name, theme.slug) == ("Lang wachten", "wachten")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Wonen/werken", "A theme has no slash. Write two themes, or use the word “and”."),
        ("x" * 61, "Keep it to %(most)s characters: a word or two."),
        ("!!!", "Write a word that can be read: there is no letter in this."),
        ("WACHTEN", "This theme is there already: “%(name)s”."),
        (" wachten ", "This theme is there already: “%(name)s”."),
        ("Wächten", "This theme is there already: “%(name)s”."),
    ],
)
def test_what_can_not_be_is_said_at_the_field(browser_of, noor, name, sentence):
    answer = browser_of(noor).post(NEW, {"name": name, "intro": "Iets", "question": ""})

    assert said(answer) == [dutch(sentence, most=60, name="Wachten")]
    assert answer.context["form"].data["intro"] == "Iets"
    assert Theme.objects.count() == 1


@pytest.mark.parametrize("name", ["", "x" * 200, "x" * 50_000, "nul\0", "<script>"])
def test_bad_input_is_a_sentence_and_never_an_error(browser_of, noor, name):
    answer = browser_of(noor).post(NEW, {"name": name, "intro": "", "question": ""})

    assert answer.status_code in (200, 302)
    if name != "<script>":
        assert (len(said(answer)), Theme.objects.count()) == (1, 1)


def test_the_database_keeps_a_name_to_itself():
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(name="WACHTEN", slug="wachten-2")


def test_nobody_deletes_one_that_others_use(browser_of, noor, petra):
    theme = Theme.objects.get()
    for person in (noor, petra):
        browser_of(person).post(f"/cms/themas/delete/{theme.pk}/")

    assert Theme.objects.exists()
