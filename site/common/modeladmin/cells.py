"""What leaves the site in a spreadsheet."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from common.text import without_controls

# What a spreadsheet begins to calculate at, also after spaces; the wide ones are what some keyboards give for them.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PLAIN = (bool, int, float, Decimal, date, time, timedelta)


def cell(value):
    """Return `value` as a spreadsheet may have it: numbers and dates as they are (moments on our clock, for XLSX knows
    no zones), everything else as text that starts no formula and holds no character that XLSX refuses.
    """
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    if isinstance(value, PLAIN):
        return value
    text = str(value)
    starts_formula = text.lstrip().startswith(FORMULA_STARTS) or text.startswith(("\t", "\r", "\n"))
    return without_controls(f"'{text}" if starts_formula else text)
