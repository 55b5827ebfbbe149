"""An exercise on a page of its own: to read and to print, for who takes part, their team and editors."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.domain.materials import places_of
from training.forms.step import StepForm
from training.policies import followed_modules, readable_exercises


@require_safe
@login_required
def exercises(request):
    """List the exercises that this person may read."""
    readable = readable_exercises(request.user, followed_modules(request.user))
    return render(request, "training/exercises.html", {"exercises": readable.order_by("title")})


@require_safe
@login_required
def exercise(request, slug):
    """Show one exercise with lines to write on, and the steps it belongs to."""
    modules = followed_modules(request.user)
    found = readable_exercises(request.user, modules).filter(slug=slug).first()
    if found is None:
        raise Http404
    context = {
        "page": found,
        "exercise": found,
        "places": places_of(found, modules),
        "form": StepForm(found, {}, work=request.user.work),
    }
    return render(request, "training/exercise.html", context)
