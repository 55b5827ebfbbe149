"""How planning is said in templates."""

import re
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html

from common.dates import span_words
from training.domain.accreditations import figure as plain
from training.planning_choices import MeetingFormat

register = template.Library()

HOURS = re.compile(r"\d\d?[.:]\d\d–\d\d?[.:]\d\d(?: uur)?")


@register.simple_tag
def meeting_time(meeting):
    """Return when a meeting is, in words, on the clock of the Netherlands."""
    return span_words(meeting.starts_at, meeting.ends_at, online=meeting.format != MeetingFormat.ON_SITE)


@register.simple_tag
def meeting_moment(meeting):
    """Return what meeting_time says as HTML whose hours stay on one line: a dash is no place to break them."""
    words = meeting_time(meeting)
    hours = HOURS.search(words)
    if not hours:
        return words
    day, rest = words[: hours.start()], words[hours.end() :]
    return format_html('{}<span class="nowrap">{}</span>{}', day, hours[0], rest)


@register.filter
def in_parts(words):
    """Return the words with a soft hyphen before `vakantie`: a day of the weekend is narrower than a holiday's name."""
    return words.replace("vakantie", "\N{SOFT HYPHEN}vakantie")


@register.filter
def figure(number):
    """Return hours or points as people write them here, without zeros at the end: `5,5`, and `10` for ten."""
    return number_format(plain(Decimal(number)))
