"""The way from the menu to somebody's own group, and words for who has none."""

import pytest

from tests.factories.groups import make_group
from tests.words import dutch
from training.domain.places import enrol_oneself, prepare_place, withdraw_place

MENU = 'href="/groep/"'


@pytest.fixture
def hers(browser_of, stranger):
    return browser_of(stranger)


def test_who_sits_in_one_group_is_led_to_it(hers, stranger, small_group):
    enrol_oneself(small_group, stranger)

    assert hers.get("/groep/").url == f"/groep/{small_group.uuid}/"


def test_who_is_invited_or_waits_finds_the_group_as_well(hers, stranger, small_group, people, ilse):
    for person in people(2):
        enrol_oneself(small_group, person)
    prepare_place(small_group, stranger, by=ilse)

    assert hers.get("/groep/").url == f"/groep/{small_group.uuid}/"


def test_who_sits_in_two_chooses(hers, stranger, small_group, training, ilse):
    other = make_group(training, "Breda", coordinators=[ilse])
    for group in (small_group, other):
        prepare_place(group, stranger, by=ilse)
    words = hers.get("/groep/").content.decode()

    assert all(f'href="/groep/{group.uuid}/"' in words for group in (small_group, other))


def test_who_has_none_or_left_reads_so(hers, stranger, small_group):
    said = dutch("You sit in no group now. When somebody asks you for one, you get a mail.")
    before = hers.get("/groep/").content.decode()
    withdraw_place(enrol_oneself(small_group, stranger), by=stranger)

    assert said in before
    assert said in hers.get("/groep/").content.decode()
    assert small_group.name not in hers.get("/groep/").content.decode()


def test_the_group_of_others_is_not_on_it(hers, small_group, people):
    enrol_oneself(small_group, people(1)[0])

    assert small_group.name not in hers.get("/groep/").content.decode()


@pytest.mark.django_db  # before the browser tests, whose loop stands in its way
@pytest.mark.parametrize(("who", "times"), [("samira", 2), ("noor", 1), ("ilse", 1)])
def test_it_stands_in_the_menu(request, browser_of, who, times):
    """At the top and at the bottom for participants; for who has a role here at the bottom alone."""
    page = browser_of(request.getfixturevalue(who)).get("/account/").content.decode()

    assert page.count(MENU) == times


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get("/groep/").url == "/account/inloggen/?next=/groep/"
    assert MENU not in client.get("/training/").content.decode()
