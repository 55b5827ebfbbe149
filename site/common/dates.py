"""Wall-clock time in the Netherlands: what the clock says there, how long something takes, and how people say it.

A meeting is at the time on the wall, wherever its reader is and whatever summer time does, so everything here reckons
in Europe/Amsterdam and never in the reader's own zone.
"""

from datetime import UTC, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


# ── The clock ──────────────────────────────────────────────────────────────────
def on_the_wall(moment):
    """Return the aware `moment` by the clock of Amsterdam."""
    return moment.astimezone(AMSTERDAM)


def comes_once(wall):
    """Return whether the clock shows the naive `wall` once: in the spring an hour is left out, in the autumn one comes
    twice.
    """
    here = wall.replace(tzinfo=AMSTERDAM)
    return here.replace(fold=0).utcoffset() == here.replace(fold=1).utcoffset()


def moment_of(wall):
    """Return the moment, in UTC, at which the clock shows the naive `wall`. Raises ValueError when that is never, or
    twice.
    """
    if not comes_once(wall):
        raise ValueError(f"{wall} does not come exactly once in {AMSTERDAM}.")
    return wall.replace(tzinfo=AMSTERDAM).astimezone(UTC)


def days_of(starts_at, ends_at):
    """Return the dates on which something is going on, in order; what ends at midnight is not there on the next day."""
    first = on_the_wall(starts_at).date()
    last = on_the_wall(ends_at - timedelta(microseconds=1)).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


# ── How long ───────────────────────────────────────────────────────────────────
def minutes_between(starts_at, ends_at):
    """Return the whole minutes that really pass: two times of one zone are subtracted as if the clock never jumps."""
    return int((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds() // 60)


def net_minutes(starts_at, ends_at, break_minutes=0):
    """Return the minutes without the break, 0 or more."""
    return max(0, minutes_between(starts_at, ends_at) - break_minutes)


def net_hours(minutes):
    """Return minutes as a Decimal of hours with at most two places: 165 is 2.75; one is one point at Registerplein."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def hours_words(minutes):
    """Return minutes as people say them: `2 uur en 45 minuten`, `3 uur`, `45 minuten`."""
    hours, rest = divmod(minutes, 60)
    hours_part = ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    rest_part = ngettext("%(minutes)s minute", "%(minutes)s minutes", rest) % {"minutes": rest}
    if hours and rest:
        return _("%(hours)s and %(minutes)s") % {"hours": hours_part, "minutes": rest_part}
    return hours_part if hours else rest_part


# ── In words ───────────────────────────────────────────────────────────────────
def span_words(starts_at, ends_at, *, online=False):
    """Return when something is: `donderdag 22 oktober 2026, 09.30–12.30 uur`; over midnight with both days.

    `online` adds that this is Dutch time: somebody may take part from elsewhere.
    """
    days = days_of(starts_at, ends_at)
    words = {
        "day": formats.date_format(days[0], "l j F Y"),
        "last_day": formats.date_format(days[-1], "l j F Y"),
        "start": formats.date_format(on_the_wall(starts_at), "CLOCK_FORMAT"),
        "end": formats.date_format(on_the_wall(ends_at), "CLOCK_FORMAT"),
    }
    if len(days) > 1:
        span = _("%(day)s, %(start)s to %(last_day)s, %(end)s") % words
    else:
        span = _("%(day)s, %(start)s–%(end)s") % words
    return _("%(when)s (Dutch time)") % {"when": span} if online else span
