"""The room of who tells on paper, in forced colours, and in the order in which a phone shows it."""

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.room_screens import ask_marieke, tell
from tests.e2e.test_print import TO_PRESS, shown, style

pytestmark = pytest.mark.browser

TEXT = "Het was onze derde hulpverlener."


@pytest.fixture
def noor(open_device):
    """Return `noor(**options)`: her browser, on the page of a story she just told."""

    def opened(**options):
        page = open_device("noor", **options)
        tell(page, text=TEXT)
        return page

    return opened


def test_the_story_is_printed_although_it_was_closed_and_nothing_to_press_is(noor):
    page = noor()
    words = page.locator(".told__words .story-text")
    assert (words.is_visible(), shown(page, TO_PRESS) != []) == (False, True)

    page.emulate_media(media="print")

    assert words.inner_text() == TEXT
    assert words.is_visible()
    assert shown(page, TO_PRESS) == []
    assert shown(page, ".room__title") == shown(page, "#words") != []


def test_no_words_are_lost_in_forced_colours_and_boxes_have_an_edge(noor):
    page = noor()
    before = page.get_by_role("main").inner_text().split()

    page.emulate_media(forced_colors="active")

    assert page.get_by_role("main").inner_text().split() == before
    for selector in (".who-sees", "main .btn"):
        assert style(page.locator(selector).first, "borderTopStyle") == ["solid"], selector


@pytest.mark.parametrize("size", [{"viewport": PHONE}, {}], ids=["phone", "desk"])
def test_who_reads_along_comes_after_what_is_next_and_before_the_rest(noor, size):
    page = noor(**size)
    ask_marieke(page)
    page.get_by_role("link", name="De waterkoker").first.click()
    following, along, words = (page.locator(one).bounding_box() for one in (".told__next", "#along", "#words"))

    if size:
        assert following["y"] < along["y"] < words["y"]
    else:  # beside it, and nothing lies over anything else
        assert along["x"] >= following["x"] + following["width"]
        assert following["y"] + following["height"] <= words["y"]
