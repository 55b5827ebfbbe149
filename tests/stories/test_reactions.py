"""Reactions under a story: only where its storyteller wants them, by people with an account, kept and taken away."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from common.refusals import Refused
from home.models import ContentPage
from stories.choices import Talk
from stories.domain.publishing import pause_story
from stories.domain.reacting import Said, react, reword, take_away
from stories.domain.talking import Closing, close_talk, pin_summary
from stories.models import HouseRules, Reaction, RuleAcceptance, TalkEvent
from tests.factories.pages import add_page
from tests.factories.people import make_person
from tests.factories.stories import teller_of
from tests.stories.beside import (
    STORY,
    WORDS,
    again,
    links,
    nl,
    nl_number,
    part,
    reacted,
    talk_on,
    told,
)

pytestmark = pytest.mark.django_db
TOO_LONG = "Your text is too long: %(show_value)d characters, and %(limit_value)d fit. Make it shorter."
RULES = "Read the rules first, and say that you keep to them."
GONE = "What you answer is no longer here."


@pytest.fixture
def open_talk(story):
    talk_on(story)
    return story


def form_of(story):
    return f"/reageer/{story.translation_key}/"


def sent(words=WORDS, **fields):
    return {"words": words, "token": str(uuid.uuid4()), "accepts": "on"} | fields


# ── Where there are any ────────────────────────────────────────────────────────
def test_a_story_has_no_reactions_until_its_storyteller_wants_them(browser_of, samira, story):
    browser = browser_of(samira)

    assert part(browser.get(STORY), "#reacties") == []
    assert [browser.get(form_of(story)).status_code, browser.post(form_of(story), sent()).status_code] == [404, 404]


def test_everybody_reads_them_and_only_with_an_account_one_writes(client, samira, open_talk):
    reacted(open_talk, samira)

    page = client.get(STORY)

    assert part(page, ".reactions__title") == [nl_number("%(number)s reaction", "%(number)s reactions", 1)]
    assert part(page, ".reaction__name") == ["Samira"]
    assert part(page, ".reaction__words") == [WORDS]
    assert (part(page, "#reageer form"), links(page, "#reageer a")) == ([], [form_of(open_talk)])


def test_the_count_begins_at_one(client, open_talk):
    assert part(client.get(STORY), ".reactions__title") == [nl("Reactions")]


def test_turned_off_nobody_meets_them_and_turned_on_they_are_back(client, browser_of, samira, open_talk):
    row = reacted(open_talk, samira)
    talk_on(open_talk, Talk.OFF)

    assert WORDS not in told(client.get(STORY))
    assert client.get(f"/reacties/{row.uuid}/").status_code == 404
    talk_on(open_talk)
    assert WORDS in told(client.get(STORY))


def test_a_paused_story_hides_its_reactions_at_once(client, browser_of, samira, marieke, open_talk):
    row = reacted(open_talk, samira)
    pause_story(open_talk, by=teller_of(open_talk))

    looked = [client, browser_of(samira), browser_of(marieke)]
    answers = [one.get(address) for one in looked for address in (STORY, f"/reacties/{row.uuid}/")]

    assert {answer.status_code for answer in answers} <= {404, 410}
    assert WORDS not in told(browser_of(marieke).get("/reacties/nakijken/"))


# ── Writing ────────────────────────────────────────────────────────────────────
def test_somebody_reacts_and_stands_where_it_is(browser_of, samira, open_talk):
    browser = browser_of(samira)
    browser.get(form_of(open_talk))

    answer = browser.post(form_of(open_talk), sent())

    row = Reaction.objects.get()
    assert answer["Location"] == f"{STORY}#reactie-{row.uuid.hex[:8]}"
    assert (row.author, row.text, row.state, row.role) == (samira, WORDS, "shown", "")
    assert RuleAcceptance.objects.filter(user=samira, version=1).count() == 1


def test_the_same_press_twice_is_one_reaction(browser_of, samira, open_talk):
    same = sent()
    for _press in range(2):
        browser_of(samira).post(form_of(open_talk), same)

    assert Reaction.objects.count() == 1


def test_without_a_yes_to_the_rules_nothing_is_sent_and_nothing_lost(browser_of, samira, open_talk):
    answer = browser_of(samira).post(form_of(open_talk), sent(accepts=""))

    assert (answer.status_code, part(answer, ".field__error")) == (400, [nl(RULES)])
    assert part(answer, "textarea") == [WORDS]
    assert Reaction.objects.count() == 0
    with pytest.raises(Refused):
        react(open_talk, Said(WORDS), by=samira, token=uuid.uuid4())


def test_who_agreed_is_asked_again_when_the_rules_change(browser_of, samira, open_talk, site_pages):
    rules = add_page(site_pages.home, ContentPage(title="Spelregels", slug="spelregels"))
    HouseRules.objects.create(page=rules, version=1)
    browser = browser_of(samira)
    browser.post(form_of(open_talk), sent())
    asked_then = part(browser.get(STORY), "[name=accepts]") == []
    HouseRules.objects.update(version=2)

    page = browser.get(STORY)

    assert (asked_then, links(page, ".reactions__rules a")) == (True, ["/spelregels/"])
    assert 'name="accepts"' in page.content.decode()
    assert browser.post(form_of(open_talk), sent("Nog een.", accepts="")).status_code == 400


@pytest.mark.parametrize(
    ("words", "sentence", "values"),
    [
        ("x" * 50_000, TOO_LONG, {"show_value": 50_000, "limit_value": 4000}),
        ("", "Write something first.", {}),
        ("\x00\x1f", "Write something first.", {}),
    ],
)
def test_what_does_not_fit_is_said_and_the_text_is_kept(browser_of, samira, open_talk, words, sentence, values):
    answer = browser_of(samira).post(form_of(open_talk), sent(words))

    assert (answer.status_code, part(answer, ".field__error")) == (400, [nl(sentence, **values)])
    assert part(answer, "textarea") == [words.strip("\x00\x1f")]


def test_script_stands_there_as_text(client, samira, open_talk):
    reacted(open_talk, samira, "<script>alert(1)</script>")

    page = client.get(STORY)

    assert part(page, ".reaction__words") == ["<script>alert(1)</script>"]
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize("field", ["to", "quoting", "token"])
@pytest.mark.parametrize("value", ["niets", "00000000-0000-0000-0000-000000000007", "\x00", "'; DROP"])
def test_forged_numbers_are_a_sentence_and_no_error(browser_of, samira, open_talk, field, value):
    answer = browser_of(samira).post(form_of(open_talk), sent(**{field: value}))

    allowed = {302} if field == "token" or not value.strip("\x00") else {409}
    assert answer.status_code in allowed
    assert browser_of(samira).get(f"{form_of(open_talk)}?op={value}&citeer={value}").status_code == 200


def test_a_day_has_a_limit(samira, open_talk, settings):
    settings.REACTIONS_A_DAY = 1
    reacted(open_talk, samira)

    with pytest.raises(Refused):
        reacted(open_talk, samira, "Nog een.")
    assert reacted(open_talk, samira, "Morgen.", at=timezone.now() + timedelta(days=1))


# ── The door ───────────────────────────────────────────────────────────────────
def test_what_a_visitor_typed_waits_behind_the_door(client, samira, open_talk):
    row = reacted(open_talk, make_person("Ans"))

    pressed = client.post(form_of(open_talk), sent(to=str(row.uuid)))
    stored = str(client.session["pending_act"])
    client.force_login(samira)
    led = client.get("/verder/")
    form = client.get(led["Location"])

    assert pressed["Location"] == "/account/inloggen/?next=/verder/"
    assert led["Location"] == f"{form_of(open_talk)}?op={row.uuid}"
    assert part(form, "textarea") == [WORDS]
    assert WORDS not in stored
    assert Reaction.objects.count() == 1  # nothing is said in somebody's name before they press
    client.post(form_of(open_talk), sent(to=str(row.uuid)))
    assert Reaction.objects.latest("pk").parent == row
    assert part(client.get(form_of(open_talk)), "textarea") == [""]


def test_far_too_much_is_offered_again_at_once(client, open_talk):
    answer = client.post(form_of(open_talk), sent("x" * 50_000))

    assert (answer.status_code, "pending_act" in client.session) == (403, False)


# ── Answers and quotes ─────────────────────────────────────────────────────────
def test_answers_stand_under_what_they_answer_the_oldest_first(client, samira, daan, open_talk):
    now = timezone.now()
    first = reacted(open_talk, samira, "een", at=now - timedelta(hours=5))
    reacted(open_talk, daan, "twee", at=now - timedelta(hours=4))
    answer = reacted(open_talk, daan, "een a", to=first, at=now - timedelta(hours=3))
    reacted(open_talk, samira, "een b", to=answer, at=now - timedelta(hours=2))

    page = client.get(STORY)

    assert part(page, ".reaction__words") == ["een", "een a", "een b", "twee"]
    assert part(page, ".reaction--answer .reaction__words") == ["een a", "een b"]


def test_a_long_quote_is_folded(client, samira, daan, open_talk):
    long = "\n".join(f"Regel {number}." for number in range(1, 8))
    first = reacted(open_talk, samira, long)
    reacted(open_talk, daan, "Ja.", to=first, quoting=first)

    page = client.get(STORY)

    assert part(page, ".reaction__quote > p") == ["Regel 1. Regel 2. Regel 3. Regel 4. …"]
    assert part(page, ".reaction__quote details > p") == ["Regel 5. Regel 6. Regel 7."]


def test_nobody_answers_what_is_gone_or_under_another_page(browser_of, samira, daan, open_talk, reserve_story):
    talk_on(reserve_story)
    gone, elsewhere = reacted(open_talk, samira), reacted(reserve_story, samira, "Elders.")
    take_away(gone, by=samira)

    answers = [browser_of(daan).post(form_of(open_talk), sent("x", to=str(row.uuid))) for row in (gone, elsewhere)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all(nl(GONE) in told(answer) for answer in answers)


def test_the_lasting_address_leads_to_it(client, samira, open_talk):
    row = reacted(open_talk, samira)

    assert client.get(f"/reacties/{row.uuid}/")["Location"] == f"{STORY}#{row.anchor}"
    assert row.anchor in client.get(STORY).content.decode()


def test_reporting_says_which_one(client, samira, open_talk):
    row = reacted(open_talk, samira)
    link = next(link for link in links(client.get(STORY), ".reaction__ways a") if "probleem" in link)

    form = client.get(link)

    assert f"/reacties/{row.uuid}/" in form.content.decode()


# ── The storyteller ────────────────────────────────────────────────────────────
def test_a_storyteller_has_the_name_of_her_story_and_never_that_of_her_account(client, open_talk):
    teller = teller_of(open_talk)
    teller.display_name = "Echte Naam"
    teller.save()
    reacted(open_talk, teller, "Dank jullie.")

    page = client.get(STORY)

    assert part(page, ".reaction--storyteller .reaction__name") == ["Jesse"]
    assert "Echte" not in told(page)


# ── Afterwards ─────────────────────────────────────────────────────────────────
def test_a_quarter_of_an_hour_for_other_words(browser_of, samira, open_talk):
    row = reacted(open_talk, samira)
    address = f"/reacties/{row.uuid}/wijzig/"
    browser_of(samira).post(address, {"words": "Andere woorden."})

    assert (again(row).text, again(row).edited_at is not None) == ("Andere woorden.", True)
    with pytest.raises(Refused):
        reword(row, "Te laat.", by=samira, at=timezone.now() + timedelta(minutes=16))
    Reaction.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    late = browser_of(samira).post(address, {"words": "Te laat."})
    assert (late.status_code, part(late, "textarea"), again(row).text) == (409, ["Te laat."], "Andere woorden.")


def test_taking_away_erases_the_words_at_once_also_in_quotes(client, browser_of, samira, daan, open_talk):
    row = reacted(open_talk, samira, "Dit had ik niet moeten zeggen.")
    answer = reacted(open_talk, daan, "Ik ook niet.", to=row, quoting=row)

    browser_of(samira).post(f"/reacties/{row.uuid}/wijzig/", {"act": "take-away"})

    assert (again(row).words, again(row).state, again(answer).quote) == ({}, "taken_away", {})
    page = client.get(STORY)
    assert part(page, ".reaction__gone") == [nl("%(name)s took this reaction away.", name="Samira")]
    assert part(page, ".reaction__words") == ["Ik ook niet."]
    assert part(page, ".reactions__title") == [nl_number("%(number)s reaction", "%(number)s reactions", 1)]


@pytest.mark.parametrize("role", ["daan", "noor", "marieke", "ilse", "petra"])
def test_nobody_else_changes_or_takes_it_away(request, browser_of, samira, open_talk, role):
    row = reacted(open_talk, samira)
    browser, address = browser_of(request.getfixturevalue(role)), f"/reacties/{row.uuid}/wijzig/"

    answers = [browser.get(address), browser.post(address, {"words": "x"}), browser.post(address, {"act": "take-away"})]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert again(row).text == WORDS


# ── Closing ────────────────────────────────────────────────────────────────────
def test_closed_says_since_when_and_why_and_keeps_what_was_typed(client, browser_of, samira, open_talk):
    reacted(open_talk, samira)
    since = timezone.now() - timedelta(days=2)
    close_talk(open_talk, Closing(since, "We praten verder in de groep."), by=teller_of(open_talk))

    page, late = client.get(STORY), browser_of(samira).post(form_of(open_talk), sent("Net te laat."))

    closed = part(page, ".reactions__closed")[0]
    assert closed.endswith("We praten verder in de groep.")
    assert (part(page, "#reageer"), part(page, ".reaction__words")) == ([], [WORDS])
    assert (late.status_code, part(late, ".notice__words")) == (409, ["Net te laat."])
    assert Reaction.objects.count() == 1


def test_on_its_day_it_closes_by_itself(browser_of, samira, open_talk):
    close_talk(open_talk, Closing(timezone.now() + timedelta(days=1)), by=teller_of(open_talk))
    assert reacted(open_talk, samira)

    with pytest.raises(Refused):
        reacted(open_talk, samira, "Later.", at=timezone.now() + timedelta(days=2))


def test_a_summary_stands_on_top_with_who_wrote_it(client, marieke, open_talk):
    pin_summary(open_talk, "Wij zeiden drie dingen.", by=marieke, name="Marieke")

    summary = part(client.get(STORY), ".reactions__summary")[0]

    assert "Wij zeiden drie dingen. Marieke," in summary
    assert list(TalkEvent.objects.filter(act="summarised").values_list("by", flat=True)) == [marieke.pk]


# ── Cost ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [0, 40])
def test_reactions_cost_two_queries_at_most(client, browser_of, samira, story, count, django_assert_num_queries):
    browser = browser_of(samira)
    for visitor in (client, browser):
        visitor.get(STORY)
    plain = [queries_of(visitor) for visitor in (client, browser)]
    talk_on(story)
    HouseRules.objects.create(page=None)
    people = [make_person(f"Mens {number}") for number in range(min(count, 8))]
    for number in range(count):
        reacted(story, people[number % 8], f"Reactie {number}.")

    with_them = [queries_of(visitor) for visitor in (client, browser)]

    assert [after - before for before, after in zip(plain, with_them, strict=True)] == [1, 2]


def queries_of(visitor):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(STORY).status_code == 200
    return len(asked)


def test_many_are_on_sheets_and_a_lasting_address_finds_its_own(client, samira, open_talk, monkeypatch):
    monkeypatch.setattr("stories.domain.talk_reading.ON_A_PAGE", 2)
    rows = [reacted(open_talk, samira, f"Reactie {number}.") for number in range(5)]

    sheets = [client.get(f"{STORY}?reacties={number}") for number in ("1", "3", "x", "-4", "99999999")]

    shown = [part(sheet, ".reaction__words") for sheet in sheets]
    assert shown == [["Reactie 0.", "Reactie 1."], ["Reactie 4."], *[["Reactie 0.", "Reactie 1."]] * 3]
    assert part(sheets[1], ".reactions__title") == [nl_number("%(number)s reaction", "%(number)s reactions", 5)]
    assert client.get(f"/reacties/{rows[4].uuid}/")["Location"] == f"{STORY}?reacties=3#{rows[4].anchor}"
