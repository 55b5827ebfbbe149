"""What a step costs in queries, however much there is."""

import pytest
from django.utils import timezone

from tests.factories.enrolments import counted, enrol, finish
from tests.factories.modules import add_module, raw_step
from tests.factories.pages import block_id
from tests.factories.people import make_person
from tests.factories.stories import make_recording
from tests.training.views.steps import step_address
from training.models import StepProgress


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
