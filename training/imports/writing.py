"""Rows to a file that a spreadsheet opens, and that this site reads back as it was: no cell ever starts a formula."""

import csv
import re
from datetime import datetime
from io import BytesIO, StringIO

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from common.modeladmin.cells import FORMULA_STARTS, PLAIN
from common.text import without_controls

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # of Excel
LONGEST_TITLE = 31
GUARD = "'"
# What a spreadsheet may calculate at, also behind spaces or guards: those have to survive being read back.
GUARDED = re.compile(rf"[\t\r\n]|['\s]*[{re.escape(''.join(FORMULA_STARTS))}]")


def with_guard(text):
    """Return `text` as a CSV may have it: an apostrophe before what would start a formula."""
    return GUARD + text if GUARDED.match(text) else text


def without_guard(text):
    """Return what `with_guard` was given; text that it never made stays as it is."""
    return text[1:] if text.startswith(GUARD) and GUARDED.match(text[1:]) else text


def csv_file(heading, rows):
    """Return the bytes of a CSV as a Dutch Excel opens it by itself: with a byte order mark and `;` between.

    Every cell stands in quotes, or a comma in it would begin a new one on an English computer.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([with_guard(as_text(value)) for value in row] for row in (heading, *rows))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_file(title, heading, rows):
    """Return the bytes of an XLSX with one sheet: numbers and days are real ones, all other cells are text for good."""
    rows = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths(heading, rows)):
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.append([bold(sheet, name) for name in heading])
    for row in rows:
        sheet.append([sheet_cell(sheet, value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def as_text(value):
    """Return `value` as a CSV has it: days as people write them, a decimal comma, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{on_our_clock(value):%d-%m-%Y %H:%M}"
    if hasattr(value, "strftime"):
        return f"{value:%d-%m-%Y}" if hasattr(value, "year") else f"{value:%H:%M}"
    if isinstance(value, PLAIN) and not isinstance(value, bool):
        return str(value).replace(".", ",")
    return without_controls(str(value))


def sheet_cell(sheet, value):
    if value is not None and isinstance(value, PLAIN) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, on_our_clock(value))
    cell = WriteOnlyCell(sheet, as_text(value)[:LONGEST_CELL])
    cell.data_type = "s"  # openpyxl makes a formula of a text that begins with =
    cell.quotePrefix = True  # and Excel would, once somebody presses Enter in the cell
    return cell


def bold(sheet, name):
    cell = sheet_cell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def on_our_clock(value):
    """Moments as the Netherlands has them: a spreadsheet knows no zones."""
    return timezone.make_naive(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def sheet_title(title):
    return re.sub(r"[\\/*?:\[\]]", " ", without_controls(title)).strip("' ")[:LONGEST_TITLE] or "1"


def widths(heading, rows):
    """The width of each column, in characters, between 8 and 60."""
    columns = zip(heading, *rows, strict=True)
    return [max(8, min(60, 2 + max(len(as_text(value)) for value in column))) for column in columns]
