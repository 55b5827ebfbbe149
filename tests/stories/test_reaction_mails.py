"""The mails about reactions: gathered, only where there still is something to read, and never a word of it."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from accounts.domain.mail_wishes import turn_off
from mail.kinds import kind_of
from mail.models import OutboxMail
from stories.choices import Talk
from stories.domain.moderating import hold_back, let_show
from stories.domain.publishing import pause_story
from stories.domain.reacting import forget_reactions_of, reword, take_away
from stories.domain.talk_post import next_moment
from stories.domain.withdrawal import withdraw_story
from stories.models import Storyteller
from tests.factories.stories import add_story, teller_of
from tests.standing import standing
from tests.stories.beside import WORDS, reacted, talk_on

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 9, 8, 10, tzinfo=HERE)
FIVE = TUESDAY.replace(hour=17)
UNDER, ANSWER, WAITS = "reactions", "reaction-answers", "reactions-to-check"


@standing
def story(site_pages, noor):
    story = add_story(site_pages.stories, "De stoel bij het raam", storyteller="Noor", owner=noor)
    talk_on(story)
    return story


def mails(kind, person=None):
    rows = OutboxMail.objects.filter(kind=kind).order_by("pk")
    return list(rows.filter(person=person) if person else rows)


def wanted(mail):
    return kind_of(mail.kind).still_wanted(mail)


def said(mail):
    return [mail.subject, mail.text, mail.html]


# ── To whose story it is ───────────────────────────────────────────────────────
def test_a_day_of_reactions_is_one_mail_without_a_word_of_them(story, samira, daan, noor):
    first = reacted(story, samira, at=TUESDAY)
    reacted(story, daan, "Mijn oma deed dat ook.", at=TUESDAY + timedelta(hours=6))

    [mail] = mails(UNDER)
    assert (mail.person, mail.to, mail.next_at, wanted(mail)) == (noor, noor.email, FIVE, True)
    assert f"/account/inloggen/?next=/reacties/{first.uuid}/" in mail.text
    hidden = (WORDS, "Mijn oma", "Samira", "Daan", story.title, story.slug)
    assert [part for part in hidden for words in said(mail) if part in words] == []


def test_the_next_day_there_is_another(story, samira, daan):
    reacted(story, samira, at=TUESDAY)
    reacted(story, daan, at=FIVE)

    assert [mail.next_at for mail in mails(UNDER)] == [FIVE, FIVE + timedelta(days=1)]


def test_several_stories_of_hers_are_one_mail(story, samira, noor, site_pages):
    other = add_story(site_pages.stories, "De trap", storyteller="Noor", owner=noor)
    talk_on(other)
    for one in (story, other):
        reacted(one, samira, at=TUESDAY)

    assert len(mails(UNDER)) == 1


def test_it_is_queued_with_the_reaction_or_not_at_all(story, samira):
    with transaction.atomic():
        reacted(story, samira)
        made = len(mails(UNDER))
        transaction.set_rollback(True)

    assert (made, mails(UNDER)) == (1, [])


def test_the_same_press_twice_is_one_mail(story, samira):
    token = uuid.uuid4()
    for _press in range(2):
        reacted(story, samira, token=token)

    assert len(mails(UNDER)) == 1


def test_what_she_writes_herself_is_no_news_to_her(story, noor, samira):
    reacted(story, noor, at=TUESDAY)
    assert mails(UNDER) == []

    row = reacted(story, samira, at=TUESDAY)
    reacted(story, noor, at=TUESDAY)
    take_away(row, by=samira)
    assert [wanted(mail) for mail in mails(UNDER)] == [False]


def test_with_weekly_post_it_comes_on_monday(story, samira, daan):
    Storyteller.objects.update(post_rhythm="weekly")
    reacted(story, samira, at=TUESDAY)
    reacted(story, daan, at=TUESDAY + timedelta(days=3))

    [mail] = mails(UNDER)
    assert (mail.next_at, wanted(mail)) == (datetime(2026, 9, 14, 17, tzinfo=HERE), True)


def test_while_she_reads_no_post_it_does_not_come(story, samira):
    Storyteller.objects.update(post_paused_until=TUESDAY.date())
    reacted(story, samira, at=TUESDAY)
    assert mails(UNDER) == []

    Storyteller.objects.update(post_paused_until=None)
    reacted(story, samira, at=TUESDAY)
    Storyteller.objects.update(post_paused_until=datetime(2100, 1, 1).date())
    assert [wanted(mail) for mail in mails(UNDER)] == [False]


def test_nobody_is_told_of_a_reaction_under_a_page_that_is_no_story(samira, noor, site_pages):
    from home.models import ContentPage
    from stories.models import PageChoices
    from tests.factories.pages import add_page

    page = add_page(site_pages.home, ContentPage(title="Waarom dit woord", slug="woord"))
    PageChoices.objects.create(page=page, talk=Talk.ON)
    reacted(page, samira)

    assert OutboxMail.objects.count() == 0


# ── When it is gone ────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "end",
    [
        lambda row, story, ilse: take_away(row, by=row.author),
        lambda row, story, ilse: hold_back(row, reason="harsh", by=ilse),
        lambda row, story, ilse: forget_reactions_of(row.author),
        lambda row, story, ilse: row.delete(),
        lambda row, story, ilse: talk_on(story, Talk.OFF),
        lambda row, story, ilse: pause_story(story, by=teller_of(story)),
        lambda row, story, ilse: withdraw_story(story, by=teller_of(story)),
    ],
    ids=["taken away", "held back", "person erased", "row gone", "turned off", "story on pause", "story withdrawn"],
)
def test_it_lapses_when_there_is_nothing_to_read_any_more(story, samira, daan, ilse, end):
    first = reacted(story, daan, at=TUESDAY)
    row = reacted(story, samira, to=first, at=TUESDAY)
    forget = [mail for mail in mails(ANSWER) if mail.person == daan]
    take_away(first, by=daan)
    under = mails(UNDER)
    assert [wanted(mail) for mail in (*under, *forget)] == [True, True]

    end(row, story, ilse)

    assert [wanted(mail) for mail in (*under, *forget)] == [False, False]


def test_as_long_as_one_of_them_stands_it_leaves(story, samira, daan):
    row = reacted(story, samira, at=TUESDAY)
    reacted(story, daan, at=TUESDAY)
    take_away(row, by=samira)

    assert [wanted(mail) for mail in mails(UNDER)] == [True]


def test_an_older_reaction_is_no_reason_to_mail(story, samira, daan):
    reacted(story, daan, at=TUESDAY - timedelta(days=3))
    row = reacted(story, samira, at=TUESDAY)
    take_away(row, by=samira)

    assert [wanted(mail) for mail in mails(UNDER)] == [True, False]


# ── To who is answered ─────────────────────────────────────────────────────────
def test_who_is_answered_hears_of_it_once_a_day(story, samira, daan, noor):
    first = reacted(story, samira, at=TUESDAY)
    reacted(story, daan, "Ik ook.", to=first, at=TUESDAY)
    reacted(story, noor, "Dank je.", to=first, at=TUESDAY)

    [mail] = mails(ANSWER)
    assert (mail.person, mail.next_at, wanted(mail)) == (samira, FIVE, True)
    hidden = (WORDS, "Ik ook", "Dank je", "Daan", "Noor", story.title, story.slug)
    assert [part for part in hidden for words in said(mail) if part in words] == []


def test_it_is_who_is_answered_and_not_who_began(story, samira, daan, marieke):
    first = reacted(story, samira)
    second = reacted(story, daan, to=first)
    OutboxMail.objects.all().delete()
    third = reacted(story, marieke, to=second)
    reacted(story, marieke, quoting=first)

    assert (third.parent, third.reply_to) == (first, second)
    assert [mail.person for mail in mails(ANSWER)] == [daan, samira]


def test_who_answers_themselves_is_not_told(story, samira):
    reacted(story, samira, to=reacted(story, samira))

    assert mails(ANSWER) == []


def test_a_storyteller_who_is_answered_under_her_story_gets_one_mail(story, samira, noor):
    reacted(story, samira, to=reacted(story, noor))
    assert [len(mails(kind, noor)) for kind in (UNDER, ANSWER)] == [1, 0]

    turn_off(noor, UNDER)
    OutboxMail.objects.all().delete()
    reacted(story, samira, to=reacted(story, noor, "Nog iets."))
    assert [len(mails(kind, noor)) for kind in (UNDER, ANSWER)] == [0, 1]


def test_who_may_not_read_the_page_any_more_is_not_told(story, samira, stranger, noor):
    from wagtail.models import PageViewRestriction

    reacted(story, noor, to=reacted(story, stranger))
    [mail] = mails(ANSWER)
    assert (mail.person, wanted(mail)) == (stranger, True)
    PageViewRestriction.objects.create(page=story, restriction_type="groups")

    assert not wanted(mail)


# ── What waits ─────────────────────────────────────────────────────────────────
@pytest.fixture
def read_first(story):
    talk_on(story, Talk.READ_FIRST)
    return story


def test_who_looks_after_them_hears_that_one_waits_and_the_storyteller_does_not(
    read_first, samira, daan, noor, ilse, marieke, petra
):
    reacted(read_first, samira, at=TUESDAY)
    reacted(read_first, daan, at=TUESDAY)

    assert {mail.person for mail in mails(WAITS)} == {ilse, marieke, petra}
    assert {mail.next_at for mail in mails(WAITS)} == {TUESDAY.replace(hour=13)}
    assert [wanted(mail) for mail in mails(WAITS)] == [True] * 3
    assert [part for mail in mails(WAITS) for words in said(mail) for part in (WORDS, "Samira") if part in words] == []
    assert mails(UNDER) == []


def test_her_own_reaction_is_not_for_her_to_read_along(read_first, ilse, marieke):
    reacted(read_first, marieke)

    assert [mail.person for mail in mails(WAITS)] == [ilse]


def test_it_lapses_when_a_colleague_read_it_along(read_first, samira, ilse, marieke):
    row = reacted(read_first, samira)
    let_show(row, by=marieke)

    assert [wanted(mail) for mail in mails(WAITS)] == [False, False]


def test_once_it_shows_the_others_are_told(read_first, samira, daan, noor, ilse):
    first = reacted(read_first, daan, at=TUESDAY - timedelta(days=9))
    let_show(first, by=ilse, at=TUESDAY - timedelta(days=8))
    row = reacted(read_first, samira, to=first, at=TUESDAY - timedelta(days=1))
    OutboxMail.objects.all().delete()

    for _press in range(2):
        let_show(row, by=ilse, at=TUESDAY)

    told = [*mails(UNDER), *mails(ANSWER)]
    assert [(mail.person, mail.next_at, wanted(mail)) for mail in told] == [(noor, FIVE, True), (daan, FIVE, True)]


def test_other_words_wait_again_and_are_told_again(read_first, samira, ilse):
    row = reacted(read_first, samira)
    let_show(row, by=ilse)
    OutboxMail.objects.all().delete()
    reword(row, "Anders gezegd.", by=samira)

    assert [mail.person for mail in mails(WAITS)] == [ilse]


@pytest.mark.parametrize("count", [1, 5])
def test_a_second_one_that_waits_costs_the_same_however_many_are_told(read_first, samira, daan, count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.factories.people import make_person

    for number in range(count):
        make_person(f"Trainer {number}", "trainer")
    reacted(read_first, samira, at=TUESDAY)
    with CaptureQueriesContext(connection) as queries:
        reacted(read_first, daan, at=TUESDAY)

    asked = [query["sql"] for query in queries if "mail_outboxmail" in query["sql"] or "mailstop" in query["sql"]]
    assert (len(asked), len(mails(WAITS))) == (2, count)


# ── Who wants none ─────────────────────────────────────────────────────────────
def test_what_is_turned_off_is_neither_made_nor_sent(story, samira, daan, noor, ilse):
    first = reacted(story, samira)
    reacted(story, daan, to=first)
    talk_on(story, Talk.READ_FIRST)
    reacted(story, daan, "Wacht even.")
    made = [mails(kind)[0] for kind in (UNDER, ANSWER, WAITS)]
    assert [wanted(mail) for mail in made] == [True] * 3

    for mail in made:
        turn_off(mail.person, mail.kind)
    assert [wanted(mail) for mail in made] == [False] * 3

    OutboxMail.objects.all().delete()
    reacted(story, samira, "Nog een.")
    talk_on(story)
    reacted(story, daan, "En nog een.", to=first)
    assert OutboxMail.objects.count() == 0


@pytest.mark.parametrize("name", ["noor", "samira", "ilse"])
def test_who_is_no_longer_here_is_not_told(request, story, samira, daan, ilse, name):
    person = request.getfixturevalue(name)
    reacted(story, daan, to=reacted(story, samira))
    talk_on(story, Talk.READ_FIRST)
    reacted(story, daan, "Wacht even.")
    theirs = list(OutboxMail.objects.filter(person=person))
    assert [wanted(mail) for mail in theirs] == [True]
    person.is_active = False
    person.save()

    assert [wanted(one) for one in OutboxMail.objects.filter(pk=theirs[0].pk)] == [False]


# ── When ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("at", "weekday", "moment"),
    [
        (TUESDAY, None, FIVE),
        (FIVE - timedelta(seconds=1), None, FIVE),
        (FIVE, None, FIVE + timedelta(days=1)),
        (TUESDAY, 0, datetime(2026, 9, 14, 17, tzinfo=HERE)),
        (datetime(2026, 9, 14, 17, tzinfo=HERE), 0, datetime(2026, 9, 21, 17, tzinfo=HERE)),
        (datetime(2026, 10, 24, 18, tzinfo=HERE), None, datetime(2026, 10, 25, 17, tzinfo=HERE)),  # clocks go back
    ],
)
def test_the_moment_is_five_in_the_afternoon_here(at, weekday, moment):
    assert next_moment(at, weekday=weekday) == moment
