"""Trainings and modules. Steps have names: `step_key("verhaal")` is the id of what `raw_step("verhaal")` makes."""

from django.utils.text import slugify

from tests.factories.pages import add_page, block_id
from training.models import ModulePage, TrainingPage


def add_training(index, title="Jouw leven is mijn werk", **fields):
    return add_page(
        index, TrainingPage(title=title, **({"slug": slugify(title), "intro": "<p>Samen leren.</p>"} | fields))
    )


def step_key(name):
    return block_id(f"step {name}")


def raw_step(name, **value):
    """A step as the database holds it; its slug is left to the module to fill."""
    return {
        "type": "step",
        "id": step_key(name),
        "value": {"kind": "read", "title": name.capitalize(), "minutes": 5} | value,
    }


def five_steps(*, story=None, reserve=None, exercise=None, recording=None):
    return [
        raw_step("aankomen", kind="arrive"),
        raw_step("kijken", kind="watch", recording=recording and recording.pk),
        raw_step("verhaal", kind="story", story=story and story.pk, reserve_story=reserve and reserve.pk),
        raw_step("oefening", kind="exercise", exercise=exercise and exercise.pk),
        raw_step("voornemen", kind="intention"),
    ]


def add_module(training, title="Luisteren", steps=None, **fields):
    """Add a live module and return it as the site reads it, its steps with their slugs."""
    steps = five_steps() if steps is None else steps
    page = add_page(training, ModulePage(title=title, **({"slug": slugify(title), "steps": steps} | fields)))
    return ModulePage.objects.get(pk=page.pk)


def edited(module, change):
    """Return the newest draft of `module` with its list of raw steps put through `change`; nothing is stored."""
    draft = ModulePage.objects.get(pk=module.pk).get_latest_revision_as_object()
    draft.steps = change(draft.steps.get_prep_value())
    return draft


def republish(module, change=lambda steps: steps):
    """Edit and publish as the editor does: a new revision, published. Returns the module read anew."""
    edited(module, change).save_revision().publish()
    return ModulePage.objects.get(pk=module.pk)


def without(*names):
    return lambda steps: [step for step in steps if step["id"] not in {step_key(name) for name in names}]


def followed_by(*new):
    return lambda steps: [*steps, *new]


def step_address(module, name="oefening"):
    return next(step.address(module) for step in module.step_list if step.key == step_key(name))
