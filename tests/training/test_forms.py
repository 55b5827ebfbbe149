"""What may be typed at a question, what may not, and the sentence that says so; and the one form of a step."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation

from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.pages import block_id
from training.domain.answers import Writing, WrittenElsewhere, answers_of, save_answer, save_draft
from training.forms.prompts import PROMPT_FORMS
from training.forms.step import StepForm, read_act

TODAY = date(2026, 11, 23)
THUIS, WERK = f"box-{block_id('box thuis')}", f"box-{block_id('box werk')}"


@pytest.fixture(autouse=True)
def today():
    with translation.override(None), time_machine.travel("2026-11-23T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def fill(exercise):
    """`fill("open", text="...")`: the form of that question, as posted with these fields."""

    def filled(kind, *, initial=None, wanted=False, **fields):
        prompt = prompt_of(exercise, kind)
        data = {f"p-{prompt.id}-{name}": value for name, value in fields.items()}
        return PROMPT_FORMS[kind](data, prompt=prompt, wanted=wanted, initial=initial or {})

    return filled


def refused(form):
    """What is said at which field; {} for a form that can be kept."""
    return {name: list(messages) for name, messages in form.errors.items()}


# ── Every form ─────────────────────────────────────────────────────────────────
def test_every_kind_of_question_has_its_form(exercise):
    assert list(PROMPT_FORMS) == [prompt.block_type for prompt in exercise.prompt_list]


@pytest.mark.parametrize("kind", ["open", "statement", "boxes", "intention", "talk"])
def test_nothing_is_fine_unless_save_was_pressed_here(fill, kind):
    form = fill(kind)

    assert refused(form) == {}
    assert form.is_empty
    assert form.writing() == Writing({}, value="", writer="", based_on=0, edit_no=1)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("open", {"text": ["Write something, or skip the question."]}),
        ("statement", {"value": ["Choose a place, or skip the question."]}),
        ("boxes", {THUIS: ["Write in one of the boxes, or skip the question."]}),
        ("intention", {"when": ["Fill in “If” or “then”, or skip the question."]}),
    ],
)
def test_saving_nothing_is_answered_with_the_way_out(fill, kind, expected):
    assert refused(fill(kind, wanted=True)) == expected


def test_blanks_are_nothing(fill):
    assert refused(fill("open", text=" \n\t ", wanted=True)) == {"text": ["Write something, or skip the question."]}


@pytest.mark.parametrize(
    ("kind", "parts", "values", "keeps_words"),
    [
        ("open", ["text"], [], True),
        ("statement", [], ["value"], True),
        ("boxes", [THUIS, WERK], [], True),
        ("intention", ["when", "then", "smaller", "obstacle"], ["value"], True),
        ("talk", [], [], False),
    ],
)
def test_what_is_kept_encrypted_and_what_plain(fill, kind, parts, values, keeps_words):
    form = fill(kind)

    assert (form.parts, form.value_names, form.keeps_words) == (parts, values, keeps_words)


def test_the_question_names_who_asks_it(fill):
    assert (fill("open").question, fill("open").asked_by) == ("Waar denk je aan?", "A question from Noor")
    assert fill("statement").asked_by == "A statement by Jesse"
    assert fill("intention").asked_by == ""


# ── Text ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("kind", "name", "limit"), [("open", "text", 10_000), ("boxes", THUIS, 1_000), ("intention", "when", 500)]
)
def test_as_much_as_fits_and_not_one_sign_more(fill, kind, name, limit):
    said = f"Your text is too long: {limit + 1} characters, and {limit} fit. Make it shorter, or put a part on paper."

    assert refused(fill(kind, **{name: "é" * limit})) == {}
    assert refused(fill(kind, **{name: "é" * (limit + 1)})) == {name: [said]}


def test_a_text_that_is_too_long_stays_on_the_screen(fill):
    form = fill("open", text="x" * 10_001)

    assert form["text"].value() == "x" * 10_001
    assert "maxlength" not in str(form["text"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("een\x00twee", "eentwee"), ("  rand  ", "rand"), ("een\r\ntwee", "een\ntwee"), ("<b>é 🌻</b>", "<b>é 🌻</b>")],
)
def test_what_is_typed_is_kept_as_typed_but_for_what_no_database_takes(fill, typed, kept):
    form = fill("open", text=typed)

    assert refused(form) == {}
    assert form.writing().words == {"text": kept}


@pytest.mark.parametrize(("kind", "name"), [("open", "text"), ("boxes", THUIS), ("intention", "then")])
def test_a_file_is_no_text(fill, kind, name):
    upload = SimpleUploadedFile("foto.jpg", b"not text")

    assert refused(fill(kind, **{name: upload})) == {name: ["Write your answer as text."]}


def test_boxes_are_kept_by_their_own_ids(fill):
    form = fill("boxes", **{WERK: "Mijn team", "box-forged": "x"})

    assert refused(form) == {}
    assert form.writing().words == {WERK: "Mijn team"}
    assert [field.label for field in form.text_fields] == ["Thuis", "Op het werk"]


# ── A position ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("value", ["1", "2", "3", "4", "5", "6", "7", "unknown"])
def test_seven_positions_and_not_knowing(fill, value):
    form = fill("statement", value=value, wanted=True)

    assert refused(form) == {}
    assert (form.writing().value, form.writing().words) == (value, {})


@pytest.mark.parametrize("value", ["0", "8", "-1", "x", "1.0", "٣", "4\x00", "1, 2", "unknown?"])
def test_no_other_position(fill, value):
    assert refused(fill("statement", value=value)) == {"value": ["Choose one of the seven places, or “I don't know”."]}


# ── A day to look back ─────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("2026-11-23", "2026-11-23"),
        ("14-1-2027", "2027-01-14"),
        ("14-01-27", "2027-01-14"),
        ("14/1/2027", "2027-01-14"),
        ((TODAY + timedelta(days=366)).isoformat(), "2027-11-24"),
    ],
)
def test_a_day_from_today_to_a_year_from_now(fill, typed, kept):
    form = fill("intention", when="Als", value=typed)

    assert refused(form) == {}
    assert form.writing().value == kept


@pytest.mark.parametrize("typed", ["2026-11-22", "2027-11-25", "0001-01-01", "9999-12-31", "1-1-2020"])
def test_a_day_that_is_past_or_far(fill, typed):
    assert refused(fill("intention", value=typed)) == {"value": ["Choose a day from today to a year from now."]}


@pytest.mark.parametrize("typed", ["morgen", "2027-02-30", "14", "2026-11-23T10:00", "\x00", "99999-01-01"])
def test_what_is_no_day(fill, typed):
    assert refused(fill("intention", value=typed)) == {
        "value": ["Write the date as day-month-year, for example 14-1-2027."]
    }


# ── The numbers a page carries ─────────────────────────────────────────────────
def test_a_page_says_what_it_knows_of(fill):
    form = fill("open", text="x", based_on="3", edit_no="5", writer="phone")

    assert refused(form) == {}
    writing = form.writing()
    assert (writing.based_on, writing.edit_no, writing.writer) == (3, 5, "phone")


@pytest.mark.parametrize("name", ["based_on", "edit_no"])
@pytest.mark.parametrize("number", ["-1", "x", "1e3", "1.5"])
def test_a_forged_number_is_refused(fill, name, number):
    assert list(fill("open", text="x", **{name: number}).errors) == [name]


@pytest.mark.parametrize("name", ["based_on", "edit_no"])
def test_a_number_that_no_column_holds_is_refused(fill, name):
    assert list(fill("open", text="x", **{name: str(2**31)}).errors) == [name]


@pytest.mark.parametrize("writer", ["x" * 37, "a\x00b"])
def test_a_forged_writer_is_refused(fill, writer):
    assert list(fill("open", text="x", writer=writer).errors) == ["writer"]


# ── What the fields show ───────────────────────────────────────────────────────
def show(enrolment, exercise, kind):
    """The step's form of this question as a fresh page shows it."""
    return StepForm(exercise, answers_of(enrolment, exercise)).form_of(prompt_of(exercise, kind).id)


def test_the_fields_show_the_draft_before_what_was_saved(enrolment, exercise):
    prompt = prompt_of(exercise, "open")
    save_answer(enrolment, exercise, prompt, Writing({"text": "Bewaard."}, writer="phone"))
    saved = show(enrolment, exercise, "open")
    save_draft(enrolment, exercise, prompt, Writing({"text": "Verder."}, writer="phone", edit_no=2))
    drafted = show(enrolment, exercise, "open")

    assert [form["text"].value() for form in (saved, drafted)] == ["Bewaard.", "Verder."]
    assert [(form["based_on"].value(), form["edit_no"].value()) for form in (saved, drafted)] == [(1, 2), (2, 3)]


def test_a_part_that_was_emptied_in_the_draft_stays_empty(enrolment, exercise):
    prompt = prompt_of(exercise, "intention")
    save_answer(enrolment, exercise, prompt, Writing({"when": "Als", "then": "dan"}, writer="phone"))

    save_draft(enrolment, exercise, prompt, Writing({"when": "Als ik"}, writer="phone", edit_no=2))

    form = show(enrolment, exercise, "intention")
    assert (form["when"].value(), form["then"].value() or "") == ("Als ik", "")


def test_every_page_is_a_writer_of_its_own(enrolment, exercise):
    assert show(enrolment, exercise, "open")["writer"].value() != show(enrolment, exercise, "open")["writer"].value()


# ── The form of a step ─────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("pressed", "act"),
    [
        ("end-done", ("end-done", "")),
        ("end-skip", ("end-skip", "")),
        ("end-later", ("end-later", "")),
        ("reopen", ("reopen", "")),
        ("save:abc", ("save", "abc")),
        ("skip:abc", ("skip", "abc")),
        ("erase:abc", ("erase", "abc")),
        ("seen:abc", ("seen", "abc")),
        ("save:", ("", "")),
        ("save", ("", "")),
        ("end-done:abc", ("", "")),
        ("delete:abc", ("", "")),
        ("", ("", "")),
    ],
)
def test_what_was_pressed(pressed, act):
    assert read_act({"act": pressed}) == act


@pytest.mark.parametrize("data", [None, {}, QueryDict()])
def test_nothing_pressed(data):
    assert read_act(data) == ("", "")


def posted(exercise, act="end-done", **texts):
    """A step's POST: `act`, and a text for each open question by its name."""
    data = QueryDict(mutable=True)
    data["act"] = act
    for name, text in texts.items():
        data[f"p-{prompt_of(exercise, name).id}-text"] = text
    return data


def test_a_forged_prompt_has_no_form(exercise):
    form = StepForm(exercise, {}, data=QueryDict("act=save:forged&p-forged-text=x"))

    assert (form.act, form.act_prompt, form.form_of("forged"), form.is_valid()) == ("save", "forged", None, True)


def test_a_step_without_an_exercise_has_no_questions():
    form = StepForm(None, {}, data=QueryDict("act=end-done"))

    assert (form.forms, form.is_valid(), form.errors) == ([], True, [])


def test_only_the_question_where_save_was_pressed_may_not_be_empty(site_pages):
    exercise = add_exercise(
        site_pages.exercises, "Twee", prompts=[raw_prompt("open", name="een"), raw_prompt("open", name="twee")]
    )
    pressed = prompt_of(exercise, "twee").id

    form = StepForm(exercise, {}, data=posted(exercise, f"save:{pressed}"))

    assert form.is_valid() is False
    assert form.errors == [(f"id_p-{pressed}-text", "Write something, or skip the question.")]


def left_alone(page):
    """The fields of the open page, posted back as they are."""
    data = QueryDict(mutable=True)
    for form in page.forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else str(value)
    return data


@pytest.mark.parametrize("kept", ["", "Bewaard.\nMet een regel."])
def test_an_old_page_that_was_left_alone_has_changed_nothing(enrolment, exercise, kept):
    """A tab from before the newest answer: what stands in it is no wish to write that again, or to empty it."""
    prompt = prompt_of(exercise, "open")
    if kept:
        save_answer(enrolment, exercise, prompt, Writing({"text": kept}, writer="laptop"))
    old_tab = left_alone(StepForm(exercise, answers_of(enrolment, exercise)))
    save_answer(
        enrolment, exercise, prompt, Writing({"text": "Op de telefoon."}, writer="phone", based_on=1, edit_no=2)
    )

    form = StepForm(exercise, answers_of(enrolment, exercise), data=old_tab)

    assert form.is_valid()
    assert [one.was_changed for one in form.forms] == [False] * 5


@pytest.mark.parametrize(("typed", "changed"), [("", True), ("Bewaard, en meer.", True), (" Bewaard. \r\n", False)])
def test_what_was_typed_over_is_a_change(enrolment, exercise, typed, changed):
    prompt = prompt_of(exercise, "open")
    save_answer(enrolment, exercise, prompt, Writing({"text": "Bewaard."}, writer="phone"))
    page = left_alone(StepForm(exercise, answers_of(enrolment, exercise)))
    page[f"p-{prompt.id}-text"] = typed

    form = StepForm(exercise, answers_of(enrolment, exercise), data=page)

    assert form.is_valid()
    assert form.form_of(prompt.id).was_changed is changed


def test_a_page_that_does_not_say_what_it_was_made_with_was_empty(fill):
    typed, untouched = fill("open", text="x"), fill("open", text="")

    assert [form.is_valid() and form.was_changed for form in (typed, untouched)] == [True, False]


def test_a_day_that_was_kept_and_has_passed_since_may_stay(enrolment, exercise):
    prompt = prompt_of(exercise, "intention")
    save_answer(enrolment, exercise, prompt, Writing({"when": "Als"}, value="2026-11-01", writer="phone"))
    page = left_alone(StepForm(exercise, answers_of(enrolment, exercise)))

    left = StepForm(exercise, answers_of(enrolment, exercise), data=page.copy())
    page[f"p-{prompt.id}-value"] = "2026-11-02"
    another = StepForm(exercise, answers_of(enrolment, exercise), data=page)

    assert (left.is_valid(), left.form_of(prompt.id).was_changed) == (True, False)
    assert refused(another.form_of(prompt.id)) == {"value": ["Choose a day from today to a year from now."]}


def test_after_a_conflict_the_page_knows_of_the_newer_text(enrolment, exercise):
    prompt = prompt_of(exercise, "open")
    save_answer(enrolment, exercise, prompt, Writing({"text": "Op de telefoon."}, writer="phone", edit_no=4))
    form = StepForm(exercise, {}, data=posted(exercise, f"save:{prompt.id}", open="Op de laptop."))
    assert form.is_valid()
    with pytest.raises(WrittenElsewhere) as conflict:
        save_answer(enrolment, exercise, prompt, form.form_of(prompt.id).writing())

    again = form.after_conflict({prompt.id: conflict.value.answer}).form_of(prompt.id)

    assert (again["text"].value(), again.newer.words) == ("Op de laptop.", {"text": "Op de telefoon."})
    assert (int(again["based_on"].value()), int(again["edit_no"].value())) == (4, 5)
    assert save_answer(enrolment, exercise, prompt, again.writing()).words == {"text": "Op de laptop."}
