"""What a mail says and what its head may hold."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.encoding import punycode
from django.utils.translation import get_supported_language_variant
from icalendar import Calendar, vCalAddress

from common.text import without_controls


def language_for(person, language=None):
    """Return the code of the language to write in: the one asked for, else the person's own, else Dutch."""
    try:
        return get_supported_language_variant(language or getattr(person, "language", "") or "")
    except LookupError:
        return settings.LANGUAGE_CODE


def write_words(template, context, language):
    """Return `{"subject", "text", "html"}` from the three files of `template`, in `language`.

    What people typed stays as it is in subject and text, and is escaped in the HTML, whatever a template says. Raises
    TemplateDoesNotExist when one of the three is missing.
    """
    with translation.override(language):
        context = {
            "site_url": settings.SITE_URL,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "language": language,
        } | context
        return {
            "subject": one_line(_render(f"{template}.subject.txt", context, escape=False)),
            "text": tidy(_render(f"{template}.body.txt", context, escape=False)),
            "html": tidy(_render(f"{template}.body.html", context, escape=True)),
        }


def method_of(ics):
    """Return the METHOD that an iCalendar text is for, as `REQUEST`; raises ValueError when it names none."""
    found = re.search(r"^METHOD:([A-Z]+)\r?$", ics, re.MULTILINE)
    if not found:
        raise ValueError("A calendar invitation in a mail needs a METHOD.")
    return found[1]


def invitation_to(address, ics):
    """Return the calendar invitation `ics` of one person with `address` as theirs; all else stays, its number too."""
    calendar = Calendar.from_ical(ics)
    for event in calendar.walk("VEVENT"):
        if before := event.get("attendee"):
            event["attendee"] = vCalAddress(f"mailto:{with_plain_domain(address)}", params=before.params)
    return calendar.to_ical().decode()


def with_plain_domain(address):
    """Return a mail address as a calendar program reads it: its domain in ASCII."""
    mailbox, _at, domain = address.rpartition("@")
    return f"{mailbox}@{punycode(domain)}"


def _render(name, context, *, escape):
    # Not `Template.render(dict)`: that escapes in text as well, and an apostrophe would arrive as &#x27;.
    return get_template(name).template.render(Context(context, autoescape=escape))


def tidy(text):
    """Return `text` without control characters and with one empty line where tags of the template left more."""
    return re.sub(r"\n[ \t]*(\n[ \t]*)+\n", "\n\n", without_controls(text)).strip() + "\n"


def one_line(text, longest=None):
    """Return `text` as a header may hold it: no line ends, no control or direction signs, one space between words."""
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in DIRECTION)
    return " ".join(kept.split())[:longest].strip()


DIRECTION = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they turn what follows around in the reader's list
)


def is_address(text):
    """Return whether mail can go to `text`: one address and nothing else, its first half in ASCII."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    # Some letters pass for others where case does not count: the Kelvin sign is a k. Few servers take them.
    return len(text) <= 254 and text.rpartition("@")[0].isascii()
