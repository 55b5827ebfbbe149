"""Cards in a person's copy, and what is left when somebody is erased."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.personal_data.contents import copy_of, readable
from accounts.personal_data.erasing import erase_now
from accounts.personal_data.retention import retain_all
from common.fields import cipher
from stories.domain.card_reading import show_card
from stories.domain.sentences import sentences_of
from stories.domain.thanks import shown_cards, take_back
from stories.models import ThankYou
from tests.standing import standing
from tests.stories.cards import ANSWER, MARKED, WORDS, again, delivered, in_every_state, story_of, write, written_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many_a_day(settings):
    settings.CARDS_TO_ONE_A_DAY = 100


@standing
def story(noor, site_pages):
    return story_of(noor, site_pages)


@pytest.fixture
def card(story, samira, ilse):
    return delivered(story, samira, ilse, quote_key=sentences_of(story)[0].key)


def rows_of(person):
    records = copy_of(person, timezone.now())["records"]
    return next(record["rows"] for record in records if record["record"] == "stories.ThankYou")


# ── The copy ───────────────────────────────────────────────────────────────────
def test_both_have_the_card_in_their_copy(card, samira, noor, ilse, daan):
    written_back(card, noor, ilse)

    for person in (samira, noor):
        rows = rows_of(person)
        assert [row["words"] for row in rows] == [{"text": WORDS}, {"text": ANSWER}]
        assert [row["quote"] for row in rows] == [{"text": MARKED}, {}]
        assert set(rows[0]) == {"from_name", "to_name", "name_may_show", "quote", "words", "story", "sent_at"}
    assert [rows_of(person) for person in (daan, ilse)] == [[], []]


def test_what_was_not_delivered_is_in_no_copy_of_the_receiver(story, samira, noor, ilse):
    in_every_state(story, samira, ilse)

    assert (len(rows_of(samira)), len(rows_of(noor))) == (4, 1)


def test_the_copy_to_read_says_from_whom_and_to_whom(card, noor):
    topics = readable(noor, timezone.now())["topics"]
    lines = [line.value for topic in topics for record in topic["records"] for row in record["rows"] for line in row]

    assert [name in lines for name in ("Samira", "Noor", WORDS)] == [True] * 3


# ── Erasing ────────────────────────────────────────────────────────────────────
def words_in_the_database():
    """All that stands on cards, decrypted, wherever a row is left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, quote, report FROM stories_thankyou")
        return [cipher().decrypt(one.encode()).decode() for row in cursor.fetchall() for one in row if one]


def test_erasing_the_sender_empties_what_they_wrote(card, samira, noor, ilse):
    show_card(card, by=noor)
    answer = written_back(card, noor, ilse)
    erase_now(samira.uuid)

    card = again(card)
    assert (card.words, card.quote, card.sender, card.sender_name, card.state) == ({}, {}, None, "", "taken_back")
    assert [ANSWER in words for words in words_in_the_database()] == [True]
    assert (again(answer).receiver_name, rows_of(noor)[0]["words"]) == ("", {"text": ANSWER})


def test_erasing_the_receiver_leaves_the_sender_their_card(story, card, samira, noor, ilse):
    show_card(card, by=noor)
    answer = written_back(card, noor, ilse)
    erase_now(noor.uuid)

    card, answer = again(card), again(answer)
    assert (card.text, card.receiver, card.to_name) == (WORDS, None, "")
    assert (answer.words, answer.from_name, answer.sender) == ({}, "", None)
    assert shown_cards(story) == []
    assert [ANSWER in words for words in words_in_the_database()] == [False]


def test_a_card_taken_away_leaves_no_words_and_goes_after_a_month(card, samira):
    take_back(card, by=samira)
    assert (words_in_the_database(), ThankYou.objects.count()) == ([], 1)

    list(retain_all())
    assert ThankYou.objects.count() == 1
    list(retain_all(timezone.now() + timedelta(days=31)))
    assert ThankYou.objects.count() == 0


def test_cards_stay_as_long_as_their_people(card):
    list(retain_all(timezone.now() + timedelta(days=3650)))

    assert ThankYou.objects.count() == 1


# ── What the database itself refuses ───────────────────────────────────────────
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nooit"},
        {"reading": "nooit"},
        {"state": "held_back"},
        {"held_reason": "harsh"},
        {"state": "reported"},
        {"state": "waiting", "reading": "shown"},
        {"state": "taken_back"},
    ],
)
def test_the_database_refuses_half_a_state(card, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThankYou.objects.filter(pk=card.pk).update(**wrong)


def test_the_database_refuses_a_card_to_oneself_and_two_answers(card, story, samira, noor, ilse):
    answer = written_back(card, noor, ilse)
    other = write(story, samira)

    for pk, wrong in ((card.pk, {"receiver": samira}), (other.pk, {"answer_to": answer.answer_to})):
        with pytest.raises(IntegrityError), transaction.atomic():
            ThankYou.objects.filter(pk=pk).update(**wrong)
