"""Two tabs, two devices, a double click, an impatient phone: at the same moment, on a real database.

Each thread has a connection of its own. On SQLite the file lock of an IMMEDIATE transaction puts them in a row, on
PostgreSQL the lock on the summary or the answer does; `linger` keeps a thread where a missing lock would show.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from tests.factories.enrolments import counted, enrol, finish, finish_all, states_of, step_of
from tests.factories.exercises import prompt_of
from tests.factories.modules import add_module, step_key
from tests.factories.people import make_person
from training.domain import answers, progress
from training.domain.answers import Writing, WrittenElsewhere, save_answer, save_draft
from training.domain.progress import check_summaries, finish_step, recount_module
from training.models import Answer, Enrolment, StepProgress

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
TEN = range(10)


def at_once(*acts):
    """Let every act begin at the same moment in a thread of its own; returns what they returned, in their order."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def linger(monkeypatch):
    """`linger(module, name)`: this function returns a moment later, while its caller believes what it read."""

    def lingering(module, name):
        original = getattr(module, name)

        def slow(*args, **kwargs):
            found = original(*args, **kwargs)
            time.sleep(0.15)
            return found

        monkeypatch.setattr(module, name, slow)

    return lingering


# ── Steps ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("begun", [True, False], ids=["busy", "new"])
def test_two_steps_finished_at_once_are_two(enrolment, module, linger, begun):
    if begun:
        progress.begin_step(enrolment, module, step_key("voornemen"))
    linger(progress, "_rows")

    at_once(
        lambda: finish_step(enrolment, module, step_key("aankomen")),
        lambda: finish_step(enrolment, module, step_key("kijken")),
    )

    assert counted(enrolment, module) == (2, 5, False)


def test_five_steps_finished_at_once_complete_module_and_training(enrolment, module):
    at_once(*(lambda key=key: finish_step(enrolment, module, key) for key in module.step_keys))

    enrolment.refresh_from_db()
    assert counted(enrolment, module) == (5, 5, True)
    assert enrolment.completed_at is not None


def test_one_step_finished_ten_times_at_once_is_one(enrolment, module):
    rows = at_once(*[lambda: finish_step(enrolment, module, step_key("aankomen"))] * 10)

    assert {(row.pk, row.state, row.done_at) for row in rows} == {
        (row.pk, "done", row.done_at) for row in StepProgress.objects.all()
    }
    assert len({row.pk for row in rows}) == 1
    assert counted(enrolment, module) == (1, 5, False)


def test_done_and_begun_at_once_is_done(enrolment, module, linger):
    linger(progress, "_rows")

    at_once(
        lambda: finish_step(enrolment, module, step_key("aankomen")),
        lambda: progress.begin_step(enrolment, module, step_key("aankomen")),
    )

    assert step_of(enrolment, module, "aankomen").state == "done"
    assert counted(enrolment, module) == (1, 5, False)


def test_the_last_two_modules_completed_at_once_complete_the_training(enrolment, training, module, monkeypatch):
    """Each act waits for the other before and after it looks whether all modules are completed."""
    other = add_module(training, "Doorvragen")
    for one in (module, other):
        finish(enrolment, one, "aankomen", "kijken", "verhaal", "oefening")
    together, count = threading.Barrier(2), progress.complete_enrolment

    def wait():
        with suppress(threading.BrokenBarrierError):  # a lock makes one wait for the other: then this one goes first
            together.wait(timeout=2)

    def count_together(*args, **kwargs):
        wait()
        completed = count(*args, **kwargs)
        wait()
        return completed

    monkeypatch.setattr(progress, "complete_enrolment", count_together)
    at_once(*(lambda one=one: finish_step(enrolment, one, step_key("voornemen")) for one in (module, other)))

    enrolment.refresh_from_db()
    assert [counted(enrolment, one) for one in (module, other)] == [(5, 5, True)] * 2
    assert enrolment.completed_at is not None


def test_publishing_while_ten_people_finish_steps_leaves_every_summary_true(training, module):
    people = [enrol(make_person(f"Iemand {number}"), training) for number in TEN]
    for person in people:
        finish(person, module, "aankomen")

    at_once(
        *(lambda person=person: finish_all(person, module) for person in people),
        *[lambda: recount_module(module)] * 3,
    )

    assert list(check_summaries()) == []
    assert Enrolment.objects.filter(completed_at__isnull=False).count() == 10


# ── Answers ────────────────────────────────────────────────────────────────────
def attempt(act, *args):
    """What became of it: the answer's words, or "elsewhere"."""
    try:
        return act(*args).words
    except WrittenElsewhere:
        return "elsewhere"


@pytest.mark.parametrize("known", [0, 1], ids=["new", "answered before"])
def test_ten_devices_saving_one_question_at_once_lose_nothing_unsaid(enrolment, exercise, linger, known):
    """One of them is kept; each of the others hears that there is a newer text."""
    prompt = prompt_of(exercise, "open")
    if known:
        save_answer(enrolment, exercise, prompt, Writing({"text": "Van gisteren."}, writer="gisteren"))
    writings = [
        Writing({"text": f"Van apparaat {number}."}, writer=f"apparaat {number}", based_on=known, edit_no=known + 1)
        for number in TEN
    ]
    linger(answers, "_is_older")

    outcome = at_once(*(lambda w=w: attempt(save_answer, enrolment, exercise, prompt, w) for w in writings))

    kept = Answer.objects.get()
    assert sorted(map(str, outcome)) == sorted([str(kept.words), *["elsewhere"] * 9])
    assert kept.words in [writing.words for writing in writings]
    assert kept.other_words in [writing.words for writing in writings]
    assert kept.other_words != kept.words


def test_the_same_save_ten_times_at_once_is_one(enrolment, exercise):
    prompt, writing = prompt_of(exercise, "open"), Writing({"text": "Aan mijn moeder."}, writer="phone")

    outcome = at_once(*[lambda: attempt(save_answer, enrolment, exercise, prompt, writing)] * 10)

    kept = Answer.objects.get()
    assert outcome == [{"text": "Aan mijn moeder."}] * 10
    assert (kept.words, kept.edit_no, kept.other_words) == ({"text": "Aan mijn moeder."}, 1, {})


def test_ten_drafts_of_one_page_that_overtake_each_other_leave_the_newest(enrolment, exercise):
    prompt = prompt_of(exercise, "open")
    drafts = [Writing({"text": "x" * number}, writer="phone", edit_no=number) for number in range(1, 11)]

    at_once(*(lambda draft=draft: save_draft(enrolment, exercise, prompt, draft) for draft in drafts))

    kept = Answer.objects.get()
    assert (kept.draft, kept.edit_no, kept.other_words) == ({"text": "x" * 10}, 10, {})


def test_two_people_at_one_question_have_an_answer_each(enrolment, daan, exercise):
    prompt, theirs = prompt_of(exercise, "open"), daan.enrolments.get()

    at_once(
        lambda: save_answer(enrolment, exercise, prompt, Writing({"text": "Van Samira."}, writer="s")),
        lambda: save_answer(theirs, exercise, prompt, Writing({"text": "Van Daan."}, writer="d")),
    )

    assert {answer.enrolment: answer.words["text"] for answer in Answer.objects.select_related("enrolment")} == {
        enrolment: "Van Samira.",
        theirs: "Van Daan.",
    }


# ── The whole way: browser, view, database ─────────────────────────────────────
@pytest.fixture
def browser(samira):
    """`browser()`: one more window of Samira, signed in with the same session."""
    first = Client()
    first.force_login(samira)

    def window():
        client = Client()
        client.cookies = first.cookies
        return client

    return window


@pytest.fixture
def typed(exercise):
    """`typed("...")`: the fields of the open question as one page posts them."""
    prefix = f"p-{prompt_of(exercise, 'open').id}"

    def fields(text, *, edit_no=1, writer="phone", **more):
        numbers = {f"{prefix}-based_on": 0, f"{prefix}-edit_no": edit_no, f"{prefix}-writer": writer}
        return {f"{prefix}-text": text, **numbers, **more}

    return fields


def test_the_same_post_ten_times_at_once_is_one(enrolment, module, browser, typed):
    step = module.step_at("oefening")
    data = typed("Aan mijn moeder.", act="end-done")

    responses = at_once(*[lambda: browser().post(step.address(module), data)] * 10)

    kept = Answer.objects.get()
    assert {(response.status_code, response["Location"]) for response in responses} == {
        (302, module.step_at("voornemen").address(module))
    }
    assert (kept.state, kept.words, kept.edit_no, kept.other_words) == ("saved", {"text": "Aan mijn moeder."}, 1, {})
    assert states_of(enrolment, module) == {step.key: "done"}
    assert counted(enrolment, module) == (1, 5, False)


@pytest.mark.parametrize("turn", range(3))
def test_typing_and_finishing_at_once_neither_locks_nor_loses(enrolment, module, exercise, browser, typed, turn):
    step = module.step_at("oefening")
    address, prompt = step.address(module), prompt_of(exercise, "open").id

    def autosave(number):
        data = typed("Aan mijn moeder"[:number], edit_no=number, prompt=prompt)
        return browser().post(f"{address}concept/", data).status_code

    def end():
        return browser().post(address, typed("Aan mijn moeder.", edit_no=20, act="end-done")).status_code

    statuses = at_once(*(lambda number=number: autosave(number) for number in range(10, 15)), end)

    kept = Answer.objects.get()
    assert statuses == [200, 200, 200, 200, 200, 302]
    assert (kept.state, kept.words, kept.draft) == ("saved", {"text": "Aan mijn moeder."}, {})
    assert states_of(enrolment, module) == {step.key: "done"}
    assert list(check_summaries()) == []
