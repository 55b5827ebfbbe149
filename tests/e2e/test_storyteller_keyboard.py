"""Noor does all of it with the keyboard alone: Tab, Enter, Space and typing. Wherever the focus goes, it is seen."""

import re

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.hands import Keys

pytestmark = pytest.mark.browser

TITLE = "De waterkoker"
TEXT = "Het was onze derde hulpverlener."
PURPOSES = ("website", "training", "read_aloud", "print", "social")


@pytest.fixture
def people(open_device):
    """Return `people(name, **options)`: the keys of that person's own browser."""
    return lambda name, **options: Keys(open_device(name, **options))


@pytest.mark.parametrize("size", [{}, {"viewport": PHONE}], ids=["desk", "phone"])
def test_a_story_is_told_given_free_paused_and_taken_back_by_keyboard(people, size):
    noor, marieke = people("noor", **size), people("marieke", **size)
    room = tell_and_ask_along(noor)
    read_back(noor)
    give_free(noor)
    look_for_others(marieke)
    noor.page.goto(room)
    noor.press("Plaats")
    assert "Je verhaal staat online." in said(noor)

    noor.press("Zet op pauze")
    assert "Je verhaal staat op pauze." in said(noor)
    noor.press("Zet weer online")
    assert "Je verhaal staat weer online." in said(noor)

    noor.follow("Haal mijn verhaal weg")
    noor.press("Haal helemaal weg")
    assert heading(noor) == "Je verhaal is weg"
    assert noor.page.goto("/verhalen/de-waterkoker/").status == 410


def test_what_is_to_mend_has_the_focus_and_leads_to_its_field(people):
    noor = people("noor")
    noor.page.goto("/vertellers/vertel/")
    noor.write("Hoe heet je verhaal?", "lang " * 40)
    noor.press("Sla op en stop voor nu")

    assert noor.page.evaluate("document.activeElement.id") == "errors"
    noor.see_focus()
    noor.tab_to(noor.page.locator("#errors a"))
    noor.page.keyboard.press("Enter")
    assert noor.page.evaluate("document.activeElement.name") == "p-story-title"
    noor.see_focus()


# ── telling ──
def tell_and_ask_along(noor):
    """Tell a story and ask Marieke along; return its address in the room."""
    noor.page.goto("/vertellers/")
    noor.follow("Vertel")
    noor.write("Hoe heet je verhaal?", TITLE)
    noor.write(re.compile("^Je verhaal$"), TEXT)
    noor.press("Vraag Marieke om mee te lezen")
    noor.press("Vraag om mee te lezen")
    assert "Marieke krijgt een mail" in said(noor)
    noor.follow(TITLE)
    return noor.page.evaluate("location.pathname")


def read_back(noor):
    noor.follow("Lees mijn verhaal na")
    assert TEXT in noor.page.get_by_role("main").inner_text()
    noor.press("Ja, zo klopt het")


# ── giving it free ──
def give_free(noor):
    noor.follow("Kies wie het mag lezen")
    for name in PURPOSES:
        tick(noor, noor.page.locator(f"[name={name}]").first)
        assert noor.page.locator(f"[name={name}]:checked").get_attribute("value") == "yes"
    for name in ("name_form", "fee"):
        tick(noor, noor.page.locator(f"[name={name}]").first)
    noor.press("Geef mijn verhaal vrij")
    noor.press("Vraag om het na te kijken")
    assert "Marieke" in said(noor)


def look_for_others(marieke):
    """She finds it on her first screen, as nobody sent her an address."""
    marieke.page.goto("/mijn/")
    marieke.follow(TITLE)
    marieke.follow("Kijk of niemand anders te herkennen is")
    for box in marieke.page.get_by_role("main").get_by_role("checkbox").all():
        tick(marieke, box)
    marieke.press("Niemand anders is te herkennen")


def tick(hands, thing):
    hands.tab_to(thing)
    hands.page.keyboard.press("Space")
    hands.see_focus()
    assert thing.is_checked()


# ── what is on the screen ──
def heading(hands):
    return hands.page.get_by_role("heading", level=1).inner_text().replace("\n", " ")


def said(hands):
    return hands.page.get_by_role("main").get_by_role("status").first.inner_text()
