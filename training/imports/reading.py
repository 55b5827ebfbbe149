"""Bytes of a file, or pasted text, to rows of cells. Nothing here knows what a cell means."""

import csv
import re
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from common.refusals import Refused
from common.text import without_controls
from training.imports.writing import without_guard

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_UNPACKED = 40_000_000  # bytes in an XLSX once unpacked: a small file can hold a gigabyte
MOST_COLUMNS = 100
LAST_ROW = 20_000  # of a sheet, the empty ones with it: a file may say that its one row is row 99,999,999
SEPARATORS = ";,\t"

BYTE_ORDERS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIPPED = b"PK\x03\x04"
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # never in a list that somebody made
SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*\Z", re.IGNORECASE)


def read_file(content, name=""):
    """Return the rows of a CSV or XLSX as (number, cells), numbered as a spreadsheet does and without the empty ones.

    Every cell is text. Raises Refused, with what to do about it, for what is too big or can't be read.
    """
    if len(content) > MOST_BYTES:
        raise Refused(too_big())
    if content.startswith(OLD_EXCEL) or name.lower().endswith(".xls"):
        raise Refused(_("This is an old Excel file (.xls). Save it as .xlsx or as CSV, and choose that one."))
    if content.startswith(ZIPPED):
        return filled(workbook_rows(content))
    return read_table(decoded(content))


def read_table(text):
    """Return the rows of text with `;`, `,` or tabs between its cells, as `read_file` does."""
    named, text = without_sep_line(text.lstrip("\ufeff"))
    return filled(text_rows(text, named or separator_of(text)))


def too_big():
    return _("This is more than 2 MB. Split the list, or leave out what we do not need.")


def too_many():
    return _("There are more than 5,000 rows in this list. Split it into smaller ones.")


def unreadable():
    return _("We can't read this file. Save it as CSV or as .xlsx, and choose that one.")


# ── Text ───────────────────────────────────────────────────────────────────────
def decoded(content):
    """Return the text of `content`: UTF-8, UTF-16, or what Excel writes on a Dutch computer; raises Refused."""
    try:
        text = content.decode(encoding_of(content))
    except UnicodeError as wrong:
        raise Refused(unreadable()) from wrong
    if UNSEEN.search(text):
        raise Refused(unreadable())
    return text


def encoding_of(content):
    for mark, encoding in BYTE_ORDERS.items():
        if content.startswith(mark):
            return encoding
    if b"\0" in content:  # UTF-16 without its mark: plain letters have a zero beside them
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def without_sep_line(text):
    """Return (separator, rest): what a first line `sep=;` names, and the text below it."""
    first, _newline, rest = text.partition("\n")
    named = SEP_LINE.match(first)
    return (named[1], rest) if named else (None, text)


def separator_of(text):
    """The one that stands most often in the first line that says something; counted, as csv.Sniffer fails on a file
    with one column.
    """
    first = next((line for line in text.splitlines() if line.strip(" \t;,")), "")
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=outside_quotes.count)


def text_rows(text, separator):
    """Yield the cells of each row. A quote that is never closed is an error here: it would swallow the people after
    it.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            yield [without_guard(cell) for cell in cells]
    except csv.Error as wrong:
        raise Refused(
            _("There is a quotation mark too many or too few near line %(line)d. Take it out, and try again.")
            % {"line": reader.line_num}
        ) from wrong


# ── XLSX ───────────────────────────────────────────────────────────────────────
def workbook_rows(content):
    """Yield the cells of each row of the first sheet."""
    try:
        refuse_bombs(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write down a size that is too small
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [cell_text(value) for value in row] if any(value is not None for value in row) else []
    except Refused:
        raise
    except Exception as wrong:  # whatever a damaged file makes the packages below raise
        raise Refused(unreadable()) from wrong


def refuse_bombs(content):
    try:
        unpacked = sum(one.file_size for one in ZipFile(BytesIO(content)).infolist())
    except BadZipFile as wrong:
        raise Refused(unreadable()) from wrong
    if unpacked > MOST_UNPACKED:
        raise Refused(too_big())


def cell_text(value):
    """Return what a cell shows: a day as people write it, a whole number without `.0`."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if (value.hour, value.minute) == (0, 0) else f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# ── Both ───────────────────────────────────────────────────────────────────────
def filled(rows):
    """Return [(number, cells)] of the rows that hold something; stops at the first row too many."""
    found = []
    for number, cells in enumerate(rows, start=1):
        cells = [without_controls(cell).strip() for cell in cells[:MOST_COLUMNS]]
        if any(cells):
            found.append((number, cells))
        if len(found) > MOST_ROWS + 1 or number > LAST_ROW:  # one row more is its heading
            raise Refused(too_many())
    return found
