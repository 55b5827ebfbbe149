"""Where a person is in a training, as the screens show it."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.prepared import Prepared
from common.text import sentence_list
from stories.models import StoryPage
from training.choices import FINISHED_STATES
from training.models import Enrolment, ModulePage, ModuleProgress, StepProgress


@dataclass(frozen=True)
class StepStanding:
    """A step of a module with its address and this person's state in it ("" when not begun)."""

    step: object
    state: str
    address: str

    @property
    def is_finished(self):
        return self.state in FINISHED_STATES


@dataclass(frozen=True)
class ModuleStanding:
    """A module as this person stands in it. `state` is todo, busy or done; the cloth and the list show the same
    facts.
    """

    number: int
    module: ModulePage
    state: str
    steps_done: int
    steps_total: int
    touched_at: object
    tellers: tuple

    @property
    def title(self):
        return self.module.title

    @property
    def name(self):
        return self.module.name_in_picture

    @property
    def teller_names(self):
        return sentence_list(self.tellers, _("and"))

    @property
    def address(self):
        return self.module.module_address


@Prepared
def enrolment_rows(person, training_path, module_key):
    """A row for each step of the module that the person did something with; one without a step where there is none."""
    mine = FilteredRelation("step_progress", condition=Q(step_progress__module_key=module_key))
    rows = Enrolment.objects.of(person).filter(training__path=training_path).annotate(mine=mine)
    return rows.annotate(step_key=F("mine__step_key"), step_state=F("mine__state"))


def enrolment_with_steps(user, module):
    """Return `(Enrolment or None, {step key: state})` of `user` in the training of `module`; one query for both."""
    rows = enrolment_rows(person=user.pk, training_path=module.path[: -ModulePage.steplen], module_key=module.key)
    if not rows:
        return None, {}
    enrolment = rows[0]
    enrolment.person = user
    return enrolment, {row.step_key: row.step_state for row in rows if row.step_key}


def step_standings(module, states):
    """Return the module's steps as StepStanding, in their order; no query."""
    return [StepStanding(step, states.get(step.key, ""), step.address(module)) for step in module.step_list]


def resume_step(standings):
    """Return the standing to go on with: the first open one after the last finished one, else the first open one,
    else None.
    """
    finished = [index for index, standing in enumerate(standings) if standing.is_finished]
    after = standings[finished[-1] + 1 :] if finished else []
    return next((standing for standing in [*after, *standings] if not standing.is_finished), None)


def module_standings(enrolment, modules):
    """Return the ModuleStanding of each of `modules`, numbered from 1; two queries, however many there are."""
    summaries = {row.module_key: row for row in summaries_of(enrolment=enrolment.pk)} if enrolment else {}
    tellers = tellers_of(modules)
    return [
        _standing(number, module, summaries.get(module.key), tellers) for number, module in enumerate(modules, start=1)
    ]


@Prepared
def summaries_of(enrolment):
    return ModuleProgress.objects.filter(enrolment=enrolment)


def _standing(number, module, summary, tellers):
    total = len(module.step_list)
    names = tuple(dict.fromkeys(tellers[step.story_id] for step in module.step_list if step.story_id in tellers))
    if summary is None:
        return ModuleStanding(number, module, "todo", 0, total, None, names)
    done = summary.completed_at is not None
    steps_done = total if done else summary.steps_done
    return ModuleStanding(number, module, "done" if done else "busy", steps_done, total, summary.touched_at, names)


def tellers_of(modules):
    """Return `{story id: storyteller's name}` for the stories in `modules` that who takes part may read; one query."""
    ids = {step.story_id for module in modules for step in module.step_list if step.story_id}
    return dict(StoryPage.objects.for_members().filter(pk__in=ids).values_list("pk", "storyteller"))


def stories_of(module):
    """Return the stories in the steps of `module` that who takes part may read, reserves included, in the order of the
    steps; one query.
    """
    ids = [story_id for step in module.step_list for story_id in (step.story_id, step.reserve_story_id) if story_id]
    found = StoryPage.objects.for_members().defer("body").in_bulk(ids)
    return [found[story_id] for story_id in dict.fromkeys(ids) if story_id in found]


def neighbours_of(module, standings):
    """Return `number` of `module` among `standings` and the standings `before` and `after` it (None at the ends or
    off the list).
    """
    place = next((index for index, standing in enumerate(standings) if standing.module.key == module.key), None)
    if place is None:
        return {"number": None, "before": None, "after": None}
    return {
        "number": place + 1,
        "before": standings[place - 1] if place else None,
        "after": standings[place + 1] if place + 1 < len(standings) else None,
    }


def going_on(enrolment, modules):
    """Return where to go on: `current` (a ModuleStanding or None) and in it `step` (a StepStanding), `story` or None.

    The busy module that was worked in last; else the first that is not begun; None when all are done. Two queries.
    """
    current = _current(modules)
    if current is None:
        return {"current": None, "step": None, "story": None}
    busy = current.state == "busy"
    states = dict(step_states(enrolment=enrolment.pk, module_key=current.module.key)) if busy else {}
    step = resume_step(step_standings(current.module, states))
    story_id = step.step.story_id if step else None
    story = told_story.first(number=story_id, today=timezone.localdate()) if story_id else None
    return {"current": current, "step": step, "story": story}


@Prepared
def step_states(enrolment, module_key):
    rows = StepProgress.objects.filter(enrolment=enrolment, module_key=module_key)
    return rows.values_list("step_key", "state")


@Prepared
def told_story(number, today):
    return StoryPage.objects.for_members(today).defer("body").filter(id=number)


def _current(modules):
    busy = [standing for standing in modules if standing.state == "busy"]
    if busy:
        return max(busy, key=lambda standing: standing.touched_at)
    return next((standing for standing in modules if standing.state == "todo"), None)
