"""How planning is said in templates."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from common.dates import span_words
from training.domain.accreditations import figure as plain
from training.planning_choices import MeetingFormat

register = template.Library()


@register.simple_tag
def meeting_time(meeting):
    """Return when a meeting is, in words, on the clock of the Netherlands."""
    return span_words(meeting.starts_at, meeting.ends_at, online=meeting.format != MeetingFormat.ON_SITE)


@register.filter
def figure(number):
    """Return hours or points as people write them here, without zeros at the end: `5,5`, and `10` for ten."""
    return number_format(plain(Decimal(number)))
