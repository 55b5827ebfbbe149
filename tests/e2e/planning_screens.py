"""Every screen of planning: the desk, a group, its meetings, who was there; and the participant's side of it."""

import hashlib
from uuid import UUID

from tests.e2e.ways import Screens, at, press

PLANNING_SCREENS = Screens()
add, screen = PLANNING_SCREENS.add, PLANNING_SCREENS.screen

HELD, CONCEPT, LATER = "Luisteren en doorvragen", "Tijd geven", "Er zijn en weggaan"
TOKEN = "een-uitnodiging-om-te-proberen"


# ── Ways ───────────────────────────────────────────────────────────────────────
def group(server, name="Tilburg najaar"):
    return UUID(server.execute("SELECT uuid FROM training_traininggroup WHERE name = ?", name)[0][0])


def planned_group(server):
    return f"/planning/groepen/{group(server)}/"


def meeting(server, title):
    number = server.execute("SELECT uuid FROM training_meeting WHERE title = ?", title)[0][0]
    return f"/planning/bijeenkomsten/{UUID(number)}/"


def my_group(server):
    return f"/groep/{group(server)}/"


def put_place(server, email, state, *, seat=1, queue=None):
    """Let the place of somebody stand otherwise, as an act would have left it."""
    server.execute(
        "UPDATE training_groupplace SET state = ?, seat_held = ?, queue_no = ? WHERE enrolment_id IN"
        " (SELECT e.id FROM training_enrolment e JOIN accounts_user u ON u.id = e.person_id WHERE u.email = ?)",
        state,
        seat,
        queue,
        email,
    )


def invite_daan(server, *, used=None):
    put_place(server, "nieuw@demo.test", "invited")
    server.execute(
        "INSERT INTO training_placeinvitation (place_id, token_sha256, made_at, expires_at, used_at, note)"
        " SELECT p.id, ?, '2026-01-01', '2099-01-01', ?, p.wishes FROM training_groupplace p"
        " JOIN training_enrolment e ON e.id = p.enrolment_id JOIN accounts_user u ON u.id = e.person_id"
        " WHERE u.email = 'nieuw@demo.test'",
        hashlib.sha256(TOKEN.encode()).hexdigest(),
        used,
    )


def press_in(page, selector):
    with page.expect_navigation():
        page.locator(selector).first.click()


# ── The desk ───────────────────────────────────────────────────────────────────
add("desk", at("/planning/"), "ilse")
add("desk as a list", at("/planning/?als=lijst"), "ilse")


@screen("desk without a group", "ilse")
def without_group(page, server):
    server.execute("DELETE FROM training_traininggroup_coordinators")
    page.goto("/planning/")


@screen("planned group", "ilse")
def shown_group(page, server):
    page.goto(planned_group(server))


@screen("planned group, a refusal", "ilse", status=409)
def refused_group(page, server):
    page.goto(planned_group(server))
    server.execute("UPDATE training_traininggroup SET state = 'finished'")
    press_in(page, "button[name=state]")


@screen("planned group, nobody chosen", "ilse", status=422)
def nobody_chosen(page, server):
    page.goto(planned_group(server))
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    page.locator("#id_name").fill("")
    press_in(page, "form[action$='/kopie/'] button")


# ── Meetings ───────────────────────────────────────────────────────────────────
def fill_series(page, server, **values):
    page.goto(f"{planned_group(server)}bijeenkomsten/")
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    wanted = {"title": "Luisteren", "first": "4-2-2027", "starts": "9.30", "ends": "12.30", "number": "4", **values}
    for name, value in wanted.items():
        page.locator(f"input[name={name}]").fill(value)
    press_in(page, "button[name=look]")


@screen("plan meetings", "ilse")
def series(page, server):
    page.goto(f"{planned_group(server)}bijeenkomsten/")


@screen("plan meetings, the days", "ilse")
def series_days(page, server):
    fill_series(page, server)


@screen("plan meetings, mistakes", "ilse", status=422)
def series_mistakes(page, server):
    fill_series(page, server, first="31-11-2027", ends="9.30", title="")


@screen("plan meetings, a day that is wrong", "ilse", status=422)
def series_day_wrong(page, server):
    fill_series(page, server)
    page.locator("#id_row-0-starts_at").fill("28-03-2027 02:30")
    press_in(page, "button[name=keep_them]")


@screen("meeting", "ilse")
def shown_meeting(page, server):
    page.goto(meeting(server, LATER))


@screen("meeting in concept", "ilse", status=409)
def concept_meeting(page, server):
    page.goto(meeting(server, CONCEPT))
    press_in(page, "form[action$='/bevestig/'] button")


@screen("meeting with a clash", "ilse", status=409)
def clash(page, server):
    server.execute(
        "UPDATE training_meeting SET starts_at = (SELECT starts_at FROM training_meeting WHERE title = ?),"
        " ends_at = (SELECT ends_at FROM training_meeting WHERE title = ?) WHERE title = ?",
        LATER,
        LATER,
        CONCEPT,
    )
    page.goto(meeting(server, CONCEPT))
    page.get_by_label("Wie", exact=True).select_option(label="Noor")
    press_in(page, "form[action*='/wie/#staff'] button")


@screen("meeting called off", "ilse")
def called_off(page, server):
    page.goto(meeting(server, LATER))
    page.locator("#cancel_reason").fill("De zaal is dicht.")
    press_in(page, "form[action$='/afgelasten/'] button")
    press_in(page, "button[name=confirm]")


# ── Who was there ──────────────────────────────────────────────────────────────
@screen("attendance, before", "ilse")
def attendance_before(page, server):
    page.goto(f"{meeting(server, LATER)}aanwezig/")


@screen("attendance, after", "marieke")
def attendance_after(page, server):
    page.goto(f"{meeting(server, HELD)}aanwezig/")


@screen("attendance, nothing filled in", "marieke")
def attendance_empty(page, server):
    server.execute("DELETE FROM training_attendance")
    page.goto(f"{meeting(server, HELD)}aanwezig/")


@screen("attendance, a mark that failed", "marieke", status=409)
def attendance_failed(page, server):
    page.goto(f"{meeting(server, HELD)}aanwezig/")
    page.locator(".roll__line").first.click()
    page.locator("input[name=minutes]").first.fill("900")
    press_in(page, ".state-button[value=partly]")


@screen("sheet to sign", "ilse")
def sheet(page, server):
    page.goto(f"{meeting(server, LATER)}tekenlijst/")


@screen("move somebody", "ilse")
def move(page, server):
    page.goto(planned_group(server))
    page.locator("#id_name").fill("Tilburg voorjaar")
    press_in(page, "form[action$='/kopie/'] button")
    page.goto(planned_group(server))
    press_in(page, "a[href$='/verplaats/']")


# ── My own group ───────────────────────────────────────────────────────────────
@screen("my group", "samira")
def own_group(page, server):
    page.goto(my_group(server))


@screen("my group, waiting", "daan")
def own_group_waiting(page, server):
    put_place(server, "nieuw@demo.test", "waiting", seat=0, queue=1)
    page.goto(my_group(server))


@screen("my group, invited", "daan")
def own_group_invited(page, server):
    put_place(server, "nieuw@demo.test", "invited")
    page.goto(my_group(server))


@screen("my group, moved away", "daan")
def own_group_before(page, server):
    put_place(server, "nieuw@demo.test", "moved", seat=0)
    server.execute(
        "INSERT INTO training_placeevent (uuid, at, place_key, from_state, to_state)"
        " SELECT '0000000000000000000000000000a003', '2099-01-01', p.uuid, 'enrolled', 'moved'"
        " FROM training_groupplace p WHERE p.state = 'moved'"
    )
    page.goto(my_group(server))


@screen("my group, leaving", "daan")
def own_group_leave(page, server):
    put_place(server, "nieuw@demo.test", "invited")
    page.goto(f"{my_group(server)}weg/")


@screen("my group, wishes too long", "samira", status=422)
def wishes_too_long(page, server):
    page.goto(my_group(server))
    page.locator("#wishes-words").fill("Graag een rustige plek. " * 60)
    press_in(page, "form[action$='/wensen/'] button")


@screen("invitation to a group")
def invitation(page, server):
    invite_daan(server)
    page.goto(f"/groep/uitnodiging/{TOKEN}/")


@screen("invitation to a group, answered")
def invitation_answered(page, server):
    invite_daan(server)
    page.goto(f"/groep/uitnodiging/{TOKEN}/")
    press(page, "Ja, ik doe mee")


@screen("invitation to a group, ended", status=410)
def invitation_ended(page, server):
    invite_daan(server, used="2026-01-02")
    page.goto(f"/groep/uitnodiging/{TOKEN}/")


add("my calendar", at("/agenda/"), "samira")
