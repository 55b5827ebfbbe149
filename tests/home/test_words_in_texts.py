"""No text of ours writes the word for client, and no template inflects it: both read from the files themselves.

What editors write (and so the demo's content) is theirs. "Deelnemer" and "jongere" are free as well: they also say
who takes part, and with whom somebody works.
"""

import ast
import re
import unicodedata
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("site", "media", "stories", "training")
CATALOG = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
NOT_OURS = ("migrations", "__pycache__")
CONTENT = ("training/demo/",)
# {(file, text): why it is written by hand}
ALLOWED = {
    ("site/home/models/terms.py", word): "the word of a site that has not chosen one"
    for word in ("cliënt", "cliënten", "van de cliënt")
}

WORDS = re.compile(
    r"(?<![\w.])(?:cliënt\w*|(?:(?<!-)client|klant|burger|huurder|consument|bewoner)(?:e|s|es|en|in|innen)?)(?!\w|\.\w|[(=])",
    re.IGNORECASE,
)
DUTCH = re.compile(WORDS.pattern.replace("(?<!-)client|", ""), re.IGNORECASE)
FORM = r"[\w.]*\b(?:singular|plural|with_article|possessive)"
INFLECTED = (
    re.compile(rf"\{{\{{\s*{FORM}\s*\|[^}}]*\}}\}}"),  # a filter changes it
    re.compile(rf"\{{\{{\s*{FORM}\s*\}}\}}\w|\w\{{\{{\s*{FORM}\s*\}}\}}"),  # letters stand against it
    re.compile(
        r"%\((?:singular|plural|with_article|possessive)\)s\w|\w%\((?:singular|plural|with_article|possessive)\)s"
    ),
)


def found_in(text, pattern=WORDS):
    """Return every word for client in `text`, whichever way its ë is written."""
    return [match[0] for match in pattern.finditer(unicodedata.normalize("NFC", text))]


def inflections(text):
    return [match[0] for pattern in INFLECTED for match in pattern.finditer(text)]


def strings_of(source):
    """Yield every string of Python code but its docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def ours(folder, ending):
    for path in sorted((ROOT / folder).rglob(f"*{ending}")):
        name = str(path.relative_to(ROOT))
        if not set(path.parts) & set(NOT_OURS) and not name.startswith(CONTENT):
            yield name, path.read_text(encoding="utf-8")


def written_by_hand():
    """Yield `(file, text)` of every text of ours that names the client."""
    for name, text in [*ours("templates", ".html"), *ours("templates", ".txt")]:
        yield from ((name, word) for word in found_in(text))
    for folder in CODE:
        for name, source in ours(folder, ".py"):
            yield from ((name, text) for text in strings_of(source) if found_in(text))
        for name, source in ours(folder, ".js"):
            yield from ((name, word) for word in found_in(source, DUTCH))
    for entry in polib.pofile(str(CATALOG)):
        texts = [entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()]
        yield from (("locale/nl", text) for text in texts if found_in(text))


def test_no_text_of_ours_names_the_client():
    found = {(name, text) for name, text in written_by_hand() if (name, text) not in ALLOWED}

    assert found == set(), "use {% word %} (home/templatetags/terms.py) or word_for (home/domain/terms.py)"


def test_every_exception_is_still_needed():
    assert set(ALLOWED) - set(written_by_hand()) == set()


def test_no_template_and_no_translation_inflects():
    texts = [
        *ours("templates", ".html"),
        *ours("templates", ".txt"),
        ("locale/nl", CATALOG.read_text(encoding="utf-8")),
    ]

    assert {name: found for name, text in texts if (found := inflections(text))} == {}


# ── The tests themselves ───────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    [
        "Vraag het de cliënt.",
        "cliënten",
        "Cliënte",
        "(ex-)cliënten",
        "de klanten",
        "Clie\u0308nt",
        "A former client",
        "Bewoners",
        "het cliëntensysteem",
    ],
)
def test_a_planted_word_is_found(text):
    assert len(found_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "get_client_ip",
        "clientWidth",
        "http.client",
        "klantvriendelijk",
        "postgresql-client",
        "Amsterdamburger",
        "client.get",
    ],
)
def test_another_word_is_not(text):
    assert found_in(text) == []


def test_texts_in_code_are_read_and_docstrings_are_not():
    assert list(strings_of('"""client"""\ndef a():\n    """client"""\n    return "cliënt", f"de {1} klant"')) == [
        "cliënt",
        "de ",
        " klant",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ term.singular }}en",
        "{{ term.capital.plural|lower }}",
        "{{singular}}s",
        "ex{{ term.plural }}",
        "van %(singular)ss",
    ],
)
def test_a_planted_inflection_is_found(text):
    assert len(inflections(text)) == 1


@pytest.mark.parametrize(
    "text", ["(ex-){{ term.plural }}.", "{% if singular %}s", "“{{ singular }}”", "%(singular)s zegt"]
)
def test_a_form_between_others_is_none(text):
    assert inflections(text) == []
