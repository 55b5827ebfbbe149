"""Keeps locale/nl in step with the texts in code and templates; needs no gettext, so it runs on every machine.

English is the message ids themselves, so only Dutch has a catalog. Without an option it adds new ids with an empty
translation, drops those that nothing uses any more and compiles; with `--check` it changes nothing and tells what is
not right.
"""

import argparse
import ast
import re
import sys
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
CODE = ["site", "training", "stories", "media"]

# What each function is given, in order: c a context, i an id, p its plural.
CALLS = {
    "_": "i",
    "gettext": "i",
    "gettext_lazy": "i",
    "gettext_noop": "i",
    "ngettext": "ip",
    "ngettext_lazy": "ip",
    "pgettext": "ci",
    "pgettext_lazy": "ci",
    "npgettext": "cip",
    "npgettext_lazy": "cip",
}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?(?:\s*,\s*{TEXT})?")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


# ── What is in use ─────────────────────────────────────────────────────────────
def texts_in_code(source):
    """Yield (name of the function, its texts) for every translated text in Python code."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in CALLS:
            yield name, [argument.value for argument in call.args if is_text(argument)]


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def texts_in_template(source):
    """Yield (name of the function, its texts) for every translated text in a template, as makemessages reads it."""
    for name, *texts in CALL_IN_TEMPLATE.findall(templatize(source)):
        yield name, [ast.literal_eval(text) for text in texts if text]


def used():
    """Return {(context, id): (plural, files)} of all translated texts of ours."""
    found = {}
    sources = [(path, texts_in_code) for top in CODE for path in sorted((ROOT / top).rglob("*.py"))]
    sources += [(path, texts_in_template) for path in sorted((ROOT / "templates").rglob("*.*"))]
    for path, texts_in in sources:
        if "migrations" in path.parts:
            continue
        for name, texts in texts_in(path.read_text(encoding="utf-8")):
            parts = dict(zip(CALLS[name], texts, strict=False))
            if "i" not in parts:
                continue  # a text that is made while running is translated where it is written
            plural, files = found.get((parts.get("c"), parts["i"]), (None, []))
            found[parts.get("c"), parts["i"]] = (parts.get("p") or plural, [*files, str(path.relative_to(ROOT))])
    return found


# ── Bringing the catalog up to date ────────────────────────────────────────────
def update():
    ids = used()
    old = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOG))} if CATALOG.exists() else {}
    catalog = polib.POFile(wrapwidth=110)
    catalog.metadata = {
        "Language": "nl",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, text), (plural, files) in sorted(ids.items(), key=lambda item: (item[1][1][0], item[0][1])):
        entry = old.get((context, text)) or polib.POEntry(msgctxt=context, msgid=text)
        entry.occurrences = [(file, "") for file in dict.fromkeys(files)]
        if plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural, entry.msgstr = plural, {0: entry.msgstr, 1: ""}, ""
        elif plural:
            entry.msgid_plural = plural
        elif entry.msgid_plural:
            entry.msgstr, entry.msgid_plural, entry.msgstr_plural = entry.msgstr_plural.get(0, ""), "", {}
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        catalog.append(entry)
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(CATALOG))
    catalog.save_as_mofile(str(CATALOG.with_suffix(".mo")))
    print(f"{len(catalog)} texts, {len(ids.keys() - old.keys())} new, {len(old.keys() - ids.keys())} dropped.")
    for entry in catalog:
        if not is_translated(entry):
            print(f"Not translated yet: {entry.msgid!r} ({entry.occurrences[0][0]})")


# ── Telling what is not right ──────────────────────────────────────────────────
def is_translated(entry):
    return not entry.fuzzy and all(translations(entry))


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def wrong_placeholders(entry):
    """Return whether a translation lacks a value that the text has, or asks for one that it has not.

    Only the count may be left out of a plural's first form: "one step".
    """
    asked = placeholders(entry.msgid) & placeholders(entry.msgid_plural or entry.msgid)
    given = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    return any(not asked <= placeholders(text) <= given for text in translations(entry))


def content(entries):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural or ""): translations(entry) for entry in entries}


def problems():
    """Yield every difference between the texts in use, the catalog and what was compiled from it."""
    if not CATALOG.exists():
        yield "locale/nl has no catalog yet"
        return
    catalog = polib.pofile(str(CATALOG))
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalog if not entry.obsolete}
    ids = used()
    for key, (plural, files) in ids.items():
        if key not in known or (known[key].msgid_plural or None) != plural:
            yield f"not in the catalog: {key[1]!r} ({files[0]})"
    for key, entry in known.items():
        if key not in ids:
            yield f"used nowhere: {entry.msgid!r}"
        elif not is_translated(entry):
            yield f"not translated: {entry.msgid!r}"
        elif wrong_placeholders(entry):
            yield f"other values than in the text: {entry.msgid!r}"
    for entry in catalog.obsolete_entries():
        yield f"obsolete: {entry.msgid!r}"
    mo = CATALOG.with_suffix(".mo")
    if not mo.exists() or content(polib.mofile(str(mo))) != content(filter(is_translated, known.values())):
        yield "django.mo was not compiled from this django.po"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where something is not right")
    if not parser.parse_args().check:
        update()
        return
    found = list(problems())
    for problem in found:
        print(problem)
    if found:
        sys.exit(f"{len(found)} texts need attention: `make messages` brings the catalog up to date, then translate.")


if __name__ == "__main__":
    main()
