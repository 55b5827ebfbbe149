"""What the two people of a card do with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from stories.domain.card_reading import keep_card, report_card, show_card
from stories.domain.card_room import cards_waiting, given_and_taken, room_post
from stories.domain.sentences import sentences_of
from stories.domain.thanks import answer_card, forget_quotes, shown_cards, take_back, thanks_beside
from stories.models import Storyteller, ThankYou
from tests.factories.people import make_person
from tests.standing import standing
from tests.stories.cards import (
    ANSWER,
    MARKED,
    WORDS,
    again,
    browser_of,
    delivered,
    in_every_state,
    page_of,
    story_of,
    to_person,
    told,
    write,
    written_back,
)

pytestmark = pytest.mark.django_db
MINE, POST = "/mijn/kaartjes/", "/vertellers/kaartjes/"


@pytest.fixture(autouse=True)
def many_a_day(settings):
    settings.CARDS_TO_ONE_A_DAY = settings.CARDS_A_DAY = 100


@standing
def story(noor, site_pages):
    return story_of(noor, site_pages)


@pytest.fixture
def card(story, samira, ilse):
    return delivered(story, samira, ilse, quote_key=sentences_of(story)[0].key, name_may_show=True)


def press(browser, card, act, **fields):
    return browser.post(page_of(card), {"act": act} | fields)


# ── Who meets it ───────────────────────────────────────────────────────────────
def test_a_storyteller_meets_delivered_cards_only(story, samira, noor, ilse):
    cards = in_every_state(story, samira, ilse)

    assert {state: browser_of(noor).get(page_of(card)).status_code for state, card in cards.items()} == {
        "waiting": 404,
        "passed_on": 200,
        "held_back": 404,
        "reported": 200,
    }
    assert [card.pk for card in browser_of(noor).get(POST).context["cards"]] == [cards["passed_on"].pk]


def test_a_sender_meets_all_of_theirs(story, samira, ilse):
    cards = in_every_state(story, samira, ilse)

    assert [browser_of(samira).get(page_of(card)).status_code for card in cards.values()] == [200] * 4
    assert {card.pk for card in browser_of(samira).get(MINE).context["sent"]} == {card.pk for card in cards.values()}


def test_nobody_else_meets_a_card(card, daan, marieke, ilse, roel, petra, stranger):
    for person in (daan, marieke, ilse, roel, petra, stranger):
        browser = browser_of(person)
        assert [browser.get(page_of(card)).status_code, press(browser, card, "keep").status_code] == [404, 404]
    assert browser_of(None).get(page_of(card)).url.startswith("/account/inloggen/")
    assert again(card).reading == "unread"


def test_the_name_of_the_account_behind_a_storyteller_stays_hidden(site_pages, samira, ilse):
    teller = make_person("Nadia Echte-Naam")
    card = delivered(story_of(teller, site_pages), samira, ilse)
    answer = written_back(card, teller, ilse)

    pages = [browser_of(samira).get(address) for address in (page_of(card), page_of(answer), MINE)]
    assert ["Nadia" in told(page) for page in pages] == [False] * 3
    assert ["Noor" in told(page) for page in pages] == [True] * 3


def test_only_a_storyteller_has_post(samira, noor, story):
    assert [browser_of(person).get(POST).status_code for person in (samira, noor)] == [404, 200]


# ── Keeping, showing, later ────────────────────────────────────────────────────
@pytest.mark.parametrize(("act", "reading"), [("keep", "kept"), ("show", "shown"), ("later", "later")])
def test_what_a_storyteller_does_with_a_card(card, noor, act, reading):
    response = press(browser_of(noor), card, act)

    assert (response.status_code, response.url, again(card).reading) == (302, POST, reading)


@pytest.mark.parametrize("act", ["keep", "show", "later", "report"])
def test_the_sender_does_none_of_that(card, samira, act):
    assert (press(browser_of(samira), card, act).status_code, again(card).reading) == (409, "unread")


@pytest.mark.parametrize("act", ["", "nooit", "\x00", "pass-on"])
def test_an_unknown_button_says_so(card, noor, act):
    assert press(browser_of(noor), card, act).status_code == 400


def test_a_card_about_no_story_is_not_shown(marieke, samira, ilse):
    from stories.domain.card_checking import pass_on

    card = pass_on(to_person(samira, marieke), by=ilse)
    assert (press(browser_of(samira), card, "show").status_code, again(card).reading) == (409, "unread")


# ── Beside the story ───────────────────────────────────────────────────────────
def test_shown_cards_stand_with_their_answer(story, card, noor, ilse):
    show_card(card, by=noor)
    answer = written_back(card, noor, ilse)

    shown = shown_cards(story)
    assert [(one.text, one.shown_sentence, one.shown_name, one.reply) for one in shown] == [
        (WORDS, MARKED, "Samira", answer)
    ]
    assert (shown[0].reply.text, shown[0].reply.shown_name) == (ANSWER, "Noor")


def test_nothing_else_is_shown(story, card, samira, noor, ilse):
    in_every_state(story, samira, ilse)
    assert shown_cards(story) == []

    show_card(card, by=noor)
    assert len(shown_cards(story)) == 1
    keep_card(card, by=noor)
    assert shown_cards(story) == []


def test_without_leave_no_name_stands_with_it(story, samira, noor, ilse):
    show_card(delivered(story, samira, ilse), by=noor)

    assert [card.shown_name for card in shown_cards(story)] == [""]


def test_a_sentence_that_she_took_out_of_the_story_is_not_shown(story, card, noor):
    show_card(card, by=noor)
    story.body = [("paragraph", "<p>Iets heel anders.</p>")]

    assert [(one.sentence, one.shown_sentence) for one in shown_cards(story)] == [(MARKED, "")]


def test_a_reported_or_taken_card_is_gone_from_the_story_at_once(story, card, samira, noor, ilse):
    show_card(card, by=noor)
    report_card(card, "", by=noor)
    assert shown_cards(story) == []

    other = delivered(story, samira, ilse)
    show_card(other, by=noor)
    take_back(other, by=samira)
    assert shown_cards(story) == []


@pytest.mark.parametrize("size", [1, 20])
def test_what_stands_beside_a_story_costs_two_queries(story, samira, noor, ilse, size, django_assert_num_queries):
    for _number in range(size):
        card = delivered(story, samira, ilse)
        show_card(card, by=noor)
        written_back(card, noor, ilse)
    with django_assert_num_queries(2):
        beside = thanks_beside(story, AnonymousUser())
        assert [(one.shown_name, one.reply.shown_name) for one in beside["shown_cards"]] == [("", "Noor")] * min(
            size, 6
        )
    assert [(one.name, one.is_open) for one in beside["addressees"]] == [("Noor", True)]


def test_her_own_story_offers_her_no_card(story, noor):
    assert thanks_beside(story, noor)["addressees"] == []


# ── Writing back ───────────────────────────────────────────────────────────────
def test_writing_back_goes_by_who_reads_along(card, samira, noor, ilse):
    response = press(browser_of(noor), card, "answer", words=ANSWER, token="")

    answer = ThankYou.objects.get(answer_to=card)
    assert (response.status_code, response.url) == (302, page_of(answer))
    assert (answer.sender, answer.from_name, answer.receiver, answer.state) == (noor, "Noor", samira, "waiting")
    assert browser_of(samira).get(page_of(answer)).status_code == 404
    assert again(card).reading == "read"


def test_an_answer_is_looked_at_first(card, noor):
    page = press(browser_of(noor), card, "preview", words=ANSWER, token="")

    assert (page.status_code, page.content.decode().count(f">{ANSWER}<"), ThankYou.objects.count()) == (200, 1, 1)


def test_a_card_is_answered_once(card, noor, ilse):
    written_back(card, noor, ilse)
    page = press(browser_of(noor), card, "answer", words="Nog een keer.", token="")

    assert (page.status_code, "Nog een keer." in told(page), ThankYou.objects.count()) == (400, True, 2)


def test_the_sender_reads_the_answer_and_may_go_on(card, samira, noor, ilse):
    answer = written_back(card, noor, ilse)

    page = browser_of(samira).get(page_of(answer))
    assert (WORDS in told(page), ANSWER in told(page)) == (True, True)
    assert press(browser_of(samira), answer, "answer", words="Tot dinsdag.", token="").status_code == 302
    assert [one.to_storyteller for one in ThankYou.objects.filter(answer_to=answer)] == [noor.storyteller]


def test_writing_back_to_nobody(card, samira, noor):
    samira.is_active = False
    samira.save()

    page = press(browser_of(noor), card, "answer", words=ANSWER, token="")
    assert (page.status_code, ANSWER in told(page)) == (400, True)


def test_how_it_goes_both_ways(story, card, samira, noor, ilse):
    written_back(card, noor, ilse)
    delivered(story, samira, ilse)
    write(story, samira)

    given = given_and_taken(noor)
    assert (given.came, given.answered) == (2, 1)


# ── Reporting and taking away ──────────────────────────────────────────────────
def test_a_reported_card_is_out_of_her_sight(card, noor, samira):
    response = press(browser_of(noor), card, "report", **{"report-words": "Hij noemt mijn straat."})

    card = again(card)
    assert (response.status_code, card.state, card.report_text) == (302, "reported", "Hij noemt mijn straat.")
    assert WORDS not in told(browser_of(noor).get(page_of(card)))
    assert WORDS not in told(browser_of(noor).get(POST))
    mine = told(browser_of(samira).get(page_of(card)))
    assert (WORDS in mine, "straat" in mine) == (True, False)


def test_a_report_of_any_length_but_too_long(card, noor):
    assert press(browser_of(noor), card, "report", **{"report-words": "x" * 50_000}).status_code == 400
    assert press(browser_of(noor), card, "report").status_code == 302


def test_a_card_taken_away_is_gone_for_both(card, samira, noor):
    assert press(browser_of(samira), card, "take-back").url == MINE

    card = again(card)
    assert (card.words, card.quote, card.state) == ({}, {}, "taken_back")
    assert [browser_of(person).get(page_of(card)).status_code for person in (samira, noor)] == [404, 404]
    assert again(take_back(card, by=samira)).state == "taken_back"


def test_the_receiver_takes_nothing_away(card, noor):
    assert press(browser_of(noor), card, "take-back").status_code == 409
    assert again(card).text == WORDS


def test_an_answer_stays_its_writers(card, samira, noor, ilse):
    answer = written_back(card, noor, ilse)
    take_back(card, by=samira)

    assert ANSWER in told(browser_of(noor).get(page_of(answer)))
    assert ANSWER in told(browser_of(samira).get(page_of(answer)))


def test_a_story_taken_away_takes_its_sentences_along(story, card):
    assert (forget_quotes(story), forget_quotes(story)) == (1, 0)
    assert (again(card).sentence, again(card).text) == ("", WORDS)


# ── Her post ───────────────────────────────────────────────────────────────────
def test_a_storyteller_says_how_much_post_she_wants(story, noor):
    until = timezone.localdate() + timedelta(days=14)
    response = browser_of(noor).post(POST, {"rhythm": "weekly", "paused_until": until.isoformat()})

    teller = Storyteller.objects.get(account=noor)
    assert (response.url, teller.post_rhythm, teller.post_paused_until) == (POST, "weekly", until)
    browser_of(noor).post(POST, {"rhythm": "at_once", "paused_until": ""})
    assert Storyteller.objects.get(account=noor).reads_post()


@pytest.mark.parametrize(
    "sent",
    [
        {"rhythm": "", "paused_until": ""},
        {"rhythm": "soms"},
        {"rhythm": "never", "paused_until": "2020-01-01"},
        {"rhythm": "never", "paused_until": "morgen"},
        {"rhythm": "never", "paused_until": "9" * 5000},
    ],
)
def test_wishes_that_cannot_be_are_said_at_the_field(story, noor, sent):
    page = browser_of(noor).post(POST, sent)

    assert (page.status_code, Storyteller.objects.get(account=noor).post_rhythm) == (400, "at_once")


def test_new_cards_stand_first(story, card, samira, noor, ilse):
    newest = delivered(story, samira, ilse)
    keep_card(newest, by=noor)

    assert [one.pk for one in browser_of(noor).get(POST).context["cards"]] == [card.pk, newest.pk]


def test_the_room_tells_people_and_not_cards(story, card, samira, daan, noor, ilse):
    delivered(story, samira, ilse)
    newest = delivered(story, daan, ilse)

    waiting = cards_waiting(Storyteller.objects.filter(account=noor))
    assert (waiting.number, waiting.newest, waiting.other_names) == (3, newest, ["Samira"])
    assert set(room_post(noor)) == {"waiting", "given", "headline"}
    assert room_post(samira) == {}


def test_an_empty_room_has_no_headline(story, noor):
    assert "headline" not in room_post(noor)


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("size", [1, 20])
def test_lists_cost_the_same_with_twenty_cards(story, samira, noor, ilse, size, django_assert_num_queries):
    for _number in range(size):
        written_back(delivered(story, samira, ilse), noor, ilse)
    hers, mine = browser_of(noor), browser_of(samira)
    hers.get("/probleem/")
    mine.get("/probleem/")

    # session, person with roles, storyteller, came, answered, how many, these, her person, contact
    with django_assert_num_queries(9):
        assert len(hers.get(POST).context["cards"]) == size
    # session, person, how many and these (twice), storyteller or not, contact
    with django_assert_num_queries(8):
        page = mine.get(MINE)
    assert (len(page.context["got"]), len(page.context["sent"])) == (size, size)


def test_one_card_costs_the_same_in_a_thread(card, samira, noor, ilse, django_assert_max_num_queries):
    answer = written_back(card, noor, ilse)
    browser = browser_of(samira)
    browser.get("/probleem/")

    # session, person, card, the one before, the one after, contact
    with django_assert_max_num_queries(7):
        assert browser.get(page_of(answer)).status_code == 200


def test_pages_of_a_list_that_are_not_there_show_the_last(card, noor):
    assert browser_of(noor).get(POST, {"pagina": "x"}).status_code == 200
    assert browser_of(noor).get(POST, {"pagina": "99999"}).status_code == 200


def test_answering_by_the_act_refuses_who_did_not_get_it(card, samira, ilse):
    from common.refusals import Refused
    from stories.domain.thanks import CardWords

    for person in (samira, ilse):
        with pytest.raises(Refused):
            answer_card(card, CardWords("x"), by=person, token=card.uuid)
