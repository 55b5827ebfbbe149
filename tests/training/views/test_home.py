"""Where a person lands: "Mijn training" for who takes part, and for everybody else what is theirs to do."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.models import PageViewRestriction

from tests.factories.enrolments import enrol, finish, finish_all
from tests.factories.exercises import prompt_of
from tests.factories.groups import make_group
from tests.factories.modules import add_module, add_training, five_steps, raw_step
from tests.factories.pages import block_id
from tests.factories.people import make_person
from training.models import Answer, Enrolment, ModuleProgress, StepProgress

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def texts(response, css):
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return [found.get_text(" ", strip=True) for found in main.select(css)]


def links(response, css):
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").find("main").select(css)]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


@pytest.fixture
def land(client):
    def landed(person):
        client.force_login(person)
        return client.get("/mijn/")

    return landed


# ── Who takes part ─────────────────────────────────────────────────────────────
def test_daan_who_has_not_begun_begins_with_the_first_module(land, daan, module):
    response = land(daan)

    assert texts(response, ".go__title") == [dutch("Good that you are here")]
    assert links(response, ".go .btn") == [module.step_list[0].address(module)]
    assert texts(response, ".go .btn") == [dutch("Begin")]
    assert texts(response, ".modules .status") == [dutch("Not begun yet")]


def test_samira_goes_on_where_she_was(land, samira, enrolment, training, module, story):
    add_module(training, "Doorvragen")
    finish(enrolment, module, "aankomen", "kijken")

    response = land(samira)

    assert texts(response, ".go__title") == [dutch("You were working on %(module)s", module="Luisteren")]
    assert links(response, ".go .btn") == [module.step_list[2].address(module)]
    assert texts(response, ".go__next .go__story") == [story.title]
    assert texts(response, ".modules .status") == [
        dutch("In progress: %(done)s of %(total)s steps", done=2, total=5),
        dutch("Not begun yet"),
    ]


def test_the_module_that_was_worked_in_last_goes_on(land, samira, enrolment, training, module):
    other = add_module(training, "Doorvragen")
    finish(enrolment, other, "aankomen", at=MONDAY)
    finish(enrolment, module, "aankomen", at=MONDAY + timedelta(days=1))
    finish(enrolment, other, "kijken", at=MONDAY + timedelta(days=2))

    assert links(land(samira), ".go .btn") == [other.step_list[2].address(other)]


def test_who_has_done_all_can_read_everything_again(land, samira, enrolment, module):
    finish_all(enrolment, module)

    response = land(samira)

    assert texts(response, ".go__title") == [dutch("You have done all modules")]
    assert (response.context["current"], response.context["done"]) == (None, 1)
    assert texts(response, ".modules .status") == [dutch("Done")]


def test_a_training_without_modules_says_so(land, samira):
    assert texts(land(samira), ".go__title") == [dutch("Your training is still being made")]


def test_a_module_that_is_offline_is_not_among_them(land, samira, training, module):
    add_module(training, "In de maak", live=False)
    add_module(training, "Weg").unpublish()

    assert [standing.module for standing in land(samira).context["modules"]] == [module]


def test_behind_a_sign_in_a_module_is_among_them(land, samira, training, module):
    """Whoever reads this has signed in, so such a restriction takes nothing from them."""
    PageViewRestriction.objects.create(page=training, restriction_type="login")

    assert [standing.module for standing in land(samira).context["modules"]] == [module]


def test_the_intention_stands_there_until_its_day(land, client, samira, module, exercise):
    prompt, day = prompt_of(exercise, "intention").id, timezone.localdate() + timedelta(days=7)
    client.force_login(samira)
    client.post(
        module.step_list[3].address(module),
        {
            "act": f"save:{prompt}",
            f"p-{prompt}-when": "ik thuiskom",
            f"p-{prompt}-then": "bel ik haar",
            f"p-{prompt}-value": day.isoformat(),
        },
    )

    response = land(samira)

    assert texts(response, ".intention__list dd") == ["ik thuiskom", "bel ik haar"]
    assert response.context["intention"].look_back_on == day


def test_a_draft_of_an_intention_is_not_shown_yet(land, client, samira, module, exercise):
    prompt = prompt_of(exercise, "intention").id
    client.force_login(samira)
    client.post(module.step_list[3].address(module), {"act": "end-later", f"p-{prompt}-when": "ik thuiskom"})

    assert land(samira).context["intention"] is None


def test_the_newest_training_is_the_one(land, samira, site_pages):
    newer = add_training(site_pages.trainings, "Een nieuwe training")
    enrol(samira, newer)

    assert land(samira).context["training"] == newer


def test_who_stopped_lands_at_the_start(land, samira, enrolment):
    Enrolment.objects.filter(pk=enrolment.pk).update(state="left")

    assert texts(land(samira), ".go__title") == [dutch("There is no training here for you yet")]


def test_two_people_do_not_see_each_others_place(land, samira, daan, enrolment, module):
    finish(enrolment, module, "aankomen")

    assert [standing.state for standing in land(daan).context["modules"]] == ["todo"]


# ── Who leads, writes or has nothing yet ───────────────────────────────────────
def test_a_stranger_is_given_a_person_to_call(land, stranger):
    response = land(stranger)

    assert texts(response, ".start > p") == [
        dutch(
            "Were you expecting one? Call %(name)s: %(number)s. Meanwhile you can read all stories.",
            name="Hanna",
            number="06 12 34 56 78",
        )
    ]
    assert links(response, "a[href='/cms/']") == []


@pytest.mark.parametrize(
    ("who", "groups", "opens_cms"),
    [("noor", True, False), ("marieke", True, True), ("ilse", True, False), ("petra", False, True)],
)
def test_each_role_finds_what_is_theirs_to_do(request, land, group, other_group, module, who, groups, opens_cms):
    response = land(request.getfixturevalue(who))

    assert list(response.context["groups"]) == ([group] if groups else [])
    assert links(response, ".actions a[href='/cms/']") == ["/cms/"] * opens_cms
    assert links(response, ".actions a[href='/vertellers/']") == ["/vertellers/"] * (who == "noor")
    planning = links(response, ".actions a[href='/planning/']")
    assert planning == ["/planning/"] * (who == "ilse")
    assert links(response, ".start__training a") == [module.module_address] * groups


def test_ilse_sees_how_many_people_are_how_far_and_nobody_by_name(land, ilse, group, samira, daan, enrolment, module):
    finish_all(enrolment, module)
    begun = make_person("Hanneke Begonnen")
    finish(enrol(begun, group.training, group=group), module, "aankomen")

    response = land(ilse)

    with translation.override("nl"):
        line = ngettext(
            "%(people)s person, %(begun)s began, %(finished)s finished",
            "%(people)s people, %(begun)s began, %(finished)s finished",
            3,
        ) % {"people": 3, "begun": 2, "finished": 1}
    assert texts(response, ".modules--groups .status") == [line]
    assert [name for name in ("Samira", "Daan", "Hanneke") if name in response.content.decode()] == []


def test_roel_sees_his_own_group_only(land, roel, group, other_group, samira):
    assert [(each, each.people) for each in land(roel).context["groups"]] == [(other_group, 0)]


def test_stories_that_anybody_may_read_are_there_to_go_to(land, stranger, story, reserve_story):
    PageViewRestriction.objects.create(page=reserve_story, restriction_type="login")

    assert list(land(stranger).context["stories"]) == [story]


# ── Who may come in, and what reading does ─────────────────────────────────────
def test_who_is_not_signed_in_is_asked_to(client, db):
    assert [(answer.status_code, answer.url) for answer in (client.get("/mijn/"), client.head("/mijn/"))] == [
        (302, "/account/inloggen/?next=/mijn/")
    ] * 2


def test_it_is_read_and_nothing_else(client, samira):
    client.force_login(samira)

    assert [client.generic(method, "/mijn/").status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


@pytest.mark.parametrize("who", ["samira", "daan", "ilse", "marieke", "noor", "petra", "stranger"])
def test_reading_writes_nothing(request, client, samira, enrolment, module, who):
    finish(enrolment, module, "aankomen")
    client.force_login(request.getfixturevalue(who))
    before = rows()

    assert (client.get("/mijn/").status_code, client.head("/mijn/").status_code, rows()) == (200, 200, before)


def test_it_is_kept_in_no_cache(land, samira):
    assert land(samira)["Cache-Control"] == "private, no-store"


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("modules", [2, 12])
@pytest.mark.parametrize("others", [0, 20])
def test_my_training_costs_eleven_queries(
    client, samira, enrolment, training, story, django_assert_num_queries, modules, others
):
    made = [add_module(training, f"Module {number}", five_steps(story=story)) for number in range(modules)]
    for number in range(others):
        finish(enrol(make_person(f"Deelnemer {number}"), training), made[0], "aankomen")
    for module in made[1:]:
        finish(enrolment, module, "aankomen")
    finish(enrolment, made[0], "aankomen", "kijken")
    client.force_login(samira)

    with django_assert_num_queries(11):
        response = client.get("/mijn/")

    assert len(response.context["modules"]) == modules


@pytest.mark.parametrize(("own", "elsewhere", "people"), [(1, 0, 1), (1, 30, 1), (4, 30, 25)])
def test_the_start_of_a_coordinator_costs_the_same_with_many_groups_elsewhere(
    client, ilse, group, training, module, django_assert_num_queries, own, elsewhere, people
):
    mine = [group, *(make_group(training, f"Tilburg {number}", coordinators=[ilse]) for number in range(1, own))]
    theirs = [make_group(training, f"Elders {number}") for number in range(elsewhere)]
    for each in [*mine, *theirs[:1]]:
        for number in range(people):
            enrol(make_person(f"Deelnemer {each.pk} {number}"), training, group=each)
    client.force_login(ilse)
    client.get("/mijn/")  # that she is here is noted in the session once every five minutes

    with django_assert_num_queries(10):
        response = client.get("/mijn/")

    assert [(each.pk, each.people) for each in response.context["groups"]] == sorted(
        ((each.pk, people) for each in mine), key=lambda pair: next(g.name for g in mine if g.pk == pair[0])
    )


def test_one_long_module_costs_no_more(client, samira, enrolment, training, story, django_assert_num_queries):
    module = add_module(training, "Lang", [raw_step(f"stap {number}", story=story.pk) for number in range(60)])
    finish(enrolment, module, *(f"stap {number}" for number in range(30)))
    client.force_login(samira)

    with django_assert_num_queries(11):
        response = client.get("/mijn/")

    assert response.context["step"].step.key == block_id("step stap 30")
