"""What a date is: a public holiday, a school holiday of the region, or a day of which we do not know."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from training.calendar import days_off
from training.calendar.days_off import Note, knows_schools_on, notes_on

REGIONS = ("noord", "midden", "zuid")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 4, 27), "King's Day"),
        (date(2025, 4, 26), "King's Day"),  # the 27th was a Sunday
        (date(2027, 5, 6), "Ascension Day"),
        (date(2027, 12, 26), "Second Day of Christmas"),
    ],
)
def test_a_public_holiday_is_a_day_off(day, name):
    assert notes_on(day) == [Note(name)]


def test_liberation_day_is_told_and_not_struck():
    assert notes_on(date(2027, 5, 5)) == [Note("Liberation Day", is_off=False)]


def test_public_holidays_are_said_in_dutch():
    with translation.override("nl"):
        assert notes_on(date(2027, 1, 1)) == [Note("Nieuwjaarsdag")]
        assert notes_on(date(2027, 3, 26)) == [Note("Goede vrijdag")]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2027, 2, 12), ["", "", ""]),
        (date(2027, 2, 13), ["", "", "spring holiday South"]),
        (date(2027, 2, 18), ["", "", "spring holiday South"]),
        (date(2027, 2, 21), ["spring holiday North", "spring holiday Middle", "spring holiday South"]),
        (date(2027, 2, 22), ["spring holiday North", "spring holiday Middle", ""]),
        (date(2027, 3, 1), ["", "", ""]),
        (date(2026, 12, 21), ["Christmas holiday"] * 3),
        (date(2027, 4, 28), ["May holiday"] * 3),
        (date(2026, 10, 14), ["autumn holiday North", "", ""]),
        (date(2028, 7, 10), ["", "summer holiday Middle", ""]),
    ],
)
def test_schools_close_by_region(day, told):
    assert [[note.text for note in notes_on(day, region)] for region in REGIONS] == [[t] if t else [] for t in told]


def test_without_a_region_nothing_is_said_of_schools():
    assert notes_on(date(2027, 2, 18)) == []


@pytest.mark.parametrize("day", [date(2025, 8, 31), date(2031, 2, 18), date(2029, 9, 3)])
@pytest.mark.parametrize("region", REGIONS)
def test_a_year_that_we_do_not_know_is_told_and_struck_by_nothing(day, region):
    assert notes_on(day, region) == [Note("We do not know the school holidays of this year yet.", is_off=False)]


def test_the_list_is_whole():
    """Per region and school year five holidays in order, from a Saturday to a Sunday, the summer of six weeks."""
    names = ["autumn", "christmas", "spring", "may", "summer"]
    assert [holiday.name for holiday in days_off._schools()] == names * 4
    for region in REGIONS:
        spans = [holiday.days[region] for holiday in days_off._schools()]
        flat = [day for span in spans for day in span]
        assert flat == sorted(set(flat))
        assert {(first.weekday(), last.weekday()) for first, last in spans} == {(5, 6)}
        weeks = [((last - first) + timedelta(days=1)).days / 7 for first, last in spans]
        assert [round(number) for number in weeks] == [1, 2, 1, 1, 6] * 4
        assert knows_schools_on(date(2025, 9, 1), region)
        assert knows_schools_on(spans[-1][1], region)


@pytest.mark.parametrize(
    "row", [{"noord": [date(2027, 1, 2), date(2027, 1, 1)]}, {"noord": ["2027-01-01", "2027-01-02"]}]
)
def test_a_slip_in_the_list_is_a_mistake_that_is_seen(row):
    whole = {"name": "may", "midden": [date(2027, 1, 1)] * 2, "zuid": [date(2027, 1, 1)] * 2} | row

    with pytest.raises(ValueError, match=r"school_holidays\.toml"):
        days_off._holiday(whole)
