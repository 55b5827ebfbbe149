"""Rows of the demo's files as the values of StreamFields: every block with its own lasting id and with all its parts.

A part that is left out would be filled in by Wagtail on the first save, and then each load would look like an edit.
"""

from django.utils.html import format_html, format_html_join

from training.demo.keys import block_key


def paragraphs(texts):
    """Return plain `texts` as rich text, escaped, a paragraph each."""
    return str(format_html_join("", "<p>{}</p>", ((text,) for text in texts)))


def bullets(items):
    """Return plain `items` as a list in rich text, escaped."""
    return f"<ul>{format_html_join('', '<li>{}</li>', ((item,) for item in items))}</ul>"


def block(page, block_id, kind, value):
    """Return one block of the page with key `page`."""
    return {"type": kind, "value": value, "id": block_key(page, block_id)}


def facts(page, rows):
    return [block(page, f"fact-{place}", "fact", row) for place, row in enumerate(rows, start=1)]


def principles(page, rows):
    return [
        block(page, f"principle-{row['number']}", "principle", {"title": row["title"], "text": row["text"]})
        for row in rows
    ]


def page_body(page, rows):
    """Return the text of a page about the site: headings, paragraphs and lists."""
    return [_page_block(page, row) for row in rows]


def _page_block(page, row):
    if row["kind"] == "heading":
        return block(page, row["id"], "heading", row["text"])
    return block(page, row["id"], "text", bullets(row["items"]) if row["kind"] == "list" else paragraphs([row["text"]]))


def story_body(page, rows):
    return [block(page, row["id"], row["kind"], _story_value(page, row)) for row in rows]


def _story_value(page, row):
    kind = row["kind"]
    if kind == "dialogue":
        return {"lines": _items(page, row["id"], "line", row["lines"])}
    if kind == "letter":
        return {"salutation": row["salutation"], "text": paragraphs(row["text"]), "closing": row["closing"]}
    if kind == "note":
        return {"title": row["title"], "text": row["text"]}
    if kind == "quote":
        return {"words": row["text"], "who": row["who"]}
    return paragraphs([row["text"]]) if kind == "paragraph" else row["text"]


def article_body(page, rows):
    """Return the text of an interview or an article."""
    return [block(page, row["id"], row["kind"], _article_value(page, row)) for row in rows]


def _article_value(page, row):
    kind = row["kind"]
    if kind == "pull_quote":
        return {"words": row["text"], "source": row["who"]}
    if kind == "quote":
        return {"words": row["text"], "who": row["who"]}
    if kind == "principles":
        return {
            "title": row["title"],
            "principles": _items(page, row["id"], "principle", row["principles"], lambda one: one["title"]),
        }
    if kind == "thread":
        return {name: row[name] for name in ("first", "second", "question")}
    return paragraphs([row["text"]]) if kind == "paragraph" else row["text"]


def prompts(page, rows):
    return [block(page, row["id"], row["kind"], _prompt_value(page, row)) for row in rows]


def _prompt_value(page, row):
    own = {
        name: value for name, value in row.items() if name not in ("id", "kind", "variants", "hints", "boxes", "rounds")
    }
    value = own | {"variants": _items(page, row["id"], "variant", row["variants"], lambda variant: variant["work"])}
    if "hints" in row:
        value["hints"] = _items(page, row["id"], "hint", row["hints"])
    for name, kind in (("boxes", "box"), ("rounds", "round")):
        if name in row:
            value[name] = [block(page, f"{row['id']}/{part['id']}", kind, _without_id(part)) for part in row[name]]
    return value


def _items(page, prompt, kind, values, name=None):
    """Return the entries of a list block, each known by its name, or by its place where it has none."""
    return [
        block(page, f"{prompt}/{kind}-{name(value) if name else place}", "item", value)
        for place, value in enumerate(values, start=1)
    ]


def _without_id(row):
    return {name: value for name, value in row.items() if name != "id"}


def _way_to(page):
    """Return a paragraph of rich text that leads to `page` by its title, wherever it stands; nothing without one."""
    return str(format_html('<p><a linktype="page" id="{}">{}</a></p>', page.pk, page.title)) if page else ""


def steps(page, rows, known):
    """Return the steps of a module; `known` maps kinds (stories, exercises, recordings) to `{slug: primary key}`, and
    professionals to `{slug: page}`.

    A step's address is its id in the file, for good.
    """
    return [block(page, row["id"], "step", _step_value(row, known)) for row in rows]


def _step_value(row, known):
    plain = {name: row[name] for name in ("kind", "title", "minutes", "summary", "heading")}
    return plain | {
        "slug": row["id"],
        "text": paragraphs(row["text"]) + _way_to(known["professionals"].get(row["reads"])),
        "recording": known["recordings"].get(row["recording"]),
        "story": known["stories"].get(row["story"]),
        "reserve_story": known["stories"].get(row["reserve_story"]),
        "exercise": known["exercises"].get(row["exercise"]),
    }
