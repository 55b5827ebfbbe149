"""A page of a step that is no longer right: what was typed comes back."""

import pytest

from tests.factories.exercises import all_five, raw_prompt
from tests.factories.modules import followed_by, raw_step, republish, without
from tests.training.views.steps import (
    ALL_TYPED,
    ENDS,
    OPEN,
    dutch,
    fields_of,
    html_of,
    kept,
    rows,
    step_address,
    typed_again,
)
from training.models import Answer, ExercisePage


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

    # The token of the page it was typed on says whose words these are (common/whose_page.py); it opens nothing.
    assert fields_of(response) == {"act": "end-done", "x": "y" * 30, "typed_by": "t" * 64}
