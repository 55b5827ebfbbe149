"""Fields for days and times as people type them here, `22-10-2026 09:30`, `22/10/2026 9.30`, or as browsers send them.

Whatever zone a reader is in, what they type is Dutch time.
"""

import re
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.dates import AMSTERDAM, on_the_wall

DAYS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]
CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S"]
FIRST_YEAR, LAST_YEAR = 2000, 2099
HAS_A_CLOCK = re.compile(r"\d[.:]\d")
LONGEST = 40  # signs; `strptime` is slow on more


def with_colon(text):
    """Return a time that was typed as people say it, `9u30` or `9.30 uur`, as `9:30`; other text as it is."""
    if len(text) > LONGEST:
        return text
    return re.sub(r"(?<=\d)\s?[uU]\s?(?=\d\d\b)", ":", re.sub(r"(?<=\d)\s?uur$", "", text, flags=re.IGNORECASE))


def refuse_odd_year(value):
    """Refuse a year that is a slip of the finger, such as 0202; a database may not even hold it."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}, code="year"
        )


def end_after_beginning(starts_at, ends_at):
    """Raise ValidationError, for the field of the end, unless both are there and the end is later."""
    if starts_at and ends_at and ends_at <= starts_at:
        raise ValidationError(_("The end must come after the beginning."), code="order")


class _TypedMixin:
    """Reads what was typed only when it is as long as a date may be, and shows again what could not be read."""

    default_validators = [refuse_odd_year]

    def to_python(self, value):
        if isinstance(value, str):
            value = with_colon(value.strip())
            if value and not self.may_be(value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def may_be(self, text):
        return len(text) <= LONGEST


class MomentField(_TypedMixin, forms.DateTimeField):
    """A day and a time of the Dutch clock; its value is aware. 02:30 on the night that the clock jumps is refused, for
    it does not come, or comes twice.
    """

    input_formats = [f"{day} {clock}" for day in DAYS for clock in CLOCKS]
    widget = forms.DateTimeInput(format="%d-%m-%Y %H:%M", attrs={"autocomplete": "off"})

    def may_be(self, text):
        return super().may_be(text) and HAS_A_CLOCK.search(text)  # Django reads a day alone as its midnight

    def to_python(self, value):
        with timezone.override(AMSTERDAM):
            moment = super().to_python(value)
        return moment and moment.replace(second=0, microsecond=0)

    def prepare_value(self, value):
        return on_the_wall(value) if getattr(value, "tzinfo", None) else super().prepare_value(value)


class DayField(_TypedMixin, forms.DateField):
    input_formats = DAYS
    widget = forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off"})


class ClockField(_TypedMixin, forms.TimeField):
    input_formats = CLOCKS
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})
    default_validators = []

    def to_python(self, value):
        clock = super().to_python(value)
        return time(clock.hour, clock.minute) if clock else clock
