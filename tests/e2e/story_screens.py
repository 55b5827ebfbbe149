"""Stories for who reads them, the list in its states, and a story that is taken away."""

from tests.e2e.room_screens import tell
from tests.e2e.ways import STORY, Screens, at, press

STORY_SCREENS = Screens()
add, screen = STORY_SCREENS.add, STORY_SCREENS.screen

# ── reading ──
add("story, short", at(f"{STORY}kort/"))
add("story, on paper", at(f"{STORY}print/"))
add("stories, found", at("/verhalen/?q=waterkoker"))
add("stories, nothing found", at("/verhalen/?q=dromedaris"))
add("stories, one theme", at("/verhalen/thema/doorvragen/"))
add("writing guide", at("/vertellers/schrijfwijzer/"), "noor")


@screen("stories, chosen")
def chosen(page, server):
    page.goto("/verhalen/")
    page.locator("summary", has_text="Kies op thema").click()
    page.get_by_role("main").get_by_role("link", name="doorvragen").first.click()


# ── taking away ──
@screen("withdraw", "noor")
def withdraw(page, server):
    page.goto("/vertellers/")
    page.get_by_role("link", name="Zet op pauze of haal weg").first.click()
    page.get_by_role("link", name="Haal mijn verhaal weg").click()


@screen("withdrawn", "noor")
def withdrawn(page, server):
    withdraw(page, server)
    press(page, "Haal helemaal weg")


@screen("withdrawn, words erased", "noor")
def words_erased(page, server):
    withdrawn(page, server)
    press(page, "Wis mijn woorden nu")


@screen("withdrawn, met by a visitor", "noor", status=410)
def met_by_a_visitor(page, server):
    page.goto("/vertellers/")
    address = page.get_by_role("link", name="Bekijk mijn verhaal").first.get_attribute("href")
    withdrawn(page, server)
    page.context.clear_cookies(name="sessionid")
    page.goto(address)


@screen("throw a draft away", "noor")
def throw_away(page, server):
    tell(page)
    page.locator("#weg summary").click()
