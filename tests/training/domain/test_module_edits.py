"""An edit of a module never takes a completion back, and the editor is told beforehand what it does to people."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.enrolments import counted, enrol, finish, finish_all, states_of, summary_of
from tests.factories.modules import edited, followed_by, raw_step, republish, step_key, without
from tests.factories.people import make_person
from training.choices import EnrolmentState
from training.domain.progress import PublishEffect, publish_effect, recount_module
from training.models import Enrolment, ModuleProgress, StepProgress

MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def test_publishing_again_keeps_keys_addresses_and_progress(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", at=MONDAY)
    rows = list(StepProgress.objects.order_by("pk").values())
    summary = ModuleProgress.objects.values().get()

    again = republish(module)

    assert (again.key, again.step_list) == (module.key, module.step_list)
    assert list(StepProgress.objects.order_by("pk").values()) == rows
    assert ModuleProgress.objects.values().get() == summary


@pytest.mark.parametrize(
    "change",
    [
        lambda steps: steps[::-1],
        lambda steps: [step | {"value": step["value"] | {"title": "Nieuwe naam", "kind": "talk"}} for step in steps],
    ],
    ids=["reordered", "renamed"],
)
def test_reordering_and_renaming_lose_nothing(enrolment, daan, module, change):
    finish(enrolment, module, "aankomen", "kijken")
    finish_all(daan.enrolments.get(), module)

    module = republish(module, change)
    finish(enrolment, module, "verhaal")

    assert counted(enrolment, module) == (3, 5, False)
    assert counted(daan.enrolments.get(), module) == (5, 5, True)


def test_a_new_step_is_new_for_who_is_busy_and_takes_nothing_from_who_completed(enrolment, daan, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    finish_all(daan.enrolments.get(), module, at=MONDAY)

    module = republish(module, followed_by(raw_step("napraten")))

    assert counted(enrolment, module) == (4, 6, False)
    assert counted(daan.enrolments.get(), module) == (5, 6, True)
    assert summary_of(daan.enrolments.get(), module).completed_at == MONDAY
    assert daan.enrolments.get().completed_at == MONDAY
    assert step_key("napraten") not in states_of(daan.enrolments.get(), module)


def test_who_completed_may_do_the_new_step_without_a_new_completion(enrolment, module):
    finish_all(enrolment, module, at=MONDAY)
    module = republish(module, followed_by(raw_step("napraten")))

    finish(enrolment, module, "napraten", at=TUESDAY)

    assert counted(enrolment, module) == (6, 6, True)
    assert summary_of(enrolment, module).completed_at == MONDAY


def test_who_waited_only_for_a_removed_step_is_done_at_publish(enrolment, daan, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    finish(daan.enrolments.get(), module, "aankomen", "voornemen")

    module = republish(module, without("voornemen"))

    enrolment.refresh_from_db()
    assert counted(enrolment, module) == (4, 4, True)
    assert enrolment.completed_at == summary_of(enrolment, module).completed_at
    assert counted(daan.enrolments.get(), module) == (1, 4, False)
    assert daan.enrolments.get().completed_at is None


def test_a_removed_step_keeps_its_row_and_counts_again_when_it_comes_back(enrolment, module):
    finish(enrolment, module, "kijken", "verhaal")
    shorter = republish(module, without("kijken"))
    meanwhile = counted(enrolment, shorter)

    back = republish(shorter, followed_by(raw_step("kijken")))

    assert meanwhile == (1, 4, False)
    assert counted(enrolment, back) == (2, 5, False)
    assert states_of(enrolment, back) == {step_key("kijken"): "done", step_key("verhaal"): "done"}


def test_the_next_act_does_not_count_a_removed_step(enrolment, module):
    finish(enrolment, module, "kijken", "verhaal")
    shorter = republish(module, without("kijken"))

    finish(enrolment, shorter, "oefening")

    assert counted(enrolment, shorter) == (2, 4, False)


def test_one_step_exchanged_for_another_is_counted_anew(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")

    module = republish(module, lambda steps: [*without("aankomen")(steps), raw_step("napraten")])

    assert counted(enrolment, module) == (3, 5, False)


def test_a_draft_changes_nobodys_progress(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    draft = module.get_latest_revision_as_object()

    draft.steps = without("voornemen")(draft.steps.get_prep_value())
    draft.save_revision()

    assert counted(enrolment, module) == (4, 5, False)


def test_an_emptied_module_completes_nobody(enrolment, module):
    finish(enrolment, module, "aankomen")

    module = republish(module, lambda steps: [])

    assert counted(enrolment, module) == (0, 0, False)


def test_an_act_on_a_page_from_before_the_edit_counts_for_the_module_as_it_now_stands(enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal")
    republish(module, without("voornemen"))

    finish(enrolment, module, "oefening")  # `module` still has five steps: read before the editor published

    assert counted(enrolment, module) == (4, 4, True)


def test_a_copy_of_a_module_starts_empty(enrolment, training, module):
    finish_all(enrolment, module)

    copy = module.copy(update_attrs={"title": "Luisteren 2", "slug": "luisteren-2"}, to=training)
    finish(enrolment, copy, "aankomen")

    assert copy.key != module.key
    assert copy.step_keys == module.step_keys
    assert states_of(enrolment, copy) == {step_key("aankomen"): "done"}
    assert counted(enrolment, copy) == (1, 5, False)
    assert counted(enrolment, module) == (5, 5, True)


@pytest.mark.parametrize("people", [1, 3])
def test_a_recount_asks_as_much_for_one_person_as_for_many(training, module, people, django_assert_num_queries):
    for number in range(people):
        finish(enrol(make_person(f"Iemand {number}"), training), module, "aankomen")

    # Lock, count, complete; the training and its modules; lock and count the enrolments.
    with django_assert_num_queries(7):
        recount_module(module)


# ── What publishing does, said beforehand ──────────────────────────────────────
@pytest.fixture
def class_of_four(training, module):
    """Four people: one waits for the last step, one for the last two, one has just begun, one is done."""
    done_by = {
        "Wacht op een": ("aankomen", "kijken", "verhaal", "oefening"),
        "Wacht op twee": ("aankomen", "kijken", "verhaal"),
        "Net begonnen": ("voornemen",),
        "Klaar": ("aankomen", "kijken", "verhaal", "oefening", "voornemen"),
    }
    for name, steps in done_by.items():
        finish(enrol(make_person(name), training), module, *steps)
    return module


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda steps: steps, PublishEffect(busy=3, become_done=0)),
        (without("voornemen"), PublishEffect(busy=3, become_done=1)),
        (without("voornemen", "oefening"), PublishEffect(busy=3, become_done=2)),
        (without("aankomen", "kijken", "verhaal", "oefening"), PublishEffect(busy=3, become_done=1)),
        (followed_by(raw_step("napraten")), PublishEffect(busy=3, become_done=0)),
        (lambda steps: [*without("voornemen")(steps), raw_step("napraten")], PublishEffect(busy=3, become_done=0)),
        (lambda steps: [], PublishEffect(busy=3, become_done=0)),
    ],
    ids=["nothing", "one removed", "two removed", "four removed", "one added", "one exchanged", "all removed"],
)
def test_publishing_does_what_the_editor_was_told(class_of_four, change, expected):
    completed = ModuleProgress.objects.filter(completed_at__isnull=False)
    before = set(completed.values_list("pk", flat=True))

    told = publish_effect(edited(class_of_four, change))
    republish(class_of_four, change)

    after = set(completed.values_list("pk", flat=True))
    assert told == expected
    assert len(after - before) == told.become_done
    assert before - after == set()


def test_telling_the_effect_writes_nothing(class_of_four):
    before = list(ModuleProgress.objects.order_by("pk").values()), list(StepProgress.objects.order_by("pk").values())

    publish_effect(edited(class_of_four, without("voornemen")))

    assert (
        list(ModuleProgress.objects.order_by("pk").values()),
        list(StepProgress.objects.order_by("pk").values()),
    ) == before


def test_who_stopped_is_not_counted_among_the_busy(class_of_four):
    Enrolment.objects.filter(person__display_name="Wacht op een").update(state=EnrolmentState.LEFT)

    assert publish_effect(edited(class_of_four, without("voornemen"))) == PublishEffect(busy=2, become_done=0)


def test_recount_says_how_many_it_completed(class_of_four):
    ModuleProgress.objects.update(completed_at=None)

    assert recount_module(class_of_four, at=MONDAY) == 1
    assert recount_module(class_of_four, at=TUESDAY) == 0
    assert ModuleProgress.objects.get(completed_at__isnull=False).completed_at == MONDAY
