"""What a screen is and how a browser gets there: addresses of the site with the demo, and buttons."""

from collections.abc import Callable
from dataclasses import dataclass

TRAINING = "/training/jouw-leven-is-mijn-werk"
LISTENING = f"{TRAINING}/luisteren"
PROMISES = f"{TRAINING}/afspraken-nakomen"
STORY = "/verhalen/het-belletje-van-vier-uur/"
SILENT_STORY = "/verhalen/de-stoel-bij-het-raam/"
LOGIN = "/account/inloggen/"
PASSWORD = "keukentafel"


@dataclass(frozen=True)
class Screen:
    """`go(page, server)` ends where the screen is shown; `status` is what the server answers there."""

    name: str
    go: Callable
    person: str | None = None
    status: int = 200
    language: str = "nl"
    works_alone: bool = False  # the page that needs nothing else of the site: no menu, no stylesheet


class Screens(dict):
    """Screens by their name."""

    def add(self, name, go, person=None, **options):
        self[name] = Screen(name, go, person, **options)

    def screen(self, name, person=None, **options):
        """Add the screen that the decorated function opens."""

        def keep(go):
            self.add(name, go, person, **options)
            return go

        return keep


def at(path):
    return lambda page, server: page.goto(path)


def press(page, name):
    """Press the button `name` and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def sign_in_by_form(page, email, password):
    page.goto(LOGIN)
    fill_in_password(page, email, password)


def fill_in_password(page, email, password):
    page.get_by_label("Jouw e-mailadres").fill(email)
    page.get_by_text("Ik gebruik liever mijn wachtwoord").click()
    page.get_by_label("Jouw wachtwoord").fill(password)
    press(page, "Log in met wachtwoord")


def forge(page, act):
    """Make the first button of a question post `act`, as a page does that is older than the module."""
    page.locator("[data-prompt] button[value^=save]").first.evaluate("(button, act) => { button.value = act }", act)
