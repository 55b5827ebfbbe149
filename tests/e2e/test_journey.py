"""The journey that the whole site is for: Daan begins, works through a module on two devices, and sees it grow."""

import re
from datetime import date, timedelta

import pytest

from tests.e2e.conftest import DESK, NARROW, PHONE
from tests.e2e.hands import Hands, Keys
from tests.e2e.ways import LISTENING, LOGIN, PASSWORD, PROMISES, sign_in_by_form

pytestmark = pytest.mark.browser

WAYS = {
    "mouse": (Hands, {"viewport": DESK}),
    "phone": (Hands, {"viewport": PHONE, "has_touch": True, "is_mobile": True}),
    "narrow phone, dark": (Hands, {"viewport": NARROW, "color_scheme": "dark"}),
    "no script": (Hands, {"viewport": DESK, "java_script_enabled": False}),
    "no script, phone": (Hands, {"viewport": PHONE, "java_script_enabled": False}),
    "keyboard": (Keys, {"viewport": DESK}),
}


@pytest.mark.parametrize("way", WAYS)
def test_daan_works_through_a_module(open_device, server, way):
    hands_on, options = WAYS[way]

    def device():
        return hands_on(open_device(**options))

    first = device()
    become_daan(first)
    grown = [woven(first.page)]
    open_listening(first)
    arrive(first)
    skip_the_reading(first)
    stop_halfway_in_the_story(first)

    second = device()
    sign_in_with_the_form(second)
    grown.append(woven(second.page))
    go_on_with_the_story(second)
    talk(second)
    intend(second)
    see_the_end(second)
    grown.append(woven(second.page))
    see_it_at_home(second)

    assert grown == sorted(set(grown))  # more cloth each time


def become_daan(hands):
    page = hands.page
    page.goto("/")
    hands.press(re.compile("^Daan"), within=page.get_by_role("complementary", name="Voorbeeld"))
    assert heading(page) == "Dag Daan. Fijn dat je er bent"
    assert cloth_says(page) == "Je bent klaar met 0 van de 8 modules."


def open_listening(hands):
    page = hands.page
    hands.follow("Luisteren", within=page.get_by_role("region", name="Jouw modules"))
    assert heading(page) == "Luisteren"
    assert statuses(page) == ["Nog niet begonnen"] * 5
    hands.follow("Begin")
    assert (path(page), heading(page)) == (f"{LISTENING}/aankomen/", "Wie luisterde deze week naar jou?")


def arrive(hands):
    asked = question(hands.page, "Waaraan merkte je dat?")
    hands.write("Waaraan merkte je dat?", "Aan haar handen: die lagen stil.", within=asked)
    hands.press("Sla op", within=asked)
    assert "Opgeslagen op" in saved(asked)
    hands.press("Klaar, ga verder")
    assert path(hands.page) == f"{LISTENING}/lezen/"


def skip_the_reading(hands):
    page = hands.page
    asked = question(page, "Wat viel jou op?")
    hands.press("Sla deze vraag over", within=asked)
    assert saved(asked) == "Overgeslagen. Je kunt nog steeds iets schrijven."
    hands.press("Sla deze stap over")
    assert path(page) == f"{LISTENING}/verhaal/"


def stop_halfway_in_the_story(hands):
    page = hands.page
    assert heading(page) == "De stoel bij het raam"
    assert len(page.locator(".story-text").inner_text().split()) > 200
    statement = question(page, "Ik luister beter als ik niets hoef op te schrijven")
    hands.choose(3, within=statement)
    hands.press("Sla op", within=statement)
    assert "Opgeslagen op" in saved(statement)
    assert statement.get_by_role("radio", checked=True).get_attribute("value") == "3"
    hands.write("Waar waren je ogen", "Op mijn scherm,", within=question(page, "Waar waren je ogen"))
    hands.press("Ik kom hier terug")
    assert statuses(page) == ["Klaar", "Overgeslagen", "Bezig", "Nog niet begonnen", "Nog niet begonnen"]


def sign_in_with_the_form(hands):
    page = hands.page
    page.goto(LOGIN)
    hands.write("Jouw e-mailadres", "nieuw@demo.test")
    hands.open_disclosure(page.locator("summary", has_text="Ik gebruik liever mijn wachtwoord"))
    hands.write("Jouw wachtwoord", PASSWORD)
    hands.press("Log in met wachtwoord")
    assert (path(page), heading(page)) == ("/mijn/", "Dag Daan. Je was bezig met Luisteren")
    assert cloth_says(page).endswith("Bij Luisteren heb je 2 van de 5 stappen klaar.")


def go_on_with_the_story(hands):
    page = hands.page
    hands.follow("Ga verder met stap 3")
    asked = question(page, "Waar waren je ogen")
    field = asked.locator("textarea")
    assert (path(page), field.input_value()) == (f"{LISTENING}/verhaal/", "Op mijn scherm,")
    hands.write("Waar waren je ogen", "Op mijn scherm, en op de klok.", within=asked)
    hands.press("Sla op", within=asked)
    assert "Opgeslagen op" in saved(asked)
    assert field.input_value() == "Op mijn scherm, en op de klok."
    hands.press("Klaar, ga verder")


def talk(hands):
    page = hands.page
    assert path(page) == f"{LISTENING}/samen-praten/"
    assert page.locator(".talk__round").count() == 4
    hands.press("Klaar, ga verder")


def intend(hands):
    page = hands.page
    asked = question(page, "Wat wil jij anders doen als je luistert?")
    hands.write("Als", "ik mijn laptop open", within=asked.locator(".if-then__item").nth(0))
    hands.write("dan", "kijk ik eerst een minuut op", within=asked.locator(".if-then__item").nth(1))
    hands.pick_day("Wanneer kijk je terug?", day_to_look_back())
    hands.press("Klaar, ga verder")


def see_the_end(hands):
    page = hands.page
    assert (path(page), heading(page)) == (f"{LISTENING}/klaar/", "Dit was Luisteren.")
    assert cloth_says(page) == "Je bent klaar met 1 van de 8 modules."


def see_it_at_home(hands):
    page = hands.page
    hands.follow("Mijn training")
    assert heading(page) == "Dag Daan. Je kunt beginnen met Doorvragen"
    assert statuses(page) == ["Klaar"] + ["Nog niet begonnen"] * 7
    intention = page.get_by_role("region", name="Jouw voornemen").inner_text()
    assert "kijk ik eerst een minuut op" in intention
    assert f"Op {day_to_look_back().day} " in intention


# ── the film ──
@pytest.mark.parametrize("way", ["mouse", "phone", "keyboard"])
def test_the_film_plays_with_captions_and_words(open_device, way):
    hands_on, options = WAYS[way]
    hands = hands_on(open_device("daan", **options))
    page = hands.page
    page.goto(f"{PROMISES}/kijken/")
    film = page.locator("video")

    assert film.evaluate("film => [film.paused, film.autoplay, film.controls]") == [True, False, True]
    play(hands, film)
    wait_until_played(film)
    captions = film.evaluate(
        "film => [...film.textTracks].map((track) => [track.kind, track.mode, track.cues?.length > 3])"
    )
    assert captions == [["captions", "showing", True]]

    hands.open_disclosure(page.locator(".player summary"))
    assert len(page.locator(".player__text").inner_text().split()) > 40


def play(hands, film):
    if isinstance(hands, Keys):
        hands.tab_to(film)
        hands.page.keyboard.press("Space")
    else:
        film.evaluate("film => film.play()")  # the buttons are the browser's own, out of a test's reach


def wait_until_played(recording):
    recording.evaluate(
        "recording => new Promise((done) => { recording.ontimeupdate = () => recording.currentTime > 0.3 && done() })"
    )


def test_without_script_the_film_and_its_words_are_there(open_device):
    page = open_device("daan", java_script_enabled=False)
    page.goto(f"{PROMISES}/kijken/")

    assert page.locator("video").get_attribute("controls") == ""
    page.locator(".player summary").click()
    assert page.locator(".player__text").is_visible()


def test_the_story_tells_itself_aloud(open_device):
    page = open_device("daan")
    page.goto(f"{PROMISES}/verhaal/")

    sound = page.locator("audio")
    sound.evaluate("sound => sound.play()")
    wait_until_played(sound)


# ── the keyboard ──
def test_the_skip_link_comes_first_and_leads_to_the_content(open_device):
    hands = Keys(open_device())
    hands.page.goto("/")

    hands.skip_to_content()

    hands.page.keyboard.press("Tab")
    assert hands.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_comes_to_everything_and_the_focus_is_always_seen(open_device):
    hands = Keys(open_device("daan"))
    page = hands.page
    page.goto(f"{PROMISES}/verhaal/")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, textarea, summary, input:not([type=hidden])")]
        .filter((element) => element.tabIndex >= 0 && element.checkVisibility() && element.type !== "radio").length"""
    )

    met = set()
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        hands.see_focus()
        met.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))

    assert len(met) >= wanted


@pytest.mark.parametrize("script", [True, False])
def test_what_is_to_be_mended_gets_the_focus(open_device, script):
    page = open_device("daan", java_script_enabled=script)
    page.goto(f"{LISTENING}/aankomen/")
    with page.expect_navigation():
        question(page, "Waaraan merkte je dat?").get_by_role("button", name="Sla op").click()

    summary = page.get_by_role("alert")
    assert summary.evaluate("summary => summary === document.activeElement")
    assert "Schrijf iets, of sla de vraag over." in summary.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("textarea").evaluate("field => field === document.activeElement")


def test_a_wrong_password_gets_the_focus_too(open_device):
    page = open_device()
    sign_in_by_form(page, "nieuw@demo.test", "niet dit")

    assert page.get_by_role("alert").evaluate("summary => summary === document.activeElement")
    assert page.get_by_label("Jouw e-mailadres").input_value() == "nieuw@demo.test"


# ── what is on the screen ──
def heading(page):
    return page.get_by_role("heading", level=1).inner_text().replace("\n", " ")


def path(page):
    return page.evaluate("location.pathname")


def cloth_says(page):
    return page.locator(".cloth-figure__caption").inner_text()


def statuses(page):
    return [status.split(":")[0] for status in page.locator(".modules .status").all_inner_texts()]


def woven(page):
    """How much of the picture of the training is woven: the area of its green crossings."""
    crossings = page.locator("main .cloth .t-cross")
    boxes = [box for path in crossings.all() for box in re.findall(r"h([\d.]+)v([\d.]+)", path.get_attribute("d"))]
    return sum(float(width) * float(height) for width, height in boxes)


def question(page, words):
    return page.locator(".question", has_text=words)


def saved(asked):
    return asked.locator("[data-saved]").inner_text()


def day_to_look_back():
    """A day in the coming year that is written the same with the month first, as an English browser wants it."""
    ahead = (date.today() + timedelta(days=days) for days in range(1, 365))
    return next(day for day in ahead if day.day == day.month)
