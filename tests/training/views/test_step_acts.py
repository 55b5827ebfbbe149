"""What each button of a step does, and that pressing it ten times does no more."""

import pytest

from tests.factories.enrolments import counted, finish, finish_all, states_of
from tests.factories.modules import step_key
from tests.factories.pages import block_id
from tests.training.views.steps import ALL_TYPED, DAY, ENDS, OPEN, PLACE, SAVES, kept, rows, step_address
from training.models import Enrolment, ModuleProgress, StepProgress


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


def test_finishing_the_last_step_completes_module_and_training(client, samira, enrolment, module):
    finish_all(enrolment, module)
    StepProgress.objects.filter(step_key=step_key("voornemen")).delete()
    ModuleProgress.objects.update(completed_at=None, steps_done=4)
    Enrolment.objects.update(completed_at=None)
    client.force_login(samira)

    client.post(step_address(module, "voornemen"), {"act": "end-done"})

    assert counted(enrolment, module) == (5, 5, True)
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


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
