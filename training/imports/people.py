"""The people of a list: each with what we read, or with what is wrong in a sentence."""

import re
from dataclasses import asdict, dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from common.refusals import Refused
from training.imports import addresses
from training.imports.columns import by_field, is_heading
from training.imports.names import Name, split_name, tidy, without_brackets
from training.imports.reading import (
    MOST_BYTES,
    MOST_ROWS,
    SEP_LINE,
    SEPARATORS,
    read_file,
    read_table,
    too_big,
    too_many,
)

LONGEST_NAME = 80  # as the profile takes it
LONGEST_EMAIL = 254
LONGEST_CELL = 1_000  # of a longer one we read no more: no name or address is as long
# Spaces that nobody sees: copied from a page or a PDF they stand in the middle of an address.
INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
ADDRESS = re.compile(r"\S+@\S+\.\S+")
is_email = EmailValidator()


@dataclass(frozen=True)
class Person:
    """What a list says about somebody. `email` is as we keep it: lower case, its domain in ASCII."""

    email: str = ""
    display_name: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    phone: str = ""
    organisation: str = ""

    def as_words(self):
        """Return it as EncryptedWordsField keeps it."""
        return {name: text for name, text in asdict(self).items() if text}


@dataclass
class Entry:
    """One row: its number, the cells by our names for the columns, the Person, and what is wrong as [code, row]."""

    number: int
    raw: dict
    person: Person
    errors: list = field(default_factory=list)


# ── From a list to entries ─────────────────────────────────────────────────────
def people_of_file(content, name=""):
    """Return the Entries of a CSV or XLSX; raises Refused for what can't be read as a list of people."""
    return entries(by_field(read_file(content, name)))


def people_of_text(text):
    """Return the Entries of pasted text: addresses from a mail program, or rows from a spreadsheet; raises Refused."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise Refused(too_big())
    if is_table(text):
        return entries(by_field(read_table(text)))
    return entries(list(islice(enumerate(addresses.people_in(text), start=1), MOST_ROWS + 1)))


def people_of_rows(rows):
    """Return the Entries of [{field: text}], by the names of `columns.FIELDS`."""
    return entries(list(enumerate(rows, start=1)))


def is_table(text):
    """True for rows of cells, be it without a heading; addresses from a mail program have no columns."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return False
    if (
        "\t" in text
        or SEP_LINE.match(lines[0])
        or any(is_heading(lines[0][:LONGEST_CELL].split(separator)) for separator in SEPARATORS)
    ):
        return True
    return "<" not in text and '"' not in text and any(has_columns(lines, separator) for separator in ";,")


def has_columns(lines, separator):
    """True when every line has equally many cells, two or more, and only the same one of them is an address."""
    shapes = {tuple("@" in cell for cell in line.split(separator)) for line in lines}
    return len(shapes) == 1 and len(shape := shapes.pop()) > 1 and sum(shape) == 1


def entries(rows):
    if not rows:
        raise Refused(_("There is nobody in this list yet."))
    if len(rows) > MOST_ROWS:
        raise Refused(too_many())
    found = [entry(number, raw) for number, raw in rows]
    mark_doubles(found)
    return found


def entry(number, raw):
    raw = {name: text[:LONGEST_CELL] for name, text in raw.items()}
    email, errors = read_email(raw.get("email", ""))
    person = Person(email=email, **read_name(raw, email), **read_rest(raw))
    if len(person.display_name) > LONGEST_NAME:
        errors = [*errors, ["name_too_long", None]]
    return Entry(number, raw, person, errors)


def mark_doubles(found):
    """The second row with an address is wrong, and names the first; that one stays as it is."""
    first = {}
    for one in found:
        if one.person.email and first.setdefault(one.person.email, one.number) != one.number:
            one.errors.append(["email_double", first[one.person.email]])


# ── One cell ───────────────────────────────────────────────────────────────────
def read_email(text):
    """Return (address, errors): with an error the address is empty."""
    text = text.strip().removeprefix("mailto:")
    found = re.findall(r"[^\s<>,;]+@[^\s<>,;]+", text)
    if not text:
        return "", [["email_missing", None]]
    if len(found) > 1:
        return "", [["email_several", None]]
    email = INVISIBLE.sub("", text if text.count("<") != 1 else text.partition("<")[2].partition(">")[0])
    return checked(email.strip("<>;,. '\"").lower())


def checked(email):
    local, at, domain = email.rpartition("@")
    if at and local and domain and "." not in domain:
        return "", [["email_unfinished", None]]
    try:
        email = f"{local}@{domain.encode('idna').decode()}"
        is_email(email)
    except (UnicodeError, ValidationError):
        return "", [["email_wrong", None]]
    return (email, []) if at and len(email) <= LONGEST_EMAIL else ("", [["email_wrong", None]])


def read_name(raw, email):
    """Return the parts of a name and the whole; who has none is called by the address until they say it themselves."""
    whole, _in_brackets = without_brackets(raw.get("name", ""))
    parts = [tidy(raw.get(part, "")) for part in ("first_name", "infix", "last_name")]
    name = joined(*parts) if any(parts) else split_name("" if ADDRESS.fullmatch(whole.strip()) else whole)
    return {
        "display_name": name.whole or email.partition("@")[0],
        "first_name": name.first,
        "infix": name.infix,
        "last_name": name.last,
    }


def joined(first, infix, last):
    """The Name of three cells; `Heijden, van der` in the last one is the way of some registers."""
    if "," in last and not infix:
        last, infix = (part.strip() for part in last.split(",", 1))
    return Name(first, infix, last)


def read_rest(raw):
    _name, in_brackets = without_brackets(raw.get("name", ""))
    return {"phone": tidy(raw.get("phone", "")), "organisation": tidy(raw.get("organisation", "") or in_brackets)}


# ── In sentences ───────────────────────────────────────────────────────────────
def sentence(error, raw):
    """Return what is wrong, for who made the list: `error` is [code, row], `raw` the cells."""
    code, row = error
    return sentences()[code] % {"text": raw.get("email", "")[:LONGEST_EMAIL], "row": row}


def sentences():
    return {
        "email_missing": _("There is no e-mail address."),
        "email_several": _("There are two addresses in one cell: ‘%(text)s’. Keep one of them."),
        "email_unfinished": _("‘%(text)s’ is not a whole address: after the @ comes something like example.nl."),
        "email_wrong": _("‘%(text)s’ is not an e-mail address. Look at it once more."),
        "email_double": _("This address stands in row %(row)s as well."),
        "person_double": _("This is the same person as in row %(row)s, who has two addresses."),
        "name_too_long": _("The name is too long: 80 characters fit."),
        "account_closed": _("This person has closed the account. Ask them before you invite them again."),
    }
