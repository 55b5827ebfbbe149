from datetime import date

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from common.rendering import ConstantNode

BASE = "{% load i18n %}<h1>{% translate 'Menu' %}</h1>{% block main %}<p>{% translate 'Sign in' %}</p>{% endblock %}"
PAGE = (
    "{% extends 'base.html' %}{% load i18n %}{% block main %}{{ block.super }}{% comment %}no{% endcomment %}"
    "{% for name in names %}<i>{% translate 'Sign out' %} {{ name }}</i>{% endfor %}"
    "{% if open %}{% translate 'Stories' as stories %}<b>{{ stories }}</b>"
    "{% else %}<b>{% translate shut %}</b>{% endif %}"
    "{% endblock %}"
)


@pytest.fixture
def engine():
    templates = ("django.template.loaders.locmem.Loader", {"base.html": BASE, "page.html": PAGE})
    return Engine(
        loaders=[("common.rendering.JoiningLoader", [templates])],
        libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
    )


def render(engine, language, **values):
    with translation.override(language):
        return engine.get_template("page.html").render(Context(values))


def test_a_page_says_the_same_as_without_joining(engine):
    plain = Engine(
        loaders=[("django.template.loaders.locmem.Loader", {"base.html": BASE, "page.html": PAGE})],
        libraries=engine.libraries,
    )
    for language in ("nl", "en", "nl"):
        for values in ({"names": ["Noor", "<Jesse>"], "open": True}, {"names": [], "open": False, "shut": "Stories"}):
            assert render(engine, language, **values) == render(plain, language, **values)


def test_each_language_has_its_own_words(engine):
    assert "<p>Log in</p>" in render(engine, "nl")
    assert "<p>Sign in</p>" in render(engine, "en")
    assert "<p>Log in</p>" in render(engine, "nl")


def test_what_belongs_to_a_request_is_never_kept(engine):
    assert "Noor" in render(engine, "nl", names=["Noor"])
    assert "Noor" not in render(engine, "nl", names=["Jesse"])


def test_neighbours_are_one_node(engine):
    nodes = engine.get_template("base.html").nodelist
    assert [type(node).__name__ for node in nodes] == ["ConstantNode", "BlockNode"]
    assert isinstance(nodes[1].nodelist[0], ConstantNode)


@pytest.mark.parametrize(
    "value",
    [
        "<Jesse> & 'Noor'",
        SafeString("<b>Noor</b>"),
        1234,
        -5,
        True,
        1234.5,
        date(2026, 11, 22),
        None,
        gettext_lazy("Menu"),
        ["<"],
    ],
)
@pytest.mark.parametrize(
    "source",
    ["{{ value }}", "{% autoescape off %}{{ value }}{% endautoescape %}", "{{ value.no }}", "{{ value|upper }}"],
)
def test_a_value_is_written_as_django_does(source, value):
    written = [
        Engine(loaders=[(loader, [("django.template.loaders.locmem.Loader", {"page.html": source})])])
        .get_template("page.html")
        .render(Context({"value": value}))
        for loader in ("common.rendering.JoiningLoader", "django.template.loaders.cached.Loader")
    ]
    assert written[0] == written[1]


def test_a_template_is_joined_once(engine):
    first = list(engine.get_template("base.html").nodelist)
    assert list(engine.get_template("base.html").nodelist) == first
    assert not any(isinstance(node, TextNode) for node in first)


# ── Numbers, sentences and templates in templates ──────────────────────────────
PARTS = {
    "tree.html": "<li>{{ node.name }}{% for node in node.below %}{% include 'tree.html' %}{% endfor %}</li>",
    "greeting.html": "<p>{{ words }} {{ name }}</p>",
    "step.html": (
        "{% load i18n %}{% blocktranslate with number=number total=total trimmed %}\n"
        "  Step {{ number }} of {{ total }}\n{% endblocktranslate %}"
    ),
    "people.html": (
        "{% load i18n %}{% blocktranslate count number=number trimmed %}One person{% plural %}{{ number }} people"
        "{% endblocktranslate %}"
    ),
    "folder/page.html": "{% include './part.html' %}{% include '../greeting.html' %}",
    "folder/part.html": "part",
    "any.html": "{% include which %}",
    "with.html": "{% include 'greeting.html' with words='Dag' %}{% include 'greeting.html' with words='Hoi' only %}",
    "turns.html": "{% for turn in turns %}{% include 'odd.html' %}{% endfor %}",
    "odd.html": "{% for other in turns %}{% cycle 'a' 'b' %}{% endfor %}",
}
CASES = [
    ("tree.html", {"node": {"name": "<1>", "below": [{"name": "2"}, {"name": "3", "below": [{"name": "4"}]}]}}),
    ("greeting.html", {"name": "Noor"}),
    ("step.html", {"number": 1, "total": 12}),
    ("people.html", {"number": 1}),
    ("people.html", {"number": 1200}),
    ("folder/page.html", {"name": "Noor"}),
    ("any.html", {"which": "greeting.html", "name": "Noor"}),
    ("any.html", {"which": "folder/part.html"}),
    ("with.html", {"name": "<Noor>"}),
    ("turns.html", {"turns": [1, 2, 3]}),
]


def engine_with(loader):
    return Engine(
        loaders=[(loader, [("django.template.loaders.locmem.Loader", PARTS)])],
        libraries={"i18n": "django.templatetags.i18n"},
    )


@pytest.mark.parametrize(("name", "values"), CASES)
def test_parts_and_sentences_say_the_same_as_in_django_each_time(name, values):
    ours = engine_with("common.rendering.JoiningLoader")
    plain = engine_with("django.template.loaders.cached.Loader")
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            assert ours.get_template(name).render(Context(values)) == plain.get_template(name).render(Context(values))


def test_numbers_are_grouped_where_the_site_asks_for_it(settings, engine):
    settings.USE_THOUSAND_SEPARATOR = True

    assert "1.234" in render(engine, "nl", names=[1234])
