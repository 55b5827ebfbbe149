"""Reading cards along: who does, and what they decide."""

import pytest

from common.refusals import Refused
from stories.card_policies import cards_to_check, readers_along_of
from stories.choices import HeldBack
from stories.domain.card_checking import hold_back, pass_on
from stories.domain.card_reading import report_card
from stories.domain.thanks import CardWords, answer_card, take_back
from tests.factories.enrolments import enrol
from tests.factories.people import make_person
from tests.standing import standing
from tests.stories.cards import (
    WORDS,
    again,
    browser_of,
    check_page_of,
    delivered,
    page_of,
    story_of,
    to_person,
    told,
    write,
)

pytestmark = pytest.mark.django_db
LIST = "/kaartjes/nakijken/"


@pytest.fixture(autouse=True)
def many_a_day(settings):
    settings.CARDS_TO_ONE_A_DAY = 100


@standing
def story(site_pages):
    """Of somebody who is in no group here."""
    return story_of(make_person("Noor van Elders"), site_pages)


@pytest.fixture
def card(story, samira):
    return write(story, samira)


def decide(person, card, act, **fields):
    return browser_of(person).post(check_page_of(card), {"act": act} | fields)


# ── Who reads along ────────────────────────────────────────────────────────────
def test_trainers_and_coordinators_of_the_senders_group(card, samira, daan, noor, marieke, ilse, roel, petra, stranger):
    """Co-trainers do not: a card may be hard on a storyteller, and they are storytellers themselves."""
    people = {"marieke": marieke, "ilse": ilse, "roel": roel}
    others = {"samira": samira, "daan": daan, "noor": noor, "petra": petra, "stranger": stranger}

    assert {name: browser_of(one).get(check_page_of(card)).status_code for name, one in people.items()} == {
        "marieke": 200,
        "ilse": 200,
        "roel": 404,
    }
    assert [browser_of(one).get(check_page_of(card)).status_code for one in others.values()] == [404] * 5
    assert [browser_of(one).get(LIST).status_code for one in others.values()] == [404] * 5
    assert [decide(one, card, "pass-on").status_code for one in (*others.values(), roel)] == [404] * 6
    assert again(card).state == "waiting"


def test_the_list_and_the_card_say_the_same(card, story, roel, ilse, marieke, stranger):
    of_stranger = write(story, stranger)

    listed = {name: {one.pk for one in browser_of(person).get(LIST).context["cards"]} for name, person in (
        ("ilse", ilse), ("marieke", marieke), ("roel", roel))}  # fmt: skip
    assert listed == {"ilse": {card.pk, of_stranger.pk}, "marieke": {card.pk}, "roel": {of_stranger.pk}}


def test_a_group_without_a_team_is_read_along_by_any_coordinator(card, ilse, roel, group, marieke):
    group.coordinators.clear()
    group.trainers.clear()

    assert [set(cards_to_check(person)) for person in (ilse, roel, marieke)] == [{card}, {card}, set()]


def test_to_stand_in_the_team_without_the_role_gives_nothing(card, ilse, marieke):
    for person in (ilse, marieke):
        person.groups.clear()

    assert [browser_of(person).get(LIST).status_code for person in (ilse, marieke)] == [404, 404]


def test_nobody_reads_along_what_they_wrote_or_get(samira, ilse, marieke, settings):
    from_ilse, to_ilse = to_person(samira, ilse), to_person(ilse, samira)

    assert [set(cards_to_check(person)) for person in (ilse, marieke)] == [set(), {from_ilse, to_ilse}]
    assert decide(ilse, from_ilse, "pass-on").status_code == 404


def test_a_team_member_s_card_is_read_along_by_a_colleague(samira, ilse, roel):
    """Ilse leads her group alone: a coordinator of another group reads along."""
    card = to_person(samira, ilse)

    assert [set(cards_to_check(person)) for person in (ilse, roel)] == [set(), {card}]


def test_a_storytellers_answer_is_read_along_where_the_reader_belongs(card, ilse, roel, other_group, training):
    """Not in the group of the account behind the storyteller: that would say who she is."""
    teller = card.receiver
    enrol(teller, training, group=other_group)
    pass_on(card, by=ilse)
    answer = answer_card(card, CardWords("Dank je."), by=teller, token=card.uuid)

    assert [set(cards_to_check(person)) for person in (ilse, roel)] == [{answer}, set()]
    page = told(browser_of(ilse).get(check_page_of(answer)))
    assert ("van Elders" in page, "Noor" in page) == (False, True)


def test_a_card_between_storytellers_is_for_any_coordinator(story, card, ilse, roel, marieke):
    pass_on(card, by=ilse)
    card.from_storyteller = story.tellings.get().storyteller
    card.state, card.to_storyteller = "waiting", card.from_storyteller
    card.save()

    assert [set(cards_to_check(person)) for person in (ilse, roel, marieke)] == [{card}, {card}, set()]


def test_who_hears_of_a_card(card, ilse, marieke, roel, noor):
    assert readers_along_of(card) == sorted([ilse, marieke], key=lambda person: person.pk)


# ── Deciding ───────────────────────────────────────────────────────────────────
def test_a_card_is_delivered(card, ilse):
    response = decide(ilse, card, "pass-on")

    card = again(card)
    assert (response.url, card.state, card.checked_by) == (LIST, "passed_on", ilse)
    assert browser_of(card.receiver).get(page_of(card)).status_code == 200


@pytest.mark.parametrize("reason", HeldBack.values)
def test_a_card_is_held_back_with_a_sentence_for_the_sender(card, ilse, samira, reason):
    response = decide(ilse, card, "hold-back", reason=reason)

    card = again(card)
    assert (response.url, card.state, card.held_reason) == (LIST, "held_back", reason)
    assert card.get_held_reason_display() in told(browser_of(samira).get(page_of(card)))
    assert browser_of(card.receiver).get(page_of(card)).status_code == 404


def test_who_was_held_back_writes_it_in_another_way(card, story, ilse, samira, settings):
    settings.CARDS_TO_ONE_A_DAY = 1
    hold_back(card, reason="harsh", by=ilse)
    page = browser_of(samira).get(f"{story.address}kaartje/?opnieuw=1")

    assert f">\n{WORDS}</textarea>" in page.content.decode()
    assert write(story, samira).pk


@pytest.mark.parametrize("fields", [{}, {"reason": ""}, {"reason": "nooit"}, {"reason": "\x00"}])
def test_without_a_reason_nothing_is_held_back(card, ilse, fields):
    assert (decide(ilse, card, "hold-back", **fields).status_code, again(card).state) == (400, "waiting")


@pytest.mark.parametrize("act", ["", "nooit", "keep"])
def test_an_unknown_button_decides_nothing(card, ilse, act):
    assert (decide(ilse, card, act).status_code, again(card).state) == (400, "waiting")


def test_deciding_twice_changes_nothing(card, ilse):
    first = pass_on(card, by=ilse)

    assert pass_on(card, by=ilse).checked_at == again(first).checked_at


def test_the_second_one_hears_that_it_was_done(card, ilse, marieke):
    pass_on(card, by=ilse)

    with pytest.raises(Refused):
        hold_back(card, reason="harsh", by=marieke)
    assert again(card).state == "passed_on"


def test_a_card_that_was_taken_away_meanwhile(card, ilse, samira):
    take_back(card, by=samira)

    with pytest.raises(Refused):
        pass_on(card, by=ilse)
    assert browser_of(ilse).get(check_page_of(card)).status_code == 404


# ── Reported ───────────────────────────────────────────────────────────────────
@pytest.fixture
def reported(story, samira, ilse):
    card = delivered(story, samira, ilse)
    return report_card(card, "Hij noemt mijn straat.", by=card.receiver)


def test_a_reported_card_comes_back_first(card, reported, ilse):
    page = browser_of(ilse).get(LIST)

    assert list(page.context["cards"]) == [reported, card]
    assert "Hij noemt mijn straat." in told(browser_of(ilse).get(check_page_of(reported)))


def test_a_reported_card_is_given_back(reported, ilse):
    card = pass_on(reported, by=ilse)

    assert (card.state, card.report, card.reported_at, card.reading) == ("passed_on", {}, None, "read")


def test_a_reported_card_is_taken_out(reported, ilse, samira):
    decide(ilse, reported, "hold-back", reason="names")

    card = again(reported)
    assert (card.state, card.report, card.reported_at) == ("held_back", {}, None)
    assert browser_of(card.receiver).get(page_of(card)).status_code == 404
    assert browser_of(samira).get(page_of(card)).status_code == 200


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("size", [1, 20])
def test_the_list_costs_the_same_with_twenty_cards(story, training, group, ilse, size, django_assert_num_queries):
    for number in range(size):
        person = make_person(f"Deelnemer {number}")
        enrol(person, training, group=group)
        write(story, person)
    browser = browser_of(ilse)
    browser.get("/probleem/")

    with django_assert_num_queries(5):  # session, person with roles, how many, these, contact
        assert len(browser.get(LIST).context["cards"]) == size
