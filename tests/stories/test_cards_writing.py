"""Writing a card: about a story, and to somebody in one's group."""

import threading
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from common.refusals import Refused
from stories.domain.sentences import sentences_of
from stories.domain.thanks import CardWords, take_back, thank_storyteller
from stories.models import Storyteller, ThankYou
from tests.factories.people import make_person
from tests.factories.stories import storyteller_of
from tests.standing import standing
from tests.stories.cards import (
    ADDRESS,
    MARKED,
    SECOND,
    WORDS,
    again,
    browser_of,
    page_of,
    story_of,
    to_person,
    told,
    write,
)

pytestmark = pytest.mark.django_db


@standing
def story(noor, site_pages):
    return story_of(noor, site_pages)


def form(**fields):
    return {"token": str(uuid.uuid4()), "words": WORDS, "quote": "", "act": "send"} | fields


# ── The sentences ──────────────────────────────────────────────────────────────
def test_the_storytellers_own_sentences_are_offered_the_marked_one_first(story):
    found = [(sentence.text, sentence.is_marked) for sentence in sentences_of(story)]

    assert found == [(MARKED, True), ("Ze zei niets.", False), (SECOND, False)]


def test_tags_and_quotes_do_not_break_a_sentence(noor, site_pages):
    value = "<p>Ik zei <b>niets</b>. ‘Veertien’, zei ze. ‘En als je boven bent?’ Daar ging het over.</p>"
    story = story_of(noor, site_pages, "Anders", body=[{"type": "paragraph", "value": value}])

    assert [sentence.text for sentence in sentences_of(story)] == [
        "Ik zei niets.",
        "‘Veertien’, zei ze.",
        "‘En als je boven bent?’",
        "Daar ging het over.",
    ]


# ── The screen ─────────────────────────────────────────────────────────────────
def test_a_visitor_signs_in_and_comes_back(story):
    response = browser_of(None).get(ADDRESS)

    assert (response.status_code, response.url) == (302, f"/account/inloggen/?next={ADDRESS}")


def test_what_was_typed_before_the_session_ended_is_offered_again(story):
    response = browser_of(None).post(ADDRESS, form())

    assert (response.status_code, WORDS in told(response)) == (403, True)


def test_a_card_is_looked_at_before_it_goes(story, samira):
    key = sentences_of(story)[0].key
    response = browser_of(samira).post(ADDRESS, form(quote=key, act="preview"))

    assert (response.status_code, ThankYou.objects.count()) == (200, 0)
    face = told(response)
    assert "Zo ziet je kaartje eruit" in face or "This is how your card looks" in face
    assert f'<p class="card__hand card__words" lang="nl">{WORDS}</p>' in response.content.decode()
    assert f'<span class="marked__line">{MARKED}</span>' in response.content.decode()


def test_a_card_with_a_sentence_is_sent_and_waits(story, samira, noor):
    key = sentences_of(story)[0].key
    response = browser_of(samira).post(ADDRESS, form(quote=key, name_may_show="on"))

    card = ThankYou.objects.get()
    assert (response.status_code, response.url) == (302, page_of(card))
    assert (card.sender, card.receiver, card.to_name, card.story_id) == (samira, noor, "Noor", story.pk)
    assert (card.sentence, card.text, card.name_may_show, card.state) == (MARKED, WORDS, True, "waiting")
    assert card.to_storyteller == noor.storyteller


def test_what_is_written_lies_encrypted_in_the_database(story, samira):
    write(story, samira, quote_key=sentences_of(story)[0].key)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, quote FROM stories_thankyou")
        assert [WORDS in column or MARKED in column for column in cursor.fetchone()] == [False, False]


def test_pressing_twice_is_one_card(story, samira):
    browser, sent = browser_of(samira), form()

    first, second = browser.post(ADDRESS, sent), browser.post(ADDRESS, sent)
    assert (first.url, ThankYou.objects.count()) == (second.url, 1)


def test_a_story_that_somebody_may_not_read_takes_no_cards(noor, site_pages, samira):
    story_of(noor, site_pages, live=False)

    assert [browser_of(samira).get(ADDRESS).status_code, browser_of(samira).post(ADDRESS, form()).status_code] == [
        404
    ] * 2


def test_a_storyteller_does_not_thank_herself(story, noor):
    assert [one.status_code for one in (browser_of(noor).get(ADDRESS), browser_of(noor).post(ADDRESS, form()))] == [
        200,
        409,
    ]
    assert ThankYou.objects.count() == 0


def test_of_two_storytellers_one_is_chosen(story, noor, samira):
    henk = storyteller_of(make_person("Henk de Boer"), name="Henk")
    story.tellings.create(storyteller=henk)
    browser = browser_of(samira)

    refused = browser.post(ADDRESS, form())
    sent = browser.post(ADDRESS, form(to=str(henk.uuid)))
    assert (refused.status_code, sent.status_code) == (400, 302)
    assert [(card.to_storyteller, card.to_name) for card in ThankYou.objects.all()] == [(henk, "Henk")]


# ── Post closed ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("wishes", "open_"),
    [
        ({"post_rhythm": "never"}, False),
        ({"paused_for": 0}, False),
        ({"paused_for": -1}, True),
        ({"account": None}, False),
        ({"post_rhythm": "weekly"}, True),
    ],
)
def test_who_wants_no_post_gets_no_form(story, samira, wishes, open_):
    if "paused_for" in wishes:
        wishes = {"post_paused_until": timezone.localdate() + timedelta(days=wishes["paused_for"])}
    Storyteller.objects.update(**wishes)
    browser = browser_of(samira)

    page = browser.get(ADDRESS)
    sent = browser.post(ADDRESS, form())
    assert ("<textarea" in page.content.decode(), sent.status_code) == (open_, 302 if open_ else 409)
    assert (WORDS in told(sent), ThankYou.objects.count()) == (not open_, int(open_))


def test_a_closed_account_gets_no_post(story, samira, noor):
    noor.is_active = False
    noor.save()

    with pytest.raises(Refused):
        write(story, samira)


# ── Limits ─────────────────────────────────────────────────────────────────────
def test_one_card_a_day_to_the_same_person(story, samira, noor, site_pages):
    second = story_of(noor, site_pages, "Nog een verhaal")
    now = timezone.now().replace(hour=10)
    write(story, samira, at=now)

    with pytest.raises(Refused):
        write(second, samira, at=now + timedelta(hours=1))
    assert write(second, samira, at=now + timedelta(days=1)).pk


def test_after_a_refusal_nothing_typed_is_lost(story, samira, site_pages):
    write(story, samira)
    response = browser_of(samira).post(ADDRESS, form(words="Een tweede kaartje."))

    assert response.status_code == 400
    assert "Een tweede kaartje." in told(response)
    assert ThankYou.objects.count() == 1


def test_five_cards_a_day(samira, daan, site_pages, settings):
    settings.CARDS_A_DAY = 2
    tellers = [make_person(f"Verteller {number}") for number in range(3)]
    stories = [story_of(teller, site_pages, f"Verhaal {number}") for number, teller in enumerate(tellers)]
    first = write(stories[0], samira)
    write(stories[1], samira)

    with pytest.raises(Refused):
        write(stories[2], samira)
    take_back(first, by=samira)  # does not make room
    with pytest.raises(Refused):
        write(stories[2], samira)
    assert write(stories[2], daan).pk


# ── Bad input ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"words": ""}, 400),
        ({"words": "  \n "}, 400),
        ({"words": "x" * 601}, 400),
        ({"words": "x" * 50_000}, 400),
        ({"quote": "nooit"}, 400),
        ({"quote": "\x00"}, 302),
        ({"words": "Dank\x00je <script>alert(1)</script>"}, 302),
        ({"words": "Half \ud800 teken"}, 302),
        ({"token": "geen"}, 302),
        ({"act": "iets anders"}, 302),
    ],
)
def test_what_cannot_be_a_card_is_said_at_the_field(story, samira, fields, status):
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in form(**fields).items()}
    response = browser_of(samira).post(ADDRESS, urlencode(sent), "application/x-www-form-urlencoded")

    assert (response.status_code, ThankYou.objects.count()) == (status, int(status == 302))
    if status == 400:
        assert 'class="error-summary"' in response.content.decode()


def test_script_stays_words(story, samira):
    card = write(story, samira, "<script>alert(1)</script>")

    assert b"<script>alert" not in browser_of(samira).get(page_of(card)).content


def test_a_sentence_that_left_the_story_is_refused(story, samira):
    with pytest.raises(Refused):
        write(story, samira, quote_key="0123456789abcdef")


def test_other_methods_are_refused(story, samira):
    assert [browser_of(samira).put(ADDRESS).status_code, browser_of(samira).delete(ADDRESS).status_code] == [405, 405]


# ── To somebody in a group ─────────────────────────────────────────────────────
def test_everybody_in_a_group_may_write_to_everybody_in_it(samira, daan, noor, marieke, ilse, roel, stranger):
    people = {"samira": samira, "daan": daan, "noor": noor, "marieke": marieke, "ilse": ilse, "roel": roel}
    choices = {}
    for name, person in people.items():
        page = browser_of(person).get("/mijn/kaartjes/schrijf/").content.decode()
        choices[name] = {other for other, one in people.items() if f'value="{one.uuid}"' in page}

    others = {"samira", "daan", "noor", "marieke", "ilse"}
    assert choices == {name: others - {name} for name in others} | {"roel": set()}


def test_a_trainer_thanks_a_participant(marieke, samira):
    sent = form(to=str(samira.uuid), words="Fijn dat je doorvroeg.")
    response = browser_of(marieke).post("/mijn/kaartjes/schrijf/", sent)

    card = ThankYou.objects.get()
    assert (response.url, card.sender, card.receiver, card.state) == (page_of(card), marieke, samira, "waiting")
    assert (card.to_name, card.to_storyteller, card.story) == ("", None, None)


@pytest.mark.parametrize("to", ["", "nooit", "{roel}", "{marieke}", "\x00"])
def test_who_is_in_no_group_with_her_gets_no_card(marieke, samira, roel, to):
    to = to.format(roel=roel.uuid, marieke=marieke.uuid)

    assert browser_of(marieke).post("/mijn/kaartjes/schrijf/", form(to=to)).status_code == 400
    assert ThankYou.objects.count() == 0


def test_the_act_refuses_strangers_as_well(marieke, samira, roel):
    with pytest.raises(Refused):
        to_person(roel, marieke)


# ── Two at once ────────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_send_one_card(site_pages):
    """The limit of one a day holds for different words, and the same page twice is one card."""
    story, reader = story_of(make_person("Noor B"), site_pages), make_person("Lezer")
    storyteller, token, done = story.tellings.get().storyteller, uuid.uuid4(), []
    ready = threading.Barrier(4)

    def send(text, token):
        try:
            ready.wait()
            thank_storyteller(story, CardWords(text), storyteller=storyteller, by=reader, token=token)
            done.append("sent")
        except Refused:
            done.append("refused")
        finally:
            connection.close()

    texts = [(WORDS, token), (WORDS, token), ("Iets anders.", uuid.uuid4()), ("Nog iets.", uuid.uuid4())]
    threads = [threading.Thread(target=send, args=one) for one in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ThankYou.objects.count(), len(done)) == (1, 4)
    assert again(ThankYou.objects.get()).state == "waiting"
