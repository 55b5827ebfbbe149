"""The gate before a module: every view of a module or a step goes through it first."""

from dataclasses import dataclass, field

from django.http import Http404

from training.domain.overview import enrolment_with_steps, step_standings
from training.models import Enrolment, ModulePage
from training.policies import belongs_to_team, is_editor, readable_module


@dataclass
class Entry:
    """Who came in where: the module, this person's enrolment (None for who looks along) and the states of the steps."""

    module: ModulePage
    enrolment: Enrolment | None
    states: dict = field(default_factory=dict)

    @property
    def standings(self):
        return step_standings(self.module, self.states)


def enter_module(request, training_slug, module_slug):
    """Return the Entry of a signed-in person to a published module; raises Http404 for a stranger as for a missing
    page.
    """
    module = readable_module(request, training_slug, module_slug)
    if module is None:
        raise Http404
    enrolment, states = enrolment_with_steps(request.user, module)
    if enrolment is None and not (is_editor(request.user) or belongs_to_team(request.user, module)):
        raise Http404
    return Entry(module, enrolment, states)
