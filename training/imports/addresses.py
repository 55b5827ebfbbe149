"""What people copy from Outlook: `Sanne van der Heijden <sanne@voorbeeld.nl>; Daan Visser <daan@voorbeeld.nl>`."""

import re

from training.imports.names import tidy

QUOTED = r'"[^"\n]*"'
IN_ANGLES = r"<[^<>\n]*>"
# It begins where a word begins, so that no part of a strange one is taken for the whole; an address before one in
# angles is a name that happens to look like an address.
BARE = r"(?<![^\s<>,;\"'()])[^\s<>,;\"'()@][^\s<>,;\"()@]*+@[^\s<>,;\"'()]++(?![\"')]?\s*<)"
PIECES = re.compile(rf"(?P<quoted>{QUOTED})|(?P<angles>{IN_ANGLES})|(?P<bare>{BARE})")
SEGMENTS = re.compile(rf"(?:{QUOTED}|{IN_ANGLES}|[^;\n])+")
FIELD_NAME = re.compile(r"\A\s*(?:aan|to|cc|bcc|van|from)\s*:", re.IGNORECASE)


def people_in(text):
    """Yield {"name": ..., "email": ...} of the addresses in `text`, in their order; a name without an address, or the
    other way round, is a person as well.
    """
    for segment in SEGMENTS.finditer(text):
        yield from in_segment(FIELD_NAME.sub("", segment[0], 1))


def in_segment(segment):
    """The people between two semicolons or line ends; commas may stand in a name, so an address ends a person."""
    people, start = [], 0
    for piece in PIECES.finditer(segment):
        if not piece["quoted"]:
            people.append(person(segment[start : piece.start()], piece[0]))
            start = piece.end()
    rest = plain(segment[start:]).strip("()")
    if re.search(r"\w", rest):
        if len(people) == 1 and "name" not in people[0]:
            people[0]["name"] = rest
        else:
            people.append({"name": rest})
    return people


def person(name, email):
    email = email.strip("<> ")
    return {field: text for field, text in (("name", plain(name)), ("email", email)) if text}


def plain(name):
    """Return a name without the quotes and commas around it."""
    return tidy(re.sub(r"\\(.)", r"\1", name.strip(' ,\t\r"')))
