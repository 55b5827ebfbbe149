"""Which of the meetings that were called off people had heard of; of one that was still in concept nobody had."""

from django.db.models import Exists, OuterRef, Q

from training.models import CalendarInvite
from training.planning_choices import MeetingState


def heard_of(meetings):
    """Return the queryset without what was called off before a mail about it went to anybody's calendar."""
    told = CalendarInvite.objects.filter(meeting=OuterRef("pk")).exclude(method="")
    return meetings.filter(~Q(state=MeetingState.CANCELLED) | Exists(told))
