"""Typing a day and a time: as people here do, read as Dutch time, and refused in words when it can't be."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from training.forms.when import ClockField, DayField, MomentField, end_after_beginning

THEN = datetime(2026, 10, 22, 7, 30, tzinfo=UTC)
NO_MOMENT = "Voer een geldige datum/tijd in."
NO_SUCH_HOUR = "{} kon niet worden geïnterpreteerd in tijdzone Europe/Amsterdam; "
NO_SUCH_HOUR += "mogelijk is deze dubbelzinnig of bestaat deze niet."


class PlanForm(forms.Form):
    at = MomentField()


@pytest.fixture(autouse=True)
def in_dutch():
    with translation.override("nl"):
        yield


def error_of(field, typed):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    (message,) = refusal.value.messages
    return message


@pytest.mark.parametrize(
    "typed",
    [
        "22-10-2026 09:30",
        "22-10-2026 9:30",
        "22/10/2026 9:30",
        "22-10-2026 9.30",
        "22-10-2026 09:30:00",
        " 22-10-2026  09:30 ",
        "2026-10-22 09:30",
        "2026-10-22T09:30",  # what a browser sends
        "2026-10-22T09:30:59",
        "2026-10-22T07:30:00Z",
        "2026-10-22T09:30+02:00",
        "22-10-2026 9u30",
        "22/10/2026 9.30 uur",
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_a_moment_is_taken_as_people_type_it_whatever_zone_they_are_in(typed, zone):
    with timezone.override(ZoneInfo(zone)):
        assert MomentField().clean(typed) == THEN


@pytest.mark.parametrize(
    "typed",
    [
        "31-11-2026 09:30",
        "29-02-2027 09:30",
        "22-10-2026 24:30",
        "22-10-2026",
        "2026-10-22",
        "20261022",
        "09:30",
        "22 oktober 2026 09:30",
        "morgen",
        "22-10-26 09:30",
        "22-10-2026 09:30\x00",
        "22-10-2026 09:30\ud800",
        "<script>alert(1)</script>",
        "9" * 50_000,
        "0:0" * 20_000,
    ],
)
def test_what_is_no_moment_is_refused(typed):
    assert error_of(MomentField(), typed) == NO_MOMENT


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("28-03-2027 02:30", "2027-03-28 02:30:00"),
        ("25-10-2026 02:30", "2026-10-25 02:30:00"),
        ("2026-10-25T02:30", "2026-10-25 02:30:00"),
    ],
)
def test_an_hour_that_never_comes_or_comes_twice_is_refused(typed, shown):
    assert error_of(MomentField(), typed) == NO_SUCH_HOUR.format(shown)


@pytest.mark.parametrize("typed", ["01-01-0001 00:00", "22-10-0202 09:30", "31-12-9999 23:59", "22-10-2100 09:30"])
def test_a_year_that_is_a_slip_is_refused(typed):
    assert error_of(MomentField(), typed) == "Kies een jaar van 2000 tot en met 2099."


@pytest.mark.parametrize("typed", ["28-03-2027 02:30", "31-11-2026 09:30", "gisteren"])
def test_what_was_typed_is_still_there(typed):
    form = PlanForm({"at": typed})

    assert not form.is_valid()
    assert f'value="{typed}"' in str(form["at"])


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_what_is_kept_is_shown_by_the_dutch_clock(zone):
    with timezone.override(ZoneInfo(zone)):
        form = PlanForm(initial={"at": THEN})
        again = PlanForm({"at": "22-10-2026 09:30"}, initial={"at": THEN})

        assert 'value="22-10-2026 09:30"' in str(form["at"])
        assert again.has_changed() is False


def test_a_moment_may_be_left_out_where_it_may():
    assert MomentField(required=False).clean(" ") is None


@pytest.mark.parametrize("typed", ["4-2-2027", "04-02-2027", "04/02/2027", "2027-02-04"])
def test_a_day_is_taken_as_people_type_it(typed):
    assert DayField().clean(typed) == date(2027, 2, 4)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31-11-2026", "Voer een geldige datum in."),
        ("4 februari", "Voer een geldige datum in."),
        ("4-2-2027\x00", "Voer een geldige datum in."),
        ("4" * 50_000, "Voer een geldige datum in."),
        ("04-02-0027", "Kies een jaar van 2000 tot en met 2099."),
    ],
)
def test_what_is_no_day_is_refused(typed, sentence):
    assert error_of(DayField(), typed) == sentence


@pytest.mark.parametrize(
    "typed", ["9:30", "09:30", "9.30", "09.30", "09:30:00", "9u30", "9U30", "9 u 30", "9.30 uur", "9:30uur", "9u30 uur"]
)
def test_a_time_is_taken_as_people_type_it(typed):
    assert ClockField().clean(typed) == time(9, 30)


@pytest.mark.parametrize(
    "typed", ["24:00", "9", "9 uur", "u30", "9u3", "9u300", "uur", "half tien", "9:30\x00", ":" * 50_000]
)
def test_what_is_no_time_is_refused(typed):
    assert error_of(ClockField(), typed) == "Voer een geldige tijd in."


@pytest.mark.parametrize("minutes", [0, -1])
def test_the_end_must_come_after_the_beginning(minutes):
    ends = THEN.replace(minute=30 + minutes)

    with pytest.raises(ValidationError) as refusal:
        end_after_beginning(THEN, ends)
    assert refusal.value.messages == ["Het einde moet na het begin zijn."]


def test_an_end_after_the_beginning_is_good_and_half_an_answer_is_for_the_field():
    end_after_beginning(THEN, THEN.replace(minute=31))
    end_after_beginning(None, THEN)
    end_after_beginning(THEN, None)
