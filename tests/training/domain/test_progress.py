"""How progress moves: the eight points of docs/decisions/progress.md as somebody in the training lives through them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.enrolments import counted, finish, finish_all, states_of, step_of, summary_of
from tests.factories.modules import add_module, republish, step_key
from training.choices import EnrolmentState
from training.domain.progress import begin_step, complete_enrolments, finish_step, reopen_step
from training.models import ModuleProgress, StepProgress

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)

ALL_FIVE = ("aankomen", "kijken", "verhaal", "oefening", "voornemen")


# ── Beginning ──────────────────────────────────────────────────────────────────
def test_nothing_is_known_of_somebody_who_only_enrolled(enrolment, module):
    assert states_of(enrolment, module) == {}
    assert list(ModuleProgress.objects.all()) == []
    assert enrolment.started_at is None


def test_beginning_a_step_starts_step_module_and_training(enrolment, module):
    row = begin_step(enrolment, module, step_key("aankomen"), at=MONDAY)

    summary = summary_of(enrolment, module)
    enrolment.refresh_from_db()
    assert (row.state, row.opened_at, row.done_at) == ("begun", MONDAY, None)
    assert counted(enrolment, module) == (0, 5, False)
    assert (summary.started_at, summary.touched_at, summary.last_step) == (MONDAY, MONDAY, step_key("aankomen"))
    assert (enrolment.started_at, enrolment.completed_at) == (MONDAY, None)


def test_a_second_module_does_not_start_the_training_anew(enrolment, training, module):
    other = add_module(training, "Doorvragen")
    begin_step(enrolment, module, step_key("aankomen"), at=MONDAY)

    begin_step(enrolment, other, step_key("aankomen"), at=TUESDAY)

    enrolment.refresh_from_db()
    assert enrolment.started_at == MONDAY
    assert counted(enrolment, module) == counted(enrolment, other) == (0, 5, False)


# ── Finishing, skipping, taking back ───────────────────────────────────────────
def test_a_finished_step_counts(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken")

    assert counted(enrolment, module) == (2, 5, False)
    assert states_of(enrolment, module) == {step_key("aankomen"): "done", step_key("kijken"): "done"}
    assert summary_of(enrolment, module).last_step == step_key("kijken")


def test_skipping_counts_as_done(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")

    finish(enrolment, module, "voornemen", skipped=True, at=MONDAY)

    assert counted(enrolment, module) == (5, 5, True)
    assert step_of(enrolment, module, "voornemen").state == "skipped"
    assert summary_of(enrolment, module).completed_at == MONDAY


def test_a_finished_step_never_falls_back_to_begun(enrolment, module):
    finish(enrolment, module, "aankomen")
    finish(enrolment, module, "kijken", skipped=True)

    begin_step(enrolment, module, step_key("aankomen"))
    begin_step(enrolment, module, step_key("kijken"))

    assert states_of(enrolment, module) == {step_key("aankomen"): "done", step_key("kijken"): "skipped"}
    assert counted(enrolment, module) == (2, 5, False)


def test_the_kind_of_mark_may_change_and_its_first_time_stays(enrolment, module):
    finish(enrolment, module, "aankomen", at=MONDAY)

    finish(enrolment, module, "aankomen", skipped=True, at=TUESDAY)
    skipped = step_of(enrolment, module, "aankomen")
    finish(enrolment, module, "aankomen", at=WEDNESDAY)
    done = step_of(enrolment, module, "aankomen")

    assert (skipped.state, skipped.opened_at, skipped.done_at) == ("skipped", MONDAY, MONDAY)
    assert (done.state, done.opened_at, done.done_at) == ("done", MONDAY, MONDAY)
    assert counted(enrolment, module) == (1, 5, False)


@pytest.mark.parametrize("act", [begin_step, finish_step])
def test_the_same_act_ten_times_is_one(enrolment, module, act):
    first = act(enrolment, module, step_key("aankomen"), at=MONDAY)
    summary = ModuleProgress.objects.filter(enrolment=enrolment).values().get()

    again = [act(enrolment, module, step_key("aankomen"), at=TUESDAY) for _ in range(10)]

    assert {(row.pk, row.state, row.opened_at, row.done_at) for row in again} == {
        (first.pk, first.state, first.opened_at, first.done_at)
    }
    assert ModuleProgress.objects.filter(enrolment=enrolment).values().get() == summary
    assert StepProgress.objects.count() == 1


def test_a_mark_can_be_taken_back(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", at=MONDAY)

    reopen_step(enrolment, module, step_key("kijken"))

    row = step_of(enrolment, module, "kijken")
    assert (row.state, row.done_at) == ("begun", None)
    assert counted(enrolment, module) == (1, 5, False)


def test_taking_a_mark_back_takes_no_completion_back(enrolment, module):
    finish_all(enrolment, module, at=MONDAY)

    reopen_step(enrolment, module, step_key("kijken"))

    enrolment.refresh_from_db()
    assert counted(enrolment, module) == (4, 5, True)
    assert summary_of(enrolment, module).completed_at == MONDAY
    assert enrolment.completed_at == MONDAY


def test_finishing_again_after_taking_back_keeps_the_first_completion(enrolment, module):
    finish_all(enrolment, module, at=MONDAY)
    reopen_step(enrolment, module, step_key("kijken"))

    finish(enrolment, module, "kijken", at=TUESDAY)

    assert step_of(enrolment, module, "kijken").done_at == TUESDAY
    assert counted(enrolment, module) == (5, 5, True)
    assert summary_of(enrolment, module).completed_at == MONDAY


def test_taking_back_what_was_never_done_writes_nothing(enrolment, module):
    reopen_step(enrolment, module, step_key("kijken"))

    enrolment.refresh_from_db()
    assert list(ModuleProgress.objects.all()) == []
    assert enrolment.started_at is None


# ── Recount, never increment ───────────────────────────────────────────────────
def test_a_wrong_summary_is_mended_by_the_next_act(enrolment, module):
    finish(enrolment, module, "aankomen")
    ModuleProgress.objects.update(steps_done=4)

    finish(enrolment, module, "kijken")

    assert counted(enrolment, module) == (2, 5, False)


def test_steps_of_another_person_or_module_do_not_count(enrolment, daan, training, module):
    other = add_module(training, "Doorvragen")
    finish(daan.enrolments.get(), module, "kijken", "verhaal")
    finish(enrolment, other, "kijken", "verhaal", "oefening")

    finish(enrolment, module, "aankomen")

    assert counted(enrolment, module) == (1, 5, False)
    assert counted(daan.enrolments.get(), module) == (2, 5, False)
    assert counted(enrolment, other) == (3, 5, False)


def test_the_database_refuses_more_done_than_there_is(enrolment, module):
    finish(enrolment, module, "aankomen")

    with pytest.raises(IntegrityError), transaction.atomic():
        ModuleProgress.objects.update(steps_done=6)


def test_finishing_a_step_costs_the_same_in_a_busy_module(enrolment, module, django_assert_num_queries):
    finish(enrolment, module, "aankomen", "kijken")

    with django_assert_num_queries(4):  # lock the summary, read the rows, write the row, write the summary
        finish(enrolment, module, "verhaal")


# ── Completing a module and the training ───────────────────────────────────────
@pytest.mark.parametrize(
    "order", [ALL_FIVE, ALL_FIVE[::-1], ("verhaal", "voornemen", "aankomen", "oefening", "kijken")]
)
def test_a_module_is_completed_by_the_count_in_any_order(enrolment, module, order):
    finish(enrolment, module, *order[:-1])
    before = counted(enrolment, module)

    finish(enrolment, module, order[-1])

    assert before == (4, 5, False)
    assert counted(enrolment, module) == (5, 5, True)


def test_the_training_is_completed_with_its_last_module(enrolment, training, module):
    other = add_module(training, "Doorvragen")
    finish_all(enrolment, module, at=MONDAY)
    enrolment.refresh_from_db()
    after_one = enrolment.completed_at

    finish_all(enrolment, other, at=TUESDAY)

    enrolment.refresh_from_db()
    assert (after_one, enrolment.completed_at) == (None, TUESDAY)


def test_a_module_that_is_not_online_is_not_waited_for(enrolment, training, module):
    add_module(training, "In de maak", live=False)

    finish_all(enrolment, module, at=MONDAY)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == MONDAY


def test_a_new_module_takes_no_completion_of_the_training_back(enrolment, training, module):
    finish_all(enrolment, module, at=MONDAY)

    republish(add_module(training, "Doorvragen"))

    enrolment.refresh_from_db()
    assert enrolment.completed_at == MONDAY


def test_unpublishing_the_last_open_module_completes_who_did_the_others(enrolment, daan, training, module):
    other = add_module(training, "Doorvragen")
    finish_all(enrolment, module)
    finish(daan.enrolments.get(), module, "aankomen")

    other.unpublish()

    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert daan.enrolments.get().completed_at is None


def test_who_stopped_does_not_complete_the_training_any_more(enrolment, training, module):
    finish_all(enrolment, module, at=MONDAY)
    type(enrolment).objects.update(completed_at=None, state=EnrolmentState.LEFT)

    assert complete_enrolments(training) == 0


def test_a_training_behind_the_login_can_be_completed(enrolment, training, module):
    training.view_restrictions.create(restriction_type="login")

    finish_all(enrolment, module, at=MONDAY)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == MONDAY
