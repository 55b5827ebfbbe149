"""Where a person lands: what is there for them now."""

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, ExpressionWrapper
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Role
from common.text import sentence_list
from home.domain.problems import number_of_new
from stories.domain.room import stories_read_along
from stories.models import StoryPage
from training.domain.first_words import first_words_for
from training.domain.intentions import latest_intention
from training.domain.my_meetings import (
    meetings_behind,
    meetings_to_lead,
    next_meeting_of,
    not_filled_in,
    not_told,
)
from training.domain.news import enrolment_with_news, news_of
from training.domain.overview import going_on, module_standings
from training.domain.personal_cards import card_waits_for
from training.models import TrainingPage
from training.policies import is_editor, trainings_of
from training.reports import groups_of


@require_safe
@login_required
def home(request):
    """Show "Mijn training" to who takes part, and to everybody else what is theirs to do."""
    enrolment, news = enrolment_with_news(request.user)
    if enrolment:
        page = my_training(enrolment) | news_for(request.user, news) | leading(request.user)
        return render(request, "training/home.html", page)
    news = news_of(request.user)
    return render(request, "training/start.html", start_of(request.user, news) | news_for(request.user, news))


def news_for(user, news):
    along = stories_read_along(user) if news.reads_along else []
    return {"news": news, "writers": sentence_list(news.writers, _("and")), "along": along}


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


def leading(user):
    """Return what waits for who takes part and leads meetings as well; nothing is asked for who leads none."""
    if not user.roles & {Role.TRAINER, Role.CO_TRAINER}:
        return {}
    groups = groups_of(user).annotate(card_waits=ExpressionWrapper(card_waits_for(user), BooleanField()))
    behind = meetings_behind(user)
    return {
        "meetings": meetings_to_lead(user),
        "to_fill_in": not_filled_in(behind),
        "to_tell": not_told(behind),
        "to_write_in": [group for group in groups if group.card_waits],
        "co_trains": Role.CO_TRAINER in user.roles,
    }


def typical_minutes(modules):
    """Return how long a module takes, to the nearest ten minutes; 0 when there are none."""
    return int(round(sum(standing.module.minutes for standing in modules) / len(modules), -1)) if modules else 0


def start_of(user, news):
    """Return what somebody without a training of their own finds: what waits for them, their meetings and groups, and
    the stories where they have none.
    """
    led, behind = meetings_to_lead(user), meetings_behind(user)
    groups = list(groups_of(user).annotate(card_waits=ExpressionWrapper(card_waits_for(user), BooleanField())))
    plans = Role.COORDINATOR in user.roles
    return {
        "first": first_words_for(user, tells=news.tells, led=led),
        "groups": groups,
        "meetings": led,
        "to_fill_in": not_filled_in(behind),
        "to_tell": not_told(behind),
        # On a coordinator's desk it stands among what waits for her.
        "to_write_in": [] if plans else [group for group in groups if group.card_waits],
        "inbox": number_of_new(user),
        "stories": [] if groups or plans else StoryPage.objects.listed()[:3],
        "is_editor": is_editor(user),
        "plans": plans,
        "co_trains": Role.CO_TRAINER in user.roles,
        "may_open_cms": user.may_open_cms,
        "trainings": TrainingPage.with_modules(trainings_of(user)),
    }
