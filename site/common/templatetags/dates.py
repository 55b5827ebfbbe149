"""`{% load dates %}{% span meeting.starts_at meeting.ends_at online=meeting.is_online %}`"""

from django import template

from common.dates import hours_words, span_words

register = template.Library()

register.simple_tag(span_words, name="span")
register.filter("hours", hours_words)
