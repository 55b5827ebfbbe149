"""What is written for a spreadsheet reads back equal, and can never become a formula."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from training.imports.people import people_of_file
from training.imports.writing import csv_file, with_guard, without_guard, xlsx_file

DANGEROUS = ["=1+1", "+31 6", "-x", "@sum", "'=x", "''=x", "'t Hooft", 'a"b;c', "  =y", "＝z", "'", "\tx", "a\nb"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_guarded_cell_comes_back_as_it_was(text):
    assert without_guard(with_guard(text)) == text
    assert not with_guard(text).lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_a_csv_that_we_wrote_reads_back_equal():
    rows = [[name, f"p{number}@voorbeeld.nl"] for number, name in enumerate(DANGEROUS)]
    content = csv_file(["naam", "e-mail"], rows)

    assert content.startswith(b'\xef\xbb\xbf"naam";"e-mail"\r\n"\'=1+1";')
    assert [one.raw for one in people_of_file(content)] == [
        {"name": name.strip(), "email": email} for name, email in rows
    ]


def test_a_workbook_that_we_wrote_holds_no_formula_and_reads_back_equal():
    rows = [[name, f"p{number}@voorbeeld.nl"] for number, name in enumerate(DANGEROUS)]
    content = xlsx_file("Nog niet [goed]: a/b?" + "x" * 40, ["naam", "e-mail"], rows)

    sheet = load_workbook(BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert (len(sheet.title), sheet.freeze_panes) == (31, "A2")
    assert [one.raw for one in people_of_file(content)] == [
        {"name": name.strip(), "email": email} for name, email in rows
    ]


def test_numbers_and_days_are_real_in_a_workbook_and_dutch_in_a_csv():
    row = [date(2027, 3, 11), datetime(2027, 3, 11, 9, 30), 2.5, 12, None, "x\x00\ud800"]
    sheet = load_workbook(BytesIO(xlsx_file("x", list("abcdef"), [row]))).active

    assert [cell.value for cell in sheet[2]] == [
        datetime(2027, 3, 11), datetime(2027, 3, 11, 9, 30), 2.5, 12, None, "x",
    ]  # fmt: skip
    assert csv_file(["a"] * 6, [row]).splitlines()[1] == b'"11-03-2027";"11-03-2027 09:30";"2,5";"12";"";"x"'
