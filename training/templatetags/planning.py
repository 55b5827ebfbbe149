"""How planning is said in templates."""

from django import template

from common.dates import span_words
from training.planning_choices import MeetingFormat

register = template.Library()


@register.simple_tag
def meeting_time(meeting):
    """Return when a meeting is, in words, on the clock of the Netherlands."""
    return span_words(meeting.starts_at, meeting.ends_at, online=meeting.format != MeetingFormat.ON_SITE)
