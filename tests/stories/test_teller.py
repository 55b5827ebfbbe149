"""A storyteller says who they are here, who is there for them, and who may decide in their place."""

import pytest
from bs4 import BeautifulSoup

from home.models import ContactSettings
from stories.domain.publishing import pause_story
from stories.models import StoryEvent, Storyteller
from tests.factories.stories import add_story, storyteller_of

PAGE = "/vertellers/over-mij/"


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


def choices(answer, name):
    found = BeautifulSoup(answer.content, "html.parser").select(f"select[name={name}] option")
    return [one.text for one in found][1:]


def test_who_begins_is_made_a_storyteller_with_what_they_say(browser_of, noor, marieke):
    browser = browser_of(noor)
    sent = {"name": "N.", "about": "Nu co-trainer.", "support": str(marieke.uuid), "support_phone": "06 1"}

    answer = browser.post(PAGE, sent)

    teller = Storyteller.objects.get(account=noor)
    assert (answer.status_code, answer.url) == (302, "/vertellers/")
    assert (teller.name, teller.about, teller.support, teller.proxy) == ("N.", "Nu co-trainer.", marieke, None)
    assert "06 1" in browser.get("/vertellers/").content.decode()


def test_a_proxy_that_was_named_decides_until_it_is_taken_back(browser_of, site_pages, noor, marieke):
    story = add_story(site_pages.stories, "De waterkoker", owner=noor)
    browser = browser_of(noor)
    browser.post(PAGE, {"name": "Noor", "proxy": str(marieke.uuid)})

    pause_story(story, by=marieke)
    browser.post(PAGE, {"name": "Noor", "proxy": ""})

    assert StoryEvent.objects.of_story(story).last().as_proxy
    assert Storyteller.objects.get(account=noor).proxy is None


def test_nobody_is_named_who_is_not_around(browser_of, noor, marieke, ilse, samira, stranger, petra):
    storyteller_of(noor)
    browser = browser_of(noor)

    assert choices(browser.get(PAGE), "proxy") == ["Ilse Verbruggen", "Marieke de Wit"]
    for somebody in (str(stranger.uuid), str(petra.uuid), "abc", "\0"):
        assert browser.post(PAGE, {"name": "Noor", "proxy": somebody}).status_code == 400
    assert Storyteller.objects.get(account=noor).proxy is None


@pytest.mark.parametrize(
    "sent", [{}, {"name": ""}, {"name": "x" * 50_000}, {"name": "a\0b"}, {"turns_16_on": "gisteren"}]
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(browser_of, noor, sent):
    answer = browser_of(noor).post(
        PAGE, {"about": "Blijft staan.", "name": "Noor"} | sent if sent else {"about": "Blijft staan."}
    )
    html = BeautifulSoup(answer.content, "html.parser")

    assert answer.status_code == 400
    assert len(html.select(".field__error")) == 1
    assert html.find(attrs={"name": "about"})["value"] == "Blijft staan."
    assert not Storyteller.objects.filter(account=noor).exists()


def test_who_speaks_for_somebody_changes_nothing_of_theirs_here(browser_of, noor, samira):
    teller = storyteller_of(noor)
    Storyteller.objects.filter(pk=teller.pk).update(proxy=samira)

    browser_of(samira).post(PAGE, {"name": "Samira"})

    assert list(Storyteller.objects.order_by("pk").values_list("name", "account__display_name")) == [
        ("Noor", "Noor"),
        ("Samira", "Samira El Amrani"),
    ]


@pytest.mark.parametrize("name", ["samira", "marieke", "ilse", "petra"])
def test_who_tells_nothing_has_no_such_page(request, browser_of, name):
    browser = browser_of(request.getfixturevalue(name))
    assert [browser.get(PAGE).status_code, browser.post(PAGE, {"name": "X"}).status_code] == [404, 404]
