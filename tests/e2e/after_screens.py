"""Every screen after a meeting: how it was for who led it, attendance that is not right, who was on no list."""

from uuid import UUID

from tests.e2e.planning_screens import HELD, meeting, my_group, planned_group, press_in
from tests.e2e.ways import Screens, at

AFTER_SCREENS = Screens()
add, screen = AFTER_SCREENS.add, AFTER_SCREENS.screen

NOOR, TRAINER = "co-trainer@demo.test", "trainer@demo.test"
SAID = "Ik was er wel. Ik zat achteraan, bij het raam."


# ── Ways ───────────────────────────────────────────────────────────────────────
def held(server):
    return UUID(server.execute("SELECT uuid FROM training_meeting WHERE title = ?", HELD)[0][0])


def aftercare(server):
    return f"/nazorg/{held(server)}/"


def wants_to_be_called(server):
    """Noor asked Marieke to call; the words on the row are those of another, as only the site writes what it reads."""
    server.execute(
        "INSERT INTO training_aftercare (uuid, meeting_id, person_id, reader_id, words, wants_call, written_at)"
        " SELECT '0000000000000000000000000000a001', m.id, p.id, r.id, '', 1, m.ends_at FROM training_meeting m"
        " JOIN accounts_user p ON p.email = ? JOIN accounts_user r ON r.email = ? WHERE m.title = ?",
        NOOR,
        TRAINER,
        HELD,
    )


def ask_correction(page, server, words):
    page.goto(my_group(server))
    page.locator(".my-group__past > summary").click()
    page.locator(".was-there summary").first.click()
    page.locator(".was-there textarea").first.fill(words)
    press_in(page, "form[action*='/klopt-niet/'] button")


def open_correction(page, server):
    """What somebody said, without their words: only the site writes what it reads."""
    server.execute(
        "INSERT INTO training_attendancecorrection (uuid, meeting_id, place_id, state, words, answer, asked_at)"
        " SELECT '0000000000000000000000000000a002', m.id, p.id, 'open', '', '', m.ends_at FROM training_meeting m"
        " JOIN training_groupplace p ON p.group_id = m.group_id AND p.state = 'enrolled' WHERE m.title = ? LIMIT 1",
        HELD,
    )
    page.goto(f"{meeting(server, HELD)}aanwezig/")
    press_in(page, "a[href*='/klopt-niet/']")


def write_name_down(page, server, name):
    page.goto(f"{meeting(server, HELD)}aanwezig/")
    page.locator("#walk-in").fill(name)
    press_in(page, ".roll-page__add button")


# ── How it was ─────────────────────────────────────────────────────────────────
@screen("aftercare, the question", "noor")
def question(page, server):
    page.goto(aftercare(server))


@screen("aftercare, written", "noor")
def written(page, server):
    page.goto(aftercare(server))
    page.locator("#words").fill("Het verhaal kwam dichtbij.")
    page.locator("#call").check()
    press_in(page, ".aftercare__form .btn")


@screen("aftercare, nothing said", "noor", status=409)
def nothing_said(page, server):
    page.goto(aftercare(server))
    press_in(page, ".aftercare__form .btn")


@screen("aftercare, no person chosen", "noor")
def no_person(page, server):
    server.execute("UPDATE stories_storyteller SET support_id = NULL")
    page.goto(aftercare(server))


@screen("aftercare, read by nobody", "noor")
def read_by_nobody(page, server):
    wants_to_be_called(server)
    server.execute("UPDATE stories_storyteller SET support_id = NULL")
    page.goto(aftercare(server))


add("aftercare, the list", at("/nazorg/"), "noor")


@screen("aftercare, what was written to one", "marieke")
def received(page, server):
    wants_to_be_called(server)
    page.goto("/nazorg/")


@screen("aftercare, asked to call", "marieke")
def asked_to_call(page, server):
    wants_to_be_called(server)
    page.goto("/nazorg/van/00000000-0000-0000-0000-00000000a001/")


# ── Not right ──────────────────────────────────────────────────────────────────
@screen("my attendance", "samira")
def my_attendance(page, server):
    page.goto(my_group(server))
    page.locator(".my-group__past > summary").click()


@screen("my attendance, said that it is not right", "samira")
def said(page, server):
    ask_correction(page, server, SAID)


@screen("my attendance, nothing said", "samira", status=409)
def said_nothing(page, server):
    ask_correction(page, server, " ")


@screen("attendance that is not right", "marieke")
def not_right(page, server):
    open_correction(page, server)


@screen("attendance that is not right, no answer", "marieke", status=409)
def no_answer(page, server):
    open_correction(page, server)
    page.locator("#s-leave").check()
    press_in(page, "form.planning__form .btn")


@screen("attendance that is not right, answered", "marieke")
def answered(page, server):
    open_correction(page, server)
    server.execute("UPDATE training_attendancecorrection SET state = 'left', settled_at = asked_at")
    page.reload()


# ── On no list ─────────────────────────────────────────────────────────────────
@screen("attendance, somebody on no list", "ilse")
def on_no_list(page, server):
    write_name_down(page, server, "Fenna Dijkstra")


@screen("attendance, no name", "marieke", status=409)
def no_name(page, server):
    write_name_down(page, server, " ")


@screen("who is this", "ilse")
def who_is_this(page, server):
    write_name_down(page, server, "Fenna Dijkstra")
    press_in(page, "a[href*='/niet-op-de-lijst/']")


@screen("who is this, nobody chosen", "ilse", status=422)
def nobody_chosen(page, server):
    who_is_this(page, server)
    press_in(page, "form.planning__form .btn")


# ── Moving, and a certificate that was there already ───────────────────────────
@screen("move somebody who was there", "ilse")
def move(page, server):
    page.goto(planned_group(server))
    page.locator("#id_name").fill("Tilburg voorjaar")
    press_in(page, "form[action$='/kopie/'] button")
    server.execute("UPDATE training_attendance SET status = 'present', minutes = NULL")
    page.goto(planned_group(server))
    press_in(page, "a[href$='/verplaats/']")
