"""Every screen of bringing people into a group from a list."""

from uuid import UUID

from tests.e2e.ways import Screens

IMPORT_SCREENS = Screens()
screen = IMPORT_SCREENS.screen

PEOPLE = """naam\te-mail\ttelefoon
Sanne van der Heijden\tsanne@voorbeeld.nl\t06 12 34 56 78
S. Visser\tnieuw@demo.test\t
Jan Jansen\tjan@example\t
"""


def add_people(server):
    """The address where Ilse brings a list to her group."""
    (number,) = server.execute("SELECT uuid FROM training_traininggroup WHERE name = 'Tilburg najaar'")[0]
    return f"/planning/groepen/{UUID(number)}/mensen-toevoegen/"


def bring(page, server, text=PEOPLE):
    page.goto(add_people(server))
    page.locator("textarea[name=text]").fill(text)
    with page.expect_navigation():
        page.locator(".import__form button").click()


@screen("people into a group", "ilse")
def empty(page, server):
    page.goto(add_people(server))


@screen("people into a group, a list that can't be read", "ilse", status=400)
def unreadable(page, server):
    bring(page, server, "naam\tplaats\nSanne\tTilburg")


@screen("people into a group, the look at the list", "ilse")
def look(page, server):
    bring(page, server)


@screen("people into a group, more than there are seats", "ilse")
def too_many(page, server):
    bring(page, server, "; ".join(f"p{one}@voorbeeld.nl" for one in range(20)))


@screen("people into a group, a list that was used", "ilse", status=410)
def used(page, server):
    bring(page, server)
    address = page.url
    with page.expect_navigation():
        page.locator(".import__confirm button").click()
    page.goto(address)
