from tests.factories.modules import step_key
from training.domain.progress import finish_step
from training.models import Enrolment, GroupPlace, ModuleProgress, StepProgress


def enrol(person, training, *, group=None, **fields):
    """Let `person` take part in `training`, with a seat in `group` if there is one; returns the Enrolment."""
    enrolment = Enrolment.objects.create(person=person, training=training, **fields)
    if group:
        GroupPlace.objects.create(group=group, enrolment=enrolment)
    return enrolment


def finish(enrolment, module, *names, **options):
    """Finish the steps with these names, in this order."""
    for name in names:
        finish_step(enrolment, module, step_key(name), **options)


def finish_all(enrolment, module, **options):
    for key in module.step_keys:
        finish_step(enrolment, module, key, **options)


def summary_of(enrolment, module):
    return ModuleProgress.objects.get(enrolment=enrolment, module_key=module.key)


def counted(enrolment, module):
    """What the summary says: (steps done, steps in the module, completed or not)."""
    summary = summary_of(enrolment, module)
    return summary.steps_done, summary.steps_total, summary.completed_at is not None


def step_of(enrolment, module, name):
    return StepProgress.objects.get(enrolment=enrolment, module_key=module.key, step_key=step_key(name))


def states_of(enrolment, module):
    """`{step key: state}` as the database holds it."""
    rows = StepProgress.objects.filter(enrolment=enrolment, module_key=module.key)
    return dict(rows.values_list("step_key", "state"))
