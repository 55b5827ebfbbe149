"""Repeating a meeting on the wall's time: always half past nine, holidays struck, and nights that lose an hour told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from common.refusals import Refused
from tests.words import dutch
from training.calendar.days_off import Note
from training.domain.series import row_at, rows, total_minutes

HALF_PAST_NINE, HALF_PAST_TWELVE = time(9, 30), time(12, 30)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def thursdays(first=date(2027, 2, 4), **options):
    values = {"break_minutes": 15, "number": 4, "region": "zuid"} | options
    return rows(first, HALF_PAST_NINE, HALF_PAST_TWELVE, **values)


def days(found):
    return [row.starts.date() for row in found]


# ── The first week ─────────────────────────────────────────────────────────────
def test_four_thursdays_go_round_the_spring_holiday():
    found = thursdays()

    assert [(row.starts.date(), row.is_off, row.notes) for row in found] == [
        (date(2027, 2, 4), False, ()),
        (date(2027, 2, 11), False, ()),
        (date(2027, 2, 18), True, (Note("spring holiday South"),)),
        (date(2027, 2, 25), False, ()),
        (date(2027, 3, 4), False, ()),
    ]


def test_they_say_it_in_dutch():
    with translation.override("nl"):
        (note,) = thursdays()[2].notes
        (problem,) = (row.problem for row in rows(date(2027, 3, 28), time(2, 30), time(5), skip_days_off=False))

    assert (note.text, problem) == ("voorjaarsvakantie Zuid", "kies een andere tijd")


def test_after_another_beginning_there_is_nothing_to_go_round():
    found = thursdays(date(2027, 3, 11))

    assert [(row.starts_at, row.net_minutes, row.is_off) for row in found] == [
        (datetime(2027, 3, 11, 8, 30, tzinfo=UTC), 165, False),
        (datetime(2027, 3, 18, 8, 30, tzinfo=UTC), 165, False),
        (datetime(2027, 3, 25, 8, 30, tzinfo=UTC), 165, False),
        (datetime(2027, 4, 1, 7, 30, tzinfo=UTC), 165, False),
    ]
    assert total_minutes(found) == 11 * 60


# ── The clock ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("first", "hours"),
    [(date(2027, 3, 14), [8, 8, 7, 7]), (date(2026, 10, 11), [7, 7, 8, 8])],
    ids=["on in spring", "back in autumn"],
)
def test_it_is_half_past_nine_before_and_after_the_jump(first, hours):
    found = rows(first, HALF_PAST_NINE, HALF_PAST_TWELVE, number=4, skip_days_off=False)

    assert [row.starts.time() for row in found] == [HALF_PAST_NINE] * 4
    assert [(row.starts_at.hour, row.starts_at.minute) for row in found] == [(hour, 30) for hour in hours]
    assert [row.net_minutes for row in found] == [180] * 4
    assert {row.starts_at.tzinfo for row in found} == {UTC}


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2027, 3, 28), time(2, 30), time(5)),  # does not exist
        (date(2026, 10, 25), time(2, 30), time(5)),  # comes twice
        (date(2027, 3, 28), time(1), time(2, 30)),
        (date(2026, 10, 25), time(1), time(2, 30)),
    ],
)
def test_a_time_that_does_not_come_once_asks_for_another(day, starts, ends):
    before, row, after = rows(day - timedelta(weeks=1), starts, ends, number=3, skip_days_off=False)

    assert (row.problem, row.starts_at, row.ends_at, row.net_minutes) == ("choose another time", None, None, 0)
    assert row.starts == datetime.combine(day, starts)
    assert (before.problem, after.problem) == ("", "")


@pytest.mark.parametrize(("day", "minutes"), [(date(2027, 3, 27), 300), (date(2026, 10, 24), 420)])
def test_a_meeting_over_the_night_of_the_jump_lasts_as_long_as_it_does(day, minutes):
    (row,) = rows(day, time(22), time(4), over_midnight=True, skip_days_off=False)

    assert (row.ends, row.net_minutes) == (datetime.combine(day + timedelta(days=1), time(4)), minutes)


def test_a_meeting_may_end_after_midnight_if_one_says_so():
    (row,) = rows(date(2027, 2, 4), time(22), time(2), 30, number=1, over_midnight=True)

    assert (row.starts, row.ends) == (datetime(2027, 2, 4, 22), datetime(2027, 2, 5, 2))
    assert (row.starts_at, row.ends_at) == (
        datetime(2027, 2, 4, 21, tzinfo=UTC),
        datetime(2027, 2, 5, 1, tzinfo=UTC),
    )
    assert row.net_minutes == 210


# ── Every so many weeks ────────────────────────────────────────────────────────
def test_every_third_week():
    found = rows(date(2027, 1, 7), HALF_PAST_NINE, HALF_PAST_TWELVE, every_weeks=3, number=3)

    assert days(found) == [date(2027, 1, 7), date(2027, 1, 28), date(2027, 2, 18)]


def test_holidays_may_be_planned_on_as_well():
    found = thursdays(skip_days_off=False)

    assert days(found) == [date(2027, 2, 4), date(2027, 2, 11), date(2027, 2, 18), date(2027, 2, 25)]
    assert [row.is_off for row in found] == [False, False, True, False]


def test_a_series_that_is_always_on_a_holiday_comes_to_an_end():
    found = rows(date(2026, 12, 25), HALF_PAST_NINE, HALF_PAST_TWELVE, every_weeks=26, number=52)

    assert len(found) <= 52 + 30
    assert sum(row.is_off for row in found) <= 30


def test_a_series_stops_at_the_end_of_the_century():
    found = rows(date(2099, 12, 10), HALF_PAST_NINE, HALF_PAST_TWELVE, number=52)

    assert [row.starts.year for row in found] == [2099] * len(found)


def test_another_time_gives_a_row_of_its_own():
    row = row_at(datetime(2027, 3, 19, 10), datetime(2027, 3, 19, 13), 15, region="zuid")

    assert (row.starts_at, row.net_minutes, row.problem, row.notes) == (
        datetime(2027, 3, 19, 9, tzinfo=UTC),
        165,
        "",
        (),
    )


def test_a_meeting_over_midnight_says_what_both_days_are():
    row = row_at(datetime(2027, 4, 26, 22), datetime(2027, 4, 27, 1), region="zuid")
    until_midnight = row_at(datetime(2027, 4, 26, 22), datetime(2027, 4, 27, 0), region="zuid")

    assert row.notes == (Note("May holiday"), Note("King's Day"))
    assert until_midnight.notes == (Note("May holiday"),)


# ── What is no meeting ─────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": time(9, 30)}, "The end must come after the beginning."),
        ({"ends": time(9)}, "The end must come after the beginning."),
        ({"break_minutes": 180}, "The break must be shorter than the meeting."),
        ({"break_minutes": -1}, "The break must be shorter than the meeting."),
        ({"number": 0}, "A series has 1 to 52 meetings."),
        ({"number": 53}, "A series has 1 to 52 meetings."),
        ({"every_weeks": 0}, "Between two meetings are 1 to 26 weeks."),
        ({"every_weeks": 27}, "Between two meetings are 1 to 26 weeks."),
    ],
)
def test_what_is_no_meeting_is_refused_with_the_reason(wrong, sentence):
    values = {"first": date(2027, 2, 4), "starts": HALF_PAST_NINE, "ends": HALF_PAST_TWELVE, "number": 4} | wrong

    with pytest.raises(Refused) as refusal:
        rows(**values)

    assert str(refusal.value) == sentence
    assert dutch("The end must come after the beginning.") == "Het einde moet na het begin zijn."
