"""A draft that is kept while somebody types: the newest words stay, a late one loses, and nothing else is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from tests.factories.enrolments import enrol, states_of
from tests.factories.exercises import add_exercise, all_five, prompt_of, raw_prompt
from tests.factories.modules import add_training, republish, step_key, without
from tests.factories.pages import block_id
from tests.factories.people import make_person
from training.forms.prompts import TOO_LONG
from training.models import Answer, Enrolment, ModuleProgress, StepProgress

THUIS = f"box-{block_id('box thuis')}"
TYPED = {
    "open": {"text": "Aan mijn"},
    "statement": {"value": "6"},
    "boxes": {THUIS: "Mijn zus"},
    "intention": {"when": "ik"},
}


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def step_address(module, name="oefening"):
    return next(step.address(module) for step in module.step_list if step.key == step_key(name))


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


def drafts(enrolment):
    return {
        answer.kind: (answer.state, answer.words, {part: said for part, said in answer.draft.items() if said})
        for answer in enrolment.answers.all()
    }


@pytest.fixture
def write(client, module, exercise):
    """`write("open", text="Aan")`: what the script sends a moment after somebody typed."""

    def written(kind="open", *, name="oefening", prompt=None, writer="phone", based_on=0, edit_no=1, **typed):
        prompt = prompt or prompt_of(exercise, kind).id
        fields = {"writer": writer, "based_on": based_on, "edit_no": edit_no} | (typed or TYPED.get(kind, {}))
        data = {f"p-{prompt}-{field}": value for field, value in fields.items()} | {"prompt": prompt}
        return client.post(step_address(module, name) + "concept/", data)

    return written


@pytest.fixture
def samira_writes(client, samira, write):
    client.force_login(samira)
    return write


# ── Keeping ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", TYPED)
def test_what_samira_types_is_kept_as_a_draft(samira_writes, enrolment, kind):
    response = samira_writes(kind)

    assert (response.status_code, response.json()["edit_no"]) == (200, 1)
    assert drafts(enrolment) == {kind: ("draft", {}, TYPED[kind])}


def test_it_says_when_and_who_reads_it(samira_writes, enrolment):
    message = samira_writes().json()["message"]

    saved_at = enrolment.answers.get().saved_at
    with translation.override("nl"):
        from django.template.defaultfilters import date
        from django.utils.timezone import localtime

        time = date(localtime(saved_at), "TIME_FORMAT")
    assert message == dutch("Draft kept at %(time)s. Only you read this.", time=time)


def test_the_first_draft_begins_the_step_and_no_more(samira_writes, enrolment, module):
    samira_writes()

    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}


def test_an_emptied_field_is_an_empty_draft(samira_writes, enrolment):
    samira_writes()
    samira_writes(edit_no=2, text="")

    assert drafts(enrolment)["open"] == ("draft", {}, {})


def test_a_draft_leaves_the_saved_answer(samira_writes, client, module, exercise, enrolment):
    prompt = prompt_of(exercise, "open").id
    client.post(step_address(module), {"act": f"save:{prompt}", f"p-{prompt}-text": "Aan mijn moeder."})

    samira_writes(text="Aan mijn vader", based_on=1, edit_no=2)

    assert drafts(enrolment)["open"] == ("saved", {"text": "Aan mijn moeder."}, {"text": "Aan mijn vader"})


def test_the_same_draft_ten_times_is_one(samira_writes):
    first, once = samira_writes(), rows()
    again = [samira_writes() for _time in range(9)]

    assert [(answer.status_code, answer.json()) for answer in again] == [(200, first.json())] * 9
    assert rows() == once


def test_a_draft_that_comes_late_changes_nothing(samira_writes, enrolment):
    samira_writes(edit_no=2, text="Aan mijn moeder")
    samira_writes(edit_no=1, text="Aan")

    assert drafts(enrolment)["open"] == ("draft", {}, {"text": "Aan mijn moeder"})


def test_an_older_page_is_told_and_its_words_stay_readable(samira_writes, enrolment):
    samira_writes(writer="laptop", text="Op de laptop")

    response = samira_writes(writer="phone", text="In de bus")

    assert (response.status_code, response.json()) == (
        409,
        {
            "message": dutch("On another device there is a newer text here. Load the page again to see both."),
            "edit_no": 1,
        },
    )
    answer = enrolment.answers.get()
    assert (answer.draft, answer.other_words) == ({"text": "Op de laptop"}, {"text": "In de bus"})


# ── Refusing ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("kind", "field", "limit"), [("open", "text", 10_000), ("boxes", THUIS, 1_000), ("intention", "when", 500)]
)
def test_a_text_that_is_too_long_is_refused_in_a_sentence(samira_writes, kind, field, limit):
    before = rows()

    response = samira_writes(kind, **{field: "x" * (limit + 1)})

    with translation.override("nl"):
        sentence = str(TOO_LONG % {"show_value": limit + 1, "limit_value": limit})
    assert (response.status_code, response.json()) == (400, {"message": sentence})
    assert rows() == before


def test_a_place_or_a_day_that_is_none_is_refused_in_a_sentence(samira_writes):
    before = rows()
    place, day = samira_writes("statement", value="8"), samira_writes("intention", value="morgen")

    assert [(answer.status_code, answer.json()["message"]) for answer in (place, day)] == [
        (400, dutch("Choose one of the seven places, or “I don't know”.")),
        (400, dutch("Write the date as day-month-year, for example 14-1-2027.")),
    ]
    assert rows() == before


def test_a_nul_byte_is_dropped_and_the_words_are_kept(samira_writes, enrolment):
    samira_writes(text="Aan\x00 haar")

    assert drafts(enrolment)["open"][2] == {"text": "Aan haar"}


def test_half_a_character_is_no_error_page(samira_writes, client, module, exercise, enrolment):
    prompt = prompt_of(exercise, "open").id
    body = f"prompt={prompt}&p-{prompt}-text=Aan%ED%A0%80".encode()

    response = client.post(step_address(module) + "concept/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert drafts(enrolment)["open"][2] == {"text": "Aan\ufffd\ufffd\ufffd"}


def test_a_file_is_no_text(samira_writes, enrolment):
    samira_writes(text="Aan mijn moeder")
    samira_writes(edit_no=2, text=SimpleUploadedFile("verhaal.txt", b"Een bestand"))

    assert "Een bestand" not in str(drafts(enrolment))


@pytest.mark.parametrize("name", ["edit_no", "based_on", "writer"])
def test_a_forged_edit_number_is_never_an_error_page(samira_writes, name):
    for value in ("-1", "9" * 18, "9" * 25, "NaN", "\x00", "x" * 4_000, ""):
        before = rows()
        response = samira_writes(**{name: value}, text=f"Aan {len(value)}")

        assert response.status_code in (200, 400, 409)
        assert response.status_code != 400 or rows() == before


def test_a_question_that_is_not_there_is_a_stale_page(samira_writes, site_pages, exercise):
    other = add_exercise(site_pages.exercises, "Elders", prompts=[raw_prompt("open", "elders")])
    talk, before = prompt_of(exercise, "talk").id, rows()

    for prompt in ("00000000-0000-0000-0000-000000000000", "\x00", "x" * 500, prompt_of(other, "elders").id, talk):
        response = samira_writes(prompt=prompt, text="Aan mijn moeder")

        assert (response.status_code, response.json()) == (
            409,
            {"message": dutch("This question was changed. Load the page again; your text is on this device.")},
        )
        assert rows() == before


def test_a_question_taken_out_meanwhile_is_a_stale_page(samira_writes, exercise):
    exercise.prompts = [prompt for prompt in all_five() if prompt["type"] != "open"]
    exercise.save_revision().publish()
    before = rows()

    assert (samira_writes(prompt=block_id("prompt open"), text="Aan").status_code, rows()) == (409, before)


def test_a_step_without_questions_keeps_no_draft(samira_writes):
    before = rows()

    assert (samira_writes(name="kijken").status_code, rows()) == (409, before)


def test_a_form_without_the_field_erases_no_draft(samira_writes, client, module, exercise, enrolment):
    """As when the connection cuts a form short."""
    samira_writes()

    client.post(step_address(module) + "concept/", {"prompt": prompt_of(exercise, "open").id})

    assert drafts(enrolment)["open"] == ("draft", {}, {"text": "Aan mijn"})


def test_a_step_taken_out_meanwhile_is_a_missing_page(samira_writes, module, samira):
    before = rows()
    republish(module, without("oefening"))

    assert (samira_writes().status_code, rows()) == (404, before)


# ── Who may ────────────────────────────────────────────────────────────────────
def test_who_was_signed_out_meanwhile_hears_so(write, samira):
    before = rows()

    response = write()

    assert (response.status_code, response.json()) == (
        401,
        {"message": dutch("You are signed out. Your text is on this device.")},
    )
    assert rows() == before


def test_only_who_takes_part_keeps_drafts(request, client, write, samira, site_pages):
    outsider = make_person("Iemand Elders")
    enrol(outsider, add_training(site_pages.trainings, "Een andere training"))
    people = [
        outsider,
        *(request.getfixturevalue(who) for who in ("stranger", "noor", "marieke", "ilse", "roel", "petra")),
    ]
    before = rows()

    for person in people:
        client.force_login(person)
        assert (write().status_code, rows()) == (404, before)


def test_what_is_offline_or_closed_keeps_no_drafts(samira_writes, module, training):
    closed = PageViewRestriction.objects.create(page=training, restriction_type="groups")
    before = rows()

    behind_a_group = samira_writes().status_code
    closed.delete()
    module.unpublish()

    assert (behind_a_group, samira_writes().status_code, rows()) == (404, 404, before)


def test_it_is_posted_to_and_nothing_else(client, samira, module):
    client.force_login(samira)
    before = rows()
    methods = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")

    assert [client.generic(method, step_address(module) + "concept/").status_code for method in methods] == [405] * 6
    assert rows() == before


def test_the_answer_is_for_nobody_else(samira_writes):
    assert samira_writes()["Cache-Control"] == "private, no-store"


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("answered", [1, 4])
def test_a_draft_costs_twelve_queries_with_begin_and_commit(samira_writes, django_assert_num_queries, answered):
    """Session, person, module, enrolment, exercise, answers; begin, summary, steps, answer, its update, commit."""
    for kind in list(TYPED)[:answered]:
        samira_writes(kind)

    with django_assert_num_queries(12):
        samira_writes(edit_no=2, text="Aan mijn moeder")
