"""The colours hold in light and dark, and no template brings a colour of its own."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "site" / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
TEMPLATES = sorted(
    path
    for folder in ("templates", "site", "stories", "training", "media")
    for path in (ROOT / folder).rglob("*.html")
    if "emails" not in path.parts  # mail programs know only style attributes
)


def declared(selector):
    """Return the tokens that are set in the first block with this selector."""
    start = TOKENS.index(selector + " {")
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS[start : TOKENS.index("}", start)]))


LIGHT = declared(":root")
DARK_BY_DEVICE = declared(':root:not([data-theme="light"])')
DARK_BY_CHOICE = declared(':root[data-theme="dark"]')
THEMES = {"light": LIGHT, "dark": LIGHT | DARK_BY_CHOICE}


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT = [
    ("ink", ("linen", "paper", "yellow-tint", "blue-tint", "green-tint", "red-tint", "marker")),
    ("soft", ("linen", "paper", "yellow-tint", "blue-tint", "green-tint")),
    ("green", ("linen", "paper", "blue-tint", "green-tint", "yellow-tint")),
    ("green-deep", ("linen", "paper", "green-tint", "blue-tint")),
    ("on-green", ("green", "green-deep")),
    ("yellow-ink", ("yellow-tint",)),
    ("blue-ink", ("blue-tint", "paper", "linen")),
    ("on-thread", ("thread-yellow", "thread-blue", "focus")),
    ("red", ("linen", "paper", "red-tint", "blue-tint")),
    ("on-strip", ("strip",)),
    ("on-band", ("band",)),
    ("on-band-button", ("band-button", "band-button-hover")),
]
GRAPHICS = [
    ("line", ("linen", "paper", "blue-tint", "yellow-tint")),
    ("cross-green", ("paper", "blue-tint", "green-tint")),
    ("ring", ("linen", "paper", "blue-tint", "yellow-tint")),
    ("focus", ("strip", "band")),
    ("red", ("paper", "red-tint")),
]


def pairs(table):
    return [(front, back, theme) for front, backs in table for back in backs for theme in THEMES]


def test_the_two_lists_of_dark_values_are_equal():
    assert DARK_BY_DEVICE == DARK_BY_CHOICE
    assert len(DARK_BY_CHOICE) > 25


def test_dark_knows_only_names_that_light_has():
    assert set(DARK_BY_CHOICE) - set(LIGHT) == set()


@pytest.mark.parametrize(("front", "back", "theme"), pairs(TEXT))
def test_text_can_be_read(front, back, theme):
    tokens = THEMES[theme]

    assert contrast(tokens[front], tokens[back]) >= 4.5


@pytest.mark.parametrize(("front", "back", "theme"), pairs(GRAPHICS))
def test_lines_and_marks_can_be_seen(front, back, theme):
    tokens = THEMES[theme]

    assert contrast(tokens[front], tokens[back]) >= 3


def test_only_tokens_hold_colours():
    elsewhere = {
        path.name: re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", path.read_text())
        for path in CSS.rglob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }

    assert {name: found for name, found in elsewhere.items() if found} == {}


def test_every_token_that_is_used_exists():
    css = "".join(path.read_text() for path in CSS.rglob("*.css"))
    known = set(re.findall(r"(--[\w-]+):", css))

    assert set(re.findall(r"var\((--[\w-]+)", css)) - known == set()


def test_every_font_that_is_named_is_there_with_its_licence():
    named = re.findall(r'url\("\.\./fonts/([^"]+)"\)', TOKENS)
    fonts = ROOT / "site" / "static" / "fonts"

    assert len(named) == 7
    assert [name for name in named if not (fonts / name).is_file()] == []
    assert sorted(path.name for path in fonts.glob("*OFL.txt")) == [
        "atkinson-hyperlegible-next-OFL.txt",
        "literata-OFL.txt",
        "shantell-sans-OFL.txt",
    ]


def test_a_step_page_loads_at_most_eight_stylesheets_of_fourteen_kilobytes():
    every_page = re.findall(r'"stylesheet" href="\{% static \'css/([^\']+)', page_links())
    step = [*every_page, "components/question.css", "components/step.css"]

    assert len(step) <= 8
    assert sum(len(gzip.compress((CSS / name).read_bytes())) for name in step) < 14_000


def page_links():
    """Return styles.html without its opening comment."""
    return (ROOT / "templates" / "components" / "styles.html").read_text().split("{% endcomment %}")[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_style_and_no_script_of_its_own(path):
    html = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style[\s>]", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)[^>]*>|\son\w+\s*=\s*[\"']", html)
