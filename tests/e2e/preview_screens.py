"""What a coordinator sees before mail goes out, while it waits, and when it did not arrive."""

from uuid import UUID, uuid4

from tests.e2e.planning_screens import CONCEPT, LATER, invite_daan, meeting, planned_group, press_in
from tests.e2e.ways import Screens, at

PREVIEW_SCREENS = Screens()
add, screen = PREVIEW_SCREENS.add, PREVIEW_SCREENS.screen


# ── Ways ───────────────────────────────────────────────────────────────────────
def person(server, email):
    return server.execute("SELECT id FROM accounts_user WHERE email = ?", email)[0][0]


def put_mail(server, kind, state, *, next_at=None, reason="", attempts=0):
    """Put a mail to Daan about the group in the outbox and return its number, as planning would have left it."""
    uuid = uuid4()
    group = planned_group(server).rstrip("/").rpartition("/")[2]
    place = server.execute(
        "SELECT p.uuid FROM training_groupplace p JOIN training_enrolment e ON e.id = p.enrolment_id"
        " WHERE e.person_id = ?",
        person(server, "nieuw@demo.test"),
    )[0][0]
    server.execute(
        'INSERT INTO mail_outboxmail (uuid, "key", kind, person_id, "to", about, words, sender_name, reply_to,'
        " language, message_id, state, attempts, reason, next_at, lease_by, created_at)"
        " VALUES (?, ?, ?, ?, 'nieuw@demo.test', ?, '', '', '', 'nl', '<x@demo.test>', ?, ?, ?, ?, '',"
        " '2026-01-01 09:00:00')",
        uuid.hex, f"{kind}:{UUID(place)}:x{attempts}", kind, person(server, "nieuw@demo.test"), f"group:{group}", state,
        attempts, reason, next_at,
    )  # fmt: skip
    return uuid


def never_here(server):
    server.execute("UPDATE accounts_user SET last_login = NULL, welcomed_at = NULL, password = '!' WHERE email = ?",
                   "nieuw@demo.test")  # fmt: skip
    server.execute("UPDATE account_emailaddress SET verified = 0 WHERE email = 'nieuw@demo.test'")


def returned(page, server):
    invite_daan(server)
    never_here(server)
    number = put_mail(server, "place-invitation", "refused", reason="550 5.1.1 user unknown")
    page.goto(f"/planning/post/{number}/")


# ── Before it goes ─────────────────────────────────────────────────────────────
@screen("who hears that a meeting is called off", "ilse")
def meeting_off(page, server):
    page.goto(meeting(server, LATER))
    page.locator("#cancel_reason").fill("De zaal is dicht.")
    press_in(page, "form[action$='/afgelasten/'] button")


@screen("who hears that a meeting is called off, nobody", "ilse")
def concept_off(page, server):
    page.goto(meeting(server, CONCEPT))
    page.locator("#cancel_reason").fill("De zaal is dicht.")
    press_in(page, "form[action$='/afgelasten/'] button")


@screen("who hears that a meeting is called off, changed meanwhile", "ilse", status=409)
def changed_meanwhile(page, server):
    meeting_off(page, server)
    server.execute("UPDATE training_meeting SET room = 'Zaal 9', version = version + 1")
    press_in(page, "button[name=confirm]")


@screen("who hears that a group is called off", "ilse")
def group_off(page, server):
    page.goto(planned_group(server))
    page.get_by_text("Gelast de hele groep af").first.click()
    page.locator("#cancel_reason").fill("Er zijn te weinig mensen.")
    press_in(page, "form[action$='/afgelasten/'] button")


@screen("reminders", "ilse")
def reminders(page, server):
    page.goto(f"{planned_group(server)}herinneringen/")


@screen("reminders, another day", "ilse")
def reminders_other_day(page, server):
    page.goto(f"{planned_group(server)}herinneringen/?dagen=30")


@screen("reminders, no day", "ilse", status=422)
def reminders_wrong(page, server):
    page.goto(f"{planned_group(server)}herinneringen/?dagen=veel")


@screen("remind of the invitation", "ilse")
def nudge(page, server):
    invite_daan(server)
    page.goto(f"{planned_group(server)}herinner/")


@screen("remind of the invitation, nobody", "ilse")
def nudge_nobody(page, server):
    server.execute("UPDATE training_placeinvitation SET withdrawn_at = '2026-01-01' WHERE used_at IS NULL")
    page.goto(f"{planned_group(server)}herinner/")


# ── While it waits, and after ──────────────────────────────────────────────────
@screen("desk with mail that waits and mail that does not work", "ilse")
def desk_waiting(page, server):
    put_mail(server, "place-welcome", "waiting", next_at="2099-01-01 09:00:00")
    for attempts in (1, 2, 3):
        put_mail(server, "place-gone", "waiting", next_at="2099-01-01 09:00:00", attempts=attempts)
    page.goto("/planning/")


@screen("meeting with a change that waits", "ilse")
def meeting_waiting(page, server):
    page.goto(meeting(server, LATER))
    page.locator("#cancel_reason").fill("De zaal is dicht.")
    press_in(page, "form[action$='/afgelasten/'] button")
    press_in(page, "button[name=confirm]")


add("mail that did not arrive", returned, "ilse")


@screen("mail that did not arrive, no address", "ilse", status=422)
def wrong_address(page, server):
    returned(page, server)
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    page.locator("#id_email").fill("geen adres")
    press_in(page, ".planning__form button")


@screen("mail that did not arrive, theirs to change", "ilse")
def not_hers(page, server):
    invite_daan(server)
    number = put_mail(server, "place-invitation", "refused", reason="550 5.1.1 user unknown")
    page.goto(f"/planning/post/{number}/")


add("which mail I get, reminders", at("/account/post/"), "samira")
