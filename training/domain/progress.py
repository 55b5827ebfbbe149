"""How progress moves (docs/decisions/progress.md). Every act locks the summary, writes the step, then recounts: never
adds up.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.prepared import Prepared, PreparedInsert, PreparedUpdate
from training.choices import FINISHED_STATES, StepState
from training.models import Enrolment, ModulePage, ModuleProgress, StepProgress, TrainingPage


def begin_step(enrolment, module, step_key, *, at=None):
    """Note that a person is busy with a step, if nothing was known of it yet; returns the StepProgress.

    Written by the first autosave, answer or choice. A step that is done or skipped stays so.
    """
    return settle_step(enrolment, module, step_key, lambda: StepState.BEGUN, at=at)


def finish_step(enrolment, module, step_key, *, skipped=False, at=None):
    """Mark a step done, or skipped, which counts the same; returns the StepProgress.

    Doing it again changes nothing but the kind of mark: `done_at` keeps its first value, and done never falls back.
    """
    state = StepState.SKIPPED if skipped else StepState.DONE
    return settle_step(enrolment, module, step_key, lambda: state, at=at)


def reopen_step(enrolment, module, step_key):
    """Take a mark back: the step is busy again. A module or training that was completed stays completed."""
    with transaction.atomic(savepoint=False):
        summary = _summary(enrolment, module)  # who did nothing has none, and gets none here
        rows = _rows(enrolment, module) if summary else {}
        row = rows.get(step_key)
        if row and row.is_finished:
            row.state, row.done_at = StepState.BEGUN, None
            _write(row)
            _recount(summary, module, rows, step_key, timezone.now())


def settle_step(enrolment, module, step_key, decide, *, at=None):
    """Lock the person's progress in `module`, let `decide()` do its work there, and write the StepState it returns.

    For what has to happen together with the step, such as keeping what was typed. Returns the StepProgress.
    """
    at = at or timezone.now()
    with transaction.atomic(savepoint=False):
        summary = _locked_summary(enrolment, module, at)
        state = decide()
        rows = _rows(enrolment, module)
        row = rows.get(step_key)
        if row is None:
            row = StepProgress(enrolment=enrolment, module_key=module.key, step_key=step_key, opened_at=at)
        changed = _move(row, state, at)
        if changed:
            _write(row)
            rows[step_key] = row
        if changed or _is_stale(summary, module):
            _recount(summary, module, rows, step_key, at)
    return row


def _move(row, state, at):
    """Move `row` to `state` if that is forward; True when anything changed. Done and skipped may turn into each
    other.
    """
    if row.state == state or (row.state in FINISHED_STATES and state == StepState.BEGUN):
        return False
    row.state = state
    if state in FINISHED_STATES:
        row.done_at = row.done_at or at
    return True


def _write(row):
    """Store a StepProgress, new or changed."""
    if row.pk:
        change_step(number=row.pk, state=row.state, done_at=row.done_at)
    else:
        row.pk = add_step(
            enrolment=row.enrolment_id,
            module_key=row.module_key,
            step_key=row.step_key,
            state=row.state,
            opened_at=row.opened_at,
            done_at=row.done_at,
        )


@PreparedInsert
def add_step(enrolment, module_key, step_key, state, opened_at, done_at):
    return StepProgress(
        enrolment_id=enrolment,
        module_key=module_key,
        step_key=step_key,
        state=state,
        opened_at=opened_at,
        done_at=done_at,
    )


@PreparedUpdate
def change_step(number, state, done_at):
    return StepProgress.objects.filter(id=number), {"state": state, "done_at": done_at}


def _locked_summary(enrolment, module, at):
    """Return the module's summary row of this enrolment, locked until the end of the transaction (IMMEDIATE on
    SQLite).
    """
    summary = _summary(enrolment, module)
    if summary is None:
        fresh = ModuleProgress(
            enrolment=enrolment, module_key=module.key, started_at=at, touched_at=at, steps_total=len(module.step_keys)
        )
        ModuleProgress.objects.bulk_create([fresh], ignore_conflicts=True)
        note_start(number=enrolment.pk, at=at)
        summary = _summary(enrolment, module)
    return summary


@PreparedUpdate
def note_start(number, at):
    return Enrolment.objects.filter(id=number, started_at__isnull=True), {"started_at": at}


def _summary(enrolment, module):
    """Return the ModuleProgress, locked, or None."""
    return summary_to_lock.first(enrolment=enrolment.pk, module_key=module.key)


@Prepared
def summary_to_lock(enrolment, module_key):
    return ModuleProgress.objects.select_for_update().filter(enrolment=enrolment, module_key=module_key)


def _rows(enrolment, module):
    """Return `{step key: StepProgress}`; each row also says which revision of the module is online now."""
    rows = step_rows(enrolment=enrolment.pk, module_key=module.key, module=module.pk)
    return {row.step_key: row for row in rows}


@Prepared
def step_rows(enrolment, module_key, module):
    rows = StepProgress.objects.filter(enrolment=enrolment, module_key=module_key)
    return rows.annotate(published=Subquery(ModulePage.objects.filter(id=module).values("live_revision")[:1]))


def _as_published(module, rows):
    """Return `module` as it is online now: somebody may have published it after this request read it."""
    known = next((row.published for row in rows.values() if hasattr(row, "published")), None)
    if known == module.live_revision_id:
        return module
    return module_now.first(number=module.pk) or module


@Prepared
def module_now(number):
    return ModulePage.objects.filter(id=number)


def _is_stale(summary, module):
    return summary.steps_total != len(module.step_keys)


def _recount(summary, module, rows, last_step, at):
    """Set the summary from the step rows as they stand, for the steps the module now has."""
    keys = _as_published(module, rows).step_keys
    summary.steps_done = sum(1 for key in keys if key in rows and rows[key].is_finished)
    summary.steps_total = len(keys)
    summary.last_step, summary.touched_at = last_step, at
    completes = summary.completed_at is None and 0 < summary.steps_total == summary.steps_done
    if completes:
        summary.completed_at = at
    change_summary(
        number=summary.pk,
        steps_done=summary.steps_done,
        steps_total=summary.steps_total,
        last_step=last_step,
        touched_at=at,
        completed_at=summary.completed_at,
    )
    if completes:
        complete_enrolment(summary.enrolment_id, module, at=at)


@PreparedUpdate
def change_summary(number, steps_done, steps_total, last_step, touched_at, completed_at):
    return ModuleProgress.objects.filter(id=number), {
        "steps_done": steps_done,
        "steps_total": steps_total,
        "last_step": last_step,
        "touched_at": touched_at,
        "completed_at": completed_at,
    }


def complete_enrolment(number, module, *, at):
    """Set `completed_at` of the active enrolment with this `number` whose last open module was `module`; True if so."""
    # Locked first: of two modules that are completed at once, the later one then sees the earlier one's.
    if open_enrolment.first(number=number) is None:
        return False
    completed = set(completed_modules(enrolment=number))
    if any(other.key not in completed for other in module.beside):
        return False
    Enrolment.objects.filter(pk=number).update(completed_at=at)
    return True


@Prepared
def open_enrolment(number):
    return Enrolment.objects.active().select_for_update().filter(id=number, completed_at__isnull=True)


@Prepared
def completed_modules(enrolment):
    rows = ModuleProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False)
    return rows.values_list("module_key", flat=True)


def complete_enrolments(training, *, at=None):
    """Set `completed_at` on the active enrolments of `training` whose modules are all completed; returns how many.

    A completion is never taken back: not by a new module, nor by a mark that is taken back.
    """
    keys = [module.key for module in training.modules]
    if not keys:
        return 0
    waiting = Enrolment.objects.active().filter(training=training, completed_at__isnull=True)
    with transaction.atomic(savepoint=False):
        # Locked first: of two modules that are completed at once, the later one then sees the earlier one's.
        locked = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
        finished = Enrolment.objects.filter(pk__in=locked).annotate(number=Subquery(_completed_modules(keys)))
        ids = list(finished.filter(number__gte=len(keys)).values_list("pk", flat=True))
        return Enrolment.objects.filter(pk__in=ids).update(completed_at=at or timezone.now())


def _completed_modules(keys):
    """The number of completed modules among `keys`, per enrolment, as a subquery."""
    rows = ModuleProgress.objects.filter(enrolment=OuterRef("pk"), module_key__in=keys, completed_at__isnull=False)
    return rows.order_by().values("enrolment").annotate(number=Count("pk")).values("number")


def recount_module(module, *, at=None):
    """Recount everybody's summary of `module` for the steps it now has, in bulk; returns how many became completed by
    it.

    Called when a module is published. Who completed it stays completed; who waited only for a step that is gone is
    done now.
    """
    at = at or timezone.now()
    keys = module.step_keys
    summaries = ModuleProgress.objects.filter(module_key=module.key)
    with transaction.atomic(savepoint=False):
        # The rows are locked in one order first, so that people who finish a step meanwhile wait instead of being
        # overwritten.
        list(summaries.select_for_update().order_by("pk").values_list("pk", flat=True))
        summaries.update(steps_done=Coalesce(Subquery(_finished_steps(keys)), Value(0)), steps_total=len(keys))
        completed = summaries.filter(completed_at__isnull=True, steps_total__gt=0, steps_done=F("steps_total")).update(
            completed_at=at
        )
        complete_enrolments(training_of(module), at=at)
    return completed


def _finished_steps(keys):
    """The number of finished steps among `keys`, per summary row, as a subquery."""
    rows = StepProgress.objects.filter(
        enrolment=OuterRef("enrolment"), module_key=OuterRef("module_key"), step_key__in=keys, state__in=FINISHED_STATES
    )
    return rows.order_by().values("enrolment").annotate(number=Count("pk")).values("number")


def training_of(module):
    """Return the TrainingPage above `module`, read anew so that its list of modules is today's."""
    return TrainingPage.objects.ancestor_of(module).get()


@dataclass(frozen=True)
class PublishEffect:
    """What publishing a module as it is now edited does to people: `busy` in it, of whom `become_done` by it."""

    busy: int
    become_done: int


def publish_effect(module):
    """Count whom publishing `module` as it stands (a draft) touches; writes nothing."""
    keys = module.step_keys
    busy = ModuleProgress.objects.filter(
        module_key=module.key, completed_at__isnull=True, enrolment__in=Enrolment.objects.active()
    )
    if not keys:
        return PublishEffect(busy.count(), 0)
    done = busy.annotate(would_be=Coalesce(Subquery(_finished_steps(keys)), Value(0))).filter(would_be=len(keys))
    return PublishEffect(busy.count(), done.count())


@dataclass(frozen=True)
class Difference:
    """A summary that is not what its step rows say: (what it says, what a recount says)."""

    summary: ModuleProgress
    said: tuple
    counted: tuple


def check_summaries():
    """Yield a Difference for every summary that a recount contradicts, and for step rows without a summary. Repairs
    nothing.
    """
    modules = {module.key: module.step_keys for module in ModulePage.objects.all()}
    for key, keys in modules.items():
        summaries = ModuleProgress.objects.filter(module_key=key).select_related("enrolment")
        counted = summaries.annotate(counted=Coalesce(Subquery(_finished_steps(keys)), Value(0)))
        wrong = counted.filter(
            ~Q(steps_done=F("counted"))
            | ~Q(steps_total=len(keys))
            | Q(completed_at__isnull=True, counted=len(keys), steps_total__gt=0)
        )
        for summary in wrong.iterator():
            yield Difference(summary, (summary.steps_done, summary.steps_total), (summary.counted, len(keys)))
        known = ModuleProgress.objects.filter(module_key=key).values("enrolment")
        for enrolment in Enrolment.objects.filter(step_progress__module_key=key).exclude(pk__in=known).distinct():
            yield Difference(ModuleProgress(enrolment=enrolment, module_key=key), ("no summary",), ("step rows",))
