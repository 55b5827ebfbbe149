"""The chooser of films and sound names the collections that somebody works with, and no others."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

from accounts.roles import sync_roles
from stories.domain.shelves import shelf_of
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

CHOOSERS = ["chooser/", "chooser/audio/", "chooser/video/"]


@pytest.fixture
def shelves(site_pages):
    """Three collections, a person of the CMS without any right on files, and `grant(person, act, collection)`."""
    sync_roles()
    root = Collection.get_first_root_node()
    return {name: root.add_child(name=name) for name in ("Films van Noor", "Geluid van Noor", "Van een ander")}


def grant(person, act, collection):
    group = Group.objects.create(name=f"{person} {act} {collection}")
    right = Permission.objects.get(content_type__app_label="wagtailmedia", codename=f"{act}_media")
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=right)
    person.groups.add(group)


def named(browser, path="chooser/", **sent):
    """The collections to filter by, as the chooser names them, and its whole HTML."""
    answer = browser.post(f"/cms/media/{path}", sent) if sent else browser.get(f"/cms/media/{path}")
    html = json.loads(answer.content)["html"]
    options = BeautifulSoup(html, "html.parser").select("#collection_chooser_collection_id option")
    return [option.text.replace("↳", "").strip() for option in options][1:], html


@pytest.mark.parametrize("path", CHOOSERS)
def test_who_has_no_right_on_files_learns_of_no_collection(shelves, browser_of, path):
    noor = make_person("Ilse", "coordinator")

    names, html = named(browser_of(noor), path)

    assert (names, [name for name in shelves if name in html]) == ([], [])


@pytest.mark.parametrize("path", CHOOSERS)
@pytest.mark.parametrize("act", ["add", "change"])
def test_who_has_a_right_on_two_finds_those_two(shelves, browser_of, path, act):
    noor = make_person("Ilse", "coordinator")
    grant(noor, act, shelves["Films van Noor"])
    grant(noor, act, shelves["Geluid van Noor"])

    names, html = named(browser_of(noor), path)

    assert names == ["Films van Noor", "Geluid van Noor"]
    assert "Van een ander" not in html


def test_nor_does_it_after_an_upload_that_went_wrong(shelves, browser_of):
    noor = make_person("Ilse", "coordinator")
    grant(noor, "add", shelves["Films van Noor"])
    grant(noor, "add", shelves["Geluid van Noor"])

    names, html = named(browser_of(noor), "video/chooser/upload/", title="Zonder bestand")

    assert (names, "Van een ander" in html) == (["Films van Noor", "Geluid van Noor"], False)


def test_the_next_person_gets_nothing_of_the_one_before(shelves, browser_of):
    trainer, noor = make_person("Marieke", "trainer"), make_person("Ilse", "coordinator")

    all_of_them, _html = named(browser_of(trainer))
    none, _html = named(browser_of(noor))

    assert (set(shelves) <= set(all_of_them), none) == (True, [])


def test_the_shelf_of_a_story_is_no_place_to_put_a_file(shelves, browser_of, noor, marieke, story):
    shelf = shelf_of(story)
    pages = [
        browser_of(person).get(path).content.decode()
        for person in (noor, marieke)
        for path in ("/cms/images/chooser/", "/cms/media/chooser/", "/cms/images/add/", "/cms/media/audio/add/")
    ]

    assert [shelf.name in page for page in pages] == [False] * 8
    assert ["Films van Noor" in page for page in pages] == [True] * 8


def test_asked_by_nobody_there_are_none(shelves, browser_of):
    from wagtailmedia.views import chooser

    named(browser_of(make_person("Marieke", "trainer")))

    assert list(chooser.Collection.objects.all()) == []
