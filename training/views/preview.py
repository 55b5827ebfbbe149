"""The editor's preview of a draft: the module or any of its steps, with nothing kept."""

from django.shortcuts import render

from training.forms.step import StepForm
from training.views.gate import Entry
from training.views.module import show_module
from training.views.step import show_step


def preview_module(request, module, mode_name):
    """Return the page of `module` as it stands in the editor; `mode_name` is a step's slug, or empty for the module
    itself.
    """
    entry = Entry(module, None)
    here = module.step_at(mode_name)
    return show_step(request, entry, here, preview=True) if here else show_module(request, entry, preview=True)


def preview_exercise(request, exercise):
    """Return the page of `exercise` as it stands in the editor."""
    form = StepForm(exercise, {}, work=request.user.work)
    return render(
        request, "training/exercise.html", {"page": exercise, "exercise": exercise, "places": [], "form": form}
    )
