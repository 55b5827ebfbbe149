"""An exercise on a page of its own: to read and to print, for who takes part, their team and editors."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from tests.factories.enrolments import enrol
from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.modules import add_module, add_training, raw_step
from tests.factories.people import make_person
from training.models import Answer, Enrolment, ModuleProgress, StepProgress

ADDRESS = "/oefeningen/wat-doet-dit-met-je/"


def texts(response, css):
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return [found.get_text(" ", strip=True) for found in main.select(css)]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


@pytest.fixture
def unused(site_pages):
    return add_exercise(site_pages.exercises, "Nog nergens", prompts=[raw_prompt("open", "nergens")])


@pytest.fixture
def elsewhere(site_pages):
    """Somebody in another training, whose module uses an exercise of its own; its title is "Elders"."""
    training = add_training(site_pages.trainings, "Een andere training")
    exercise = add_exercise(site_pages.exercises, "Elders", prompts=[raw_prompt("open", "elders")])
    add_module(training, "Anders luisteren", [raw_step("anders", exercise=exercise.pk)])
    person = make_person("Iemand Elders")
    enrol(person, training)
    return person


# ── What stands there ──────────────────────────────────────────────────────────
def test_an_exercise_shows_its_questions_and_the_steps_it_belongs_to(client, samira, module):
    client.force_login(samira)

    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert texts(response, ".question__text") == [
        "Waar denk je aan?",
        "Ik vraag door.",
        "Wie staan er om je heen?",
        "Wat neem je je voor?",
        "Vertel elkaar wat je hoorde.",
    ]
    assert [(place.module, place.step.title) for place in response.context["places"]] == [(module, "Oefening")]


def test_it_is_for_reading_and_paper_and_holds_no_answer(client, samira, module, exercise):
    client.force_login(samira)
    prompt = prompt_of(exercise, "open").id
    client.post(module.step_list[3].address(module), {"act": f"save:{prompt}", f"p-{prompt}-text": "Aan mijn moeder."})

    response = client.get(ADDRESS)

    assert (texts(response, "form, input, textarea, button"), "moeder" in response.content.decode()) == ([], False)


def test_a_manager_reads_the_question_for_managers(client, samira, module):
    samira.work = "manager"
    samira.save()
    client.force_login(samira)

    assert texts(client.get(ADDRESS), ".question__text")[0] == "Waar denk jij aan als leider?"


def test_a_step_that_the_reader_may_not_open_is_not_named(client, samira, training, module, exercise):
    hidden = [
        add_module(training, f"Dicht {number}", [raw_step(f"dicht {number}", exercise=exercise.pk)])
        for number in (1, 2)
    ]
    closed = PageViewRestriction.objects.create(page=hidden[0], restriction_type="groups")
    closed.groups.set([Group.objects.create(name="Een andere groep")])
    hidden[1].unpublish()
    client.force_login(samira)

    assert [place.module for place in client.get(ADDRESS).context["places"]] == [module]


def test_a_step_of_a_training_that_the_reader_does_not_follow_is_not_named(
    client, samira, site_pages, module, exercise
):
    other = add_training(site_pages.trainings, "Een andere training")
    add_module(other, "Elders", [raw_step("elders", exercise=exercise.pk)])
    client.force_login(samira)

    assert [place.module for place in client.get(ADDRESS).context["places"]] == [module]


# ── Who reads which ────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("samira", ["Wat doet dit met je?"]),
        ("noor", ["Wat doet dit met je?"]),
        ("ilse", ["Wat doet dit met je?"]),
        ("roel", ["Wat doet dit met je?"]),
        ("marieke", ["Elders", "Nog nergens", "Wat doet dit met je?"]),
        ("petra", ["Elders", "Nog nergens", "Wat doet dit met je?"]),
        ("stranger", []),
        ("elsewhere", ["Elders"]),
    ],
)
def test_everybody_reads_what_is_in_their_trainings_and_editors_all(
    request, client, module, unused, elsewhere, who, expected
):
    client.force_login(elsewhere if who == "elsewhere" else request.getfixturevalue(who))

    listed = client.get("/oefeningen/")
    pages = {
        title: client.get(f"/oefeningen/{slug}/").status_code
        for title, slug in (
            ("Elders", "elders"),
            ("Nog nergens", "nog-nergens"),
            ("Wat doet dit met je?", "wat-doet-dit-met-je"),
        )
    }

    assert (listed.status_code, texts(listed, ".results li")) == (200, expected)
    assert pages == {title: 200 if title in expected else 404 for title in pages}


def test_an_exercise_that_is_offline_is_missing_for_everybody(client, samira, marieke, petra, module, exercise):
    exercise.unpublish()

    for person in (samira, marieke, petra):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 404
        assert texts(client.get("/oefeningen/"), ".results li") == []


@pytest.mark.parametrize("offline", ["module", "training"])
def test_an_exercise_of_a_module_that_is_offline_is_missing_for_who_takes_part(
    client, samira, training, module, offline
):
    {"module": module, "training": training}[offline].unpublish()
    client.force_login(samira)

    assert (client.get(ADDRESS).status_code, texts(client.get("/oefeningen/"), ".results li")) == (404, [])


def test_behind_a_sign_in_it_can_be_read_by_who_has_signed_in(client, samira, module):
    PageViewRestriction.objects.create(page=module, restriction_type="login")
    client.force_login(samira)

    assert client.get(ADDRESS).status_code == 200


def test_an_exercise_closed_to_a_group_is_missing_for_others(client, samira, module, exercise):
    closed = PageViewRestriction.objects.create(page=exercise, restriction_type="groups")
    closed.groups.set([Group.objects.create(name="Een andere groep")])
    client.force_login(samira)

    assert (client.get(ADDRESS).status_code, texts(client.get("/oefeningen/"), ".results li")) == (404, [])


def test_who_stopped_reads_none(client, samira, enrolment, module):
    Enrolment.objects.filter(pk=enrolment.pk).update(state="left")
    client.force_login(samira)

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("address", ["/oefeningen/", ADDRESS])
def test_who_is_not_signed_in_is_asked_to(client, module, address):
    assert [(answer.status_code, answer.url) for answer in (client.get(address), client.head(address))] == [
        (302, f"/account/inloggen/?next={address}")
    ] * 2


@pytest.mark.parametrize("address", ["/oefeningen/", ADDRESS])
def test_it_is_read_and_nothing_else(client, samira, module, address):
    client.force_login(samira)

    assert [client.generic(method, address).status_code for method in ("POST", "PUT", "PATCH", "DELETE")] == [405] * 4


def test_a_forged_address_is_a_missing_page(client, samira, module):
    client.force_login(samira)

    assert [client.get(f"/oefeningen/{slug}/").status_code for slug in ("nooit", "é", "%00", "x" * 5_000)] == [404] * 4


# ── Reading writes nothing, and what it costs ──────────────────────────────────
def test_reading_writes_nothing(client, samira, module):
    client.force_login(samira)
    before = rows()

    assert [
        getattr(client, method)(address).status_code
        for method in ("get", "head")
        for address in ("/oefeningen/", ADDRESS)
    ] == [200] * 4
    assert rows() == before


@pytest.mark.parametrize("modules", [1, 10])
@pytest.mark.parametrize(("address", "queries"), [("/oefeningen/", 6), (ADDRESS, 6)])
def test_it_costs_the_same_with_many_modules(
    client, samira, training, module, exercise, django_assert_num_queries, address, queries, modules
):
    for number in range(1, modules):
        add_module(training, f"Module {number}", [raw_step(f"stap {number}", exercise=exercise.pk)])
    client.force_login(samira)

    with django_assert_num_queries(queries):
        client.get(address)
