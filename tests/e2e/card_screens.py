"""Every screen of a card: writing it, reading it along, getting it, answering it, and how much post somebody wants."""

from uuid import UUID

from tests.e2e.problem_screens import become
from tests.e2e.ways import Screens, at

CARD_SCREENS = Screens()
add, screen = CARD_SCREENS.add, CARD_SCREENS.screen

WRITE = "/verhalen/een-keer-vaker-dan-de-rest/kaartje/"
WORDS = "Dankjewel Noor. Gisteren liet ik mijn laptop dicht.\nHet werd stil."
SEND = ".cards > .actions .btn"


def fill_in(page, words=WORDS):
    page.goto(WRITE)
    page.locator("[name=quote]").nth(1).check()
    page.locator("textarea[name=words]").fill(words)


def look(page):
    with page.expect_navigation():
        page.locator("button[value=preview]").click()


def send(page, words=WORDS):
    """Write a card to Noor and come to its page."""
    fill_in(page, words)
    look(page)
    with page.expect_navigation():
        page.locator(SEND).click()
    page.wait_for_url("**/kaartjes/*-*/")
    return page.url


def look_at_newest(page, server):
    """Let Ilse come to the card that was sent last: one of the demo waits as well."""
    become(page, server, "ilse")
    (number,) = server.execute("SELECT uuid FROM stories_thankyou ORDER BY id DESC LIMIT 1")[0]
    page.goto(f"/kaartjes/nakijken/{UUID(number)}/")


def read_along(page, server, act="pass-on"):
    """Let Ilse decide about the card that was sent last."""
    look_at_newest(page, server)
    if act == "hold-back":
        page.locator("details summary").click()
        page.locator("[name=reason]").first.check()
    with page.expect_navigation():
        page.locator(f"button[value={act}]").click()


def delivered(page, server):
    """A card of Samira that Noor got; the browser is Noor's, on the page of the card."""
    become(page, server, "samira")
    address = send(page)
    read_along(page, server)
    become(page, server, "noor")
    page.goto(address)
    return address


# ── writing ──
add("card, write", at(WRITE), "samira")
add("card, one's own story", at(WRITE), "noor")
add("card, write to somebody in the group", at("/mijn/kaartjes/schrijf/"), "marieke")
add("card, in no group", at("/mijn/kaartjes/schrijf/"), "stranger")


@screen("card, look at it first", "samira")
def look_first(page, server):
    fill_in(page)
    look(page)


@screen("card, another sentence", "samira")
def another_sentence(page, server):
    fill_in(page)
    page.locator("details summary").first.click()


@screen("card, to mend", "samira", status=400)
def to_mend(page, server):
    page.goto(WRITE)
    look(page)
    page.locator(".error-summary").wait_for()


@screen("card, no post now", "samira")
def no_post(page, server):
    server.execute("UPDATE stories_storyteller SET post_rhythm = 'never'")
    page.goto(WRITE)


# ── as the sender ──
@screen("card, on its way", "samira")
def on_its_way(page, server):
    send(page)


@screen("card, not delivered", "samira")
def not_delivered(page, server):
    address = send(page)
    read_along(page, server, "hold-back")
    become(page, server, "samira")
    page.goto(address)


@screen("cards of one's own", "samira")
def own_cards(page, server):
    send(page)
    page.goto("/mijn/kaartjes/")


add("cards of one's own, none", at("/mijn/kaartjes/"), "stranger")


# ── reading along ──
@screen("cards to read along", "ilse")
def to_read_along(page, server):
    become(page, server, "samira")
    send(page)
    become(page, server, "ilse")
    page.goto("/kaartjes/nakijken/")


add("cards to read along, none", at("/kaartjes/nakijken/"), "roel")


@screen("card to read along, without a reason", "ilse", status=400)
def without_a_reason(page, server):
    to_read_along(page, server)
    page.locator(".cards__link").first.click()
    page.locator("details summary").click()
    with page.expect_navigation():
        page.locator("button[value=hold-back]").click()


@screen("card to read along, reported", "ilse")
def reported(page, server):
    address = delivered(page, server)
    page.locator("details summary").click()
    with page.expect_navigation():
        page.locator("button[value=report]").click()
    look_at_newest(page, server)
    return address


# ── as the storyteller ──
@screen("post", "noor")
def post(page, server):
    delivered(page, server)
    page.goto("/vertellers/kaartjes/")


@screen("post, none", "noor")
def no_cards(page, server):
    server.execute("DELETE FROM stories_thankyou")
    page.goto("/vertellers/kaartjes/")


add("post of the demo", at("/vertellers/kaartjes/"), "noor")


@screen("post, to mend", "noor", status=400)
def post_to_mend(page, server):
    page.goto("/vertellers/kaartjes/")
    page.locator("[name=paused_until]").fill("2020-01-01")
    with page.expect_navigation():
        page.locator(".cards__form .btn").click()


@screen("card, got", "noor")
def got(page, server):
    delivered(page, server)


@screen("card, an answer to look at first", "noor")
def answer_first(page, server):
    delivered(page, server)
    page.locator("[name=words]").first.fill("Wat goed dat je stil bleef.")
    look(page)


@screen("card, an answer", "samira")
def an_answer(page, server):
    answer_first(page, server)
    with page.expect_navigation():
        page.locator("button[value=answer]").first.click()
    address = page.url
    read_along(page, server)
    become(page, server, "samira")
    page.goto(address)


@screen("card, reported by oneself", "noor")
def reported_by_oneself(page, server):
    address = reported(page, server)
    become(page, server, "noor")
    page.goto(address)
