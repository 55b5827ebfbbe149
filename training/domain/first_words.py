"""The first words of somebody's start, and the one thing to do there: what waits for them before what they lead."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import AMSTERDAM, on_the_wall
from stories.domain.card_room import cards_waiting, headline
from stories.models import Storyteller
from training.domain.desk import heading
from training.models import Meeting
from training.policies import TrainingGroupPolicy

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class FirstWords:
    """What somebody reads first, and the address of what to do with its words on a button."""

    words: str
    action: str
    address: str


def first_words_for(user, *, tells, led, at=None):
    """Return the FirstWords of who writes, plans or leads, or None: cards to read, then the planning, then the next
    meeting among those `led`. One query where they tell a story, and one where they plan.
    """
    at = at or timezone.now()
    return (_cards(user) if tells else None) or _planning(user, at) or _meeting(led, at)


def _cards(user):
    waiting = cards_waiting(Storyteller.objects.filter(account=user))
    if not waiting.number:
        return None
    words = ngettext("Read the card", "Read the %(number)s cards", waiting.number) % {"number": waiting.number}
    return FirstWords(headline(waiting), words, reverse("post"))


def _planning(user, at):
    policy = TrainingGroupPolicy()
    if not policy.may_plan(user):
        return None
    day = on_the_wall(at).date()
    monday = datetime.combine(day - timedelta(days=day.weekday()), time.min, AMSTERDAM)
    groups = policy.led_by(user).order_by().values("pk")
    week = Meeting.objects.filter(group__in=groups, starts_at__lt=monday + WEEK, ends_at__gt=monday).standing()
    return FirstWords(heading(week.with_team()), _("Open the planning"), reverse("training:desk"))


def _meeting(led, at):
    meeting = next((one for one in led if one.is_announced), None)
    if meeting is None:
        return None
    words = _when(on_the_wall(meeting.starts_at).date(), on_the_wall(at).date()).format(group=meeting.group.name)
    return FirstWords(words, _("See the plan of the meeting"), reverse("training:led_meeting", args=[meeting.uuid]))


def _when(day, today):
    """Return the sentence about a group that is seen on `day`, with its name still open."""
    if day <= today:
        return _("Today you see the group {group}")
    if day == today + timedelta(days=1):
        return _("Tomorrow you see the group {group}")
    name = capfirst(date_format(day, "l")) if day < today + WEEK else date_format(day, "MONTH_DAY_FORMAT")
    words = _("{day} you see the group {group}") if day < today + WEEK else _("On {day} you see the group {group}")
    return words.replace("{day}", name)
