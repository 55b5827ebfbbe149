"""wagtailmedia's screens speak Dutch: each of its texts is known to Wagtail's own catalogues or to ours."""

import importlib.util
from pathlib import Path

import polib
import pytest
import wagtail
import wagtailmedia

from tests.conftest import ROOT

PACKAGE = Path(wagtailmedia.__file__).parent


@pytest.fixture(scope="module")
def messages():
    """scripts/messages.py, which is no module of the site."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(messages, sources):
    """Every translated text in `sources`, (path, function that reads it) pairs, with its plural."""
    for path, texts_in in sources:
        for name, given in texts_in(path.read_text(encoding="utf-8")):
            parts = dict(zip(messages.CALLS[name], given, strict=False))
            if "i" in parts:
                yield parts["i"], parts.get("p")


def test_every_text_of_the_package_has_its_place(messages):
    code = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    sources = [(path, messages.texts_in_code) for path in code]
    sources += [(path, messages.texts_in_template) for path in (PACKAGE / "templates").rglob("*.html")]
    of_wagtail = {
        entry.msgid
        for catalogue in Path(wagtail.__file__).parent.rglob("locale/nl/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(catalogue)).translated_entries()
    } - {"File"}  # in its Dutch "File" too
    of_ours = dict(texts(messages, [(ROOT / "media" / "translations.py", messages.texts_in_code)]))

    found = {text: plural for text, plural in texts(messages, sources) if text not in of_wagtail}

    assert found == of_ours
