"""The desk, a group and its series in the states that a coordinator meets on her way, and somebody's own groups."""

from tests.e2e.planning_screens import TOKEN, fill_series, group, invite_daan, my_group, planned_group, press_in
from tests.e2e.ways import Screens, at, press

DESK_SCREENS = Screens()
add, screen = DESK_SCREENS.add, DESK_SCREENS.screen


# ── Ways ───────────────────────────────────────────────────────────────────────
def put_state(server, state):
    server.execute("UPDATE training_traininggroup SET state = ? WHERE name = 'Tilburg najaar'", state)


def put_days(server, first, last=None):
    """Let people enrol in Tilburg najaar between these days."""
    server.execute(
        "UPDATE training_traininggroup SET enrol_from = ?, enrol_until = ? WHERE name = 'Tilburg najaar'", first, last
    )


def copied(page, server, name="Tilburg voorjaar"):
    page.goto(planned_group(server))
    page.locator("#id_name").fill(name)
    press_in(page, "form[action$='/kopie/'] button")


def bare(page):
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")


def take_daan_out(server):
    server.execute(
        "UPDATE training_groupplace SET state = 'withdrawn', seat_held = 0 WHERE enrolment_id IN"
        " (SELECT e.id FROM training_enrolment e JOIN accounts_user u ON u.id = e.person_id"
        " WHERE u.email = 'nieuw@demo.test')"
    )


def lengthen(server):
    """Let a group, a meeting and somebody have names that no line can be broken in."""
    word = "Dienstverleningsovereenkomstvoorbereidingsgroepvoorjaar"
    server.execute("UPDATE training_meeting SET title = ?, place_name = ?", word, word)
    server.execute("UPDATE accounts_user SET display_name = ? WHERE email = 'wouter@demo.test'", word)
    server.execute("UPDATE training_traininggroup SET name = ? WHERE name = 'Tilburg najaar'", word)


# ── The desk ───────────────────────────────────────────────────────────────────
add("desk, a month with holidays", at("/planning/?maand=2027-02"), "ilse")
add("desk, narrowed to nothing", at("/planning/?als=lijst&plek=Nergens"), "ilse")


@screen("desk, groups of two regions", "ilse")
def two_regions(page, server):
    copied(page, server)
    server.execute("UPDATE training_traininggroup SET holiday_region = 'noord' WHERE name = 'Tilburg voorjaar'")
    page.goto("/planning/?maand=2027-02")


@screen("desk, words without an end", "ilse")
def long_words(page, server):
    lengthen(server)
    page.goto("/planning/")


# ── A group ────────────────────────────────────────────────────────────────────
@screen("planned group, nothing in it yet", "ilse")
def empty_group(page, server):
    copied(page, server)


@screen("planned group, in another order", "ilse")
def other_order(page, server):
    page.goto(f"{planned_group(server)}?op=-modules")


@screen("planned group, closed", "ilse")
def closed_group(page, server):
    put_state(server, "closed")
    page.goto(planned_group(server))


@screen("planned group, with days to enrol", "ilse")
def open_group(page, server):
    put_days(server, "2026-01-01", "2099-01-01")
    page.goto(planned_group(server))


@screen("planned group, just invited", "ilse")
def just_invited(page, server):
    page.goto(planned_group(server))
    press_in(page, "form[action$='/uitnodigen/'] button")


@screen("planned group, words without an end", "ilse")
def long_group(page, server):
    address = planned_group(server)
    lengthen(server)
    page.goto(address)


@screen("move somebody, nowhere to go", "ilse")
def nowhere(page, server):
    page.goto(planned_group(server))
    press_in(page, "a[href$='/verplaats/']")


@screen("move somebody, no group chosen", "ilse", status=422)
def no_group_chosen(page, server):
    copied(page, server)
    nowhere(page, server)
    bare(page)
    press_in(page, "main form .btn")


# ── Meetings ───────────────────────────────────────────────────────────────────
@screen("plan meetings, without a region", "ilse")
def no_region(page, server):
    server.execute("UPDATE training_traininggroup SET holiday_region = ''")
    page.goto(f"{planned_group(server)}bijeenkomsten/")


@screen("plan meetings, nothing kept", "ilse", status=422)
def nothing_kept(page, server):
    fill_series(page, server, number="1")
    page.locator("#id_row-0-keep").uncheck()
    press_in(page, "button[name=keep_them]")


# ── One's own groups ───────────────────────────────────────────────────────────
@screen("my groups, none", "daan")
def no_group(page, server):
    take_daan_out(server)
    page.goto("/groep/")


@screen("my groups, two", "daan")
def two_groups(page, server):
    server.execute(
        "INSERT INTO training_groupplace (uuid, group_id, enrolment_id, state, seat_held, source, made_at, wishes,"
        " counts_along) SELECT '0b6c1a4e00004000800000000000000a', g.id, p.enrolment_id, 'waiting', 0, 'oneself',"
        " p.made_at, p.wishes, 0"
        " FROM training_groupplace p JOIN training_enrolment e ON e.id = p.enrolment_id"
        " JOIN accounts_user u ON u.id = e.person_id, training_traininggroup g"
        " WHERE u.email = 'nieuw@demo.test' AND g.name = 'Breda'"
    )
    page.goto("/groep/")


@screen("my group, too late to leave", "daan")
def too_late(page, server):
    server.execute("UPDATE training_traininggroup SET cancel_until_hours = 9999")
    page.goto(my_group(server))


@screen("invitation to a group, a no")
def says_no(page, server):
    invite_daan(server)
    page.goto(f"/groep/uitnodiging/{TOKEN}/")
    press(page, "Nee, ik kom niet")


@screen("take part in a group, not yet", "daan")
def not_yet(page, server):
    take_daan_out(server)
    put_days(server, "2099-01-01")
    page.goto(f"/groep/{group(server)}/meedoen/")


@screen("take part in a group, while in another one", "daan")
def elsewhere(page, server):
    server.execute("UPDATE training_traininggroup SET state = 'open', enrol_from = '2026-01-01' WHERE name = 'Breda'")
    page.goto(f"/groep/{group(server, 'Breda')}/meedoen/")


add("my calendar, of who leads meetings", at("/agenda/"), "noor")
