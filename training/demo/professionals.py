"""The demo's interviews and articles by professionals, who are as made up as the stories."""

from datetime import date

from stories.models import ArticlePage, InterviewPage, ProfessionalIndexPage
from training.demo import blocks
from training.demo.keys import page_key
from training.demo.shapes import DemoFileError
from training.demo.tree import put_in_order

INTRO = "Wat vinden mensen van hun eigen werk in de jeugdhulp? Hier vertellen ze het, en soms schrijven ze het zelf."
SHARED = ("title", "strapline", "question", "credits", "checked_by")


def load_professionals(tree, home, tables, recordings):
    """Put the interviews and articles of `tables` in `tree`, below `home`, and return them by slug; `recordings` by
    key.
    """
    values = {"title": "Vakmensen", "slug": "vakmensen", "intro": INTRO}
    index = tree.put("vakmensen", ProfessionalIndexPage, page_key("pages", "vakmensen"), home, values)
    pages = {slug: _professional(tree, index, slug, table, recordings) for slug, table in tables.items()}
    put_in_order(index, pages.values())
    return pages


def _professional(tree, index, slug, table, recordings):
    key = page_key("professionals", slug)
    values = {name: table[name] for name in SHARED} | {
        "slug": slug,
        "body": blocks.article_body(key, table["body"]),
        "recording": recordings.get(table["recording"]),
        "checked_on": _day(table, "checked_on"),
    }
    model, own = _own_values(table)
    return tree.put(table["source"], model, key, index, values | own, tags=table["tags"])


def _own_values(table):
    """Return the page type of `table`, and the values that only this type has."""
    if table["kind"] == "interview":
        return InterviewPage, {name: table[name] for name in ("person", "function", "organisation")}
    line = ", ".join(part for part in (table["function"], table["organisation"]) if part)
    own = {"author": table["person"], "author_line": line, "kind": table["kind"]}
    return ArticlePage, own | {"written_on": _day(table, "written_on")}


def _day(table, name):
    try:
        return date.fromisoformat(table[name]) if table[name] else None
    except ValueError as error:
        raise DemoFileError(f"{table['source']}: {name} is {table[name]!r}. Expected: a day, as 2026-06-11.") from error
