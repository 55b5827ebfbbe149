"""Plain text and the paragraphs of a story, both ways: what somebody types on a phone needs no editor."""

import re
from html import escape, unescape

PARAGRAPH = "paragraph"
KEY = re.compile(r' data-block-key="[^"]*"')
OPENING, BREAK = re.compile(r"^<p>|</p>$"), re.compile(r"<br\s*/?>")


def text_to_body(text, stood=()):
    """Return `text` as the raw blocks of a body: an empty line begins a new paragraph, a line break stays one.

    `stood` are the blocks that stood there: the ones in the same place keep their ids.
    """
    ids = [block.get("id") for block in stood]
    parts = [part.strip() for part in re.split(r"\n[ \t]*\n\s*", text.strip()) if part.strip()]
    return [
        {"type": PARAGRAPH, "value": paragraph(part)} | ({"id": ids[place]} if place < len(ids) and ids[place] else {})
        for place, part in enumerate(parts)
    ]


def body_to_text(body):
    """Return the typed text of a body that is_plain, given as a StreamValue."""
    return "\n\n".join(text_of_paragraph(block["value"]) for block in body.get_prep_value())


def is_plain(body):
    """True when all of it could have been typed: paragraphs without bold, links or anything between them."""
    return all(
        block["type"] == PARAGRAPH and paragraph(text_of_paragraph(block["value"])) == KEY.sub("", block["value"])
        for block in body.get_prep_value()
    )


def paragraph(text):
    return f"<p>{'<br/>'.join(escape(line, quote=False) for line in text.split(chr(10)))}</p>"


def text_of_paragraph(html):
    return unescape(BREAK.sub("\n", OPENING.sub("", KEY.sub("", html))))
