"""A module: its page, its end, and its questions on paper."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.domain.materials import exercises_in
from training.domain.overview import module_standings, neighbours_of, resume_step, stories_of
from training.domain.progress import training_of
from training.forms.step import StepForm
from training.views.gate import enter_module


@require_safe
@login_required
def module(request, training_slug, module_slug):
    """Show a module with its steps as this person stands in them."""
    return show_module(request, enter_module(request, training_slug, module_slug))


def show_module(request, entry, *, preview=False):
    standings = entry.standings
    modules = module_standings(entry.enrolment, training_of(entry.module).modules)
    context = {
        "page": entry.module,
        "module": entry.module,
        "modules": modules,
        "standings": standings,
        "finished": sum(1 for standing in standings if standing.is_finished),
        "resume": resume_step(standings) if entry.enrolment else None,
        "is_begun": bool(entry.states),
        "stories": stories_of(entry.module),
        "looks_along": entry.enrolment is None,
        "preview": preview,
    }
    return render(request, "training/module.html", context | neighbours_of(entry.module, modules))


@require_safe
@login_required
def module_end(request, training_slug, module_slug):
    """Show the end of a module: the thread that ran through it, and what may come next."""
    entry = enter_module(request, training_slug, module_slug)
    modules = module_standings(entry.enrolment, training_of(entry.module).modules)
    context = {
        "page": entry.module,
        "module": entry.module,
        "modules": modules,
        "open_steps": [standing for standing in entry.standings if entry.enrolment and not standing.is_finished],
        "next_module": next(
            (standing for standing in modules if standing.state != "done" and standing.module != entry.module), None
        ),
        "done": sum(1 for standing in modules if standing.state == "done"),
        "looks_along": entry.enrolment is None,
    }
    return render(request, "training/module_end.html", context | neighbours_of(entry.module, modules))


@require_safe
@login_required
def module_on_paper(request, training_slug, module_slug):
    """Show the questions of a module with lines to write on, for who rather uses paper."""
    entry = enter_module(request, training_slug, module_slug)
    exercises = exercises_in(entry.module)
    sheets = [
        (step, StepForm(exercises[step.exercise_id], {}, work=request.user.work))
        for step in entry.module.step_list
        if step.exercise_id in exercises
    ]
    return render(
        request, "training/module_on_paper.html", {"page": entry.module, "module": entry.module, "sheets": sheets}
    )
