"""What stands on the table in a step, also when a storyteller has taken her story away."""

import pytest
from django.utils.translation import gettext

from stories.domain.withdrawal import withdraw_story
from tests.factories.modules import add_module, raw_step
from tests.factories.stories import make_recording, put_online, teller_of
from training.domain.materials import Materials, exercise_of, exercises_in, materials_of, places_of


@pytest.fixture
def step(training):
    """`step(story=..., exercise=...)`: a step with these pages."""

    def made(**chosen):
        ids = {name: thing.pk for name, thing in chosen.items()}
        return add_module(training, "Een stap", [raw_step("stap", **ids)]).step_list[0]

    return made


def test_a_bare_step_asks_nothing(step, django_assert_num_queries):
    bare = step()

    with django_assert_num_queries(0):
        assert materials_of(bare) == Materials()


def test_each_thing_costs_one_query(step, story, reserve_story, exercise, django_assert_num_queries):
    recording = make_recording()
    full = step(story=story, reserve_story=reserve_story, exercise=exercise, recording=recording)

    with django_assert_num_queries(3):
        found = materials_of(full)

    assert found == Materials(story, reserve_story, False, recording, exercise)


def test_the_storys_recording_comes_along(step, site_pages, story, django_assert_num_queries):
    story.recording = make_recording()
    teller = teller_of(story)
    story.save_revision(user=teller)
    put_online(story, by=teller)
    here = step(story=story)

    with django_assert_num_queries(1):
        assert materials_of(here).story.recording.title == "Het belletje"


# ── A story that was taken away ────────────────────────────────────────────────
def test_the_reserve_takes_the_place_of_a_withdrawn_story(step, story, reserve_story):
    here = step(story=story, reserve_story=reserve_story)

    story.unpublish()

    assert materials_of(here) == Materials(story=reserve_story)


def test_without_a_reserve_the_step_says_so(step, story):
    here = step(story=story)

    story.unpublish()

    assert materials_of(here) == Materials(story_withdrawn=True)


def test_with_both_withdrawn_the_step_says_so(step, story, reserve_story):
    here = step(story=story, reserve_story=reserve_story)

    story.unpublish()
    reserve_story.unpublish()

    assert materials_of(here) == Materials(story_withdrawn=True)


def test_a_deleted_story_is_a_withdrawn_one(step, story):
    here = step(story=story)

    story.delete()

    assert materials_of(here) == Materials(story_withdrawn=True)


def test_a_story_below_an_offline_index_is_withdrawn(step, story, site_pages):
    here = step(story=story)

    site_pages.stories.unpublish()

    assert materials_of(here) == Materials(story_withdrawn=True)


def test_a_step_without_a_story_misses_none(step, exercise):
    assert materials_of(step(exercise=exercise)).story_withdrawn is False


# ── The other story ────────────────────────────────────────────────────────────
def test_the_reader_may_ask_for_the_other_story(step, story, reserve_story):
    here = step(story=story, reserve_story=reserve_story)

    assert materials_of(here, prefer_reserve=True) == Materials(story=reserve_story, other_story=story)


@pytest.mark.parametrize("prefer_reserve", [True, False])
def test_asking_for_a_reserve_that_is_not_there_changes_nothing(step, story, prefer_reserve):
    assert materials_of(step(story=story), prefer_reserve=prefer_reserve) == Materials(story=story)


# ── Exercises ──────────────────────────────────────────────────────────────────
def test_only_a_live_exercise_is_on_the_table(step, exercise):
    here = step(exercise=exercise)
    live = exercise_of(here)

    exercise.unpublish()

    assert (live, exercise_of(here), materials_of(here).exercise) == (exercise, None, None)


@pytest.mark.parametrize("steps", [1, 3])
def test_the_exercises_of_a_module_cost_one_query(training, exercise, steps, django_assert_num_queries):
    module = add_module(training, "Oefenen", [raw_step(str(number), exercise=exercise.pk) for number in range(steps)])

    with django_assert_num_queries(1):
        assert exercises_in(module) == {exercise.pk: exercise}


@pytest.mark.parametrize("modules", [1, 3])
def test_the_places_where_an_exercise_is_used_ask_no_query(training, exercise, modules, django_assert_num_queries):
    used = [raw_step("kijken"), raw_step("doen", exercise=exercise.pk)]
    known = [add_module(training, f"Module {number}", used) for number in range(modules)]
    add_module(training, "Niet voor deze persoon", used)

    with django_assert_num_queries(0):
        places = places_of(exercise, known)

    assert [(place.module.title, place.step.number, place.address) for place in places] == [
        (f"Module {number}", 2, f"/training/{training.slug}/module-{number}/doen/") for number in range(modules)
    ]


def test_the_receipt_says_what_is_read_in_its_place(training, story, reserve_story):
    with_reserve = raw_step("verhaal", story=story.pk, reserve_story=reserve_story.pk)
    add_module(training, "Luisteren", [with_reserve])
    add_module(training, "Doorvragen", [raw_step("verhaal", story=story.pk)])
    add_module(training, "Tijd geven", [raw_step("verhaal", story=reserve_story.pk)])

    done = withdraw_story(story, by=teller_of(story)).done

    assert [sentence for sentence in done if "‘" in sentence] == [
        gettext("In “%(module)s” people now read “%(story)s”, told by %(name)s.")
        % {"module": "Luisteren", "story": reserve_story.title, "name": "Fatma"},
        gettext("In “%(module)s” the step says kindly that a story was taken away.") % {"module": "Doorvragen"},
    ]
    assert not any(story.title in sentence for sentence in done)
