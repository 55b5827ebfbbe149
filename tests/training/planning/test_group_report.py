"""The report of a group at its end: how many, when, how far; no names, the same numbers on screen and in the file."""

import datetime
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.enrolments import finish_all
from tests.factories.people import make_person
from training.domain.attendance import mark
from training.domain.finishing import issue_certificates
from training.domain.group_report import report_of, table_of
from training.domain.places import enrol_oneself
from training.models import Meeting
from training.planning_choices import GroupState

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ended(small_group, a_meeting, ilse, module):
    """Twelve people, of whom ten were there; two meetings that were held and one that was called off."""
    small_group.capacity, small_group.state = 12, GroupState.OPEN
    small_group.save()
    meetings = [a_meeting(small_group, days=days, title=f"Avond {days}") for days in (3, 5, 9)]
    for place, meeting in enumerate(meetings, start=1):
        begins = timezone.now() - 24 * place * HOUR
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + 2 * HOUR, break_minutes=0)
        meeting.staff.update(starts_at=begins, ends_at=begins + 2 * HOUR)
    for number in range(12):
        place = enrol_oneself(small_group, make_person(f"Zonder Naam {number}"))
        for meeting in Meeting.objects.filter(group=small_group).select_related("group"):
            status = "present" if number < 10 else "absent" if number == 10 else "signed_off"
            mark(meeting, place, status, by=ilse)
        if number < 10:
            finish_all(place.enrolment, module)
    Meeting.objects.filter(pk=meetings[2].pk).update(state="cancelled")
    issue_certificates(small_group, by=ilse)
    return small_group


def test_it_counts_what_was_held_and_who_came_to_the_end(ended, module):
    report = report_of(ended)

    assert (report.people, report.finished, report.meetings, report.minutes) == (12, 10, 2, 240)
    lines = [(one.words.split(",")[0], one.number, one.total) for part in report.parts for one in part.lines]
    assert lines == [
        ("Finished", 10, 12),
        ("Has a certificate", 10, 12),
        ("Somebody wrote on their card", 0, 12),
        ("2. Avond 5", 10, 12),
        ("1. Avond 3", 10, 12),
        (module.title, 10, 12),
    ]
    assert [one.note for one in report.parts[1].lines] == ["1 signed off, 1 not there"] * 2


def test_the_file_has_the_numbers_of_the_screen_and_neither_has_a_name(ended, ilse, browser_of):
    browser, start = browser_of(ilse), f"/planning/groepen/{ended.uuid}/verslag"
    page = browser.get(f"{start}/").content.decode()
    sheet = load_workbook(io.BytesIO(browser.get(f"{start}.xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [row[2:4] for row in rows] == [line[2:4] for line in table_of(report_of(ended))[1]]
    assert ("10/12" in page, page.count('<svg class="bar"'), 'viewBox="0 0 12 1"' in page) == (True, len(rows), True)
    text = browser.get(f"{start}.csv").content.decode("utf-8-sig")
    assert ["Zonder Naam" in one for one in (page, text, str(rows))] == [False] * 3


def test_an_empty_group_says_so(small_group, ilse, browser_of):
    answer = browser_of(ilse).get(f"/planning/groepen/{small_group.uuid}/verslag/")

    assert (answer.status_code, '<svg class="bar"' in answer.content.decode()) == (200, False)


@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_the_same_for_more_people(small_group, a_meeting, django_assert_num_queries, number):
    small_group.capacity = 9
    small_group.save()
    a_meeting(small_group)
    for place in range(number):
        enrol_oneself(small_group, make_person(f"Deelnemer {place}"))

    with django_assert_num_queries(10):
        report_of(small_group)
