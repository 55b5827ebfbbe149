"""What a step answers to a form that no page of ours would send."""

import pytest

from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.training.views.steps import (
    ALL_TYPED,
    OPEN,
    Tab,
    dutch,
    fields_of,
    html_of,
    kept,
    rows,
    step_address,
    typed_again,
)


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
