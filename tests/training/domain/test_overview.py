"""Where a person is, and where they go on: the same facts for the cloth, the list and the module's own page."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.enrolments import enrol, finish, finish_all
from tests.factories.modules import add_module, add_training, five_steps, followed_by, raw_step, republish, step_key
from tests.factories.people import make_person
from tests.factories.stories import add_story
from tests.standing import standing
from training.choices import EnrolmentState
from training.domain.overview import (
    enrolment_with_steps,
    going_on,
    module_standings,
    neighbours_of,
    resume_step,
    step_standings,
    stories_of,
    tellers_of,
)
from training.domain.progress import begin_step
from training.models import Enrolment, TrainingPage

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def standing_of(enrolment, module):
    (standing,) = module_standings(enrolment, [module])
    return standing.state, standing.steps_done, standing.steps_total


# ── One person in one module ───────────────────────────────────────────────────
@pytest.mark.parametrize("steps", [0, 1, 5])
def test_enrolment_and_steps_come_in_one_query(samira, enrolment, module, steps, django_assert_num_queries):
    for key in module.step_keys[:steps]:
        begin_step(enrolment, module, key)

    with django_assert_num_queries(1):
        found, states = enrolment_with_steps(samira, module)
        assert found.person is samira

    assert (found, states) == (enrolment, dict.fromkeys(module.step_keys[:steps], "begun"))


def test_the_steps_of_another_module_or_person_are_not_among_them(samira, enrolment, daan, training, module):
    other = add_module(training, "Doorvragen")
    finish(enrolment, other, "aankomen")
    finish(daan.enrolments.get(), module, "kijken")
    finish(enrolment, module, "verhaal", skipped=True)

    assert enrolment_with_steps(samira, module) == (enrolment, {step_key("verhaal"): "skipped"})


def test_who_takes_no_part_has_neither(stranger, ilse, module):
    assert enrolment_with_steps(stranger, module) == enrolment_with_steps(ilse, module) == (None, {})


def test_who_stopped_has_neither(samira, enrolment, module):
    finish(enrolment, module, "aankomen")
    Enrolment.objects.update(state=EnrolmentState.LEFT)

    assert enrolment_with_steps(samira, module) == (None, {})


def test_an_enrolment_in_another_training_opens_nothing(samira, site_pages, enrolment):
    elsewhere = add_module(add_training(site_pages.trainings, "Een andere training"))

    assert enrolment_with_steps(samira, elsewhere) == (None, {})


def test_each_step_with_its_state_and_address(module, django_assert_num_queries):
    with django_assert_num_queries(0):
        standings = step_standings(module, {step_key("kijken"): "done", step_key("verhaal"): "begun", "gone": "done"})

    path = f"/training/{module.training_slug}/luisteren"
    assert [
        (standing.step.title, standing.state, standing.is_finished, standing.address) for standing in standings
    ] == [
        ("Aankomen", "", False, f"{path}/aankomen/"),
        ("Kijken", "done", True, f"{path}/kijken/"),
        ("Verhaal", "begun", False, f"{path}/verhaal/"),
        ("Oefening", "", False, f"{path}/oefening/"),
        ("Voornemen", "", False, f"{path}/voornemen/"),
    ]


@pytest.mark.parametrize(
    ("states", "resumes"),
    [
        ("-----", 0),
        ("b----", 0),
        ("d----", 1),
        ("s----", 1),
        ("db---", 1),
        ("d-d--", 3),  # after the last finished one, not back to the gap
        ("---d-", 4),
        ("d-dsd", 1),  # nothing open after it: the first open one
        ("----d", 0),
        ("ddddd", None),
        ("sdsds", None),
    ],
)
def test_going_on_is_the_first_open_step_after_the_last_finished(module, states, resumes):
    names = {"b": "begun", "d": "done", "s": "skipped"}
    known = {key: names[sign] for key, sign in zip(module.step_keys, states, strict=True) if sign != "-"}
    standings = step_standings(module, known)

    assert resume_step(standings) == (None if resumes is None else standings[resumes])


def test_a_module_without_steps_has_nowhere_to_go_on():
    assert resume_step([]) is None


# ── All modules of a training ──────────────────────────────────────────────────
def test_todo_busy_and_done(enrolment, module):
    untouched = standing_of(enrolment, module)
    begin_step(enrolment, module, step_key("aankomen"))
    begun = standing_of(enrolment, module)
    finish(enrolment, module, "aankomen", "kijken")
    busy = standing_of(enrolment, module)
    finish_all(enrolment, module)

    assert untouched == ("todo", 0, 5)
    assert begun == ("busy", 0, 5)
    assert busy == ("busy", 2, 5)
    assert standing_of(enrolment, module) == ("done", 5, 5)


def test_a_completed_module_is_whole_after_a_step_was_added(enrolment, module):
    finish_all(enrolment, module)

    assert standing_of(enrolment, republish(module, followed_by(raw_step("napraten")))) == ("done", 6, 6)


def test_somebody_who_looks_along_sees_all_as_todo(module, enrolment):
    finish_all(enrolment, module)

    assert standing_of(None, module) == ("todo", 0, 5)


@pytest.mark.parametrize("modules", [1, 3])
def test_a_training_costs_two_queries(enrolment, training, story, modules, django_assert_num_queries):
    for number in range(modules):
        finish(enrolment, add_module(training, f"Module {number}", five_steps(story=story)), "aankomen")
    modules_online = training.modules

    with django_assert_num_queries(2):
        standings = module_standings(enrolment, modules_online)

    assert [(one.number, one.title, one.state, one.tellers) for one in standings] == [
        (number + 1, f"Module {number}", "busy", ("Jesse",)) for number in range(modules)
    ]


def test_modules_stand_in_the_order_of_the_tree(training, module):
    first = add_module(training, "Eerst")
    first.move(TrainingPage.objects.get(pk=training.pk), pos="first-child")

    assert [one.title for one in TrainingPage.objects.get(pk=training.pk).modules] == ["Eerst", "Luisteren"]


def test_the_name_under_the_picture_is_the_short_one(training):
    standings = module_standings(
        None, [add_module(training, "Luisteren"), add_module(training, "Naast elkaar staan", short_title="Naast")]
    )

    assert [(standing.title, standing.name) for standing in standings] == [
        ("Luisteren", "Luisteren"),
        ("Naast elkaar staan", "Naast"),
    ]


def test_each_teller_is_named_once_in_the_order_of_the_steps(training, site_pages, story, reserve_story):
    third = add_story(site_pages.stories, "De tas onder het bed", storyteller="Henk")
    steps = [raw_step(str(n), story=page.pk) for n, page in enumerate([third, story, third])]
    module = add_module(training, "Drie verhalen", steps)

    (standing,) = module_standings(None, [module])

    assert standing.tellers == ("Henk", "Jesse")


def test_a_withdrawn_story_names_nobody(module, story):
    story.unpublish()

    assert tellers_of([module]) == {}
    assert module_standings(None, [module])[0].tellers == ()


def test_the_stories_of_a_module_are_the_readable_ones_with_their_reserves(module, story, reserve_story):
    both = stories_of(module)
    story.unpublish()

    assert (both, stories_of(module)) == ([story, reserve_story], [reserve_story])


def test_neighbours(training):
    standings = module_standings(None, [add_module(training, name) for name in ("Een", "Twee", "Drie")])
    one, two, three = standings

    assert [neighbours_of(standing.module, standings) for standing in standings] == [
        {"number": 1, "before": None, "after": two},
        {"number": 2, "before": one, "after": three},
        {"number": 3, "before": two, "after": None},
    ]
    off_the_list = add_module(training, "Vier", live=False)
    assert neighbours_of(off_the_list, standings) == {"number": None, "before": None, "after": None}


# ── Where to go on ─────────────────────────────────────────────────────────────
@standing
def three(training, story):
    """Three modules, the first with a story in its third step."""
    return [add_module(training, name, five_steps(story=story)) for name in ("Een", "Twee", "Drie")]


def went_on(enrolment, modules):
    """(module, step, story) by name."""
    place = going_on(enrolment, module_standings(enrolment, modules))
    return (
        place["current"] and place["current"].title,
        place["step"] and place["step"].step.title,
        place["story"] and place["story"].title,
    )


def test_somebody_new_begins_at_the_beginning(enrolment, three):
    assert went_on(enrolment, three) == ("Een", "Aankomen", None)


def test_the_module_that_was_worked_in_last_goes_on(enrolment, three):
    finish(enrolment, three[1], "aankomen", "kijken", at=MONDAY)
    finish(enrolment, three[2], "aankomen", at=MONDAY + timedelta(hours=1))
    last = went_on(enrolment, three)
    finish(enrolment, three[1], "verhaal", at=TUESDAY)

    assert last == ("Drie", "Kijken", None)
    assert went_on(enrolment, three) == ("Twee", "Oefening", None)


def test_the_story_that_comes_next_is_named(enrolment, three, story):
    finish(enrolment, three[0], "aankomen", "kijken")
    readable = went_on(enrolment, three)
    story.unpublish()

    assert readable == ("Een", "Verhaal", "De stoel bij het raam")
    assert went_on(enrolment, three) == ("Een", "Verhaal", None)


def test_after_a_completed_module_comes_the_first_that_is_not_begun(enrolment, three):
    finish_all(enrolment, three[1])

    assert went_on(enrolment, three) == ("Een", "Aankomen", None)


def test_who_has_done_all_has_nothing_to_go_on_with(enrolment, three):
    for module in three:
        finish_all(enrolment, module)

    assert went_on(enrolment, three) == (None, None, None)


@pytest.mark.parametrize("modules", [1, 3])
def test_going_on_costs_two_queries(enrolment, three, modules, django_assert_num_queries):
    for module in three[:modules]:
        finish(enrolment, module, "aankomen", "kijken")
    standings = module_standings(enrolment, three)

    with django_assert_num_queries(2):
        assert going_on(enrolment, standings)["story"] is not None


def test_two_people_do_not_see_each_others_place(training, enrolment, three):
    other = enrol(make_person("Een ander"), training)
    finish(other, three[2], "aankomen")

    assert went_on(enrolment, three) == ("Een", "Aankomen", None)
    assert went_on(other, three) == ("Drie", "Kijken", None)
