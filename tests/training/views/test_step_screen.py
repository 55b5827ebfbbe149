"""The screen of a step: what stands there, and that reading it writes nothing."""

import pytest

from tests.factories.enrolments import finish
from tests.training.views.steps import ALL_TYPED, dutch, html_of, rows, step_address


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
