"""The mails about cards: how many and where, never a word of what somebody wrote."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mail.kinds import kind_of
from mail.models import OutboxMail
from stories.domain.card_checking import hold_back, pass_on
from stories.domain.card_post import tell_receivers, tell_who_reads_along
from stories.domain.card_reading import keep_card, report_card
from stories.domain.thanks import CardWords, answer_card, take_back
from stories.models import Storyteller, ThankYou
from tests.standing import standing
from tests.stories.cards import ANSWER, WORDS, delivered, story_of, to_person, write, written_back

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 7, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def many_a_day(settings):
    settings.CARDS_TO_ONE_A_DAY = 100


@standing
def story(noor, site_pages):
    return story_of(noor, site_pages)


def mails(kind, person=None):
    rows = OutboxMail.objects.filter(kind=kind).order_by("pk")
    return list(rows.filter(person=person) if person else rows)


def wanted(mail):
    return kind_of(mail.kind).still_wanted(mail)


# ── To who gets a card ─────────────────────────────────────────────────────────
def test_one_mail_for_all_cards_that_came(story, samira, daan, noor, ilse):
    delivered(story, samira, ilse)
    delivered(story, daan, ilse)
    write(story, daan)

    assert [tell_receivers(), tell_receivers()] == [1, 0]
    [mail] = mails("cards")
    assert (mail.person, "2" in mail.subject, "next=/vertellers/kaartjes/" in mail.text) == (noor, True, True)
    assert [WORDS in words for words in (mail.subject, mail.text, mail.html)] == [False] * 3
    assert [name in mail.text for name in ("Samira", "Daan")] == [False] * 2


def test_a_card_that_nobody_read_along_is_told_to_nobody(story, samira):
    write(story, samira)

    assert (tell_receivers(), mails("cards")) == (0, [])


def test_once_a_week_at_most(story, samira, noor, ilse):
    Storyteller.objects.update(post_rhythm="weekly")
    delivered(story, samira, ilse)
    assert tell_receivers(MONDAY) == 1

    delivered(story, samira, ilse)
    assert tell_receivers(MONDAY + timedelta(days=6, hours=23)) == 0
    assert tell_receivers(MONDAY + timedelta(days=7)) == 1
    assert len(mails("cards")) == 2


@pytest.mark.parametrize("wishes", [{"post_rhythm": "never"}, {"post_paused_until": MONDAY.date()}])
def test_who_wants_no_post_hears_nothing(story, samira, ilse, wishes):
    delivered(story, samira, ilse)
    Storyteller.objects.update(**wishes)

    assert tell_receivers(MONDAY) == 0
    Storyteller.objects.update(post_rhythm="at_once")
    assert tell_receivers(MONDAY + timedelta(days=1)) == 1


def test_a_participant_hears_of_a_card_at_once(samira, marieke, ilse):
    pass_on(to_person(samira, marieke), by=ilse)

    assert tell_receivers() == 1
    [mail] = mails("cards")
    assert (mail.person, "next=/mijn/kaartjes/" in mail.text) == (samira, True)


def test_a_mail_is_not_sent_when_there_is_nothing_new_any_more(story, samira, noor, ilse):
    card = delivered(story, samira, ilse)
    tell_receivers()
    [mail] = mails("cards")
    assert wanted(mail)

    Storyteller.objects.update(post_rhythm="never")
    assert not wanted(mail)
    Storyteller.objects.update(post_rhythm="at_once")
    keep_card(card, by=noor)
    assert not wanted(mail)
    ThankYou.objects.all().delete()
    assert not wanted(mail)


# ── To who wrote one ───────────────────────────────────────────────────────────
def test_the_sender_hears_that_there_is_an_answer(story, samira, noor, ilse):
    card = delivered(story, samira, ilse)
    answer = answer_card(card, CardWords(ANSWER), by=noor, token=card.uuid)
    assert mails("card-answer") == []

    pass_on(answer, by=ilse)
    [mail] = mails("card-answer")
    assert (mail.person, "Noor" in mail.subject, f"/kaartjes/{answer.uuid}/" in mail.text) == (samira, True, True)
    assert [ANSWER in words or WORDS in words for words in (mail.subject, mail.text, mail.html)] == [False] * 3
    assert (tell_receivers(), wanted(mail)) == (0, True)  # Noor wrote back, so she knows of the card
    assert mails("cards") == []


def test_an_answer_that_was_taken_away_is_mailed_to_nobody(story, samira, noor, ilse):
    answer = written_back(delivered(story, samira, ilse), noor, ilse)
    take_back(answer, by=noor)

    [mail] = mails("card-answer")
    assert (mail.state, mail.words, wanted(mail)) == ("cancelled", {}, False)


def test_an_answer_to_a_storyteller_waits_for_her_rhythm(story, samira, noor, ilse):
    Storyteller.objects.update(post_rhythm="weekly", post_told_at=MONDAY)
    answer = written_back(delivered(story, samira, ilse), noor, ilse)
    written_back(answer, samira, ilse, "Tot dinsdag.")

    assert [mail.person for mail in mails("card-answer")] == [samira]
    assert tell_receivers(MONDAY + timedelta(days=1)) == 0


def test_the_sender_hears_that_a_card_was_not_delivered(story, samira, ilse):
    card = hold_back(write(story, samira), reason="names", by=ilse)

    [mail] = mails("card-held-back")
    assert (mail.person, "Noor" in mail.text, wanted(mail)) == (samira, True, True)
    assert [WORDS in words for words in (mail.subject, mail.text, mail.html)] == [False] * 3
    take_back(card, by=samira)
    assert not wanted(mail)


# ── To who reads along ─────────────────────────────────────────────────────────
def test_who_reads_along_gets_one_mail_a_day(story, samira, ilse, marieke):
    for _number in range(3):
        write(story, samira)
    assert [tell_who_reads_along(MONDAY) for _round in range(4)] == [1, 1, 1, 0]

    assert [mail.person for mail in mails("cards-to-check")] == [ilse, marieke]
    assert [WORDS in mail.text for mail in mails("cards-to-check")] == [False, False]
    write(story, samira)
    tell_who_reads_along(MONDAY + timedelta(days=1))
    assert len(mails("cards-to-check")) == 4


def test_a_report_is_told_as_well(story, samira, noor, ilse):
    write(story, samira)
    tell_who_reads_along(MONDAY)
    card = delivered(story, samira, ilse)
    tell_who_reads_along(MONDAY)
    report_card(card, "", by=noor)

    assert tell_who_reads_along(MONDAY + timedelta(days=1)) == 1
    assert len(mails("cards-to-check", ilse)) == 2


def test_a_mail_to_read_along_is_not_sent_when_a_colleague_did(story, samira, ilse, marieke):
    card = write(story, samira)
    tell_who_reads_along()
    [mail] = mails("cards-to-check", ilse)
    assert wanted(mail)

    pass_on(card, by=marieke)
    assert not wanted(mail)
