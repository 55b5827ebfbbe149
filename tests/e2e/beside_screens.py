"""Every screen of keeping and reacting: the shelf, the storyteller's choice, the forms, and looking after reactions."""

from uuid import UUID

from tests.e2e.problem_screens import become
from tests.e2e.ways import Screens, at

BESIDE_SCREENS = Screens()
add, screen = BESIDE_SCREENS.add, BESIDE_SCREENS.screen

NOORS = "een-keer-vaker-dan-de-rest"
KEEP = """INSERT INTO stories_bookmark (uuid, note, labels, created_at, page_id, user_id)
    SELECT ?, '', '', '2026-01-05 10:00:00', page.id, person.id FROM wagtailcore_page page, accounts_user person
    WHERE page.slug = ? AND person.display_name LIKE 'Samira%'"""
NUMBER = "00000000000040008000000000000001"
KEPT = f"/mijn/bewaard/{UUID(NUMBER)}/"
WORDS = "Bij ons staat ook zo'n trap.\nHoeveel treden heeft hij?"


def keep(server):
    server.execute(KEEP, NUMBER, NOORS)


def write_note(page, note="Voor donderdag.", labels="luisteren, team"):
    page.goto(KEPT)
    page.locator("[name=note]").fill(note)
    page.locator("[name=labels]").fill(labels)
    with page.expect_navigation():
        page.locator(".shelf__form button").click()


def key_of_story(server):
    return UUID(server.execute("SELECT translation_key FROM wagtailcore_page WHERE slug = ?", NOORS)[0][0])


# ── the shelf ──
add("shelf, nothing", at("/mijn/bewaard/"), "stranger")


@screen("shelf", "samira")
def shelf(page, server):
    keep(server)
    write_note(page)


@screen("shelf, a label that nothing carries", "samira")
def no_such_label(page, server):
    keep(server)
    page.goto("/mijn/bewaard/?label=nooit")


@screen("shelf, no longer there", "samira")
def no_longer_there(page, server):
    keep(server)
    server.execute("UPDATE stories_bookmark SET page_id = NULL")
    page.goto("/mijn/bewaard/")


@screen("kept", "samira")
def kept(page, server):
    keep(server)
    page.goto(KEPT)


@screen("kept, to mend", "samira", status=400)
def kept_to_mend(page, server):
    keep(server)
    write_note(page, note="lang " * 300, labels="woord " * 10)


# ── the storyteller's choice ──
def choose(page, server, talk="on", closing="open"):
    """Let Noor choose about the reactions to her story; the browser ends as hers."""
    become(page, server, "noor")
    page.goto(f"/vertellers/verhaal/{key_of_story(server)}/reacties/")
    page.locator(f"[name=talk][value={talk}]").check()
    page.locator(f"[name=closing][value={closing}]").check()
    with page.expect_navigation():
        page.locator(".reactions__form button").click()


@screen("room, reactions", "noor")
def room_reactions(page, server):
    page.goto(f"/vertellers/verhaal/{key_of_story(server)}/reacties/")


@screen("room, reactions, to mend", "noor", status=400)
def room_reactions_to_mend(page, server):
    choose(page, server, closing="day")


# ── reacting ──
def react(page, server, person="samira", words=WORDS, asked=""):
    become(page, server, person)
    page.goto(f"/reageer/{key_of_story(server)}/{asked}")
    page.locator("[name=words]").fill(words)
    if page.locator("[name=accepts]").count():
        page.locator("[name=accepts]").check()
    with page.expect_navigation():
        page.locator(".reactions__form button").click()


def number_of_last(server):
    return UUID(server.execute("SELECT uuid FROM stories_reaction ORDER BY id DESC LIMIT 1")[0][0])


@screen("react", "samira")
def react_form(page, server):
    choose(page, server)
    become(page, server, "samira")
    page.goto(f"/reageer/{key_of_story(server)}/")


@screen("react, to mend", "samira", status=400)
def react_to_mend(page, server):
    choose(page, server)
    react(page, server, words="lang " * 1000)


@screen("react, answer with a quote", "daan")
def react_with_quote(page, server):
    choose(page, server)
    react(page, server)
    become(page, server, "daan")
    number = number_of_last(server)
    page.goto(f"/reageer/{key_of_story(server)}/?op={number}&citeer={number}")


@screen("react, closed", "samira")
def react_closed(page, server):
    choose(page, server, closing="now")
    become(page, server, "samira")
    page.goto(f"/reageer/{key_of_story(server)}/")


@screen("own reaction", "samira")
def own(page, server):
    choose(page, server)
    react(page, server)
    page.goto(f"/reacties/{number_of_last(server)}/wijzig/")


# ── looking after reactions ──
@screen("reactions to look after, none", "ilse")
def nothing_to_look_after(page, server):
    server.execute("UPDATE stories_pagechoices SET talk = 'off'")
    page.goto("/reacties/nakijken/")


add("talk that is over", at("/vakmensen/hoe-noemen-we-elkaar/"))


@screen("reactions to look after", "ilse")
def to_look_after(page, server):
    choose(page, server, talk="read_first")
    react(page, server)
    become(page, server, "ilse")
    page.goto("/reacties/nakijken/")


@screen("reaction to look after", "ilse")
def to_look_at(page, server):
    to_look_after(page, server)
    with page.expect_navigation():
        page.locator(".talk__link").first.click()


@screen("reaction to look after, no reason", "ilse", status=400)
def no_reason(page, server):
    to_look_at(page, server)
    page.locator("details summary").click()
    with page.expect_navigation():
        page.locator("button[value=hold-back]").click()


@screen("reactions, closing and summary", "marieke")
def closing(page, server):
    choose(page, server)
    become(page, server, "marieke")
    page.goto(f"/reacties/onder/{key_of_story(server)}/")


# ── which mails somebody wants ──
add("mail that one gets", at("/account/post/"), "noor")


@screen("turn off a mail", "samira")
def turn_off_mail(page, server):
    """By the link in the mail that Noor got: it works for whoever holds the mail."""
    choose(page, server)
    react(page, server)
    page.goto("/voorbeeld/post/")
    page.locator("main a[href^='/voorbeeld/post/']").first.click()
    page.locator("main a[href*='niet-meer']").click()


@screen("mail turned off", "samira")
def mail_turned_off(page, server):
    turn_off_mail(page, server)
    with page.expect_navigation():
        page.locator("main form button").click()
