"""Who may come in at a step, who looks along, and that nobody else reads what was written."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from tests.factories.enrolments import enrol
from tests.factories.groups import make_group
from tests.factories.modules import add_module, add_training
from tests.factories.people import make_person
from tests.training.views.steps import ALL_TYPED, ENDS, OPEN, THUIS, WHEN, dutch, html_of, main_text, rows, step_address
from training.models import Enrolment


# ── Who may come in ────────────────────────────────────────────────────────────
def test_who_is_not_signed_in_is_asked_to(client, module):
    address = step_address(module) + "?verhaal=ander"

    for answer in (client.get(address), client.head(address)):
        assert (answer.status_code, answer.url) == (
            302,
            f"/account/inloggen/?next={step_address(module)}%3Fverhaal%3Dander",
        )


def test_a_step_is_read_and_posted_to_and_nothing_else(client, samira, module):
    client.force_login(samira)
    answers = [
        client.generic(method, step_address(module)) for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "NONSENSE")
    ]

    assert [answer.status_code for answer in answers] == [405] * 5


@pytest.fixture
def missing(client):
    """What somebody reads at an address where nothing ever was."""
    return lambda method="get": main_text(
        getattr(client, method)("/training/jouw-leven-is-mijn-werk/nooit/geweest/", {})
    )


def elsewhere(site_pages):
    """Somebody who takes part in another training, with a module in it."""
    training = add_training(site_pages.trainings, "Een andere training")
    person = make_person("Iemand Elders")
    enrol(person, training)
    add_module(training, "Anders luisteren")
    return person


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "other_training", "left"])
def test_who_does_not_take_part_gets_the_answer_of_a_missing_page(
    client, site_pages, stranger, samira, enrolment, module, missing, who, method
):
    person = {"stranger": stranger, "other_training": elsewhere(site_pages), "left": samira}[who]
    Enrolment.objects.filter(pk=enrolment.pk).update(state="left")
    client.force_login(person)
    before = rows()

    response = getattr(client, method)(step_address(module))

    assert (response.status_code, main_text(response)) == (404, missing(method))
    assert rows() == before


def test_the_coordinator_of_another_training_sees_nothing_of_this_one(client, site_pages, module, missing):
    training = add_training(site_pages.trainings, "Een andere training")
    outsider = make_person("Coordinator Elders", "coordinator")
    make_group(training, "Elders", coordinators=[outsider])
    client.force_login(outsider)

    response = client.get(step_address(module))

    assert (response.status_code, main_text(response)) == (404, missing())


HIDDEN = ["module_offline", "training_offline", "index_offline", "group_only", "group_only_above"]


def hide(how, module, training, index):
    if how.endswith("offline"):
        {"module_offline": module, "training_offline": training, "index_offline": index}[how].unpublish()
    else:
        page = training if how.endswith("above") else module
        only = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        only.groups.set([Group.objects.get_or_create(name="Een andere groep")[0]])


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_offline_or_closed_is_missing_for_everybody(
    client, site_pages, training, module, missing, samira, marieke, ilse, petra, how
):
    people, before = (samira, marieke, ilse, petra), rows()

    def answers():
        for person in people:
            client.force_login(person)
            yield client.get(step_address(module))

    open_before = [answer.status_code for answer in answers()]
    hide(how, module, training, site_pages.trainings)

    assert open_before == [200] * 4
    assert [(answer.status_code, main_text(answer)) for answer in answers()] == [(404, missing())] * 4
    client.force_login(samira)
    assert client.post(step_address(module), {"act": "end-done"}).status_code == 404
    assert rows() == before


def test_a_restriction_that_asks_to_be_signed_in_lets_samira_pass(client, samira, module, training):
    for page in (module, training):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    client.force_login(samira)

    assert client.get(step_address(module)).status_code == 200


def test_a_restriction_to_a_group_lets_its_members_pass(client, samira, module):
    members = Group.objects.create(name="Leden")
    PageViewRestriction.objects.create(page=module, restriction_type="groups").groups.set([members])
    client.force_login(samira)

    before = client.get(step_address(module)).status_code
    samira.groups.add(members)

    assert (before, client.get(step_address(module)).status_code) == (404, 200)


def test_a_forged_address_is_a_missing_page(client, samira, module):
    client.force_login(samira)
    before = rows()
    forged = [
        "/training/jouw-leven-is-mijn-werk/luisteren/nooit-geweest/",
        "/training/jouw-leven-is-mijn-werk/nooit/oefening/",
        "/training/nooit/luisteren/oefening/",
        "/training/jouw-leven-is-mijn-werk/luisteren/é/",
        "/training/jouw-leven-is-mijn-werk/luisteren/%00/",
        "/training/jouw-leven-is-mijn-werk/luisteren/oefening/klaar/",
    ]

    assert {(path, client.get(path).status_code, client.post(path).status_code) for path in forged} == {
        (path, 404, 404) for path in forged
    }
    assert rows() == before


# ── Looking along ──────────────────────────────────────────────────────────────
WATCHERS = ["noor", "marieke", "ilse", "roel", "petra"]


@pytest.mark.parametrize("who", WATCHERS)
def test_who_looks_along_sees_the_step_without_anything_to_press(request, client, module, who):
    client.force_login(request.getfixturevalue(who))

    html = html_of(client.get(step_address(module))).find("main")

    assert [text.text for text in html.select(".question__text")] == [
        "Waar denk je aan?",
        "Ik vraag door.",
        "Wie staan er om je heen?",
        "Wat neem je je voor?",
        "Vertel elkaar wat je hoorde.",
    ]
    assert html.select_one(".notice").text == dutch(
        "You are looking along. What participants see here is empty for you, and nothing is kept."
    )
    assert [button["value"] for button in html.select("button[name=act]")] == []
    assert html.select("[data-autosave]") == []


def test_a_post_of_who_looks_along_keeps_nothing(request, client, tab):
    samiras = tab()
    samiras.press("end-done", ALL_TYPED)
    before = rows()

    for who in WATCHERS:
        client.force_login(request.getfixturevalue(who))
        for act in ("save open", "skip open", "erase open", *ENDS, "reopen", "nonsense"):
            response = client.post(samiras.address, samiras.data(act, {OPEN: "Van een ander."}))

            assert response.status_code < 500
            assert rows() == before


PRIVATE = {
    OPEN: "Kwikstaartje zei het",
    THUIS: "Tante Kwikstaart",
    WHEN: "ik kwikstaart zie",
    "intention-then": "loop ik mee met kwikstaart",
}


@pytest.mark.parametrize("act", ["end-done", "end-later"], ids=["saved", "drafts"])
def test_what_samira_writes_stands_on_no_page_of_anybody_else(request, client, tab, module, exercise, act):
    phone, laptop = tab(), tab()
    laptop.press(act, PRIVATE)
    phone.press(act, PRIVATE | {OPEN: "Kwikstaart in de bus"})
    pages = [
        *(step.address(module) for step in module.step_list),
        *(module.module_address, module.end_address, module.module_address + "papier/"),
        *("/", "/mijn/", "/verhalen/", "/training/", "/oefeningen/", exercise.address),
        "/training/jouw-leven-is-mijn-werk/",
    ]

    def reads_it():
        return {page for page in pages if b"kwikstaart" in client.get(page).content.lower()}

    own = reads_it()
    others = set()
    for who in ("daan", *WATCHERS, "stranger"):
        client.force_login(request.getfixturevalue(who))
        others |= reads_it()

    assert step_address(module) in own  # so it could leak
    assert others == set()
