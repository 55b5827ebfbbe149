"""The screens of "Jouw gegevens": what is kept, a copy to take along, being erased."""

import re

from tests.e2e.ways import PASSWORD, Screens, at, press

OWN_DATA_SCREENS = Screens()
add, screen = OWN_DATA_SCREENS.add, OWN_DATA_SCREENS.screen
OWN_DATA = "/mijn/gegevens/"

add("own data", at(OWN_DATA), "samira")
add("own data, trainer", at(OWN_DATA), "marieke")
add("own data, copy of another", at(f"{OWN_DATA}kopie/0b6c1a4e-0000-4000-8000-000000000000/"), "samira", status=404)
add("erase me", at(f"{OWN_DATA}wissen/"), "samira")


def prove(page):
    page.get_by_label("Jouw wachtwoord").fill(PASSWORD)
    press(page, "Verder")


@screen("own data, copy is being made", "samira")
def copy_asked(page, server):
    page.goto(OWN_DATA)
    press(page, re.compile("^Maak een kopie"))
    prove(page)


@screen("own data, copy is ready", "samira")
def copy_ready(page, server):
    copy_asked(page, server)
    server.run_worker()
    page.goto(OWN_DATA)


@screen("erased soon", "samira")
def erasing_asked(page, server):
    page.goto(f"{OWN_DATA}wissen/")
    press(page, re.compile("^Sluit mijn account"))
    prove(page)
