"""What people work in is not deleted under their hands, and who tries reads why."""

import pytest
from django.utils import translation

from tests.factories.enrolments import enrol, finish
from tests.factories.exercises import add_exercise, prompt_of
from tests.factories.modules import add_module, add_training, five_steps, raw_step
from tests.factories.stories import add_story
from training.domain.answers import Writing, erase_answer, save_answer
from training.domain.content import reason_to_keep
from training.models import ModuleProgress

PEOPLE = (
    "This can't be deleted: {} people work in it or have done so. Unpublish it instead; then nobody loses anything."
)
ANSWERS = "This can't be deleted: people wrote answers here, and those are theirs. Unpublish it instead."
GROUPS = "This can't be deleted: groups follow this training. Unpublish it instead."
EXERCISE_USED = "This can't be deleted: it is used in “{}”. Take it out of the step first."
ENROLLED = "This can't be deleted: people take part in this training. Unpublish it instead."
STORY_USED = "This can't be deleted: the story is used in “{}”. Unpublish it instead: the step then says so kindly."


@pytest.fixture(autouse=True)
def untranslated():
    with translation.override(None):
        yield


# ── Modules and trainings ──────────────────────────────────────────────────────
def test_a_module_that_nobody_worked_in_may_go(enrolment, module):
    assert reason_to_keep(module) is None


@pytest.mark.parametrize("people", [1, 2])
def test_a_module_says_how_many_people_worked_in_it(enrolment, daan, module, people):
    for person in [enrolment, daan.enrolments.get()][:people]:
        finish(person, module, "aankomen", "kijken")

    assert reason_to_keep(module) == PEOPLE.format(people)


def test_one_person_in_two_modules_is_one_person(enrolment, training, module):
    finish(enrolment, module, "aankomen")
    finish(enrolment, add_module(training, "Doorvragen"), "aankomen")

    assert reason_to_keep(training) == PEOPLE.format(1)


@pytest.mark.parametrize("above", ["training", "index", "home"])
def test_nothing_above_it_may_go_either(enrolment, module, training, site_pages, above):
    finish(enrolment, module, "aankomen")

    page = {"training": training, "index": site_pages.trainings, "home": site_pages.home}[above]
    assert reason_to_keep(page) == PEOPLE.format(1)


def test_a_module_beside_it_may_go(enrolment, training, module):
    finish(enrolment, module, "aankomen")

    assert reason_to_keep(add_module(training, "Nieuw")) is None


def test_a_training_with_a_group_stays(group, training):
    assert reason_to_keep(training) == GROUPS


@pytest.mark.parametrize("state", ["active", "left"])
def test_a_training_with_people_stays_also_when_they_stopped(site_pages, stranger, state):
    training = add_training(site_pages.trainings, "Zonder groep")
    enrol(stranger, training, state=state)

    assert reason_to_keep(training) == ENROLLED


def test_a_training_without_people_may_go(enrolment, site_pages):
    assert reason_to_keep(add_training(site_pages.trainings, "Leeg")) is None


# ── Exercises ──────────────────────────────────────────────────────────────────
def test_an_exercise_with_answers_stays_until_they_are_erased(enrolment, exercise):
    prompt = prompt_of(exercise, "open")
    save_answer(enrolment, exercise, prompt, Writing({"text": "Van mij."}))
    with_answer = reason_to_keep(exercise)

    erase_answer(enrolment, exercise.key, prompt.id)

    assert (with_answer, reason_to_keep(exercise)) == (ANSWERS, None)


def test_an_exercise_in_a_step_stays(exercise, module):
    assert reason_to_keep(exercise) == EXERCISE_USED.format(module.title)


def test_an_exercise_in_no_step_may_go(site_pages, module):
    assert reason_to_keep(add_exercise(site_pages.exercises, "Los")) is None


# ── Stories ────────────────────────────────────────────────────────────────────
def test_a_story_in_a_step_stays_also_when_the_module_is_offline(story, module):
    online = reason_to_keep(story)

    module.unpublish()

    assert online == reason_to_keep(story) == STORY_USED.format(module.title)


def test_a_story_in_no_step_may_go(site_pages, module):
    assert reason_to_keep(add_story(site_pages.stories, "Los")) is None


def test_the_index_with_such_a_story_stays(site_pages, story, module):
    assert reason_to_keep(site_pages.stories) == STORY_USED.format(module.title)


def test_a_story_in_reserve_stays(reserve_story, module):
    assert reason_to_keep(reserve_story) == STORY_USED.format(module.title)


def test_a_story_that_only_a_draft_uses_stays(training, story):
    module = add_module(training, "Luisteren", [raw_step("aankomen")])
    draft = module.get_latest_revision_as_object()
    draft.steps = five_steps(story=story)
    draft.save_revision()

    assert reason_to_keep(story) == STORY_USED.format(module.title)


# ── The way it is asked ────────────────────────────────────────────────────────
def test_a_page_without_a_reason_asks_little(site_pages, django_assert_max_num_queries):
    story = add_story(site_pages.stories, "Los")

    with django_assert_max_num_queries(9):
        assert reason_to_keep(story) is None


def test_asking_changes_nothing(enrolment, module):
    finish(enrolment, module, "aankomen")

    reason_to_keep(module)

    assert ModuleProgress.objects.count() == 1
    assert type(module).objects.filter(pk=module.pk).exists()
