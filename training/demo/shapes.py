"""What may stand in each file of the demo (README.md), and the check that says in words where a file differs."""

import re
from dataclasses import dataclass

from home.choices import Article
from stories.choices import ArticleKind, Drawing, Relation, Setting
from training.blocks.prompts import WORK_VARIANTS
from training.choices import StepKind
from training.models.steps import RESERVED_SLUGS

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORDS = {str: "text between quotes", int: "a whole number, 0 or more", list: "a list", bool: "true or false"}


class DemoFileError(Exception):
    """A file of the demo can't be used; the message names the file, the place in it and what is expected."""


@dataclass(frozen=True)
class Part:
    """One key of a file; without `default` it is needed. `one_of` limits its values, `rows` says what a list holds."""

    kind: type
    default: object = None
    one_of: tuple = ()
    rows: object = None


class Kinds(dict):
    """Shapes by the word that a row has at `kind`."""


def text(default=None, one_of=()):
    return Part(str, default, tuple(one_of))


def number(default=None):
    return Part(int, default)


def rows(shape, default=None):
    """A list whose entries have `shape`: a plain type, a dict of parts, or Kinds."""
    return Part(list, default, rows=shape)


BLOCK = {"id": text(), "kind": text()}
VARIANT = {"work": text(one_of=(work for work, _label in WORK_VARIANTS)), "question": text()}
PROMPT = BLOCK | {"question": text(), "maker": text(""), "help": text(""), "variants": rows(VARIANT, [])}
PROMPTS = Kinds(
    open=PROMPT | {"hints": rows(str, [])},
    statement=PROMPT | {"pole_low": text(), "pole_high": text()},
    boxes=PROMPT | {"boxes": rows({"id": text(), "label": text()})},
    intention=PROMPT | {"opening": text("")},
    talk=PROMPT
    | {"rule": text(""), "rounds": rows({"id": text(), "minutes": number(), "text": text()}), "alone": text("")},
)
EXERCISE = {"title": text(), "intro": text(""), "minutes": number(), "prompts": rows(PROMPTS)}

SAID = BLOCK | {"text": text()}
QUOTED = BLOCK | {"text": text(), "who": text("")}
STORY_BODY = Kinds(
    paragraph=SAID,
    marked=SAID,
    pause=SAID,
    note=SAID | {"title": text()},
    dialogue=BLOCK | {"lines": rows({"speaker": text(), "words": text()})},
    quote=QUOTED,
    letter=BLOCK | {"salutation": text(""), "text": rows(str), "closing": text("")},
)
STORY = {
    "title": text(),
    **{
        name: text("")
        for name in (
            *("strapline", "storyteller_line", "storyteller_short", "question", "recording"),
            *("content_note", "note_absent", "note_end", "short_version", "wanted", "made_by"),
        )
    },
    "relation": text("", one_of=Relation.values),
    "setting": text("", one_of=Setting.values),
    "storyteller": text(),
    "drawing": text("", one_of=Drawing.values),
    "swatch_seed": number(),
    "tags": rows(str, []),
    "order": number(),
    "body": rows(STORY_BODY),
    "fate": text("", one_of=("paused", "withdrawn")),
}

ARTICLE_BODY = Kinds(
    heading=SAID,
    paragraph=SAID,
    pull_quote=QUOTED,
    quote=QUOTED,
    principles=BLOCK | {"title": text(""), "principles": rows({"title": text(), "text": text("")})},
    thread=BLOCK | {"first": text(), "second": text(), "question": text()},
)
ARTICLE = {
    "title": text(),
    "kind": text(one_of=("interview", *ArticleKind.values)),
    **{name: text("") for name in ("strapline", "function", "organisation", "question", "credits", "recording")},
    **{name: text("") for name in ("written_on", "checked_on", "checked_by")},
    "person": text(),
    "tags": rows(str, []),
    "order": number(),
    "body": rows(ARTICLE_BODY),
}
THEMES = {"list": rows({"name": text(), "intro": text(), "question": text()})}

STEP = {
    "id": text(),
    "kind": text(one_of=StepKind.values),
    "title": text(),
    "minutes": number(),
    "text": rows(str, []),
    **{name: text("") for name in ("summary", "heading", "story", "reserve_story", "reads", "exercise", "recording")},
}
MODULE = {
    "title": text(),
    **{name: text("") for name in ("short_title", "opening_question", "about", "makers")},
    **{name: rows(str, []) for name in ("needs", "thread", "tags")},
    "principles": rows(int, []),
    "steps": rows(STEP),
}

TRAINING = {
    "title": text(),
    **{name: text("") for name in ("strapline", "for_whom", "hours", "makers", "makers_text")},
    "intro": rows(str),
    "principles": rows({"number": number(), "title": text(), "text": text()}, []),
}

HOME = {
    "pitch": text(),
    "facts": rows({"bold": text(""), "rest": text()}, []),
    "meet_title": text(""),
    "meet_text": text(""),
}
CONTACT = {name: text("") for name in ("name", "role", "phone", "email", "hours")}
BODY = Kinds(heading=SAID, paragraph=SAID, list=BLOCK | {"items": rows(str)})
PAGE = {"slug": text(), "title": text(), "intro": text(""), "blocks": rows(BODY)}
TERM = {"article": text(one_of=Article.values), "singular": text(), "plural": text(), "possessive": text()}
WORDS_FOR_PEOPLE = {"used": text(), "page": text(), "list": rows(TERM)}
PAGES = {
    "home": Part(dict, rows=HOME),
    "contact": Part(dict, rows=CONTACT),
    "words": Part(dict, rows=WORDS_FOR_PEOPLE),
    "pages": rows(PAGE),
}

REACTION = {
    **{name: text() for name in ("id", "who", "text")},
    "days": number(),
    **{name: text("") for name in ("to", "quoting")},
    "waits": Part(bool, False),
}
TALK = {
    "page": text(),
    "talk": text(one_of=("on", "read_first")),
    **{name: text("") for name in ("shown_by", "closed_by", "reason", "summary")},
    "closed": number(0),
    "reactions": rows(REACTION),
}
CARD = {
    **{name: text() for name in ("from", "text")},
    "days": number(),
    **{name: text("") for name in ("to", "story", "sentence", "passed_on_by", "answer")},
    "name_may_show": Part(bool, False),
    "reading": text("", one_of=("kept", "shown")),
}
KEPT = {**{name: text() for name in ("who", "page")}, "note": text(""), "labels": rows(str, [])}
BESIDE = {"talks": rows(TALK), "cards": rows(CARD), "kept": rows(KEPT)}

RECORDING = {
    "kind": text(one_of=("film", "sound")),
    "title": text(),
    "file": text(),
    **{name: text("") for name in ("poster", "captions", "note")},
    "duration": number(),
    "transcript": text(),
}


def checked(table, shape, where):
    """Return `table` with the defaults of `shape` filled in; raises DemoFileError that begins with `where`."""
    if not isinstance(table, dict):
        raise DemoFileError(f"{where} is {table!r}. Expected: a table with {', '.join(shape)}.")
    if isinstance(shape, Kinds):
        kind = table.get("kind")
        if kind not in shape:
            raise DemoFileError(f"{where}: kind is {kind!r}. Expected one of: {', '.join(shape)}.")
        shape = shape[kind]
    for name in table:
        if name not in shape:
            raise DemoFileError(f"{where}: “{name}” is not known here. Expected only: {', '.join(shape)}.")
    return {name: _value(table, name, part, f"{where}: {name}") for name, part in shape.items()}


def _value(table, name, part, where):
    value = table.get(name, part.default)
    if value is None:
        raise DemoFileError(f"{where} is missing. Expected: {WORDS.get(part.kind, 'a table')}.")
    if part.kind is dict:
        return checked(value, part.rows, where)
    _refuse_other_type(value, part.kind, where)
    if name in table and part.one_of and value not in part.one_of:
        raise DemoFileError(f"{where} is {value!r}. Expected one of: {', '.join(part.one_of)}.")
    return _entries(value, part.rows, where) if part.kind is list else value


def _entries(values, shape, where):
    if isinstance(shape, type):
        for value in values:
            _refuse_other_type(value, shape, where)
        return values
    entries = [
        checked(value, shape, f"{where} {_name_of(value, place)}") for place, value in enumerate(values, start=1)
    ]
    ids = [entry["id"] for entry in entries if "id" in entry]
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise DemoFileError(f"{where}: the id {twice!r} stands there twice. Expected: an id of its own for each.")
    return entries


def _refuse_other_type(value, kind, where):
    # A bool is an int to Python; a file that says `minutes = true` means something else.
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool) or (kind is int and value < 0):
        raise DemoFileError(f"{where} is {value!r}. Expected: {WORDS[kind]}.")


def _name_of(row, place):
    return (isinstance(row, dict) and (row.get("id") or row.get("slug"))) or place


def refuse_bad_address(name, where):
    """Raise DemoFileError unless `name` can be a part of an address, for good."""
    if not ADDRESS.fullmatch(name) or len(name) > 50 or name in RESERVED_SLUGS:
        expected = f"lower case, digits and hyphens, at most 50, not {' or '.join(sorted(RESERVED_SLUGS))}"
        raise DemoFileError(f"{where}: {name!r} can't be an address. Expected: {expected}.")
