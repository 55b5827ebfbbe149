"""The journey of a story: Noor tells it on her phone, shapes it, gives it free, gets a card, and takes it back."""

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.hands import Hands

pytestmark = pytest.mark.browser

ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
WITHOUT_SCRIPT = {"viewport": PHONE, "java_script_enabled": False}
ADDRESS = "/verhalen/de-waterkoker/"
TEXT = "Elke dinsdag kwam er iemand anders.\n\nDe waterkoker had een deuk. Niemand vroeg ernaar."
LATER = "Pas de vierde keek, en vroeg: hoe komt die deuk daar?"
MARKED = "De vierde vroeg naar de deuk."
QUESTION = "Waar keek jij vandaag naar?"
REMARK = "Die deuk moet erin blijven."
THEME = "doorvragen"


@pytest.fixture
def people(open_device):
    """Return `people(name, **options)`: the hands of that person in a browser of their own."""
    return lambda name=None, **options: Hands(open_device(name, **options))


def test_noor_tells_a_story_on_her_phone_and_takes_it_back(people):
    noor, marieke, samira = (people(name, **ON_A_PHONE) for name in ("noor", "marieke", "samira"))
    ilse, visitor = people("ilse"), people(**ON_A_PHONE)
    begin(noor)
    noor = people("noor", **ON_A_PHONE)
    go_on(noor)
    room = ask_marieke_along(noor)
    leave_a_remark(marieke, room)
    see_the_remark(noor, room)
    shape_it_in_the_cms(noor, room)
    read_it_back(noor, shows=(LATER, MARKED, QUESTION))
    release_check_and_publish(noor, marieke, room)

    find_it_by_words(visitor)
    find_it_by_theme(visitor)
    assert QUESTION in read(visitor)
    send_and_answer_a_card(samira, noor, ilse, sentence=MARKED)
    take_it_away(noor, room)
    meet_nothing(visitor)


def test_the_same_without_script(people):
    noor, marieke, samira, ilse = (people(name, **WITHOUT_SCRIPT) for name in ("noor", "marieke", "samira", "ilse"))
    visitor = people(**WITHOUT_SCRIPT)
    begin(noor)
    go_on(noor)
    room = ask_marieke_along(noor)
    leave_a_remark(marieke, room)
    see_the_remark(noor, room)
    read_it_back(noor, shows=(LATER,))
    release_check_and_publish(noor, marieke, room)

    find_it_by_words(visitor)
    assert LATER in read(visitor)
    send_and_answer_a_card(samira, noor, ilse, sentence="Niemand vroeg ernaar.")
    take_it_away(noor, room)
    meet_nothing(visitor)


# ── telling ──
def begin(noor):
    noor.page.goto("/vertellers/")
    noor.follow("Vertel")
    noor.write("Hoe heet je verhaal?", "De waterkoker")
    noor.write(re.compile("^Je verhaal$"), TEXT)
    noor.press("Sla op en stop voor nu")
    assert "Je verhaal is opgeslagen." in said(noor)


def go_on(noor):
    noor.page.goto("/vertellers/")
    noor.follow("Ga verder", within=in_the_room(noor))
    field = noor.field(re.compile("^Je verhaal$"))
    assert field.input_value() == TEXT
    field.fill(f"{TEXT}\n\n{LATER}")


def in_the_room(noor):
    return noor.page.get_by_role("article").filter(has_text="De waterkoker")


def ask_marieke_along(noor):
    """Save and ask her along; return the address of the story in the room."""
    noor.press("Vraag Marieke om mee te lezen")
    noor.field("Wie?").select_option(label="Marieke de Wit")
    noor.press("Vraag om mee te lezen")
    assert "Marieke krijgt een mail" in said(noor)
    noor.follow("De waterkoker")
    return noor.page.evaluate("location.pathname")


def leave_a_remark(marieke, room):
    marieke.page.goto("/vertellers/")
    marieke.follow("De waterkoker")
    assert LATER in words(marieke)
    marieke.write("Wil je er iets over zeggen?", REMARK)
    marieke.press("Ik heb het gelezen")
    assert marieke.page.evaluate("location.pathname") == room


def see_the_remark(noor, room):
    noor.page.goto(room)
    assert REMARK in noor.page.get_by_role("region", name="Wat anderen erover zeggen").inner_text()
    noor.press("Ik heb het gezien")
    assert REMARK not in words(noor)


# ── the CMS ──
def shape_it_in_the_cms(noor, room):
    page = noor.page
    noor.follow(re.compile("in de redactie"))
    page.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name="De zin waar het om gaat").click()
    field = page.locator("[data-streamfield-child]").last.get_by_role("textbox")
    field.fill(MARKED)
    page.get_by_role("textbox", name="Je vraag aan de lezer").fill(QUESTION)
    add_theme(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar concept").click()
    page.get_by_text("is gewijzigd").wait_for()
    page.goto(room)


def add_theme(page):
    page.get_by_role("tab", name="Meer").click()
    page.locator(".tagit-new input").press_sequentially(THEME[:5])
    page.locator(".ui-menu-item", has_text=THEME).click()
    page.locator(".tagit-choice", has_text=THEME).wait_for()


# ── giving it free ──
def read_it_back(noor, shows):
    noor.follow("Lees mijn verhaal na")
    shown = words(noor)
    assert [line for line in shows if line not in shown] == []
    noor.press("Ja, zo klopt het")


def release_check_and_publish(noor, marieke, room):
    noor.follow("Kies wie het mag lezen")
    for name in ("website", "training", "read_aloud", "print", "social"):
        noor.page.locator(f"[name={name}][value=yes]").check()
    for name in ("name_form", "fee"):
        noor.page.locator(f"[name={name}]").first.check()
    noor.press("Geef mijn verhaal vrij")
    noor.press("Vraag om het na te kijken")
    look_for_others(marieke, room)
    noor.page.goto(room)
    noor.press("Plaats")
    assert "Je verhaal staat online." in said(noor)


def look_for_others(marieke, room):
    marieke.page.goto(room)
    marieke.follow("Kijk of niemand anders te herkennen is")
    ticks = marieke.page.get_by_role("main").get_by_role("checkbox")
    assert ticks.count() == 5
    for tick in ticks.all():
        tick.check()
    marieke.press("Niemand anders is te herkennen")


# ── reading ──
def find_it_by_words(visitor):
    visitor.page.goto("/verhalen/")
    visitor.write("Woorden in de verhalen", "deuken")  # another form of the word that stands there
    visitor.press("Zoek")
    assert visitor.find("link", "De waterkoker").is_visible()


def find_it_by_theme(visitor):
    visitor.page.goto("/verhalen/")
    visitor.open_disclosure(visitor.page.locator("summary", has_text="Kies op thema"))
    visitor.follow(re.compile(f"^{THEME}"))
    assert visitor.find("link", "De waterkoker").is_visible()


def read(visitor):
    visitor.follow("De waterkoker")
    assert visitor.page.evaluate("location.pathname") == ADDRESS
    return words(visitor)


# ── cards ──
def send_and_answer_a_card(samira, noor, ilse, *, sentence):
    send_card(samira, sentence)
    pass_on(ilse, "Dankjewel Noor.")
    noor.page.goto("/vertellers/")
    assert sentence in noor.page.get_by_role("region", name="Kaartjes voor jou").inner_text()
    noor.follow("Lees de 3 kaartjes")  # two came with the demo
    noor.follow(re.compile("^Schrijf Samira terug"))
    noor.write("Jouw kaartje", "Wat goed dat je keek.")
    noor.press("Bekijk je kaartje")
    noor.press("Verstuur het kaartje")
    pass_on(ilse, "Wat goed dat je keek.")
    samira.page.goto("/mijn/kaartjes/")
    assert "Wat goed dat je keek." in words(samira)


def send_card(samira, sentence):
    samira.page.goto(ADDRESS)
    samira.follow("Stuur Noor een kaartje")
    choose_sentence(samira, sentence)
    samira.write("Jouw kaartje", "Dankjewel Noor.")
    samira.press("Bekijk je kaartje")
    assert sentence in words(samira)
    samira.press("Verstuur het kaartje")


def choose_sentence(samira, sentence):
    choice = samira.page.get_by_role("main").get_by_role("radio", name=sentence)
    if not choice.is_visible():
        samira.open_disclosure(samira.page.locator("summary", has_text="andere zin"))
    choice.check()


def pass_on(ilse, text):
    ilse.page.goto("/kaartjes/nakijken/")
    ilse.follow(re.compile("Samira"))  # from her, or to her: one card waits at a time
    assert text in words(ilse)
    ilse.press("Bezorg het kaartje")


# ── taking it back ──
def take_it_away(noor, room):
    noor.page.goto(room)
    noor.follow("Haal mijn verhaal weg")
    noor.press("Haal helemaal weg")
    assert heading(noor) == "Je verhaal is weg"
    with noor.page.expect_download() as download:
        noor.find("link", "Download mijn tekst").click()
    assert LATER in Path(download.value.path()).read_text()
    noor.press("Wis mijn woorden nu")
    assert noor.find("link", "Download mijn tekst").count() == 0
    assert "waterkoker" not in noor.page.content().lower()


def meet_nothing(visitor):
    answer = visitor.page.goto(ADDRESS)
    assert (answer.status, heading(visitor)) == (410, "Dit is weggehaald")
    visitor.page.goto("/verhalen/?q=deuk")
    assert visitor.find("link", "De waterkoker").count() == 0


# ── what is on the screen ──
def heading(hands):
    return hands.page.get_by_role("heading", level=1).inner_text().replace("\n", " ")


def words(hands):
    return hands.page.get_by_role("main").inner_text()


def said(hands):
    return hands.page.get_by_role("main").get_by_role("status").first.inner_text()
