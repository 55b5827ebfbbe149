"""The HTML of every screen: no mistakes, references that lead somewhere, headings in order, every language marked."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import html5lib
import pytest

from tests.e2e.screens import SCREENS

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SITE_NAME, ROOM_NAME = "Jouw leven is mijn werk", "Mijn leven is jouw werk"
REFERENCES = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "headers",
    "form",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What may hold no more than words and inline elements (HTML, "phrasing content").
PHRASING_ONLY = {"p", "span", "a", "label", "button", "h1", "h2", "h3", "h4", "b", "strong", "em", "i", "dt", "option"}
BLOCKS = {
    "p", "div", "ul", "ol", "dl", "section", "article", "aside", "nav", "header", "footer", "main", "figure", "form",
    "fieldset", "table", "blockquote", "details", "address", "hr", "pre", *HEADINGS,
}  # fmt: skip
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details", "audio", "video", "label", "summary"}
ONLY_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}}
# Words of one language that the other has not.
DUTCH = re.compile(
    r"\b(de|het|een|je|jij|jouw|niet|naar|wat|waar|stap|verhaal|verhalen|voor|vraag|bij|zijn|ik)\b", re.IGNORECASE
)
ENGLISH = re.compile(
    r"\b(the|you|your|this|with|and|from|it|can|about|story|stories|minutes|step|question)\b", re.IGNORECASE
)
# Names of things stay Dutch inside an English sentence.
NAMES = re.compile(
    r"Jouw leven\s+is mijn werk|Marieke de Wit|\b(Aankomen|Kijken|Lezen|Verhaal|Samen praten|Voornemen)\b"
)


@pytest.fixture(params=SCREENS, scope="module")  # all tests of a screen after each other: it is parsed once
def page(request, visit):
    return parsed(request.param, visit)


@cache
def parsed(name, visit):
    return Page(SCREENS[name], visit(name))


class Page:
    """The HTML of a screen as the server sent it, parsed by the letter of the standard."""

    def __init__(self, screen, seen):
        self.screen, self.seen = screen, seen
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = parser.parse(seen.html)
        self.mistakes = [f"{place}: {code} {details}" for place, code, details in parser.errors]
        self.above = {child: parent for parent in self.root.iter() for child in parent}

    def elements(self, *names):
        return [
            element
            for element in self.root.iter()
            if isinstance(element.tag, str) and (not names or element.tag in names)
        ]

    def ancestors(self, element):
        while element in self.above:
            element = self.above[element]
            yield element

    def language_of(self, element):
        return next((each.get("lang") for each in (element, *self.ancestors(element)) if each.get("lang")), None)

    def words(self):
        """Yield each text in the body with the element it stands in."""
        for element in self.root.find("body").iter():
            if element.tag in ("script", "style") or not isinstance(element.tag, str):
                continue
            own = [element.text, *(element.get(name) for name in ("aria-label", "alt", "title", "placeholder"))]
            yield from ((text, element) for text in own if text and text.strip())
            yield from ((child.tail, element) for child in element if child.tail and child.tail.strip())


def tag(element):
    words = " ".join(f'{name}="{value[:60]}"' for name, value in element.attrib.items())
    return f"<{element.tag} {words}>"


def test_it_is_written_without_mistakes(page):
    assert page.mistakes == []


def test_elements_stand_where_they_may(page):
    wrong = [
        f"{tag(element)} in {tag(outer)}"
        for element in page.elements(*BLOCKS)
        for outer in page.ancestors(element)
        if outer.tag in PHRASING_ONLY and outer.tag != "a"
    ]
    nested = [
        f"{tag(element)} in {tag(outer)}"
        for element in page.elements(*INTERACTIVE - {"summary"})
        for outer in page.ancestors(element)
        if outer.tag in ("a", "button") or (outer.tag == "label" and element.tag in ("a", "button", "label"))
    ]
    strangers = [
        f"{tag(child)} in {tag(outer)}"
        for outer in page.elements(*ONLY_CHILDREN)
        for child in outer
        if isinstance(child.tag, str) and child.tag not in ONLY_CHILDREN[outer.tag]
    ]
    late_legends = [tag(legend) for legend in page.elements("legend") if next(iter(page.above[legend])) is not legend]

    assert wrong + nested + strangers + late_legends == []


def test_no_style_or_script_stands_in_it(page):
    inline = [tag(element) for element in page.elements() if "style" in element.attrib or element.tag == "style"]
    inline += [tag(script) for script in page.elements("script") if not script.get("src")]
    inline += [tag(element) for element in page.elements() for name in element.attrib if name.startswith("on")]

    assert inline == []


def test_ids_are_unique_and_references_lead_to_one(page):
    ids = Counter(element.get("id") for element in page.elements() if "id" in element.attrib)
    wanted = [
        (name, target) for element in page.elements() for name in REFERENCES for target in element.get(name, "").split()
    ]
    wanted += [("href", link.get("href")[1:]) for link in page.elements("a") if link.get("href", "").startswith("#")]

    assert [name for name, count in ids.items() if count > 1 or not name or " " in name] == []
    assert [reference for reference in wanted if reference[1] not in ids] == []


def test_every_field_has_a_name_and_every_button_says_what_it_does(page):
    labelled = {label.get("for") for label in page.elements("label")}
    nameless = [
        tag(field)
        for field in page.elements("input", "textarea", "select")
        if field.get("type") != "hidden"
        and field.get("id") not in labelled
        and not any(outer.tag == "label" for outer in page.ancestors(field))
    ]
    silent = [tag(each) for each in page.elements("button", "a") if not "".join(each.itertext()).strip()]

    assert nameless + silent == []


def test_what_is_wrong_with_a_field_is_tied_to_it(page):
    """The sentence about a mistake belongs to its field, so that it is read aloud there."""
    errors = {element.get("id") for element in page.elements("p") if "field__error" in element.get("class", "")}
    described = {
        target for field in page.elements() for target in field.get("aria-describedby", "").split() if field.tag != "p"
    }
    marked = [
        field
        for field in page.elements("input", "textarea", "select", "fieldset")
        if field.get("aria-invalid") == "true"
    ]

    assert errors - described == set()
    assert bool(errors) <= bool(marked)


def test_headings_are_in_order(page):
    levels = [int(heading.tag[1]) for heading in page.elements(*HEADINGS)]

    assert levels.count(1) == 1
    assert [pair for pair in pairwise([1, *levels]) if pair[1] - pair[0] > 1] == []
    assert [tag(heading) for heading in page.elements(*HEADINGS) if not "".join(heading.itertext()).strip()] == []


def test_the_title_names_the_page_and_the_site(page):
    title = "".join(page.root.find("head").find("title").itertext())

    own, _, name = title.rpartition(" – ")

    assert name in (SITE_NAME, ROOM_NAME)
    assert own.strip() not in ("", SITE_NAME, ROOM_NAME)
    assert title == " ".join(title.split())


def test_pages_have_titles_of_their_own(visit):
    """Somebody with ten tabs open finds the one they look for; states of one page may share its title."""
    paths = {}
    for name in SCREENS:
        seen = visit(name)
        if seen.status == 200:
            # Two cards of one day, two lists for one group: made anew for each screen, they share their page's title.
            paths.setdefault(seen.title, set()).add(NUMBER.sub("-", re.split("[?#]", seen.path)[0]))

    assert {title: sorted(same) for title, same in paths.items() if len(same) > 1} == {}


def test_the_page_says_its_language(page):
    expected = page.screen.language if not page.screen.works_alone else "nl"

    assert page.root.get("lang") == expected
    assert {element.get("lang") for element in page.elements() if element.get("lang")} <= {"nl", "en"}


def test_words_are_in_the_language_they_are_marked_with(page):
    foreign = []
    for text, element in page.words():
        other = {"nl": ENGLISH, "en": DUTCH}[page.language_of(element)]
        if other.search(NAMES.sub("", text)):
            foreign.append(f"{page.language_of(element)}: {' '.join(text.split())[:80]} | {tag(element)}")

    assert foreign == []
