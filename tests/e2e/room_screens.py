"""Every screen of the room of who tells, in the states that look different; Noor and what she may make of a story."""

from tests.e2e.ways import Screens, at, press

ROOM_SCREENS = Screens()
add, screen = ROOM_SCREENS.add, ROOM_SCREENS.screen


def tell(page, title="De waterkoker", text="Het was onze derde hulpverlener.", then="Sla op en ga verder"):
    """Tell a story as Noor, and end on its own page."""
    page.goto("/vertellers/vertel/")
    page.get_by_label("Hoe heet je verhaal?").fill(title)
    page.get_by_label("Je verhaal", exact=True).fill(text)
    press(page, then)


def open_words(page):
    page.get_by_text("Lees het", exact=True).click()


def agree(page):
    page.get_by_role("link", name="Lees mijn verhaal na").click()
    press(page, "Ja, zo klopt het")


def release(page):
    page.get_by_role("link", name="Kies wie het mag lezen").first.click()
    for name in ("website", "training", "read_aloud", "print", "social"):
        page.locator(f"[name={name}][value=yes]").check()
    page.locator("[name=name_form]").first.check()
    page.locator("[name=fee]").first.check()
    press(page, "Geef mijn verhaal vrij")


def ask_marieke(page):
    page.get_by_role("link", name="Vraag iemand om mee te lezen").first.click()
    page.locator("[name=person]").select_option(label="Marieke de Wit")
    press(page, "Vraag om mee te lezen")


add("room", at("/vertellers/"), "noor")
add("tell", at("/vertellers/vertel/"), "noor")


add("about me", at("/vertellers/over-mij/"), "noor")


@screen("about me, still empty", "noor")
def about_me_empty(page, server):
    server.execute(
        "UPDATE stories_storyteller SET name_line = '', about = '', likes = '', support_id = NULL, support_phone = '', "
        "support_hours = '', proxy_id = NULL"
    )
    page.goto("/vertellers/over-mij/")


@screen("about me, to mend", "noor", status=400)
def about_me_to_mend(page, server):
    page.goto("/vertellers/over-mij/")
    page.locator("[name=name]").fill("")
    press(page, "Bewaar dit")


@screen("room, asked to stay", "noor")
def asked_to_stay(page, server):
    server.execute("UPDATE stories_storyrelease SET training_until = NULL WHERE open_until IS NOT NULL")
    server.execute("UPDATE stories_storyrelease SET open_until = date('now', '+20 days') WHERE open_until IS NOT NULL")
    page.goto("/vertellers/")


@screen("tell, to mend", "noor", status=400)
def to_mend(page, server):
    tell(page, title="lang " * 59 + "lang")


@screen("story being made", "noor")
def being_made(page, server):
    tell(page)
    open_words(page)


@screen("story, read back", "noor")
def read_back(page, server):
    tell(page)
    page.get_by_role("link", name="Lees mijn verhaal na").click()


@screen("story, release", "noor")
def to_release(page, server):
    tell(page)
    agree(page)
    page.get_by_role("link", name="Kies wie het mag lezen").click()


@screen("story, release to mend", "noor", status=400)
def release_to_mend(page, server):
    to_release(page, server)
    press(page, "Geef mijn verhaal vrij")


@screen("story, who checks", "noor")
def who_checks(page, server):
    tell(page)
    agree(page)
    release(page)


@screen("story, who reads along", "noor")
def who_reads_along(page, server):
    tell(page)
    ask_marieke(page)


@screen("story, read along", "noor")
def read_along(page, server):
    page.goto(of_marieke(page, server))


@screen("story, check", "noor")
def check(page, server):
    page.goto(of_marieke(page, server) + "nakijken/")


def of_marieke(page, server):
    """Let Marieke read along with a story of Noor's, give her the browser, and return its address."""
    tell(page)
    address = page.url
    ask_marieke(page)
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions["marieke"], "url": server.url}])
    return address


@screen("story online", "noor")
def story_online(page, server):
    page.goto("/vertellers/")
    page.get_by_role("link", name="Verander iets").first.click()


@screen("story on pause", "noor")
def story_on_pause(page, server):
    story_online(page, server)
    press(page, "Zet op pauze")
