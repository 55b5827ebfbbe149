"""Who decides about reactions, and who looks after them: the storyteller's room, the editors, the list to look at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.refusals import Refused
from home.models import ContentPage, ProblemReport
from stories.choices import ReactionState, Talk
from stories.domain.moderating import hold_back, let_show
from stories.domain.reacting import reword, take_away
from stories.domain.talking import Closing, choose_talk, close_talk
from stories.models import PageChoices, Reaction, TalkEvent
from stories.talk_policies import reactions_looked_after
from tests.factories.pages import add_page
from tests.factories.stories import add_story, teller_of
from tests.stories.beside import STORY, WORDS, again, links, nl, part, reacted, talk_on, told

pytestmark = pytest.mark.django_db
LIST = "/reacties/nakijken/"
OFF = {"talk": "off", "closing": "open", "day": "", "reason": "", "summary": ""}
ON = OFF | {"talk": "on"}


@pytest.fixture
def open_talk(story):
    talk_on(story)
    return story


def room_of(story):
    return f"/vertellers/verhaal/{story.translation_key}/reacties/"


def talk_of(page):
    return f"/reacties/onder/{page.translation_key}/"


# ── The storyteller's room ─────────────────────────────────────────────────────
def test_she_turns_them_on_and_sees_how_often_it_was_read(client, browser_of, story):
    browser = browser_of(teller_of(story))

    answer = browser.post(room_of(story), ON | {"shows_views": "on"})

    assert answer["Location"] == f"/vertellers/verhaal/{story.translation_key}/"
    row = PageChoices.objects.get()
    assert (row.talk, row.shows_views, row.closes_at) == ("on", True, None)
    assert part(client.get(STORY), ".reactions__title") == [nl("Reactions")]
    assert browser.get(room_of(story)).status_code == 200


def test_she_closes_now_with_a_reason_and_opens_again(browser_of, story):
    browser = browser_of(teller_of(story))
    browser.post(room_of(story), ON | {"closing": "now", "reason": "Ik wil rust."})
    row = PageChoices.objects.get()
    closed = (row.is_closed(), row.reason_text)
    since = row.closes_at
    browser.post(room_of(story), ON | {"closing": "now", "reason": "Ik wil rust."})
    kept = PageChoices.objects.get().closes_at == since
    browser.post(room_of(story), ON)

    assert (closed, kept, PageChoices.objects.get().closes_at) == ((True, "Ik wil rust."), True, None)


def test_the_last_day_is_a_whole_day(browser_of, story):
    day = timezone.localdate() + timedelta(days=3)
    browser = browser_of(teller_of(story))

    browser.post(room_of(story), ON | {"closing": "day", "day": day.isoformat()})

    ends = timezone.localtime(PageChoices.objects.get().closes_at)
    assert (ends.date(), ends.time().hour) == (day + timedelta(days=1), 0)
    assert f'value="{day.isoformat()}"' in browser.get(room_of(story)).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"closing": "day"}, "Choose the last day."),
        ({"closing": "day", "day": "2020-01-01"}, "Choose a day that is still to come."),
        ({"closing": "day", "day": "\x00nooit"}, "Write the day as 31-12-2027."),
        ({"talk": "misschien"}, "Choose one of these."),
    ],
)
def test_what_is_not_right_is_said_at_its_field(browser_of, story, sent, sentence):
    answer = browser_of(teller_of(story)).post(room_of(story), ON | sent)

    assert (answer.status_code, part(answer, ".field__error")) == (400, [nl(sentence)])


@pytest.mark.parametrize("role", ["samira", "noor", "marieke", "ilse", "petra"])
def test_nobody_else_decides_about_her_story(request, browser_of, story, role):
    person = request.getfixturevalue(role)
    browser = browser_of(person)

    answers = [browser.get(room_of(story)), browser.post(room_of(story), ON)]

    assert [answer.status_code for answer in answers] == [404, 404]
    browser.post(talk_of(story), ON)
    assert PageChoices.objects.filter(talk="on").count() == 0
    with pytest.raises(Refused):
        choose_talk(story, talk=Talk.ON, shows_views=True, by=person)


# ── Pages that are no story ────────────────────────────────────────────────────
def test_an_editor_decides_about_an_essay(browser_of, site_pages, petra, samira, ilse):
    from accounts.roles import sync_roles

    sync_roles()
    essay = add_page(site_pages.home, ContentPage(title="Hoe noemen we elkaar?", slug="hoe"))

    refused = [browser_of(person).post(talk_of(essay), ON).status_code for person in (samira, ilse)]
    answer = browser_of(petra).post(talk_of(essay), ON)

    assert (refused, answer["Location"]) == ([404, 302], "/hoe/#reacties")  # Ilse closes and sums up, no more
    assert PageChoices.objects.get().talk == "on"
    assert reacted(essay, samira).page_id == essay.pk


# ── The list ───────────────────────────────────────────────────────────────────
def test_who_looks_after_them_sees_what_waits_and_what_was_reported_first(browser_of, marieke, samira, daan, open_talk):
    old = reacted(open_talk, samira, "Oud.")
    reported = reacted(open_talk, samira, "Gemeld.")
    reacted(open_talk, daan, "Nieuw.")
    talk_on(open_talk, Talk.READ_FIRST)
    reacted(open_talk, daan, "Wacht.")
    Reaction.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    ProblemReport.objects.create(
        kind="hurts", words={"text": "x"}, path=f"/reacties/{reported.uuid}/", created_at=timezone.now()
    )

    page = browser_of(marieke).get(LIST)

    assert part(page, ".talk__first") == ["Wacht.", "Gemeld.", "Nieuw.", "Oud."]
    assert part(page, ".talk__row strong") == [nl("Waits until somebody reads it along"), nl("Reported")]


@pytest.mark.parametrize(
    ("role", "status"),
    [("samira", 404), ("noor", 404), ("stranger", 404), ("marieke", 200), ("ilse", 200), ("roel", 200), ("petra", 200)],
)
def test_who_looks_after_reactions(request, browser_of, samira, open_talk, role, status):
    row = reacted(open_talk, make_other(samira, role))
    browser = browser_of(request.getfixturevalue(role))

    assert [browser.get(address).status_code for address in (LIST, f"{LIST}{row.uuid}/")] == [status, status]


def make_other(samira, role):
    from tests.factories.people import make_person

    return make_person("Ans") if role == "samira" else samira


def test_held_back_only_its_writer_reads_it_with_the_reason(client, browser_of, marieke, samira, daan, open_talk):
    row = reacted(open_talk, samira)

    browser_of(marieke).post(f"{LIST}{row.uuid}/", {"act": "hold-back", "reason": "harsh"})

    pages = [client.get(STORY), browser_of(daan).get(STORY), browser_of(samira).get(STORY)]
    assert [WORDS in told(page) for page in pages] == [False, False, True]
    assert nl("It may come across harder than you mean it.") in told(pages[2])
    assert part(pages[0], ".reaction__gone") == [nl("This reaction does not stand here now.")]
    assert list(TalkEvent.objects.filter(reaction=row).values_list("act", "by")) == [("held_back", marieke.pk)]
    browser_of(marieke).post(f"{LIST}{row.uuid}/", {"act": "show"})
    assert WORDS in told(client.get(STORY))


def test_with_reading_first_nobody_but_its_writer_meets_it_until_it_may_show(
    client, browser_of, ilse, samira, daan, open_talk
):
    talk_on(open_talk, Talk.READ_FIRST)
    row = reacted(open_talk, samira)

    seen = [WORDS in told(one.get(STORY)) for one in (client, browser_of(daan), browser_of(samira))]
    addresses = [
        one.get(f"/reacties/{row.uuid}/").status_code for one in (client, browser_of(daan), browser_of(samira))
    ]
    let_show(row, by=ilse)

    assert (seen, addresses) == ([False, False, True], [404, 404, 302])
    assert WORDS in told(client.get(STORY))


def test_new_words_are_read_along_as_well(client, ilse, samira, open_talk):
    talk_on(open_talk, Talk.READ_FIRST)
    row = let_show(reacted(open_talk, samira), by=ilse)

    reword(row, "Heel iets anders.", by=samira)

    assert (again(row).state, "Heel iets" in told(client.get(STORY))) == ("waiting", False)


def test_what_is_held_back_is_out_of_quotes_as_well(client, marieke, samira, daan, open_talk):
    row = reacted(open_talk, samira, "Dat was hard.")
    reacted(open_talk, daan, "Pardon?", to=row, quoting=row)

    hold_back(row, reason="harsh", by=marieke)

    assert ("Dat was hard." in told(client.get(STORY)), part(client.get(STORY), ".reaction__quote")) == (False, [])
    let_show(row, by=marieke)
    assert part(client.get(STORY), ".reaction__quote") == ["Dat was hard."]


def test_nobody_looks_after_their_own(marieke, ilse, open_talk):
    talk_on(open_talk, Talk.READ_FIRST)
    row = reacted(open_talk, marieke)

    with pytest.raises(Refused):
        let_show(row, by=marieke)
    assert let_show(row, by=ilse).state == ReactionState.SHOWN


def test_a_reason_has_to_be_chosen(browser_of, marieke, samira, open_talk):
    row = reacted(open_talk, samira)
    browser = browser_of(marieke)

    answers = [browser.post(f"{LIST}{row.uuid}/", sent) for sent in ({"act": "hold-back"}, {"act": "iets"}, {})]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert part(answers[0], ".field__error") == [nl("Choose what the writer reads.")]
    assert again(row).state == "shown"


def test_a_trainer_closes_and_sums_up_and_does_not_turn_off(browser_of, marieke, open_talk):
    browser = browser_of(marieke)

    browser.post(
        talk_of(open_talk), {"talk": "off", "closing": "now", "reason": "Het liep uit de hand.", "summary": "Kort."}
    )

    row = PageChoices.objects.get()
    assert (row.talk, row.is_closed(), row.reason_text, row.summary_text) == (
        "on",
        True,
        "Het liep uit de hand.",
        "Kort.",
    )
    assert row.summary_name == "Marieke"
    assert sorted(TalkEvent.objects.filter(by=marieke).values_list("act", flat=True)) == ["closed", "summarised"]


def test_who_is_no_one_here_closes_nothing(samira, noor, open_talk):
    for person in (samira, noor):
        with pytest.raises(Refused):
            close_talk(open_talk, Closing(timezone.now()), by=person)


def test_what_was_taken_away_is_nobodys_to_look_after(marieke, samira, open_talk):
    row = reacted(open_talk, samira)
    take_away(row, by=samira)

    assert list(reactions_looked_after(marieke)) == []
    with pytest.raises(Refused):
        hold_back(row, reason="harsh", by=marieke)


def test_the_way_to_looking_after_stands_for_them_alone(browser_of, marieke, daan, samira, open_talk):
    row = reacted(open_talk, samira)

    found = [f"{LIST}{row.uuid}/" in links(browser_of(one).get(STORY), ".reaction__ways a") for one in (marieke, daan)]

    assert found == [True, False]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_as_little_for_many(
    browser_of, marieke, samira, site_pages, count, settings, django_assert_num_queries
):
    settings.REACTIONS_A_DAY = 100
    for number in range(count):
        page = add_story(site_pages.stories, f"Verhaal {number}")
        talk_on(page)
        reacted(page, samira, f"Reactie {number}.")
    browser = browser_of(marieke)
    browser.get(LIST)

    with django_assert_num_queries(6):
        browser.get(LIST)
