"""Register numbers: one's own, passing a group on to a register, and the report of a group."""

from tests.e2e.planning_screens import planned_group, press_in
from tests.e2e.ways import Screens, at

REGISTER_SCREENS = Screens()
add, screen = REGISTER_SCREENS.add, REGISTER_SCREENS.screen
NUMBERS = "/mijn/registernummers/"


def end_group(server):
    """Let the meeting that was held be the last one."""
    server.execute("UPDATE training_meeting SET state = 'cancelled' WHERE ends_at > datetime('now')")


def go_to_register(page, server, register="registerplein"):
    end_group(server)
    page.goto(f"{planned_group(server)}registers/{register}/")


def open_all(page, server):
    go_to_register(page, server)
    press_in(page, "form[action$='/nummers/'] button")


def pass_on(page, day):
    page.locator("#id_execution_number").fill("U-2027-118")
    page.locator("#id_day").fill(day)
    press_in(page, "form[action$='/aangeleverd/'] button")


# ── Somebody's own ─────────────────────────────────────────────────────────────
add("register numbers", at(NUMBERS), "samira")
add("register numbers, none", at(NUMBERS), "daan")


@screen("register numbers, a mistake", "daan", status=422)
def wrong_number(page, server):
    page.goto(NUMBERS)
    page.locator("#register-registerplein summary").click()
    page.locator("#registerplein_number").fill("123")
    press_in(page, "#register-registerplein .btn")


# ── The coordinator ────────────────────────────────────────────────────────────
@screen("register, a meeting to come", "ilse")
def register_early(page, server):
    page.goto(f"{planned_group(server)}registers/skj/")


@screen("register, closed numbers", "ilse")
def register_closed(page, server):
    go_to_register(page, server)


@screen("register, open numbers", "ilse")
def register_open(page, server):
    open_all(page, server)


@screen("register, passed on", "ilse")
def register_passed_on(page, server):
    open_all(page, server)
    pass_on(page, server.execute("SELECT strftime('%d-%m-%Y', 'now')")[0][0])


@screen("register, a day to come", "ilse", status=422)
def register_day_to_come(page, server):
    open_all(page, server)
    pass_on(page, "12-4-2098")


@screen("register, a day that is none", "ilse", status=422)
def register_day_wrong(page, server):
    open_all(page, server)
    pass_on(page, "31-11-2027")


@screen("register, nobody", "ilse")
def register_nobody(page, server):
    go_to_register(page, server, "nip")


@screen("group report", "ilse")
def report(page, server):
    end_group(server)
    page.goto(f"{planned_group(server)}verslag/")


@screen("group report, nobody", "ilse")
def report_empty(page, server):
    server.execute("UPDATE training_groupplace SET state = 'withdrawn', seat_held = 0 WHERE state = 'enrolled'")
    page.goto(f"{planned_group(server)}verslag/")
