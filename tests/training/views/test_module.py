"""A module: its page, its end and its questions on paper."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail.models import PageViewRestriction

from tests.factories.enrolments import enrol, finish, finish_all, states_of
from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.modules import add_module, add_training, five_steps, followed_by, raw_step, republish
from tests.factories.people import make_person
from training.models import Answer, Enrolment, ModuleProgress, StepProgress

PAGES = ["", "klaar/", "papier/"]


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def dutch_count(one, more, number):
    with translation.override("nl"):
        return ngettext(one, more, number)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def main_text(response):
    return html_of(response).find("main").get_text(" ", strip=True)


def texts(response, css):
    return [found.get_text(" ", strip=True) for found in html_of(response).find("main").select(css)]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


@pytest.fixture
def read(client, samira, module):
    """Samira reads a page of the module: `read()`, `read("klaar/")`, `read("papier/")`."""
    client.force_login(samira)
    return lambda page="": client.get(module.module_address + page)


# ── The module's page ──────────────────────────────────────────────────────────
def test_somebody_new_begins_at_the_first_step(read):
    response = read()

    assert texts(response, ".module__go a.btn") == [dutch("Begin")]
    assert texts(response, ".module__steps .status") == [dutch("Not begun yet")] * 5
    assert response.context["resume"].step.title == "Aankomen"


def test_each_step_says_how_samira_stands_in_it(read, client, module, enrolment):
    finish(enrolment, module, "aankomen")
    finish(enrolment, module, "verhaal", skipped=True)
    client.post(module.step_list[3].address(module), {"act": "end-later"})

    response = read()

    assert texts(response, ".module__steps .status") == [
        dutch("Done"),
        dutch("Not begun yet"),
        dutch("Skipped"),
        dutch("In progress"),
        dutch("Not begun yet"),
    ]
    assert response.context["resume"].step.title == "Oefening"
    assert response.context["finished"] == 2


def test_who_has_done_all_reads_on_or_goes_to_the_end(read, module, enrolment):
    finish_all(enrolment, module)

    response = read()

    assert response.context["resume"] is None
    assert [link["href"] for link in html_of(response).select(".module__go a")] == [module.end_address]


def test_a_new_step_is_new_for_who_had_completed_the_module(read, module, enrolment):
    finish_all(enrolment, module)
    republish(module, followed_by(raw_step("napraten")))

    response = read()

    assert texts(response, ".module__steps .status") == [dutch("Done")] * 5 + [dutch("Not begun yet")]
    assert [standing.state for standing in response.context["modules"]] == ["done"]


def test_it_stands_between_its_neighbours(read, training, module):
    after = add_module(training, "Doorvragen")

    response = read()

    assert (response.context["number"], response.context["before"]) == (1, None)
    assert response.context["after"].module == after


def test_the_stories_are_named_unless_they_were_taken_away(read, story, reserve_story):
    before = read().context["stories"]
    story.unpublish()

    assert (before, read().context["stories"]) == ([story, reserve_story], [reserve_story])


# ── The end ────────────────────────────────────────────────────────────────────
def test_the_end_names_what_is_still_open(read, module, enrolment):
    finish(enrolment, module, "aankomen", "kijken", "verhaal")

    response = read("klaar/")

    assert response.status_code == 200
    assert texts(response, ".module-end li a")[:2] == ["Oefening", "Voornemen"]


def test_the_end_leads_to_the_next_module_that_is_not_done(read, training, module, enrolment):
    second, third = add_module(training, "Doorvragen"), add_module(training, "Tijd geven")
    finish_all(enrolment, module)
    finish_all(enrolment, second)

    response = read("klaar/")

    assert response.context["next_module"].module == third
    assert response.context["done"] == 2


def test_the_end_of_the_last_module_leads_home(read, module, enrolment):
    finish_all(enrolment, module)

    response = read("klaar/")

    assert response.context["next_module"] is None
    assert [link["href"] for link in html_of(response).select(".module-end .actions a")] == ["/mijn/"]


# ── On paper ───────────────────────────────────────────────────────────────────
def test_paper_has_every_question_and_no_word_of_an_answer(read, client, module, exercise):
    prompt = prompt_of(exercise, "open").id
    client.post(module.step_list[3].address(module), {"act": f"save:{prompt}", f"p-{prompt}-text": "Aan mijn moeder."})

    response = read("papier/")

    assert texts(response, ".question__text") == [
        "Waar denk je aan?",
        "Ik vraag door.",
        "Wie staan er om je heen?",
        "Wat neem je je voor?",
        "Vertel elkaar wat je hoorde.",
    ]
    assert "moeder" not in main_text(response)
    assert html_of(response).find("main").select("form, input, textarea") == []


def test_paper_without_questions_says_so(client, samira, training):
    bare = add_module(training, "Kort", [raw_step("lezen")])
    client.force_login(samira)

    assert texts(client.get(bare.module_address + "papier/"), ".empty") == [dutch("This module has no questions.")]


def test_paper_leaves_out_an_exercise_that_is_offline(read, exercise):
    exercise.unpublish()

    assert texts(read("papier/"), ".question__text") == []


# ── Who may come in ────────────────────────────────────────────────────────────
@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_asked_to(client, module, page):
    address = module.module_address + page

    assert [(answer.status_code, answer.url) for answer in (client.get(address), client.head(address))] == [
        (302, f"/account/inloggen/?next={address}")
    ] * 2


@pytest.mark.parametrize("page", PAGES)
def test_a_module_is_read_and_nothing_else(client, samira, module, page):
    client.force_login(samira)
    methods = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")

    assert [client.generic(method, module.module_address + page).status_code for method in methods] == [405] * 5


def outsider(site_pages):
    person = make_person("Iemand Elders")
    enrol(person, add_training(site_pages.trainings, "Een andere training"))
    return person


@pytest.mark.parametrize("page", PAGES)
def test_who_does_not_take_part_gets_the_answer_of_a_missing_page(client, site_pages, stranger, samira, module, page):
    Enrolment.objects.filter(person=samira).update(state="left")

    for person in (stranger, samira, outsider(site_pages)):
        client.force_login(person)
        response = client.get(module.module_address + page)

        assert (response.status_code, main_text(response)) == (404, main_text(client.get("/training/nooit/geweest/")))


@pytest.mark.parametrize("how", ["module", "training", "index", "group"])
def test_what_is_offline_or_closed_is_missing_for_everybody(
    client, site_pages, training, module, samira, marieke, ilse, petra, how
):
    if how == "group":
        closed = PageViewRestriction.objects.create(page=training, restriction_type="groups")
        closed.groups.set([Group.objects.create(name="Een andere groep")])
    else:
        {"module": module, "training": training, "index": site_pages.trainings}[how].unpublish()

    for person in (samira, marieke, ilse, petra):
        client.force_login(person)
        assert [client.get(module.module_address + page).status_code for page in PAGES] == [404] * 3


def test_a_restriction_that_asks_to_be_signed_in_lets_samira_pass(client, samira, module):
    PageViewRestriction.objects.create(page=module, restriction_type="login")
    client.force_login(samira)

    assert [client.get(module.module_address + page).status_code for page in PAGES] == [200] * 3


def test_behind_a_sign_in_a_module_keeps_its_place_among_the_others(read, training, module):
    """Everybody here is signed in, so such a restriction takes nothing from them."""
    add_module(training, "Doorvragen")
    PageViewRestriction.objects.create(page=module, restriction_type="login")

    assert read().context["number"] == 1


@pytest.mark.parametrize("who", ["noor", "marieke", "ilse", "roel", "petra"])
def test_who_looks_along_sees_the_module_and_nobodys_progress(request, client, module, samira, enrolment, who):
    finish(enrolment, module, "aankomen")
    client.force_login(request.getfixturevalue(who))

    pages = [client.get(module.module_address + page) for page in PAGES]

    assert [page.status_code for page in pages] == [200] * 3
    assert texts(pages[0], ".notice") == [
        dutch("You are looking along. What participants see here is empty for you, and nothing is kept.")
    ]
    assert texts(pages[0], ".module__steps .status") == [dutch("Not begun yet")] * 5
    assert [len(html_of(page).find("main").select("form, .cloth-figure")) for page in pages] == [0] * 3


def test_who_looks_along_is_not_told_that_steps_are_still_open(client, ilse, module):
    client.force_login(ilse)

    assert texts(client.get(module.end_address), ".module-end li a") == []


# ── Reading writes nothing ─────────────────────────────────────────────────────
@pytest.mark.parametrize("begun", [False, True], ids=["new", "busy"])
def test_reading_writes_nothing(client, samira, enrolment, module, begun):
    if begun:
        finish(enrolment, module, "aankomen")
    client.force_login(samira)
    before = rows()

    assert [
        getattr(client, method)(module.module_address + page).status_code
        for page in PAGES
        for method in ("get", "head")
    ] == [200] * 6
    assert rows() == before
    assert len(states_of(enrolment, module)) == begun


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.fixture
def sized(client, samira, enrolment, training, site_pages, story):
    """`modules` modules of `steps` steps each, with a story and questions in each; Samira is busy in the first."""

    def built(modules, steps):
        exercises = [
            add_exercise(site_pages.exercises, f"Oefening {number}", prompts=[raw_prompt("open", f"vraag {number}")])
            for number in range(2)
        ]
        made = [
            add_module(
                training,
                f"Module {number}",
                [
                    raw_step(f"stap {step}", story=story.pk, exercise=exercises[step % 2].pk)
                    for step in range(1, steps + 1)
                ],
            )
            for number in range(1, modules + 1)
        ]
        finish(enrolment, made[0], "stap 1")
        client.force_login(samira)
        return made[0]

    return built


@pytest.mark.parametrize(("modules", "steps"), [(1, 3), (8, 30)])
@pytest.mark.parametrize(("page", "queries"), [("", 10), ("klaar/", 9), ("papier/", 6)])
def test_a_module_costs_the_same_at_every_size(client, sized, django_assert_num_queries, page, queries, modules, steps):
    module = sized(modules, steps)

    with django_assert_num_queries(queries):
        client.get(module.module_address + page)


def test_a_module_with_five_steps_has_its_story_in_one_query(read, training, story):
    module = add_module(training, "Vol", five_steps(story=story))

    assert [standing.tellers for standing in read().context["modules"] if standing.module == module] == [("Jesse",)]
