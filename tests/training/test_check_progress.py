"""`manage.py check_progress` finds no difference after honest work, and every planted one."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories.enrolments import enrol, finish, finish_all
from tests.factories.modules import add_module, followed_by, raw_step, republish, step_key, without
from tests.factories.people import make_person
from training.domain.progress import check_summaries, reopen_step
from training.models import ModuleProgress, StepProgress


def checked(capsys):
    """Run the command and return what it said and the error it ended with ("" for none)."""
    try:
        call_command("check_progress")
    except CommandError as error:
        return capsys.readouterr().out, str(error)
    return capsys.readouterr().out, ""


@pytest.fixture
def busy(enrolment, daan, training, module):
    """Samira busy, Daan done; the module edited under them."""
    finish(enrolment, module, "aankomen", "kijken", "oefening")
    finish_all(daan.enrolments.get(), module)
    return republish(module, followed_by(raw_step("napraten")))


def test_it_finds_nothing_on_an_empty_site(db, capsys):
    assert checked(capsys) == ("No difference found.\n", "")


def test_it_finds_nothing_after_every_kind_of_act_and_edit(enrolment, busy, training, capsys):
    reopen_step(enrolment, busy, step_key("kijken"))
    finish(enrolment, busy, "verhaal", skipped=True)
    finish(enrolment, add_module(training, "Doorvragen"), "aankomen")
    republish(busy, without("voornemen", "napraten"))

    assert checked(capsys) == ("No difference found.\n", "")


def test_it_names_a_summary_that_says_too_much(enrolment, busy, capsys):
    ModuleProgress.objects.filter(enrolment=enrolment).update(steps_done=5)

    said, error = checked(capsys)

    assert said == f"enrolment {enrolment.pk}, module {busy.key}: says (5, 6), counted (3, 6)\n"
    assert error == "1 summaries differ from their step rows."


def test_it_names_a_summary_with_another_number_of_steps(enrolment, busy, capsys):
    ModuleProgress.objects.filter(enrolment=enrolment).update(steps_total=9)

    said, _error = checked(capsys)

    assert said == f"enrolment {enrolment.pk}, module {busy.key}: says (3, 9), counted (3, 6)\n"


def test_it_names_who_did_everything_and_was_not_completed(enrolment, module, capsys):
    finish_all(enrolment, module)
    ModuleProgress.objects.update(completed_at=None)

    said, _error = checked(capsys)

    assert said == f"enrolment {enrolment.pk}, module {module.key}: says (5, 5), counted (5, 5)\n"


def test_it_names_step_rows_without_a_summary(enrolment, busy, capsys):
    ModuleProgress.objects.filter(enrolment=enrolment).delete()

    said, _error = checked(capsys)

    assert said == f"enrolment {enrolment.pk}, module {busy.key}: says ('no summary',), counted ('step rows',)\n"


def test_it_repairs_nothing(enrolment, busy):
    ModuleProgress.objects.filter(enrolment=enrolment).update(steps_done=5)

    list(check_summaries())

    assert ModuleProgress.objects.get(enrolment=enrolment).steps_done == 5
    assert StepProgress.objects.filter(enrolment=enrolment).count() == 3


def test_who_completed_before_a_step_was_added_is_no_difference(daan, busy):
    summary = ModuleProgress.objects.get(enrolment__person=daan)

    assert (summary.steps_done, summary.steps_total, summary.completed_at is None) == (5, 6, False)
    assert list(check_summaries()) == []


@pytest.mark.parametrize("people", [1, 3])
def test_it_costs_two_queries_a_module(training, module, people, django_assert_num_queries):
    for number in range(people):
        finish(enrol(make_person(f"Iemand {number}"), training), module, "aankomen")

    with django_assert_num_queries(3):
        assert list(check_summaries()) == []
