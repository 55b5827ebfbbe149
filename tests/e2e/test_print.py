"""On paper, and in the colours that somebody chose for everything: nothing that matters is lost."""

import pytest

from tests.e2e.ways import LISTENING, PROMISES, SILENT_STORY, press

pytestmark = pytest.mark.browser

TO_PRESS = "button:not(.visually-hidden), .main-nav, .menu-link, .site-footer, .skip-link, .demo, audio, video"


def shown(page, selector):
    return page.eval_on_selector_all(
        selector,
        "found => found.filter((element) => element.checkVisibility()).map((element) => element.outerHTML)",
    )


def style(locator, *names):
    return [locator.evaluate("(element, name) => getComputedStyle(element)[name]", name) for name in names]


def words(page):
    return page.get_by_role("main").inner_text().split()


# ── paper ──
@pytest.mark.parametrize(
    "path",
    [
        SILENT_STORY,
        "/oefeningen/afspraken-verhaal/",
        f"{PROMISES}/papier/",
        f"{PROMISES}/verhaal/",
        f"{PROMISES}/",
        "/mijn/",
    ],
)
def test_nothing_to_press_is_printed(open_device, path):
    page = open_device("samira")
    page.goto(path)
    assert shown(page, TO_PRESS)

    page.emulate_media(media="print")

    assert shown(page, TO_PRESS) == []


@pytest.mark.parametrize(("path", "lines"), [("/oefeningen/afspraken-verhaal/", 1), (f"{PROMISES}/papier/", 7)])
def test_an_exercise_on_paper_has_lines_to_write_on(open_device, path, lines):
    page = open_device("daan")
    page.goto(path)
    page.emulate_media(media="print")
    ruled = page.locator(".paper__lines")

    assert ruled.count() == lines
    for line in ruled.all():
        image, adjust = style(line, "backgroundImage", "printColorAdjust")
        assert (image.startswith("repeating-linear-gradient"), adjust) == (True, "exact")
        assert line.bounding_box()["height"] >= 60


def test_the_story_is_printed_whole_and_in_dark_on_light(open_device):
    page = open_device(color_scheme="dark")
    page.goto(SILENT_STORY)
    told = page.locator(".story__body").inner_text().split()

    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".story__body").inner_text().split() == told
    assert style(page.locator(".story__body p").first, "color") == ["rgb(0, 0, 0)"]
    assert style(page.locator("body"), "backgroundColor") == ["rgb(255, 255, 255)"]


def test_what_somebody_wrote_is_printed_with_the_question(open_device):
    page = open_device("samira")
    page.goto(f"{PROMISES}/aankomen/")
    page.emulate_media(media="print")
    asked = page.locator(".question")

    assert asked.locator(".question__text").is_visible()
    assert asked.locator("textarea").is_visible()
    assert asked.locator("textarea").evaluate("field => field.scrollHeight <= field.clientHeight + 2")


def test_the_printed_pages_hold_everything(open_device):
    """Chromium makes the PDF that a printer would get: no page is empty and nothing runs off to the right."""
    page = open_device("daan")
    page.goto(f"{PROMISES}/papier/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 950})  # A4 between its margins, at 96 dots an inch

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.pdf(format="A4").startswith(b"%PDF")


# ── colours of one's own ──
@pytest.mark.parametrize(
    ("path", "person"),
    [
        ("/", None),
        ("/mijn/", "samira"),
        (f"{PROMISES}/", "samira"),
        (f"{PROMISES}/verhaal/", "samira"),
        (SILENT_STORY, None),
    ],
)
def test_no_words_are_lost_in_forced_colours(open_device, path, person):
    page = open_device(person)
    page.goto(path)
    before = words(page)

    page.emulate_media(forced_colors="active")

    assert words(page) == before


def test_the_selvage_is_a_line_in_forced_colours(open_device):
    page = open_device()
    page.goto("/")
    page.emulate_media(forced_colors="active")

    assert style(page.locator(".selvage"), "borderBottomStyle", "borderBottomWidth") == ["solid", "3px"]


def test_the_seven_places_can_be_told_apart_in_forced_colours(open_device):
    page = open_device("daan", forced_colors="active")
    page.goto(f"{PROMISES}/verhaal/")
    places = page.get_by_role("radio")
    places.nth(2).check()

    assert [style(place, "appearance") for place in places.all()] == [["auto"]] * 8
    chosen, other = places.nth(2).screenshot(), places.nth(3).screenshot()
    assert chosen != other


def test_fields_buttons_and_questions_have_an_edge_in_forced_colours(open_device):
    page = open_device("daan", forced_colors="active")
    page.goto(f"{PROMISES}/verhaal/")

    for selector in (".question", "textarea", ".btn:not(.btn--text)"):
        kind, width, colour, ground = style(
            page.locator(selector).first, "borderTopStyle", "borderTopWidth", "borderTopColor", "backgroundColor"
        )
        assert (kind, float(width.removesuffix("px")) >= 1) == ("solid", True), selector
        assert colour != ground, selector


def test_where_you_are_is_seen_in_forced_colours(open_device):
    page = open_device("samira", forced_colors="active")
    page.goto(f"{PROMISES}/verhaal/")
    items = page.locator(".step-bar__item")

    assert [style(item, "borderTopStyle")[0] for item in items.all()] == ["solid", "solid", "solid", "dotted", "dotted"]
    here, done = style(items.nth(2), "borderTopColor"), style(items.nth(0), "borderTopColor")
    assert here != done


def test_what_is_to_be_mended_is_seen_in_forced_colours(open_device):
    page = open_device("daan", forced_colors="active")
    page.goto(f"{LISTENING}/aankomen/")
    press(page, "Sla op")

    kind, width = style(page.locator(".error-summary"), "borderTopStyle", "borderTopWidth")
    assert (kind, width) == ("solid", "2px")
    assert page.locator(".field__error").is_visible()


def test_the_cloth_keeps_its_colours_in_forced_colours(open_device):
    """The picture is decoration, its caption says the same; but what is drawn has to stand out from the ground."""
    page = open_device("samira", forced_colors="active", color_scheme="dark")
    page.goto("/mijn/")
    ground = style(page.locator("body"), "backgroundColor")[0]

    for name in ("t-cross", "t-blue", "t-warp"):
        thread = page.locator(f"main .cloth .{name}").first
        assert style(thread, "stroke" if name == "t-warp" else "fill") != [ground], name
    assert (
        "Bij Afspraken nakomen heb je 2 van de 5 stappen klaar." in page.locator(".cloth-figure__caption").inner_text()
    )
