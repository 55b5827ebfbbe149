"""Step 2: planning four Thursdays, with the holidays of the region, across the night that the clock jumps."""

import datetime

import pytest
from django.urls import reverse

from mail.models import OutboxMail
from tests.words import dutch
from training.domain.meetings import cancel_meeting
from training.models import CalendarInvite, Meeting

pytestmark = pytest.mark.django_db

ASKED = {
    "title": "Luisteren",
    "kind": "training",
    "format": "on_site",
    "first": "4-2-2027",
    "starts": "9.30",
    "ends": "12:30",
    "break_minutes": "15",
    "number": "4",
    "every_weeks": "1",
    "skip": "on",
    "city": "Tilburg",
}


@pytest.fixture
def look(client, ilse, small_group, time_machine):
    """`look(first="11-3-2027")` is the page with the days, in February; `look.keep(page)` keeps them as they stand."""
    time_machine.move_to(datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC))
    small_group.holiday_region = "zuid"
    small_group.save()
    client.force_login(ilse)
    address = reverse("training:plan_series", args=[small_group.uuid])

    def looked(**values):
        return client.post(address, {**ASKED, "look": "1", **values})

    def keep(page, *, asked=None, **values):
        rows = {"row-TOTAL_FORMS": str(len(page.context["formset"].forms)), "row-INITIAL_FORMS": "0"}
        for form in page.context["formset"].forms:
            for name in ("starts_at", "ends_at"):
                rows[form.add_prefix(name)] = str(form[name].value())
                if hasattr(form[name].value(), "strftime"):
                    rows[form.add_prefix(name)] = form[name].value().strftime("%d-%m-%Y %H:%M")
            if form["keep"].value():
                rows[form.add_prefix("keep")] = "on"
        return client.post(address, {**ASKED, **(asked or {}), **rows, "keep_them": "1", **values})

    looked.keep = keep
    return looked


def starts():
    return [meeting.starts_at.astimezone(datetime.UTC) for meeting in Meeting.objects.order_by("starts_at")]


def test_four_thursdays_over_the_night_that_the_clock_jumps(look, small_group):
    page = look(first="11-3-2027")
    answer = look.keep(page, asked={"first": "11-3-2027"})
    meetings = list(Meeting.objects.order_by("ordinal"))

    assert (page.status_code, page.context["minutes"]) == (200, 11 * 60)
    assert answer.url == reverse("training:planned_group", args=[small_group.uuid]) + "#meetings"
    assert [f"{moment:%d-%m %H:%M}" for moment in starts()] == [
        "11-03 08:30",
        "18-03 08:30",
        "25-03 08:30",
        "01-04 07:30",
    ]
    assert [meeting.title for meeting in meetings] == [f"Luisteren {number}" for number in (1, 2, 3, 4)]
    assert {(meeting.state, meeting.city, meeting.net_minutes) for meeting in meetings} == {("concept", "Tilburg", 165)}


def test_looking_keeps_nothing_and_keeping_tells_nobody(look):
    page = look()
    before = Meeting.objects.count()
    look.keep(page)

    assert before == 0
    assert (OutboxMail.objects.count(), CalendarInvite.objects.count()) == (0, 0)


def test_the_school_holiday_stands_there_and_is_left_out(look):
    page = look()
    rows = page.context["formset"].forms

    assert "voorjaarsvakantie" in page.content.decode().casefold()
    assert len([row for row in rows if row["keep"].value()]) == 4
    assert [row["starts_at"].value().day for row in rows if not row["keep"].value()] == [18]


def test_a_row_may_get_another_time_or_be_left_out(look):
    page = look(first="11-3-2027")
    look.keep(page, asked={"first": "11-3-2027"}, **{"row-0-starts_at": "10-03-2027 10:00", "row-3-keep": ""})

    assert f"{starts()[0]:%d-%m %H:%M}" == "10-03 09:00"
    assert len(starts()) == 3


@pytest.mark.parametrize("moment", ["28-03-2027 02:30", "31-11-2027 09:30", "x", "", "25-3-2027", "9" * 5000, "\x00"])
def test_a_time_that_does_not_exist_is_said_at_its_row_and_nothing_typed_is_lost(look, moment):
    page = look(first="11-3-2027")
    answer = look.keep(
        page, asked={"first": "11-3-2027"}, **{"row-1-starts_at": moment, "row-2-ends_at": "25-03-2027 13:00"}
    )
    words = answer.content.decode()

    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert ["id_row-1-starts_at_error" in words, "25-03-2027 13:00" in words] == [True, True]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first": "31-11-2027"}, "first"),
        ({"ends": "9.30"}, "ends"),
        ({"number": "0"}, "number"),
        ({"number": "9" * 400}, "number"),
        ({"title": "x" * 121}, "title"),
        ({"title": "\x00"}, "title"),
        ({"kind": "feest"}, "kind"),
        ({"break_minutes": "-1"}, "break_minutes"),
    ],
)
def test_a_mistake_is_said_at_its_field(look, wrong, field):
    answer = look(**wrong)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_break_longer_than_the_meeting_keeps_nothing(look):
    page = look(first="11-3-2027")
    answer = look.keep(page, asked={"first": "11-3-2027", "break_minutes": "200"})

    assert (answer.status_code, Meeting.objects.count()) == (422, 0)


def test_nothing_kept_is_said(look):
    page = look(first="11-3-2027")
    answer = look.keep(page, **{f"row-{number}-keep": "" for number in range(4)})

    assert (answer.status_code, answer.context["refusal"]) == (422, "Houd minstens één bijeenkomst.")


def test_pressing_twice_plans_once(look):
    page = look(first="11-3-2027")
    look.keep(page)
    look.keep(page)

    assert [meeting.title for meeting in Meeting.objects.order_by("ordinal")] == [
        "Luisteren 1",
        "Luisteren 2",
        "Luisteren 3",
        "Luisteren 4",
    ]


def test_a_day_that_was_called_off_can_be_planned_again(look, ilse):
    page = look(first="11-3-2027", number="1")
    look.keep(page, asked={"number": "1"})
    cancel_meeting(Meeting.objects.get(), by=ilse, reason="De zaal is dicht.")
    look.keep(page, asked={"number": "1"})

    assert [meeting.state for meeting in Meeting.objects.order_by("ordinal")] == ["cancelled", "concept"]


def test_a_meeting_that_goes_on_after_midnight_says_so(look):
    over, within = look(starts="12.30", ends="9.30", break_minutes="15"), look()

    assert over.content.count(dutch("goes on until the next day").encode()) == 5
    assert dutch("goes on until the next day").encode() not in within.content
