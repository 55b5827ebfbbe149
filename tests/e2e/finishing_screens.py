"""Every screen of coming to the end: who has what, the card, the certificate, and whether its number is valid."""

from uuid import UUID

from tests.e2e.ways import Screens, at

FINISHING_SCREENS = Screens()
add, screen = FINISHING_SCREENS.add, FINISHING_SCREENS.screen

READY = "mirjam.peters@demo.test"  # the one who did all modules, in a group that goes on
CARD = "De eerste middag zei je bijna niets. Tot je vroeg hoe het rook, op die trap."
LONG = "Je schoof de stoel dichterbij en wachtte tot het weer ging. " * 13


# ── Ways ───────────────────────────────────────────────────────────────────────
def group(server):
    return UUID(server.execute("SELECT uuid FROM training_traininggroup WHERE name = 'Tilburg najaar'")[0][0])


def finishing(server):
    return f"/planning/groepen/{group(server)}/afronden/"


def my_end(server):
    return f"/groep/{group(server)}/afronding/"


def place(server, email=READY):
    found = server.execute(
        "SELECT p.uuid FROM training_groupplace p JOIN training_enrolment e ON e.id = p.enrolment_id"
        " JOIN accounts_user u ON u.id = e.person_id WHERE u.email = ?",
        email,
    )
    return f"/planning/plaatsen/{UUID(found[0][0])}/"


def certificate(server):
    found = server.execute(
        "SELECT c.uuid, c.number FROM training_certificate c JOIN training_enrolment e ON e.id = c.enrolment_id"
        " JOIN accounts_user u ON u.id = e.person_id WHERE u.email = ? ORDER BY c.id LIMIT 1",
        READY,
    )
    uuid, number = found[0]
    return f"/bewijs/{UUID(uuid)}/", number


def become(page, server, person):
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions[person], "url": server.url}])


def press_in(page, selector):
    with page.expect_navigation():
        page.locator(selector).first.click()


def write(page, server, words=CARD, *, who="marieke", back_to=None, email=READY):
    become(page, server, who)
    page.goto(f"{place(server, email)}kaart/")
    page.locator("#words").fill(words)
    press_in(page, "main form button")
    become(page, server, back_to or who)


def issue(page, server, back_to="ilse"):
    become(page, server, "ilse")
    page.goto(finishing(server))
    press_in(page, "form[action$='/bewijzen/'] button")
    become(page, server, back_to)


def give(page, server, back_to="ilse"):
    become(page, server, "ilse")
    page.goto(finishing(server))
    press_in(page, "form[action$='/kaarten/'] button")
    become(page, server, back_to)


def say_why(page, path, reason):
    page.goto(path)
    page.locator("#reason").fill(reason)
    press_in(page, "main form button")


def take_back(page, server, back_to="ilse"):
    issue(page, server)
    say_why(page, f"{place(server)}bewijs/intrekken/", "Per ongeluk gegeven.")
    become(page, server, back_to)


def over(server):
    server.execute("UPDATE training_meeting SET starts_at = '2026-01-01', ends_at = '2026-01-02', state = 'held'")


# ── Who leads the group ────────────────────────────────────────────────────────
@screen("finishing", "ilse")
def shown(page, server):
    page.goto(finishing(server))


@screen("finishing, somebody is ready", "ilse")
def ready(page, server):
    write(page, server, back_to="ilse")
    issue(page, server)
    page.goto(finishing(server))


@screen("finishing, nobody", "ilse")
def nobody(page, server):
    server.execute("UPDATE training_groupplace SET state = 'withdrawn', seat_held = 0, queue_no = NULL")
    page.goto(finishing(server))


@screen("finishing, not yet", "ilse", status=409)
def not_yet(page, server):
    over(server)
    page.goto(finishing(server))
    server.execute("UPDATE training_meeting SET ends_at = '2099-01-01'")
    press_in(page, "form[action$='/klaar/'] button")


@screen("finishing, finished", "ilse")
def finished(page, server):
    over(server)
    page.goto(finishing(server))
    press_in(page, "form[action$='/klaar/'] button")


@screen("finishing, taken back", "ilse")
def taken_back(page, server):
    take_back(page, server)
    page.goto(finishing(server))


@screen("another name on a certificate", "ilse")
def replace(page, server):
    issue(page, server)
    page.goto(f"{place(server)}bewijs/")


@screen("another name on a certificate, none", "ilse", status=422)
def replace_nameless(page, server):
    issue(page, server)
    page.goto(f"{place(server)}bewijs/")
    page.locator("#name").fill("")
    press_in(page, "main form button")


@screen("take a certificate back", "ilse")
def revoke(page, server):
    issue(page, server)
    page.goto(f"{place(server)}bewijs/intrekken/")


@screen("take a certificate back, without a reason", "ilse", status=422)
def revoke_without(page, server):
    issue(page, server)
    say_why(page, f"{place(server)}bewijs/intrekken/", "")


@screen("a certificate for a reason", "ilse")
def for_a_reason(page, server):
    page.goto(f"{place(server, 'wouter@demo.test')}bewijs/geef/")


@screen("a certificate for a reason, none", "ilse", status=422)
def for_no_reason(page, server):
    say_why(page, f"{place(server, 'wouter@demo.test')}bewijs/geef/", "")


# ── Who writes ─────────────────────────────────────────────────────────────────
@screen("cards to write", "noor")
def to_write(page, server):
    write(page, server, who="noor")
    page.goto(f"/planning/groepen/{group(server)}/kaarten/")


@screen("write a card", "marieke")
def write_one(page, server):
    page.goto(f"{place(server)}kaart/")


@screen("write a card, too long", "marieke", status=422)
def write_too_much(page, server):
    write(page, server, LONG * 2)


@screen("write a card, given", "marieke")
def write_given(page, server):
    write(page, server)
    give(page, server, "marieke")
    page.goto(f"{place(server)}kaart/")


# ── Who gets it ────────────────────────────────────────────────────────────────
@screen("my end, nothing yet", "samira")
def end_empty(page, server):
    page.goto(my_end(server))


@screen("my end, a name that is too long", "samira", status=422)
def end_name(page, server):
    page.goto(my_end(server))
    page.locator("#name-words").evaluate("field => { field.maxLength = 999 }")
    page.locator("#name-words").fill("Samira " * 40)
    press_in(page, "form[action$='/naam/'] button")


@screen("my end, card and certificate", "mirjam")
def end_full(page, server):
    write(page, server)
    write(page, server, LONG, who="noor")
    issue(page, server)
    give(page, server, "mirjam")
    page.goto(my_end(server))


@screen("my end, in plain letters", "mirjam")
def end_plain(page, server):
    write(page, server)
    give(page, server, "mirjam")
    page.goto(f"{my_end(server)}?letters=gewoon")


@screen("my end, taken back", "mirjam")
def end_taken_back(page, server):
    take_back(page, server, "mirjam")
    page.goto(my_end(server))


@screen("my group, finished", "mirjam")
def group_finished(page, server):
    server.execute("UPDATE training_traininggroup SET state = 'finished'")
    page.goto(f"/groep/{group(server)}/")


@screen("my group, called off", "samira")
def group_called_off(page, server):
    become(page, server, "ilse")
    page.goto(f"/planning/groepen/{group(server)}/")
    page.get_by_text("Gelast de hele groep af").first.click()
    page.locator("#cancel_reason").fill("Er zijn te weinig mensen.")
    press_in(page, "form[action$='/afgelasten/'] button")
    press_in(page, "button[name=confirm]")
    become(page, server, "samira")
    page.goto(f"/groep/{group(server)}/")


@screen("certificate", "mirjam")
def own_certificate(page, server):
    issue(page, server, "mirjam")
    page.goto(certificate(server)[0])


@screen("certificate, replaced", "mirjam")
def replaced(page, server):
    issue(page, server)
    say_why(page, f"{place(server)}bewijs/", "Haar hele naam.")
    become(page, server, "mirjam")
    page.goto(certificate(server)[0])


@screen("certificate, taken back", "mirjam")
def own_taken_back(page, server):
    take_back(page, server, "mirjam")
    page.goto(certificate(server)[0])


# ── Whoever has a number ───────────────────────────────────────────────────────
add("is it valid", at("/bewijs/"))
add("is it valid, no such number", at("/bewijs/?nummer=ABCDEFGHJK"))


@screen("is it valid, yes")
def valid(page, server):
    issue(page, server)
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/bewijs/?nummer={certificate(server)[1]}")


@screen("is it valid, taken back")
def not_valid(page, server):
    take_back(page, server)
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/bewijs/?nummer={certificate(server)[1]}")


@screen("is it valid, erased")
def erased(page, server):
    issue(page, server)
    number = certificate(server)[1]
    server.execute("UPDATE training_certificate SET snapshot = '{}', enrolment_id = NULL")
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/bewijs/?nummer={number}")
