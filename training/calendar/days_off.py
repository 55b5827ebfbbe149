"""Public and school holidays: they warn a coordinator who plans, and forbid nothing."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import holidays
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from training.planning_choices import Region

SCHOOL_HOLIDAYS = Path(__file__).parent / "school_holidays.toml"


@dataclass(frozen=True)
class Note:
    """What there is to say of a day. `is_off`: a group would rather not meet then; others are only good to know."""

    text: str
    is_off: bool = True


def notes_on(day, region=""):
    """Return the Notes on a date, public holidays first; without a `region` nothing is said of schools."""
    return [*_public(day), *(_school(day, region) if region else [])]


# ── Public holidays ────────────────────────────────────────────────────────────
def _public(day):
    language = "nl" if get_language() == "nl" else "en_US"
    named = [Note(_dutch_year(day.year, "public", language).get(day) or "")]
    named += [Note(_dutch_year(day.year, "optional", language).get(day) or "", is_off=False)]  # Bevrijdingsdag
    return [note for note in named if note.text]


@cache
def _dutch_year(year, category, language):
    return dict(holidays.country_holidays("NL", years=year, categories=category, language=language))


# ── School holidays ────────────────────────────────────────────────────────────
def _school(day, region):
    if not knows_schools_on(day, region):
        return [Note(_("We do not know the school holidays of this year yet."), is_off=False)]
    return [Note(_in_words(holiday, region)) for holiday in _schools() if holiday.covers(day, region)]


def knows_schools_on(day, region):
    """Return whether our list says of this date if the schools of `region` are closed."""
    known_until = max(holiday.days[region][1] for holiday in _schools())
    return _read()["known_from"] <= day <= known_until


@dataclass(frozen=True)
class _SchoolHoliday:
    name: str
    days: dict  # {region: (first, last)}

    def covers(self, day, region):
        first, last = self.days[region]
        return first <= day <= last

    @property
    def is_everywhere(self):
        return len(set(self.days.values())) == 1


@cache
def _schools():
    return [_holiday(row) for row in _read()["holiday"]]


def _holiday(row):
    days = {str(region): tuple(row[region]) for region in Region.values}
    if any(first > last or not isinstance(first, date) for first, last in days.values()):
        raise ValueError(f"{SCHOOL_HOLIDAYS.name}: {row} has no first and last day.")
    return _SchoolHoliday(row["name"], days)


@cache
def _read():
    return tomllib.loads(SCHOOL_HOLIDAYS.read_text(encoding="utf-8"))


def _in_words(holiday, region):
    """`kerstvakantie`, and with its region where others have theirs at another time: `voorjaarsvakantie Zuid`."""
    name = {
        "autumn": _("autumn holiday"),
        "christmas": _("Christmas holiday"),
        "spring": _("spring holiday"),
        "may": _("May holiday"),
        "summer": _("summer holiday"),
    }[holiday.name]
    if holiday.is_everywhere:
        return name
    return f"{name} {Region(region).label}"
