"""The overview of a group as a file says what the screen says, and a name can never become a formula."""

import io

import pytest
from openpyxl import load_workbook

from tests.factories.enrolments import finish_all
from tests.factories.people import make_person
from training.domain.places import enrol_oneself


@pytest.fixture
def table(small_group, ilse, browser_of, module, a_meeting):
    """`table("xlsx")` is the answer to Ilse, with one person who finished the module and one with a clever name."""
    for name in ("Anna", "=1+1"):
        enrol_oneself(small_group, make_person(name, email=f"deelnemer-{ord(name[0])}@example.test"))
    finish_all(small_group.places.get(enrolment__person__display_name="Anna").enrolment, module)
    a_meeting(small_group)
    browser = browser_of(ilse)
    return lambda kind: browser.get(f"/planning/groepen/{small_group.uuid}/overzicht.{kind}")


def test_it_says_who_is_how_far(table):
    sheet = load_workbook(io.BytesIO(table("xlsx").content)).active
    heading, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert (heading[0], heading[1]) == ("Naam", "Luisteren")
    assert [row[:3] for row in rows] == [["=1+1", "nog niet", "komt"], ["Anna", "klaar", "komt"]]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]


def test_the_csv_has_the_same_words_and_no_formula(table):
    text = table("csv").content.decode("utf-8-sig")

    assert [line.split(";")[:3] for line in text.splitlines()[1:]] == [
        ['"\'=1+1"', '"nog niet"', '"komt"'],
        ['"Anna"', '"klaar"', '"komt"'],
    ]


def test_another_kind_is_not_there(table):
    assert table("exe").status_code == 404
