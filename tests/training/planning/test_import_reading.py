"""Lists of people as they come: six encodings, what Excel and Outlook make of them, and what nobody can read."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook

from common.refusals import Refused
from training.imports import reading
from training.imports.people import people_of_file, people_of_rows, people_of_text, sentence

NAMES = "naam;e-mailadres\r\nŁukasz Ağaoğlu;l@voorbeeld.nl\r\nZoë Müller;z@voorbeeld.nl\r\n"
DUTCH = "naam;e-mailadres\r\nAndré Müller;a@voorbeeld.nl\r\nZoë d’Hondt;z@voorbeeld.nl\r\n"
TOO_BIG = "This is more than 2 MB. Split the list, or leave out what we do not need."
TOO_MANY = "There are more than 5,000 rows in this list. Split it into smaller ones."
UNREADABLE = "We can't read this file. Save it as CSV or as .xlsx, and choose that one."
NO_COLUMN = "We find no column with e-mail addresses. Put a heading above the columns, for example: name, e-mail."


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def read(content, name="deelnemers.csv"):
    return [(one.person.display_name, one.person.email) for one in people_of_file(content, name)]


def pasted(text):
    return [(one.person.display_name, one.person.email) for one in people_of_text(text)]


def wrong(entries):
    return {one.number: [sentence(error, one.raw) for error in one.errors] for one in entries if one.errors}


def refusal(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return str(refused.value)


def workbook(*rows, title="Blad1"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


# ── Bytes ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_name_survives_unicode(encoding):
    assert read(NAMES.encode(encoding)) == [("Łukasz Ağaoğlu", "l@voorbeeld.nl"), ("Zoë Müller", "z@voorbeeld.nl")]


def test_what_a_dutch_excel_writes_is_read():
    assert read(DUTCH.encode("cp1252")) == [("André Müller", "a@voorbeeld.nl"), ("Zoë d’Hondt", "z@voorbeeld.nl")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n", '"sep={}"\n', "SEP={}\n"])
def test_separators_are_counted_or_named(separator, first):
    text = first.format(separator) + DUTCH.replace(";", separator)

    assert read(text.encode("utf-8-sig")) == [("André Müller", "a@voorbeeld.nl"), ("Zoë d’Hondt", "z@voorbeeld.nl")]


def test_a_separator_inside_quotes_does_not_count():
    content = b'"naam; met; meer",e-mail\r\n"Heijden, van der, Sanne",sanne@voorbeeld.nl\r\n'

    assert [one.person.email for one in people_of_file(content)] == ["sanne@voorbeeld.nl"]


def test_one_column_is_a_list_too():
    assert read(b"e-mail\nsanne@voorbeeld.nl\n") == [("sanne", "sanne@voorbeeld.nl")]


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x81\x8d\x8f\x90\x9d",
        b"naam;e-mail\r\nAndr\x81;a@voorbeeld.nl",  # no letter in cp1252
        b"naam;e-mail\r\nJan\x1b;j@voorbeeld.nl",
        b"PK\x03\x04 no workbook at all",
        b"\xff\xfe\x00\xd8",
    ],
    ids=["picture", "pdf", "other bytes", "control", "broken zip", "half a letter"],
)
def test_other_bytes_are_refused(content):
    assert refusal(read, content) == UNREADABLE


@pytest.mark.parametrize(("content", "name"), [(b"\xd0\xcf\x11\xe0 x", "a.csv"), (b"naam;e-mail", "Lijst.XLS")])
def test_an_old_excel_file_says_what_to_do(content, name):
    sentence = "This is an old Excel file (.xls). Save it as .xlsx or as CSV, and choose that one."

    assert refusal(read, content, name) == sentence


# ── Sizes ──────────────────────────────────────────────────────────────────────
def many(number):
    return "e-mail\n" + "".join(f"p{one}@voorbeeld.nl\n" for one in range(number))


def test_5000_people_fit_and_5001_do_not(monkeypatch):
    assert len(read(many(5_000).encode())) == 5_000
    monkeypatch.setattr("training.imports.people.entry", None)  # nobody is read any more

    assert refusal(read, many(5_001).encode()) == TOO_MANY
    assert refusal(read, many(9_000).encode()) == TOO_MANY
    assert refusal(read, many(5_001).partition("\n")[2].encode()) == TOO_MANY  # without a heading
    assert refusal(pasted, many(5_001)) == TOO_MANY
    assert refusal(pasted, many(5_001).partition("\n")[2]) == TOO_MANY


def test_more_than_2_mb_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "decoded", None)

    assert refusal(read, b"x" * 2_000_001) == TOO_BIG
    assert refusal(pasted, "é" * 1_000_001) == TOO_BIG


def test_a_small_file_that_holds_a_gigabyte_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "load_workbook", None)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/sharedStrings.xml", b"0" * 41_000_000)

    assert refusal(read, content.getvalue()) == TOO_BIG


def test_a_row_far_below_does_not_keep_us_busy():
    content = BytesIO(workbook(["e-mail"], ["sanne@voorbeeld.nl"]))
    far = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(far, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one).replace(b'r="2"', b'r="999999999"').replace(b"A2", b"A999999999"))

    assert refusal(read, far.getvalue()) == TOO_MANY


# ── Rows ───────────────────────────────────────────────────────────────────────
def test_rows_have_the_numbers_of_the_spreadsheet():
    content = b"Deelnemers voorjaar;;\r\n\r\nnaam;e-mail;\r\nSanne;sanne@voorbeeld.nl;\r\n;;\r\nDaan;daan;\r\n"

    entries = people_of_file(content)

    assert [(one.number, one.person.display_name) for one in entries] == [(4, "Sanne"), (6, "Daan")]
    assert wrong(entries) == {6: ["‘daan’ is not an e-mail address. Look at it once more."]}


@pytest.mark.parametrize(
    "heading",
    [
        "Voornaam;Tussenvoegsel;Achternaam;E-mailadres;Telefoon;Organisatie",
        "first name;infix;last name;e-mail;phone;organisation",
        "VOORNAAM; tussen-voegsel ;familienaam;Mail;mobiel;Werkgever",
    ],
)
def test_headings_are_known_in_two_languages(heading):
    row = "Sanne;van der;Heijden; Sanne@Voorbeeld.NL ;06 12345678;Kompas"

    (one,) = people_of_file(f"{heading}\n{row}".encode())

    assert one.person.as_words() == {
        "email": "sanne@voorbeeld.nl",
        "display_name": "Sanne van der Heijden",
        "first_name": "Sanne",
        "infix": "van der",
        "last_name": "Heijden",
        "phone": "06 12345678",
        "organisation": "Kompas",
    }


def test_a_column_that_we_have_no_use_for_is_not_read():
    (one,) = people_of_file(b"naam;e-mail;BSN;geboortedatum\nSanne;s@voorbeeld.nl;123456782;1-1-1990")

    assert one.raw == {"name": "Sanne", "email": "s@voorbeeld.nl"}


def test_a_list_without_addresses_says_so():
    assert refusal(read, b"naam;plaats\nSanne;Tilburg\n") == NO_COLUMN


@pytest.mark.parametrize("content", [b"", b"\r\n;;\r\n", b"naam;e-mail\r\n"])
def test_a_list_without_people_says_so(content):
    assert refusal(read, content) in ("There is nobody in this list yet.", NO_COLUMN)


def test_a_quote_that_is_never_closed_swallows_nobody():
    content = b'naam;e-mail\n"Sanne;s@voorbeeld.nl\nDaan;d@voorbeeld.nl\n'

    assert refusal(read, content).startswith("There is a quotation mark too many or too few near line ")


# ── XLSX ───────────────────────────────────────────────────────────────────────
def test_of_a_workbook_the_first_sheet_is_read():
    book = Workbook()
    book.active.append(["naam", "e-mail"])
    book.active.append(["Sanne", "sanne@voorbeeld.nl"])
    book.create_sheet("Ander").append(["Daan", "daan@voorbeeld.nl"])
    content = BytesIO()
    book.save(content)

    assert read(content.getvalue(), "lijst.csv") == [("Sanne", "sanne@voorbeeld.nl")]  # whatever it is called


def test_numbers_and_days_in_a_workbook_are_text():
    rows = [["naam", "e-mail", "telefoon"], [date(2027, 3, 11), "a@voorbeeld.nl", 612345678.0]]
    rows += [[1984, "b@voorbeeld.nl", 0.5], [datetime(2027, 3, 11, 9, 30), "c@voorbeeld.nl", True]]

    entries = people_of_file(workbook(*rows))

    assert [(one.raw["name"], one.raw["phone"]) for one in entries] == [
        ("11-03-2027", "612345678"), ("1984", "0.5"), ("11-03-2027 09:30", "True"),
    ]  # fmt: skip


def test_a_cell_with_a_formula_gives_what_it_showed_and_a_text_stays_text():
    book = Workbook()
    book.active.append(["naam", "e-mail"])
    book.active.append(["x", "a@voorbeeld.nl"])
    book.active["A2"].value, book.active["A2"].data_type = '=HYPERLINK("https://x.test")', "s"
    book.active.append(["=1+1", "b@voorbeeld.nl"])  # a real formula that was never counted: it shows nothing
    content = BytesIO()
    book.save(content)

    assert read(content.getvalue()) == [('=HYPERLINK("https://x.test")', "a@voorbeeld.nl"), ("b", "b@voorbeeld.nl")]


# ── One cell ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("  Jan@Voorbeeld.NL ", "jan@voorbeeld.nl"),
        ("jan@exámple.nl", "jan@xn--exmple-qta.nl"),
        ("Jan de Vries <jan@voorbeeld.nl>", "jan@voorbeeld.nl"),
        ("mailto:jan@voorbeeld.nl", "jan@voorbeeld.nl"),
        ("jan@voorbeeld.nl;", "jan@voorbeeld.nl"),
        ("jan@\u200bvoorbeeld.nl\u00a0", "jan@voorbeeld.nl"),
        ("o'brien+werk@voorbeeld.nl", "o'brien+werk@voorbeeld.nl"),
    ],
)
def test_addresses_are_kept_in_one_form(typed, email):
    (one,) = people_of_rows([{"email": typed}])

    assert (one.person.email, one.errors) == (email, [])


@pytest.mark.parametrize(
    ("typed", "sentence_of_it"),
    [
        ("", "There is no e-mail address."),
        ("jan@example", "‘jan@example’ is not a whole address: after the @ comes something like example.nl."),
        ("jan@localhost", "‘jan@localhost’ is not a whole address: after the @ comes something like example.nl."),
        ("a@b.nl;c@d.nl", "There are two addresses in one cell: ‘a@b.nl;c@d.nl’. Keep one of them."),
        ("a@b.nl / c@d.nl", "There are two addresses in one cell: ‘a@b.nl / c@d.nl’. Keep one of them."),
        ("jan", "‘jan’ is not an e-mail address. Look at it once more."),
        ("jan@@voorbeeld.nl", "‘jan@@voorbeeld.nl’ is not an e-mail address. Look at it once more."),
        ("jan@a..nl", "‘jan@a..nl’ is not an e-mail address. Look at it once more."),
        ("jö@voorbeeld.nl", "‘jö@voorbeeld.nl’ is not an e-mail address. Look at it once more."),
        ("=A1&B1", "‘=A1&B1’ is not an e-mail address. Look at it once more."),
    ],
)
def test_what_is_no_address_is_said_in_a_sentence(typed, sentence_of_it):
    entries = people_of_rows([{"name": "Jan", "email": typed}])

    assert wrong(entries) == {1: [sentence_of_it]}
    assert entries[0].person.email == ""


def test_too_long_an_address_or_name_is_said():
    entries = people_of_rows([{"email": "a" * 300 + "@b.nl"}, {"name": "x" * 81, "email": "a@b.nl"}])

    assert [error for one in entries for error, _row in one.errors] == ["email_wrong", "name_too_long"]


def test_the_second_row_with_an_address_names_the_first():
    entries = people_of_rows([{"email": "a@b.nl"}, {"email": "c@b.nl"}, {"email": " A@B.nl"}, {"email": "a@b.nl"}])

    sentence_of_it = "This address stands in row 1 as well."
    assert wrong(entries) == {3: [sentence_of_it], 4: [sentence_of_it]}


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Sanne van der Heijden", ("Sanne", "van der", "Heijden")),
        ("Heijden, van der, Sanne", ("Sanne", "van der", "Heijden")),
        ("Heijden, Sanne van der", ("Sanne", "van der", "Heijden")),
        ("Samira El Amrani", ("Samira", "", "El Amrani")),
        ("Jan Willem de Vries", ("Jan Willem", "de", "Vries")),
        ("Jan 't Hooft", ("Jan", "'t", "Hooft")),
        ("Noor", ("Noor", "", "")),
        ("“Jansen, Jan” (Kompas)", ("Jan", "", "Jansen")),
    ],
)
def test_names_as_the_dutch_write_them(typed, parts):
    (one,) = people_of_rows([{"name": typed, "email": "a@b.nl"}])

    assert (one.person.first_name, one.person.infix, one.person.last_name) == parts
    assert one.person.display_name == " ".join(part for part in parts if part)


# ── Pasted ─────────────────────────────────────────────────────────────────────
SANNE, DAAN = ("Sanne van der Heijden", "sanne@voorbeeld.nl"), ("Daan Visser", "daan@voorbeeld.nl")


@pytest.mark.parametrize(
    "text",
    [
        "Sanne van der Heijden <sanne@voorbeeld.nl>; Daan Visser <daan@voorbeeld.nl>",
        "Sanne van der Heijden <sanne@voorbeeld.nl>;\r\nDaan Visser <daan@voorbeeld.nl>;\r\n",
        '"Heijden, van der, Sanne" <Sanne@voorbeeld.nl>, "Visser, Daan" <daan@voorbeeld.nl>',
        "Heijden, van der, Sanne <sanne@voorbeeld.nl>; Visser, Daan <daan@voorbeeld.nl>",
        "Aan: 'Sanne van der Heijden' <mailto:sanne@voorbeeld.nl>\nCC: Daan Visser <daan@voorbeeld.nl>",
        "Sanne van der Heijden, sanne@voorbeeld.nl\nDaan Visser, daan@voorbeeld.nl",
        "Sanne van der Heijden; sanne@voorbeeld.nl\n\nDaan Visser; daan@voorbeeld.nl\n",
        "naam\te-mail\nSanne van der Heijden\tsanne@voorbeeld.nl\nDaan Visser\tdaan@voorbeeld.nl",
        "Sanne van der Heijden\tsanne@voorbeeld.nl\t06 12 34 56 78\nDaan Visser\tdaan@voorbeeld.nl\t",
        "Sanne\tvan der\tHeijden\tsanne@voorbeeld.nl\nDaan\t\tVisser\tdaan@voorbeeld.nl",
        "1\tsanne@voorbeeld.nl\tSanne van der Heijden\n2\tdaan@voorbeeld.nl\tDaan Visser",
        "sep=;\nnaam;e-mail\nSanne van der Heijden;sanne@voorbeeld.nl\nDaan Visser;daan@voorbeeld.nl",
        "sanne@voorbeeld.nl (Sanne van der Heijden)\ndaan@voorbeeld.nl Daan Visser",
    ],
)
def test_what_people_paste_is_read(text):
    assert pasted(text) == [SANNE, DAAN]


def test_plain_addresses_are_people_without_a_name_yet():
    text = "sanne@voorbeeld.nl, 'daan@voorbeeld.nl' <daan@voorbeeld.nl> o'brien@voorbeeld.nl;\n<noor@voorbeeld.nl>"

    assert pasted(text) == [(name, f"{name}@voorbeeld.nl") for name in ("sanne", "daan", "o'brien", "noor")]


def test_a_name_without_an_address_is_told_and_takes_nobodys():
    entries = people_of_text("Jan; Piet <EX:/o=kompas/cn=piet>; Daan Visser <daan@voorbeeld.nl>")

    assert [(one.person.display_name, one.person.email) for one in entries] == [("Jan", ""), ("Piet", ""), DAAN]
    assert list(wrong(entries)) == [1, 2]


def test_half_a_quote_swallows_nobody():
    assert pasted('"Jan <jan@voorbeeld.nl>\nDaan Visser <daan@voorbeeld.nl>') == [("Jan", "jan@voorbeeld.nl"), DAAN]


NONSENSE = {
    "quotes": '"\\' * 400_000,
    "one word": "a" * 900_000,
    "angles": "<" * 900_000,
    "commas": ",a,de" * 180_000 + "<a@b.nl>",
    "spaces": "a@b.nl" + " " * 900_000 + "<",
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_read_in_seconds(kind):
    """A pattern that tries everything twice would take hours for each of these."""
    with suppress(Refused):
        assert len(people_of_text(NONSENSE[kind])) == 1
