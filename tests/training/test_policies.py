"""Who may read what: the same answer for a page, for a step and for a list."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import PageViewRestriction

from accounts.models import User
from tests.factories.enrolments import enrol
from tests.factories.exercises import add_exercise
from tests.factories.groups import make_group
from tests.factories.modules import add_module, add_training, five_steps
from tests.factories.people import make_person
from training import policies
from training.choices import EnrolmentState
from training.models import Enrolment, GroupPlace, TrainingGroup
from training.policies import belongs_to_team, followed_modules, is_editor, readable_module, trainings_of
from training.reports import groups_of

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
CAST = ("samira", "daan", "noor", "marieke", "ilse", "roel", "stranger", "petra")


@pytest.fixture
def cast(samira, daan, noor, marieke, ilse, roel, stranger, petra):
    return dict(zip(CAST, (samira, daan, noor, marieke, ilse, roel, stranger, petra), strict=True))


def readable_exercises(user):
    """As the views ask it: the exercises in the modules that this person follows."""
    return policies.readable_exercises(user, followed_modules(user))


def who(cast, may):
    """The names of those of the cast for whom `may(person)` is true."""
    return {name for name, person in cast.items() if may(person)}


@pytest.fixture
def other_training(site_pages):
    return add_training(site_pages.trainings, "Een andere training")


@pytest.fixture
def ask(rf, training, module):
    """Ask for the module as `user` does from a browser."""

    def asked(user, training_slug=training.slug, module_slug=module.slug):
        request = rf.get("/")
        request.user, request.session = user, {}
        return readable_module(request, training_slug, module_slug)

    return asked


# ── Roles ──────────────────────────────────────────────────────────────────────
def test_trainers_and_administrators_make_the_pages(cast):
    assert who(cast, is_editor) == {"marieke", "petra"}


def test_the_superuser_is_an_editor(db):
    assert is_editor(User.objects.create_superuser("server@example.test", "x", display_name="Server"))


def test_a_role_taken_away_works_at_once(marieke):
    before = is_editor(User.objects.get(pk=marieke.pk))
    marieke.groups.clear()

    assert (before, is_editor(User.objects.get(pk=marieke.pk))) == (True, False)


# ── Teams ──────────────────────────────────────────────────────────────────────
def test_the_teams_of_all_groups_of_a_training_may_see_its_modules(cast, module):
    assert who(cast, lambda person: belongs_to_team(person, module)) == {"noor", "marieke", "ilse", "roel"}


def test_the_team_of_another_training_may_not(cast, module, other_training):
    outsider = make_person("Coordinator elders", "coordinator")
    make_group(other_training, "Elders", coordinators=[outsider])

    assert belongs_to_team(outsider, add_module(other_training))
    assert not belongs_to_team(outsider, module)


def test_a_role_without_a_group_is_no_team(module):
    assert not belongs_to_team(make_person("Losse coordinator", "coordinator"), module)


def test_a_coordinator_sees_the_groups_they_lead_and_no_others(cast, group, other_group):
    seen = {name: list(groups_of(person)) for name, person in cast.items()}

    assert seen == {
        "samira": [], "daan": [], "stranger": [], "petra": [],
        "noor": [group], "marieke": [group], "ilse": [group],
        "roel": [other_group],
    }  # fmt: skip


def test_only_coordinators_lead(cast, group, other_group):
    led = {name: list(TrainingGroup.objects.led_by(person)) for name, person in cast.items()}

    assert {name: groups for name, groups in led.items() if groups} == {"ilse": [group], "roel": [other_group]}


@pytest.mark.parametrize("groups", [1, 3])
def test_the_groups_of_a_person_cost_one_query(ilse, training, groups, django_assert_num_queries):
    for number in range(1, groups):
        make_group(training, f"Groep {number}", coordinators=[ilse], trainers=[ilse])

    assert ilse.roles  # they come with who is signed in
    with django_assert_num_queries(1):
        found = list(groups_of(ilse))
        assert [str(one.training) for one in found] == [training.title] * groups
    assert len(found) == groups


def test_a_group_counts_people_once_for_each_thing(ilse, group, training, samira, daan):
    """Several joins over one row multiply each other; the counts must not."""
    ilse.trained_groups.add(group)
    Enrolment.objects.filter(person=samira).update(started_at=MONDAY)
    third = enrol(make_person("Klaar"), training, group=group)
    Enrolment.objects.filter(pk=third.pk).update(started_at=MONDAY, completed_at=MONDAY)

    (counted,) = groups_of(ilse)

    assert (counted.people, counted.begun, counted.finished) == (3, 2, 1)


# ── A module's page ────────────────────────────────────────────────────────────
def test_a_live_module_is_readable_as_far_as_the_tree_says(cast, ask, module):
    """Who may follow it is asked on top (views/gate.py)."""
    assert {name: ask(person) for name, person in cast.items()} == dict.fromkeys(CAST, module)


@pytest.mark.parametrize("level", ["module", "training", "index"])
def test_nothing_below_an_unpublished_page_is_readable(ask, samira, module, training, site_pages, level):
    readable = ask(samira)
    {"module": module, "training": training, "index": site_pages.trainings}[level].unpublish()

    assert (readable, ask(samira)) == (module, None)


def test_an_address_of_another_training_is_none(ask, samira, other_training):
    assert ask(samira, training_slug=other_training.slug) is None
    assert ask(samira, module_slug="bestaat-niet") is None


def test_two_trainings_may_have_a_module_of_the_same_name(ask, samira, module, other_training):
    twin = add_module(other_training, module.title)

    assert ask(samira) == module
    assert ask(samira, training_slug=other_training.slug) == twin


def test_a_module_behind_the_login_is_for_who_signed_in(ask, samira, module, training):
    """Every module asks for signing in anyway, so this restriction adds nothing."""
    training.view_restrictions.create(restriction_type=PageViewRestriction.LOGIN)

    assert ask(samira) == module


@pytest.mark.parametrize("level", ["module", "training"])
def test_a_module_for_one_role_is_nothing_for_the_others(ask, samira, marieke, petra, module, training, level):
    page = {"module": module, "training": training}[level]
    restriction = page.view_restrictions.create(restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="trainer"))

    assert [ask(person) for person in (samira, marieke, petra)] == [None, module, None]


def test_a_module_costs_one_query(ask, samira, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ask(samira) is not None


def test_a_visitor_is_not_stopped_here_by_an_error(ask, module):
    assert ask(AnonymousUser()) == module


# ── An exercise's own page ─────────────────────────────────────────────────────
def test_an_exercise_is_for_participants_their_teams_and_editors(cast, exercise, module):
    assert who(cast, lambda person: list(readable_exercises(person)) == [exercise]) == {
        "samira", "daan", "noor", "marieke", "ilse", "roel", "petra",
    }  # fmt: skip


def test_an_exercise_that_no_module_uses_is_for_editors(cast, site_pages, module):
    loose = add_exercise(site_pages.exercises, "Nergens gebruikt")

    assert who(cast, lambda person: loose in readable_exercises(person)) == {"marieke", "petra"}


def test_an_exercise_of_another_training_stays_closed(samira, ilse, site_pages, other_training, module, exercise):
    theirs = add_exercise(site_pages.exercises, "Van een andere training")
    add_module(other_training, "Elders", five_steps(exercise=theirs))

    before = [list(readable_exercises(person)) for person in (samira, ilse)]
    enrol(samira, other_training)

    assert before == [[exercise], [exercise]]
    assert set(readable_exercises(samira)) == {exercise, theirs}


def test_who_stopped_reads_the_exercise_no_more(samira, exercise, module):
    before = list(readable_exercises(samira))
    Enrolment.objects.update(state=EnrolmentState.LEFT)

    assert (before, list(readable_exercises(samira))) == ([exercise], [])


def test_an_exercise_of_a_module_that_went_offline_is_closed(samira, exercise, module):
    module.unpublish()

    assert list(readable_exercises(samira)) == []


def test_an_unpublished_exercise_is_for_nobody(cast, exercise, module):
    exercise.unpublish()

    assert {name for name, person in cast.items() if list(readable_exercises(person))} == set()


def test_the_modules_that_people_may_be_pointed_to(cast, training, module, other_training):
    """Editors are pointed to all that is online, the others to what their own trainings have online."""
    elsewhere = add_module(other_training, "Elders")
    add_module(training, "In de maak", live=False)

    assert {name: followed_modules(person) for name, person in cast.items()} == {
        "samira": [module], "daan": [module], "noor": [module], "ilse": [module], "roel": [module],
        "marieke": [module, elsewhere], "petra": [module, elsewhere],
        "stranger": [],
    }  # fmt: skip


def test_the_trainings_of_a_person_are_named_once(samira, ilse, group, training, other_training):
    """Samira takes part and co-trains two groups: three reasons, one training."""
    for name in ("Een", "Twee"):
        make_group(training, name, co_trainers=[samira])

    assert list(trainings_of(samira)) == list(trainings_of(ilse)) == [training]


@pytest.mark.parametrize("modules", [1, 3])
def test_the_exercises_of_a_person_cost_as_much_for_many_modules(
    samira, training, exercise, modules, django_assert_num_queries
):
    for number in range(modules):
        add_module(training, f"Module {number}", five_steps(exercise=exercise))
    samira = User.objects.get(pk=samira.pk)

    with django_assert_num_queries(4):  # the roles, the trainings, their modules, the exercises
        assert list(readable_exercises(samira)) == [exercise]


# ── Enrolments ─────────────────────────────────────────────────────────────────
def test_the_enrolments_of_a_person_are_their_own_and_active_the_newest_first(samira, daan, training, other_training):
    first = samira.enrolments.get()
    newest = enrol(samira, other_training)
    Enrolment.objects.create(person=samira, training=training, state=EnrolmentState.LEFT)

    assert list(Enrolment.objects.of(samira)) == [newest, first]


def test_moving_to_another_group_loses_nothing(enrolment, group, other_group):
    GroupPlace.objects.filter(enrolment=enrolment).update(group=other_group)

    assert list(Enrolment.objects.of(enrolment.person)) == [enrolment]
    assert [place.group for place in enrolment.places.all()] == [other_group]
