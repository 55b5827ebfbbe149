"""The step: what a person sees there, what each button does, and that nothing wrong or late ever costs them a word."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from home.models import ContactSettings
from tests.factories.enrolments import counted, enrol, finish, finish_all, states_of
from tests.factories.exercises import add_exercise, all_five, prompt_of, raw_prompt
from tests.factories.groups import make_group
from tests.factories.modules import add_module, add_training, followed_by, raw_step, republish, step_key, without
from tests.factories.pages import block_id
from tests.factories.people import make_person
from tests.factories.stories import make_recording
from training.forms.prompts import TOO_LONG
from training.models import Answer, Enrolment, ExercisePage, ModuleProgress, StepProgress

OPEN, THUIS, WHEN, DAY, PLACE = "open-text", "boxes-thuis", "intention-when", "intention-value", "statement-value"
ALL_TYPED = {
    OPEN: "Aan mijn moeder, die altijd op tijd was.",
    PLACE: "6",
    THUIS: "Mijn zus.",
    "boxes-werk": "Niemand.",
    WHEN: "ik thuiskom",
    "intention-then": "bel ik haar",
    DAY: (timezone.localdate() + timedelta(days=7)).isoformat(),
}
SAVES = {"save open": OPEN, "save statement": PLACE, "save boxes": THUIS, "save intention": WHEN}
ENDS = ["end-done", "end-skip", "end-later"]


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def step_address(module, name="oefening"):
    return next(step.address(module) for step in module.step_list if step.key == step_key(name))


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def main_text(response):
    return html_of(response).find("main").get_text(" ", strip=True)


def fields_of(response):
    """What a browser would send of the form on this page, without its token and its buttons."""
    fields = {}
    for field in html_of(response).find("main").select("form input, form textarea"):
        if field["name"] == "csrfmiddlewaretoken" or (field.get("type") == "radio" and not field.has_attr("checked")):
            continue
        fields[field["name"]] = (
            field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
        )  # fmt: skip
    return fields


def said(response):
    """`[(field, sentence)]` in the error summary, which has to be what stands beside the fields, too."""
    html = html_of(response)
    summary = [(link["href"].removeprefix("#"), link.text) for link in html.select(".error-summary a")]
    beside = [(line["id"].removesuffix("-error"), line.text.strip()) for line in html.select(".field__error")]
    assert summary == beside
    assert [field for field, _sentence in summary if html.find(id=field) is None] == []
    return summary


def typed_again(response):
    """What a page for a form that came too late shows of it."""
    return [field.text.removeprefix("\n") for field in html_of(response).select(".typed textarea")]


def rows():
    """All that the training holds of people."""
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


def kept(enrolment):
    """`{kind of question: (state, words, value, draft)}` of this person."""
    return {
        answer.kind: (
            answer.state,
            answer.words,
            answer.value,
            {part: said for part, said in answer.draft.items() if said},
        )
        for answer in Answer.objects.filter(enrolment=enrolment)
    }


@pytest.fixture(autouse=True)
def contact(db):
    """The person whom every page names: made before the first page, as on a real site."""
    ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})


class Tab:
    """A browser's tab with a step open in it."""

    def __init__(self, client, address, exercise):
        self.client, self.address, self.exercise = client, address, exercise
        self.fields = fields_of(client.get(address))

    def name(self, short):
        kind, part = short.split("-", 1)
        part = f"box-{block_id(f'box {part}')}" if kind == "boxes" else part
        return f"p-{prompt_of(self.exercise, kind).id}-{part}"

    def data(self, act, typed):
        word, _space, kind = act.partition(" ")
        pressed = f"{word}:{prompt_of(self.exercise, kind).id}" if kind else word
        return self.fields | {self.name(short): value for short, value in typed.items()} | {"act": pressed}

    def press(self, act, typed=None):
        return self.client.post(self.address, self.data(act, typed or {}))


@pytest.fixture
def tab(client, samira, module, exercise):
    """`tab()` opens the step with the questions for Samira; two of them are two tabs, or two devices."""
    client.force_login(samira)
    return lambda name="oefening": Tab(client, step_address(module, name), exercise)


@pytest.fixture
def at_question(module, exercise):
    """`at_question("open")`: where a person is brought back to after saving there."""
    return lambda kind: f"{step_address(module)}#vraag-{prompt_of(exercise, kind).id}"


# ── What stands there ──────────────────────────────────────────────────────────
def test_samira_sees_where_she_is_and_what_is_beside_it(client, samira, enrolment, module):
    finish(enrolment, module, "aankomen")
    client.force_login(samira)

    response = client.get(step_address(module, "kijken"))

    context = response.context
    assert response.status_code == 200
    assert (context["step"].title, context["step"].number) == ("Kijken", 2)
    assert (context["previous"].step.title, context["next"].step.title) == ("Aankomen", "Verhaal")
    assert [standing.state for standing in context["standings"]] == ["done", "", "", "", ""]
    assert html_of(response).title.text == "Kijken, stap 2 van 5 van Luisteren – Jouw leven is mijn werk"


def test_the_first_step_has_none_before_and_the_last_none_after(client, samira, module):
    client.force_login(samira)
    first, last = client.get(step_address(module, "aankomen")), client.get(step_address(module, "voornemen"))

    assert (first.context["previous"], last.context["next"]) == (None, None)


def test_the_story_and_on_request_the_one_in_reserve(client, samira, module, story, reserve_story):
    client.force_login(samira)

    first, other = (
        client.get(step_address(module, "verhaal")),
        client.get(step_address(module, "verhaal") + "?verhaal=ander"),
    )

    assert (first.context["materials"].story, first.context["materials"].other_story) == (story, reserve_story)
    assert (other.context["materials"].story, other.context["materials"].other_story) == (reserve_story, story)


def test_a_story_that_was_taken_away_leaves_its_step(client, samira, module, story, reserve_story):
    client.force_login(samira)
    for taken in (story, reserve_story):
        taken.unpublish()

    response = client.get(step_address(module, "verhaal"))

    assert html_of(response).select_one(".notice").text == dutch(
        "The storyteller took this story away. That is always allowed. You can skip this step or do the rest of it."
    )
    assert client.post(step_address(module, "verhaal"), {"act": "end-skip"}).url == step_address(module, "oefening")


def test_a_manager_meets_the_question_for_managers(client, samira, module):
    samira.work = "manager"
    samira.save()
    client.force_login(samira)

    asked = [form.question for form in client.get(step_address(module)).context["form"].forms]

    assert asked[0] == "Waar denk jij aan als leider?"


# ── Each button ────────────────────────────────────────────────────────────────
def test_save_keeps_one_answer_and_drafts_the_others(tab, enrolment, at_question):
    response = tab().press("save open", ALL_TYPED)

    assert (response.status_code, response.url) == (302, at_question("open"))
    assert kept(enrolment) == {
        "open": ("saved", {"text": ALL_TYPED[OPEN]}, "", {}),
        "statement": ("draft", {}, "", {"value": "6"}),
        "boxes": (
            "draft",
            {},
            "",
            {f"box-{block_id('box thuis')}": "Mijn zus.", f"box-{block_id('box werk')}": "Niemand."},
        ),
        "intention": ("draft", {}, "", {"when": "ik thuiskom", "then": "bel ik haar", "value": ALL_TYPED[DAY]}),
    }


@pytest.mark.parametrize("act", SAVES)
def test_saving_begins_the_step_and_no_more(tab, enrolment, module, act):
    tab().press(act, ALL_TYPED)

    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}
    assert counted(enrolment, module) == (0, 5, False)


def test_what_was_saved_stands_there_again_on_another_device(tab, client, samira):
    typed = tab().press("save open", ALL_TYPED)
    client.logout()
    client.force_login(samira)

    again = tab()

    assert typed.status_code == 302
    assert {short: again.fields[again.name(short)] for short in ALL_TYPED} == ALL_TYPED


def test_skipping_a_question_leaves_it_be_and_keeps_what_was_typed_elsewhere(tab, enrolment, at_question):
    response = tab().press("skip open", {PLACE: "unknown"})

    assert response.url == at_question("open")
    assert kept(enrolment) == {"open": ("skipped", {}, "", {}), "statement": ("draft", {}, "", {"value": "unknown"})}


def test_skipping_a_question_takes_no_saved_answer_away(tab, enrolment):
    tab().press("save open", {OPEN: "Aan haar."})

    tab().press("skip open")

    assert kept(enrolment)["open"] == ("saved", {"text": "Aan haar."}, "", {})


def test_erasing_throws_one_answer_away(tab, enrolment, at_question):
    tab().press("end-done", ALL_TYPED)

    response = tab().press("erase open")

    assert response.url == at_question("open")
    assert sorted(kept(enrolment)) == ["boxes", "intention", "statement"]


def test_done_keeps_all_that_was_typed_and_goes_to_the_next_step(tab, enrolment, module):
    response = tab().press("end-done", ALL_TYPED)

    assert (response.status_code, response.url) == (302, step_address(module, "voornemen"))
    assert {kind: state for kind, (state, *_rest) in kept(enrolment).items()} == dict.fromkeys(
        ("open", "statement", "boxes", "intention"), "saved"
    )
    assert kept(enrolment)["intention"] == (
        "saved",
        {"when": "ik thuiskom", "then": "bel ik haar"},
        ALL_TYPED[DAY],
        {},
    )
    assert states_of(enrolment, module) == {step_key("oefening"): "done"}


def test_done_saves_the_drafts_that_stood_there(tab, enrolment):
    tab().press("end-later", {OPEN: "Aan mijn moeder."})

    tab().press("end-done")

    assert kept(enrolment) == {"open": ("saved", {"text": "Aan mijn moeder."}, "", {})}


def test_done_without_a_word_is_fine(tab, enrolment, module):
    assert tab().press("end-done").url == step_address(module, "voornemen")
    assert (kept(enrolment), states_of(enrolment, module)) == ({}, {step_key("oefening"): "done"})


def test_skipping_the_step_drafts_what_was_typed_and_goes_on(tab, enrolment, module):
    response = tab().press("end-skip", {OPEN: "Aan"})

    assert response.url == step_address(module, "voornemen")
    assert kept(enrolment) == {"open": ("draft", {}, "", {"text": "Aan"})}
    assert states_of(enrolment, module) == {step_key("oefening"): "skipped"}


def test_coming_back_later_drafts_what_was_typed_and_shows_the_module(tab, enrolment, module):
    response = tab().press("end-later", {OPEN: "Aan"})

    assert response.url == module.module_address
    assert kept(enrolment) == {"open": ("draft", {}, "", {"text": "Aan"})}
    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}


@pytest.mark.parametrize("act", ENDS)
def test_ending_with_an_emptied_field_throws_that_answer_away(tab, enrolment, act):
    tab().press("save open", {OPEN: "Aan mijn moeder.", PLACE: "6"})

    tab().press(act, {OPEN: ""})

    assert sorted(kept(enrolment)) == ["statement"]


@pytest.mark.parametrize("end", ["end-done", "end-skip"])
def test_taking_a_mark_back_makes_the_step_busy_again(tab, enrolment, module, end):
    tab().press(end)

    response = tab().press("reopen")

    assert (response.status_code, response.url) == (302, step_address(module))
    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}
    assert counted(enrolment, module) == (0, 5, False)


def test_the_last_open_step_leads_to_the_end_of_the_module(tab, enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "voornemen")

    assert tab().press("end-done").url == module.end_address
    assert counted(enrolment, module) == (5, 5, True)


def test_the_last_step_in_the_row_leads_to_the_module_while_others_are_open(tab, module):
    assert tab("voornemen").press("end-done").url == module.module_address


@pytest.mark.parametrize("act", ENDS)
def test_a_step_without_questions_is_ended_the_same(tab, enrolment, module, act):
    response = tab("kijken").press(act)

    after = {"end-done": "done", "end-skip": "skipped", "end-later": "begun"}[act]
    assert response.url == (module.module_address if act == "end-later" else step_address(module, "verhaal"))
    assert states_of(enrolment, module) == {step_key("kijken"): after}


def test_of_talking_together_nothing_is_kept(tab, enrolment):
    tab().press("end-done", {OPEN: "Aan haar."})

    assert sorted(kept(enrolment)) == ["open"]


# ── The same POST ten times ────────────────────────────────────────────────────
@pytest.mark.parametrize("act", [*SAVES, "skip open", "erase open", "seen open", *ENDS, "reopen"])
@pytest.mark.parametrize("before", [None, "end-done"], ids=["new", "answered"])
def test_the_same_post_ten_times_is_one_state_and_one_answer(tab, act, before):
    if before:
        tab().press(before, ALL_TYPED)
    page = tab()

    first, once = page.press(act, ALL_TYPED), rows()
    again = [page.press(act, ALL_TYPED) for _time in range(9)]

    assert [(response.status_code, response.url) for response in again] == [(302, first.url)] * 9
    assert rows() == once


# ── Two tabs, two devices ──────────────────────────────────────────────────────
def test_an_older_page_does_not_overwrite_a_newer_text_and_shows_both(tab, enrolment, module):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    response = phone.press("save open", {OPEN: "In de bus geschreven."})

    assert response.status_code == 409
    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})
    assert html_of(response).select_one(".error-summary__title").text == dutch(
        "There is a newer text on another device"
    )
    assert [words.text for words in html_of(response).select(".notice__words")] == ["Op de laptop geschreven."]
    assert fields_of(response)[phone.name(OPEN)] == "In de bus geschreven."


def test_saving_once_more_after_seeing_both_is_a_choice(tab, enrolment):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})
    phone.fields = fields_of(phone.press("save open", {OPEN: "In de bus geschreven."}))

    response = phone.press("save open")

    assert response.status_code == 302
    assert kept(enrolment)["open"] == ("saved", {"text": "In de bus geschreven."}, "", {})
    assert Answer.objects.get().other_words == {}


def test_the_text_that_lost_stays_readable_until_it_was_seen(tab, client, module, at_question):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})
    phone.press("save open", {OPEN: "In de bus geschreven."})

    shown = [words.text for words in html_of(client.get(step_address(module))).select(".notice__words")]
    seen = tab().press("seen open")

    assert (shown, seen.url) == (["In de bus geschreven."], at_question("open"))
    assert html_of(client.get(step_address(module))).select(".notice__words") == []


@pytest.mark.parametrize("act", ENDS)
def test_a_step_does_not_end_over_a_newer_text(tab, enrolment, module, act):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    response = phone.press(act, {OPEN: "In de bus geschreven."})

    assert response.status_code == 409
    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})
    assert Answer.objects.get().other_words == {"text": "In de bus geschreven."}
    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}


@pytest.mark.parametrize("act", ["save statement", *ENDS])
def test_an_older_page_with_an_empty_field_erases_nothing_of_a_newer_one(tab, enrolment, act):
    """Samira opens the step on her phone, writes it on her laptop, and later leaves the page on her phone."""
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    phone.press(act, {PLACE: "3"})

    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})


@pytest.mark.parametrize("act", ENDS)
def test_emptying_a_field_on_an_older_page_erases_nothing_newer(tab, enrolment, act):
    tab().press("save open", {OPEN: "Eerst dit."})
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    phone.press(act, {OPEN: ""})

    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})


@pytest.mark.parametrize("act", ENDS)
def test_a_form_without_the_questions_in_it_erases_nothing(client, tab, enrolment, module, act):
    """As when the connection cuts a form short, or a page from before the question was there."""
    tab().press("save open", {OPEN: "Aan mijn moeder.", PLACE: "6"})

    client.post(step_address(module), {"act": act})

    assert kept(enrolment)["open"] == ("saved", {"text": "Aan mijn moeder."}, "", {})


# ── Bad input: what can be mended ──────────────────────────────────────────────
@pytest.mark.parametrize(
    ("short", "limit"),
    [
        (OPEN, 10_000),
        (THUIS, 1_000),
        ("boxes-werk", 1_000),
        *((f"intention-{part}", 500) for part in ("when", "then", "smaller", "obstacle")),
    ],
)
def test_a_text_that_is_too_long_is_named_and_stays(tab, short, limit):
    page, before = tab(), rows()
    typed = ALL_TYPED | {short: "é" * (limit + 1)}
    with translation.override("nl"):
        sentence = str(TOO_LONG % {"show_value": limit + 1, "limit_value": limit})

    for act in (f"save {short.split('-')[0]}", *ENDS):
        response = page.press(act, typed)

        sent = page.data(act, typed) | {"act": None}
        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(short)}", sentence)])
        assert fields_of(response) | {"act": None} == sent
        assert rows() == before


@pytest.mark.parametrize(
    ("act", "short", "sentence"),
    [
        ("save open", OPEN, "Write something, or skip the question."),
        ("save statement", PLACE, "Choose a place, or skip the question."),
        ("save boxes", THUIS, "Write in one of the boxes, or skip the question."),
        ("save intention", WHEN, "Fill in “If” or “then”, or skip the question."),
    ],
)
def test_saving_nothing_is_answered_with_the_way_out(tab, act, short, sentence):
    page, before = tab(), rows()
    typed = {other: words for other, words in ALL_TYPED.items() if other.split("-")[0] != short.split("-")[0]}

    response = page.press(act, typed)

    assert response.status_code == 400
    assert said(response) == [(f"id_{page.name(short)}", dutch(sentence))]
    assert {other: fields_of(response).get(page.name(other)) for other in typed} == typed
    assert rows() == before


def test_the_summary_takes_the_focus_and_the_title_says_that_something_is_wrong(tab):
    html = html_of(tab().press("save open"))

    summary = html.select_one(".error-summary")
    assert (summary["role"], summary["tabindex"], summary.has_attr("autofocus")) == ("alert", "-1", True)
    assert html.title.text.split(" ")[0] == dutch("Error:")


def test_a_field_to_mend_points_at_its_sentence(tab):
    page = tab()
    field = html_of(page.press("save open")).find("textarea", attrs={"name": page.name(OPEN)})

    assert f"id_{page.name(OPEN)}-error" in field["aria-describedby"].split(" ")
    assert field["aria-invalid"] == "true"


@pytest.mark.parametrize("act", ["save statement", "end-done", "end-later"])
def test_a_place_outside_the_seven_is_none(tab, act):
    page, before = tab(), rows()
    sentence = dutch("Choose one of the seven places, or “I don't know”.")

    for place in ("0", "8", "-1", "4.5", "4 ", "zeven", "٤", "1,2", "\x00", "x" * 5_000):
        response = page.press(act, {OPEN: ALL_TYPED[OPEN], PLACE: place})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(PLACE)}", sentence)])
        assert fields_of(response)[page.name(OPEN)] == ALL_TYPED[OPEN]
        assert rows() == before


def test_a_place_among_the_seven_is_kept(tab, enrolment):
    for place in ("1", "2", "3", "4", "5", "6", "7", "unknown"):
        tab().press("save statement", {PLACE: place})

        assert kept(enrolment) == {"statement": ("saved", {}, place, {})}


def test_a_day_that_is_none_is_named_and_stays(tab):
    page, before = tab(), rows()
    sentence = dutch("Write the date as day-month-year, for example 14-1-2027.")

    for day in ("morgen", "31-02-2027", "2027-13-01", "0000-00-00", "9999999-01-01", "\x00", "1" * 5_000):
        response = page.press("save intention", {WHEN: "ik thuiskom", DAY: day})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(DAY)}", sentence)])
        assert fields_of(response)[page.name(WHEN)] == "ik thuiskom"
        assert rows() == before


def test_a_day_that_has_passed_or_is_too_far_is_named(tab):
    page, before = tab(), rows()
    sentence = dutch("Choose a day from today to a year from now.")

    for days in (-40_000, -1, 367, 40_000):
        day = timezone.localdate() + timedelta(days=days)
        response = page.press("end-done", {WHEN: "ik thuiskom", DAY: day.isoformat()})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(DAY)}", sentence)])
        assert rows() == before


def test_two_things_to_mend_are_two_sentences_in_the_order_of_the_screen(tab):
    page, before = tab(), rows()

    response = page.press("end-done", {DAY: "morgen", PLACE: "9"})

    assert [field for field, _sentence in said(response)] == [f"id_{page.name(PLACE)}", f"id_{page.name(DAY)}"]
    assert rows() == before


@pytest.mark.parametrize("short", [OPEN, THUIS, WHEN])
def test_a_nul_byte_is_dropped_and_the_words_are_kept(tab, enrolment, short):
    kind = short.split("-")[0]

    response = tab().press(f"save {kind}", {short: "Aan\x00 haar.\x1f\x7f"})

    assert response.status_code == 302
    assert list(kept(enrolment)[kind][1].values()) == ["Aan haar."]


def test_nothing_but_nul_bytes_is_nothing(tab):
    response = tab().press("save open", {OPEN: "\x00\x00"})

    assert (response.status_code, said(response)[0][1]) == (400, dutch("Write something, or skip the question."))


@pytest.mark.parametrize("act", ["save open", "end-done", "end-later"])
def test_half_a_character_is_no_error_page(tab, client, enrolment, act):
    """A lone surrogate, as broken software sends: not UTF-8, so the browser's form has a replacement in its place."""
    page = tab()
    name = page.name(OPEN)
    body = f"act={page.data(act, {})['act']}&{name}=Aan%ED%A0%80%20haar".encode()

    response = client.post(page.address, body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302
    [words] = [words["text"] for answer in Answer.objects.all() for words in (answer.words or answer.draft,)]
    assert words == "Aan\ufffd\ufffd\ufffd haar"


@pytest.mark.parametrize("act", [*SAVES, *ENDS])
def test_three_hundred_extra_fields_change_nothing(tab, client, enrolment, act):
    page = tab()
    extra = {f"extra-{index}": "x" * 50 for index in range(300)}

    plain = page.press(act, ALL_TYPED)
    expected = kept(enrolment)
    Answer.objects.all().delete()
    response = client.post(page.address, page.data(act, ALL_TYPED) | extra)

    assert (response.status_code, response.url) == (302, plain.url)
    assert kept(enrolment) == expected


def test_ten_thousand_extra_fields_are_refused_in_words(tab, client):
    page, before = tab(), rows()

    response = client.post(page.address, {f"x{index}": "" for index in range(10_001)})

    assert response.status_code == 400
    assert html_of(response).find("h1").text == dutch("We did not understand this")
    assert rows() == before


@pytest.mark.parametrize(
    ("act", "short", "sentence"),
    [
        ("save open", OPEN, "Write something, or skip the question."),
        ("save statement", PLACE, "Choose a place, or skip the question."),
        ("save boxes", THUIS, "Write in one of the boxes, or skip the question."),
        ("save intention", WHEN, "Fill in “If” or “then”, or skip the question."),
    ],
)
def test_a_file_is_no_text(tab, act, short, sentence):
    page, before = tab(), rows()

    response = page.press(act, {short: SimpleUploadedFile("verhaal.txt", b"Aan mijn moeder.")})

    assert (response.status_code, said(response)) == (400, [(f"id_{page.name(short)}", dutch(sentence))])
    assert rows() == before


# ── Bad input: what is forged ──────────────────────────────────────────────────
def test_a_button_that_does_not_exist_is_not_understood(tab):
    page, before = tab(), rows()
    sentence = dutch("We did not understand which button you pressed. What you typed is still here.")

    for act in (
        "",
        "save",
        "skip",
        "end",
        "END-DONE",
        "end-done:x",
        "reopen:x",
        "finish",
        "\x00",
        "é" * 5_000,
        ":",
        "save:",
    ):
        response = page.client.post(page.address, page.data("end-done", ALL_TYPED) | {"act": act})

        assert (response.status_code, html_of(response).select_one(".error-summary p").text) == (400, sentence)
        assert {short: fields_of(response)[page.name(short)] for short in ALL_TYPED} == ALL_TYPED
        assert rows() == before


@pytest.mark.parametrize("word", ["save", "skip", "erase", "seen"])
def test_a_question_that_does_not_exist_is_a_stale_page_with_all_that_was_typed(tab, word):
    page, before = tab(), rows()

    for prompt in ("00000000-0000-0000-0000-000000000000", "\x00", "x" * 5_000, "' OR 1=1 --"):
        sent = page.data("end-done", {OPEN: ALL_TYPED[OPEN]}) | {"act": f"{word}:{prompt}"}
        response = page.client.post(page.address, sent)

        assert (response.status_code, html_of(response).find("h1").text) == (
            409,
            dutch("This step was changed meanwhile"),
        )
        assert ALL_TYPED[OPEN] in typed_again(response)
        assert rows() == before


def test_a_question_of_another_exercise_is_not_answered_here(tab, site_pages):
    other = add_exercise(site_pages.exercises, "Elders", prompts=[raw_prompt("open", "elders")])
    page, before = tab(), rows()

    for word in ("save", "skip", "erase", "seen"):
        act = f"{word}:{prompt_of(other, 'elders').id}"
        response = page.client.post(page.address, page.data("end-done", {}) | {"act": act})

        assert (response.status_code, rows()) == (409, before)


@pytest.mark.parametrize("word", ["save", "skip", "erase", "seen"])
def test_a_conversation_has_nothing_to_save(tab, word):
    """There is no such button: who sends it anyway gets an answer and leaves nothing behind."""
    page = tab()
    page.press("end-later")
    before = rows()

    response = page.press(f"{word} talk")

    assert response.status_code in (302, 400, 409)
    assert rows()[3] == before[3] == []


@pytest.mark.parametrize("name", ["edit_no", "based_on", "writer"])
@pytest.mark.parametrize("act", ["save open", "end-done"])
def test_a_forged_edit_number_is_never_an_error_page(tab, act, name):
    """Nobody types these, so there is no sentence to wait for: it is kept, or refused with nothing changed."""
    for value in ("-1", "9" * 18, "9" * 25, "NaN", "\x00", "x" * 4_000, "١", ""):
        page, before = tab(), rows()

        response = page.press(act, {OPEN: f"Aan haar {len(value)}.", f"open-{name}": value})

        assert response.status_code in (302, 400, 409)
        assert response.status_code != 400 or rows() == before


def test_another_persons_row_can_not_be_reached(tab, daan, module, exercise, client, enrolment):
    """Every id in the form is a question's; whose answer it is follows from who is signed in."""
    tab().press("save open", {OPEN: "Van Samira."})
    client.force_login(daan)
    daans = Tab(client, step_address(module), exercise)

    daans.press("erase open", {"open-enrolment": enrolment.pk})
    daans.press("save open", {OPEN: "Van Daan.", "open-enrolment": enrolment.pk})

    assert kept(enrolment)["open"][1] == {"text": "Van Samira."}
    assert kept(daan.enrolments.get())["open"][1] == {"text": "Van Daan."}


# ── Stale pages ────────────────────────────────────────────────────────────────
def without_question(exercise, kind):
    """Publish `exercise` without its question of this kind, as an editor does while Samira is writing."""
    exercise.prompts = [prompt for prompt in all_five() if prompt["type"] != kind]
    exercise.save_revision().publish()


@pytest.mark.parametrize("act", ["save open", *ENDS])
def test_a_question_taken_out_meanwhile_gives_the_words_back(tab, exercise, act):
    page, before = tab(), rows()
    sent = page.data(act, {OPEN: ALL_TYPED[OPEN]})
    without_question(ExercisePage.objects.get(pk=exercise.pk), "open")

    response = page.client.post(page.address, sent)

    assert response.status_code == 409
    assert typed_again(response) == [ALL_TYPED[OPEN]]
    assert rows() == before


def test_a_short_answer_to_a_question_that_is_gone_can_be_read_and_copied(tab, exercise):
    page = tab()
    sent = page.data("save open", {OPEN: "Mijn moeder."})
    without_question(ExercisePage.objects.get(pk=exercise.pk), "open")

    assert typed_again(page.client.post(page.address, sent)) == ["Mijn moeder."]


def test_a_question_changed_meanwhile_is_answered_as_it_now_is(tab, exercise, enrolment):
    page = tab()
    exercise.prompts = [raw_prompt("open", question="Waar dacht je aan?", variants=[])]
    exercise.save_revision().publish()

    page.press("save open", {OPEN: "Aan haar."})

    assert Answer.objects.get(kind="open").prompt_as_asked == "Waar dacht je aan?"
    assert kept(enrolment)["open"][1] == {"text": "Aan haar."}


@pytest.mark.parametrize("act", ["save open", *ENDS])
def test_an_exercise_taken_offline_meanwhile_gives_the_words_back(tab, exercise, act):
    page, before = tab(), rows()
    sent = page.data(act, {OPEN: ALL_TYPED[OPEN]})
    exercise.unpublish()

    response = page.client.post(page.address, sent)

    assert response.status_code == 409
    assert typed_again(response) == [ALL_TYPED[OPEN]]
    assert rows() == before


@pytest.mark.parametrize("act", ["save open", "end-done"])
def test_a_step_taken_out_meanwhile_gives_the_words_back(tab, module, act):
    page, before = tab(), rows()
    sent = page.data(act, {OPEN: ALL_TYPED[OPEN]})
    republish(module, without("oefening"))

    response = page.client.post(page.address, sent)

    assert response.status_code == 404
    assert typed_again(response) == [ALL_TYPED[OPEN]]
    assert rows() == before


def test_a_module_taken_offline_meanwhile_gives_the_words_back(tab, module):
    page, before = tab(), rows()
    sent = page.data("end-done", {OPEN: ALL_TYPED[OPEN]})
    module.unpublish()

    response = page.client.post(page.address, sent)

    assert (response.status_code, typed_again(response)) == (404, [ALL_TYPED[OPEN]])
    assert rows() == before


def test_a_step_added_meanwhile_is_gone_to(tab, module):
    page = tab("voornemen")
    republish(module, followed_by(raw_step("napraten", kind="talk")))

    assert page.press("end-done").url == page.address.replace("voornemen", "napraten")


def test_who_was_signed_out_meanwhile_gets_the_words_back_and_sends_them_again(tab, client, samira, enrolment, module):
    page, before = tab(), rows()
    client.logout()

    refused = page.press("end-done", ALL_TYPED)
    typed, unchanged = fields_of(refused), rows() == before
    client.force_login(samira)
    sent = client.post(page.address, typed)

    assert (refused.status_code, unchanged) == (403, True)
    assert html_of(refused).find("h1").text == dutch("You are signed out")
    assert ALL_TYPED[OPEN] in typed_again(refused)
    assert [shown for shown in typed_again(refused) if shown not in ALL_TYPED.values()] == []  # no number, no key
    assert sent.url == step_address(module, "voornemen")
    assert kept(enrolment)["open"] == ("saved", {"text": ALL_TYPED[OPEN]}, "", {})
    assert kept(enrolment)["statement"] == ("saved", {}, "6", {})


def test_passwords_and_tokens_are_not_among_what_is_given_back(client, module):
    response = client.post(
        step_address(module), {"act": "end-done", "csrfmiddlewaretoken": "t" * 64, "password": "geheim", "x": "y" * 30}
    )

    assert fields_of(response) == {"act": "end-done", "x": "y" * 30}


def test_markup_in_what_was_typed_stays_text(tab, client, module):
    page = tab()
    typed = '</textarea><script>alert("1")</script>'
    shown = [page.press("save open", {OPEN: typed, PLACE: "9"}), client.get(page.address)]
    page.press("save open", {OPEN: typed})
    shown.append(client.get(page.address))
    client.logout()
    shown.append(page.press("end-done", {OPEN: typed}))

    assert [[script.get("src") for script in html_of(response).select("script")] for response in shown] == [
        ["/static/js/main.js"]
    ] * 4
    assert fields_of(shown[2])[page.name(OPEN)] == typed


# ── Who may come in ────────────────────────────────────────────────────────────
def test_who_is_not_signed_in_is_asked_to(client, module):
    address = step_address(module) + "?verhaal=ander"

    for answer in (client.get(address), client.head(address)):
        assert (answer.status_code, answer.url) == (
            302,
            f"/account/inloggen/?next={step_address(module)}%3Fverhaal%3Dander",
        )


def test_a_step_is_read_and_posted_to_and_nothing_else(client, samira, module):
    client.force_login(samira)
    answers = [
        client.generic(method, step_address(module)) for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "NONSENSE")
    ]

    assert [answer.status_code for answer in answers] == [405] * 5


@pytest.fixture
def missing(client):
    """What somebody reads at an address where nothing ever was."""
    return lambda method="get": main_text(
        getattr(client, method)("/training/jouw-leven-is-mijn-werk/nooit/geweest/", {})
    )


def elsewhere(site_pages):
    """Somebody who takes part in another training, with a module in it."""
    training = add_training(site_pages.trainings, "Een andere training")
    person = make_person("Iemand Elders")
    enrol(person, training)
    add_module(training, "Anders luisteren")
    return person


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "other_training", "left"])
def test_who_does_not_take_part_gets_the_answer_of_a_missing_page(
    client, site_pages, stranger, samira, enrolment, module, missing, who, method
):
    person = {"stranger": stranger, "other_training": elsewhere(site_pages), "left": samira}[who]
    Enrolment.objects.filter(pk=enrolment.pk).update(state="left")
    client.force_login(person)
    before = rows()

    response = getattr(client, method)(step_address(module))

    assert (response.status_code, main_text(response)) == (404, missing(method))
    assert rows() == before


def test_the_coordinator_of_another_training_sees_nothing_of_this_one(client, site_pages, module, missing):
    training = add_training(site_pages.trainings, "Een andere training")
    outsider = make_person("Coordinator Elders", "coordinator")
    make_group(training, "Elders", coordinators=[outsider])
    client.force_login(outsider)

    response = client.get(step_address(module))

    assert (response.status_code, main_text(response)) == (404, missing())


HIDDEN = ["module_offline", "training_offline", "index_offline", "group_only", "group_only_above"]


def hide(how, module, training, index):
    if how.endswith("offline"):
        {"module_offline": module, "training_offline": training, "index_offline": index}[how].unpublish()
    else:
        page = training if how.endswith("above") else module
        only = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        only.groups.set([Group.objects.get_or_create(name="Een andere groep")[0]])


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_offline_or_closed_is_missing_for_everybody(
    client, site_pages, training, module, missing, samira, marieke, ilse, petra, how
):
    people, before = (samira, marieke, ilse, petra), rows()

    def answers():
        for person in people:
            client.force_login(person)
            yield client.get(step_address(module))

    open_before = [answer.status_code for answer in answers()]
    hide(how, module, training, site_pages.trainings)

    assert open_before == [200] * 4
    assert [(answer.status_code, main_text(answer)) for answer in answers()] == [(404, missing())] * 4
    client.force_login(samira)
    assert client.post(step_address(module), {"act": "end-done"}).status_code == 404
    assert rows() == before


def test_a_restriction_that_asks_to_be_signed_in_lets_samira_pass(client, samira, module, training):
    for page in (module, training):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    client.force_login(samira)

    assert client.get(step_address(module)).status_code == 200


def test_a_restriction_to_a_group_lets_its_members_pass(client, samira, module):
    members = Group.objects.create(name="Leden")
    PageViewRestriction.objects.create(page=module, restriction_type="groups").groups.set([members])
    client.force_login(samira)

    before = client.get(step_address(module)).status_code
    samira.groups.add(members)

    assert (before, client.get(step_address(module)).status_code) == (404, 200)


def test_a_forged_address_is_a_missing_page(client, samira, module):
    client.force_login(samira)
    before = rows()
    forged = [
        "/training/jouw-leven-is-mijn-werk/luisteren/nooit-geweest/",
        "/training/jouw-leven-is-mijn-werk/nooit/oefening/",
        "/training/nooit/luisteren/oefening/",
        "/training/jouw-leven-is-mijn-werk/luisteren/é/",
        "/training/jouw-leven-is-mijn-werk/luisteren/%00/",
        "/training/jouw-leven-is-mijn-werk/luisteren/oefening/klaar/",
    ]

    assert {(path, client.get(path).status_code, client.post(path).status_code) for path in forged} == {
        (path, 404, 404) for path in forged
    }
    assert rows() == before


# ── Looking along ──────────────────────────────────────────────────────────────
WATCHERS = ["noor", "marieke", "ilse", "roel", "petra"]


@pytest.mark.parametrize("who", WATCHERS)
def test_who_looks_along_sees_the_step_without_anything_to_press(request, client, module, who):
    client.force_login(request.getfixturevalue(who))

    html = html_of(client.get(step_address(module))).find("main")

    assert [text.text for text in html.select(".question__text")] == [
        "Waar denk je aan?",
        "Ik vraag door.",
        "Wie staan er om je heen?",
        "Wat neem je je voor?",
        "Vertel elkaar wat je hoorde.",
    ]
    assert html.select_one(".notice").text == dutch(
        "You look along. What participants see here is empty for you, and nothing is kept."
    )
    assert [button["value"] for button in html.select("button[name=act]")] == []
    assert html.select("[data-autosave]") == []


def test_a_post_of_who_looks_along_keeps_nothing(request, client, tab):
    samiras = tab()
    samiras.press("end-done", ALL_TYPED)
    before = rows()

    for who in WATCHERS:
        client.force_login(request.getfixturevalue(who))
        for act in ("save open", "skip open", "erase open", *ENDS, "reopen", "nonsense"):
            response = client.post(samiras.address, samiras.data(act, {OPEN: "Van een ander."}))

            assert response.status_code < 500
            assert rows() == before


PRIVATE = {
    OPEN: "Kwikstaartje zei het",
    THUIS: "Tante Kwikstaart",
    WHEN: "ik kwikstaart zie",
    "intention-then": "loop ik mee met kwikstaart",
}


@pytest.mark.parametrize("act", ["end-done", "end-later"], ids=["saved", "drafts"])
def test_what_samira_writes_stands_on_no_page_of_anybody_else(request, client, tab, module, exercise, act):
    phone, laptop = tab(), tab()
    laptop.press(act, PRIVATE)
    phone.press(act, PRIVATE | {OPEN: "Kwikstaart in de bus"})
    pages = [
        *(step.address(module) for step in module.step_list),
        *(module.module_address, module.end_address, module.module_address + "papier/"),
        *("/", "/mijn/", "/verhalen/", "/training/", "/oefeningen/", exercise.address),
        "/training/jouw-leven-is-mijn-werk/",
    ]

    def reads_it():
        return {page for page in pages if b"kwikstaart" in client.get(page).content.lower()}

    own = reads_it()
    others = set()
    for who in ("daan", *WATCHERS, "stranger"):
        client.force_login(request.getfixturevalue(who))
        others |= reads_it()

    assert step_address(module) in own  # so it could leak
    assert others == set()


# ── Reading writes nothing ─────────────────────────────────────────────────────
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("begun", [False, True], ids=["new", "busy"])
def test_reading_a_step_writes_nothing(client, tab, samira, module, method, begun):
    if begun:
        tab().press("end-done", ALL_TYPED)
    client.force_login(samira)
    before = rows()

    for step in module.step_list:
        assert getattr(client, method)(step.address(module)).status_code == 200

    assert rows() == before


def test_reading_answers_the_same_to_head_as_to_get(client, samira, module):
    client.force_login(samira)
    answer = client.head(step_address(module))

    assert (answer.status_code, answer.content) == (200, b"")


# ── What it costs ──────────────────────────────────────────────────────────────
def crowd(module, people):
    """Enrol `people` more, each done with all of the module, in bulk."""
    now = timezone.now()
    training = module.get_parent().specific
    for index in range(people):
        enrolment = enrol(make_person(f"Deelnemer {index}"), training)
        StepProgress.objects.bulk_create(
            StepProgress(
                enrolment=enrolment, module_key=module.key, step_key=key, state="done", opened_at=now, done_at=now
            )
            for key in module.step_keys
        )


def history(enrolment, length):
    """Give one person `length` finished steps in other modules."""
    now = timezone.now()
    StepProgress.objects.bulk_create(
        StepProgress(
            enrolment=enrolment,
            module_key=block_id(f"module {index // 5}"),
            step_key=block_id(f"step {index}"),
            state="done",
            opened_at=now,
            done_at=now,
        )
        for index in range(length)
    )


SIZES = pytest.mark.parametrize(
    ("progress", "steps", "people"), [(1, 3, 1), (400, 3, 1), (1, 60, 1), (1, 3, 50), (400, 60, 50)]
)


@pytest.fixture
def sized(client, samira, enrolment, training, story, exercise):
    """A module of `steps` steps, the last with a story and questions; Samira is busy in it and signed in."""

    def built(progress, steps, people, **last):
        plain = [raw_step(f"stap {number}", title=f"Stap {number}") for number in range(1, steps)]
        last = {"kind": "story", "story": story.pk, "exercise": exercise.pk} | last
        module = add_module(training, "Groot", [*plain, raw_step("laatste", **last)])
        history(enrolment, progress)
        crowd(module, people - 1)
        finish(enrolment, module, "stap 1")
        client.force_login(samira)
        return module

    return built


@SIZES
def test_a_step_with_a_story_and_questions_costs_eight_queries(
    client, sized, django_assert_num_queries, progress, steps, people
):
    module = sized(progress, steps, people)

    with django_assert_num_queries(8):
        response = client.get(step_address(module, "laatste"))

    assert len(response.context["standings"]) == steps


def test_a_step_with_all_a_step_can_have_costs_nine_queries(client, sized, reserve_story, django_assert_num_queries):
    module = sized(1, 3, 1, reserve_story=reserve_story.pk, recording=make_recording().pk)

    # a recording beside a story, an exercise and answers: one over the budget of a usual step, said in the decisions
    with django_assert_num_queries(9):
        response = client.get(step_address(module, "laatste"))

    materials = response.context["materials"]
    assert None not in (materials.story, materials.other_story, materials.recording, materials.exercise)


def test_a_plain_step_costs_five_queries(client, sized, django_assert_num_queries):
    module = sized(1, 3, 1)

    with django_assert_num_queries(5):
        client.get(step_address(module, "stap 2"))


@pytest.mark.parametrize(("progress", "steps", "people"), [(1, 3, 1), (400, 60, 50)])
def test_finishing_a_step_costs_eight_queries(
    client, sized, enrolment, django_assert_num_queries, progress, steps, people
):
    """Session, person, module, enrolment; summary, steps, step, summary. The budget is eleven."""
    module = sized(progress, steps, people)

    with django_assert_num_queries(8):
        client.post(step_address(module, "stap 2"), {"act": "end-done"})

    assert counted(enrolment, module) == (2, steps, False)


def test_finishing_a_step_with_questions_costs_two_more(client, sized, django_assert_num_queries):
    """Its exercise and the answers are read; nothing was typed."""
    module = sized(1, 5, 1)

    with django_assert_num_queries(10):
        client.post(step_address(module, "laatste"), {"act": "end-done"})


def test_finishing_the_last_step_completes_module_and_training(client, samira, enrolment, module):
    finish_all(enrolment, module)
    StepProgress.objects.filter(step_key=step_key("voornemen")).delete()
    ModuleProgress.objects.update(completed_at=None, steps_done=4)
    Enrolment.objects.update(completed_at=None)
    client.force_login(samira)

    client.post(step_address(module, "voornemen"), {"act": "end-done"})

    assert counted(enrolment, module) == (5, 5, True)
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None
