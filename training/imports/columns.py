"""Which column is which: by its heading, and where there is none by what the cells look like."""

import re
import unicodedata

from django.utils.translation import gettext as _

from common.refusals import Refused

# Our own names for what a list may hold, in the order of the files that we write.
FIELDS = ("first_name", "infix", "last_name", "name", "email", "phone", "organisation")

HEADINGS = {
    "email": "email e-mail emailadres mail mailadres emailaddress emailadress mailaddress emailvalue",
    "name": "naam name volledigenaam fullname displayname weergavenaam deelnemer naamdeelnemer naammedewerker",
    "first_name": "voornaam voornamen roepnaam firstname givenname forename",
    "infix": "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels infix middlename",
    "last_name": "achternaam familienaam lastname surname familyname",
    "phone": "telefoon telefoonnummer tel telnr mobiel mobielnummer mobieltelefoon mobieletelefoon gsm phone"
    " phonenumber telephone mobile mobilephone cell",
    "organisation": "organisatie organisation organization bedrijf company werkgever employer instelling",
}
FIELD_OF = {re.sub("[^a-z]", "", word): field for field, words in HEADINGS.items() for word in words.split()}
NAMES_BEFORE = {1: ["name"], 2: ["first_name", "last_name"], 3: ["first_name", "infix", "last_name"]}
PHONE = re.compile(r"\+?[\d\s().-]{6,}")
HEADING_WITHIN = 10  # rows: above it a list may have a title


def field_of(heading):
    """Return our name for a column with this heading, or None: capitals, accents, hyphens and numbers don't matter."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return FIELD_OF.get(re.sub("[^a-z]", "", plain))


def is_heading(cells):
    return "email" in map(field_of, cells)


def by_field(rows):
    """Return [(number, {field: text})] for rows of cells: the heading and what stands above it are gone, and columns
    that we have no use for as well. Raises Refused where no column holds addresses.
    """
    fields, people = fields_and_people(rows)
    return [(number, named(fields, cells)) for number, cells in people if any(named(fields, cells).values())]


def fields_and_people(rows):
    for at, (_number, cells) in enumerate(rows[:HEADING_WITHIN]):
        if is_heading(cells):
            return list(map(field_of, cells)), rows[at + 1 :]
    for at, (_number, cells) in enumerate(rows[:HEADING_WITHIN]):
        if any("@" in cell for cell in cells):
            return guessed(cells), rows[at:]
    raise Refused(
        _("We find no column with e-mail addresses. Put a heading above the columns, for example: name, e-mail.")
    )


def guessed(cells):
    """Return the fields of columns without headings, by the first row: names stand before the address."""
    fields = [None] * len(cells)
    at = next(place for place, cell in enumerate(cells) if "@" in cell)
    fields[at] = "email"
    before = [place for place in range(at) if not is_number(cells[place])]
    behind = [place for place in range(at + 1, len(cells)) if cells[place] and not is_number(cells[place])]
    names = before if any(cells[place] for place in before) else behind[:1]
    for place, field in zip(names, NAMES_BEFORE.get(len(names), []), strict=False):
        fields[place] = field
    phone = next((place for place, cell in enumerate(cells) if is_phone(cell)), None)
    if phone is not None:
        fields[phone] = "phone"
    return fields


def is_number(cell):
    return cell.isdigit() or is_phone(cell)


def is_phone(cell):
    return bool(PHONE.fullmatch(cell)) and sum(map(str.isdigit, cell)) >= 9


def named(fields, cells):
    """Return {field: text}; of two columns for one thing the first that is filled counts."""
    found = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and cell and field not in found:
            found[field] = cell
    return found
