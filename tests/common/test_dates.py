"""Dutch wall-clock time: what comes once, how long it takes over a jump of the clock, and how people say it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from common.dates import (
    AMSTERDAM,
    comes_once,
    days_of,
    hours_words,
    minutes_between,
    moment_of,
    net_hours,
    net_minutes,
    span_words,
)


def wall(text):
    """Return the moment at which the Dutch clock shows `2026-10-22 09:30`."""
    return moment_of(datetime.fromisoformat(text))


# ── The clock ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("2026-10-22 09:30", datetime(2026, 10, 22, 7, 30, tzinfo=UTC)),
        ("2026-10-29 09:30", datetime(2026, 10, 29, 8, 30, tzinfo=UTC)),
        ("2027-03-25 09:30", datetime(2027, 3, 25, 8, 30, tzinfo=UTC)),
        ("2027-04-01 09:30", datetime(2027, 4, 1, 7, 30, tzinfo=UTC)),
        ("2027-03-28 01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28 03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2026-10-25 03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_what_the_clock_shows_once_is_a_moment(shown, moment):
    assert wall(shown) == moment


@pytest.mark.parametrize("shown", ["2027-03-28 02:00", "2027-03-28 02:30", "2026-10-25 02:00", "2026-10-25 02:59"])
def test_what_it_never_shows_or_twice_is_none(shown):
    assert comes_once(datetime.fromisoformat(shown)) is False
    with pytest.raises(ValueError, match="exactly once"):
        wall(shown)


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2026-10-22 09:30", "2026-10-22 12:30", [date(2026, 10, 22)]),
        ("2026-10-22 20:00", "2026-10-23 00:00", [date(2026, 10, 22)]),
        ("2026-10-22 22:00", "2026-10-23 02:00", [date(2026, 10, 22), date(2026, 10, 23)]),
        ("2026-12-31 00:30", "2026-12-31 01:30", [date(2026, 12, 31)]),  # still the 30th in UTC
        ("2026-10-22 22:00", "2026-10-24 02:00", [date(2026, 10, 22), date(2026, 10, 23), date(2026, 10, 24)]),
    ],
)
def test_it_is_there_on_every_day_that_it_touches(starts, ends, days):
    assert days_of(wall(starts), wall(ends)) == days


# ── How long ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        ("2026-10-22 09:30", "2026-10-22 12:30", 180),
        ("2027-03-27 22:00", "2027-03-28 04:00", 5 * 60),  # the night that loses an hour
        ("2026-10-24 22:00", "2026-10-25 04:00", 7 * 60),  # and the one that has one more
    ],
)
def test_what_really_passes_is_counted(starts, ends, minutes):
    assert minutes_between(wall(starts), wall(ends)) == minutes
    assert minutes_between(wall(starts).astimezone(AMSTERDAM), wall(ends).astimezone(AMSTERDAM)) == minutes


@pytest.mark.parametrize(("pause", "net"), [(0, 180), (15, 165), (180, 0), (181, 0)])
def test_a_break_is_no_training(pause, net):
    assert net_minutes(wall("2026-10-22 09:30"), wall("2026-10-22 12:30"), pause) == net


@pytest.mark.parametrize(("minutes", "hours"), [(165, "2.75"), (660, "11.00"), (100, "1.67"), (0, "0.00")])
def test_hours_for_a_register(minutes, hours):
    assert net_hours(minutes) == Decimal(hours)


@pytest.mark.parametrize(
    ("minutes", "dutch", "english"),
    [
        (165, "2 uur en 45 minuten", "2 hours and 45 minutes"),
        (61, "1 uur en 1 minuut", "1 hour and 1 minute"),
        (660, "11 uur", "11 hours"),
        (45, "45 minuten", "45 minutes"),
        (0, "0 minuten", "0 minutes"),
    ],
)
def test_hours_as_people_say_them(minutes, dutch, english):
    for language, words in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert hours_words(minutes) == words


# ── In words ───────────────────────────────────────────────────────────────────
SPANS = [
    (
        ("2026-10-22 09:30", "2026-10-22 12:30"),
        "donderdag 22 oktober 2026, 09.30–12.30 uur",
        "Thursday 22 October 2026, 09:30–12:30",
    ),
    (
        ("2026-10-22 20:00", "2026-10-23 00:00"),
        "donderdag 22 oktober 2026, 20.00–00.00 uur",
        "Thursday 22 October 2026, 20:00–00:00",
    ),
    (
        ("2026-10-22 22:00", "2026-10-23 02:00"),
        "donderdag 22 oktober 2026, 22.00 uur tot vrijdag 23 oktober 2026, 02.00 uur",
        "Thursday 22 October 2026, 22:00 to Friday 23 October 2026, 02:00",
    ),
    (
        ("2027-04-01 09:30", "2027-04-01 12:30"),  # after the clock went on
        "donderdag 1 april 2027, 09.30–12.30 uur",
        "Thursday 1 April 2027, 09:30–12:30",
    ),
]


@pytest.mark.parametrize(("span", "dutch", "english"), SPANS)
def test_when_it_is_as_people_say_it(span, dutch, english):
    starts_at, ends_at = map(wall, span)
    with translation.override("nl"):
        assert span_words(starts_at, ends_at) == dutch
        assert span_words(starts_at, ends_at, online=True) == f"{dutch} (Nederlandse tijd)"
    with translation.override("en"):
        assert span_words(starts_at, ends_at) == english
        assert span_words(starts_at, ends_at, online=True) == f"{english} (Dutch time)"


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Tokyo"])
def test_a_reader_elsewhere_sees_dutch_time(zone):
    starts_at, ends_at = map(wall, SPANS[0][0])
    with timezone.override(ZoneInfo(zone)), translation.override("en"):
        assert span_words(starts_at.astimezone(ZoneInfo(zone)), ends_at) == SPANS[0][2]


def test_templates_say_it_too():
    page = Template("{% load dates %}{% span starts_at ends_at online=online %} | {{ minutes|hours }}")
    context = {"starts_at": wall(SPANS[0][0][0]), "ends_at": wall(SPANS[0][0][1]), "online": True, "minutes": 165}

    with translation.override("en"):
        assert page.render(Context(context)) == f"{SPANS[0][2]} (Dutch time) | 2 hours and 45 minutes"
