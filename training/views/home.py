"""Where a person lands: what is there for them now."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.choices import Role
from home.domain.problems import number_of_new
from stories.domain.room import stories_read_along
from stories.models import StoryPage
from training.domain.intentions import latest_intention
from training.domain.my_meetings import meetings_to_fill_in, meetings_to_lead, next_meeting_of
from training.domain.overview import going_on, module_standings, newest_enrolment
from training.domain.personal_cards import groups_to_write_in
from training.models import TrainingPage
from training.policies import groups_in_team_of, is_editor, trainings_of
from training.reports import groups_of


@require_safe
@login_required
def home(request):
    """Show "Mijn training" to who takes part, and to everybody else what is theirs to do."""
    enrolment = newest_enrolment.first(person=request.user.pk)
    if enrolment:
        # No query more for who has no task here: hardly any of them is asked to read a story along.
        along = stories_read_along(request.user) if request.user.roles else []
        return render(request, "training/home.html", my_training(enrolment) | {"along": along})
    return render(request, "training/start.html", start_of(request.user))


def my_training(enrolment):
    modules = module_standings(enrolment, enrolment.training.modules)
    return {
        "enrolment": enrolment,
        "training": enrolment.training,
        "modules": modules,
        "done": sum(1 for standing in modules if standing.state == "done"),
        "minutes": typical_minutes(modules),
        **going_on(enrolment, modules),
        "intention": latest_intention(enrolment),
        "meeting": next_meeting_of(enrolment.person),
    }


def typical_minutes(modules):
    """Return how long a module takes, to the nearest ten minutes; 0 when there are none."""
    return int(round(sum(standing.module.minutes for standing in modules) / len(modules), -1)) if modules else 0


def start_of(user):
    """Return what somebody without a training of their own finds: their groups and the stories, by what
    they do here.
    """
    return {
        "groups": groups_of(user),
        "meetings": meetings_to_lead(user),
        "to_fill_in": meetings_to_fill_in(user),
        # On a coordinator's desk it stands among what waits for her.
        "to_write_in": [] if Role.COORDINATOR in user.roles else groups_to_write_in(groups_in_team_of(user), user),
        "along": stories_read_along(user),
        "inbox": number_of_new(user),
        "stories": StoryPage.objects.listed()[:3],
        "is_editor": is_editor(user),
        "plans": Role.COORDINATOR in user.roles,
        "co_trains": Role.CO_TRAINER in user.roles,
        "may_open_cms": user.may_open_cms,
        "trainings": TrainingPage.with_modules(trainings_of(user)),
    }
