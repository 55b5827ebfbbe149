"""Words of a form that is sent once stay on the device until they were sent: of a reaction, and of a card."""

import pytest

from tests.e2e.ways import LOGIN, PASSWORD

pytestmark = pytest.mark.browser

TALKED_ABOUT = "/verhalen/een-keer-vaker-dan-de-rest/"
CARD = "/verhalen/zes-minuten/kaartje/"
ELSEWHERE = "/mijn/"
WORDS = "Ik moest aan mijn oma denken."


def words_of(page, address):
    page.goto(ELSEWHERE)
    page.goto(address)
    return field(page).input_value()


def field(page):
    return page.locator("textarea[name=words]").first


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).click()


@pytest.mark.parametrize("address", [TALKED_ABOUT, CARD])
def test_who_goes_elsewhere_finds_the_words_again(open_device, address):
    page = open_device("samira")
    page.goto(address)
    field(page).fill(WORDS)

    assert words_of(page, address) == WORDS
    assert words_of(open_device("daan"), address) == ""


def test_a_card_that_was_looked_at_is_not_sent_and_one_that_was_sent_is_gone(open_device):
    page = open_device("samira")
    page.goto(CARD)
    field(page).fill(WORDS)
    press(page, "Bekijk je kaartje")
    assert words_of(page, CARD) == WORDS

    press(page, "Bekijk je kaartje")
    press(page, "Verstuur het kaartje")
    assert words_of(page, CARD) == ""


@pytest.mark.parametrize("script", [True, False])
def test_enter_behind_a_password_signs_in_with_it(open_device, script):
    page = open_device(java_script_enabled=script)
    page.goto(LOGIN)
    page.get_by_label("Jouw e-mailadres").fill("nieuw@demo.test")
    page.get_by_text("Ik gebruik liever mijn wachtwoord").click()
    page.get_by_label("Jouw wachtwoord").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.evaluate("location.pathname") == ELSEWHERE
