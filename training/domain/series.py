"""Repeating a meeting: the same time on the wall every so many weeks, as rows to look at before anything is kept.

Nothing is read or written here. A row may be kept as it is, left out, or given another time with `row_at`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from common.dates import comes_once, moment_of, net_minutes
from common.refusals import Refused
from training.calendar.days_off import Note, notes_on

MOST_MEETINGS = 52
MOST_WEEKS_BETWEEN = 26
LATEST_YEAR = 2100
MOST_DAYS_OFF = 30  # rows that are struck; a series that is always on a holiday would never end


@dataclass(frozen=True)
class Row:
    """One meeting of the series. `starts` and `ends` are what the clock shows; `starts_at` and `ends_at` are the
    moments in UTC, None where `problem` is there because the clock never shows it, or twice.
    """

    starts: datetime
    ends: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    net_minutes: int
    problem: str
    notes: tuple[Note, ...]

    @property
    def is_off(self):
        """It is on a holiday: shown struck, and kept only when somebody says so."""
        return any(note.is_off for note in self.notes)


def rows(
    first: date,
    starts: time,
    ends: time,
    break_minutes: int = 0,
    every_weeks: int = 1,
    number: int = 1,
    *,
    region: str = "",
    skip_days_off: bool = True,
    over_midnight: bool = False,
) -> list[Row]:
    """Return the Rows of `number` meetings from `first` on, each at the same time on the wall, in order.

    With `skip_days_off` a row on a holiday is there, but does not count, so that more rows follow (30 at most: then
    there may be fewer than `number`). `over_midnight` lets them end on the day after. Raises Refused when the meeting
    would not be one: ends before it begins, has a longer break, comes never or too often.
    """
    _check_numbers(every_weeks, number)
    found, day, last_struck = [], first, MOST_DAYS_OFF
    while number and last_struck and day.year < LATEST_YEAR:
        row = row_at(*_walls(day, starts, ends, over_midnight), break_minutes, region=region)
        found.append(row)
        if skip_days_off and row.is_off:
            last_struck -= 1
        else:
            number -= 1
        day += timedelta(weeks=every_weeks)
    return found


def row_at(starts: datetime, ends: datetime, break_minutes: int = 0, *, region: str = "") -> Row:
    """Return the Row from one time on the wall to another, both without a zone. Raises Refused as `rows` does."""
    if ends <= starts:
        raise Refused(_("The end must come after the beginning."))
    is_real = comes_once(starts) and comes_once(ends)
    moments = (moment_of(starts), moment_of(ends)) if is_real else (None, None)
    return Row(
        starts,
        ends,
        *moments,
        net_minutes=_net(moments, break_minutes) if is_real else 0,
        problem="" if is_real else _("choose another time"),
        notes=_notes(starts, ends, region),
    )


def total_minutes(kept: list[Row]) -> int:
    """Return the net minutes of these rows together."""
    return sum(row.net_minutes for row in kept)


def _walls(day, starts, ends, over_midnight):
    last_day = day + timedelta(days=1) if over_midnight and ends <= starts else day
    return datetime.combine(day, starts), datetime.combine(last_day, ends)


def _net(moments, break_minutes):
    net = net_minutes(*moments, break_minutes)
    if break_minutes < 0 or net == 0:
        raise Refused(_("The break must be shorter than the meeting."))
    return net


def _notes(starts, ends, region):
    last = (ends - timedelta(microseconds=1)).date()
    days = [starts.date()] if last == starts.date() else [starts.date(), last]
    return tuple(dict.fromkeys(note for day in days for note in notes_on(day, region)))


def _check_numbers(every_weeks, number):
    if not 1 <= number <= MOST_MEETINGS:
        raise Refused(_("A series has 1 to %(most)s meetings.") % {"most": MOST_MEETINGS})
    if not 1 <= every_weeks <= MOST_WEEKS_BETWEEN:
        raise Refused(_("Between two meetings are 1 to %(most)s weeks.") % {"most": MOST_WEEKS_BETWEEN})
