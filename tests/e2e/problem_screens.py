"""Every screen of a problem report: choosing, the form, the receipt, and the inbox."""

from tests.e2e.ways import Screens, at, press

PROBLEM_SCREENS = Screens()
add, screen = PROBLEM_SCREENS.add, PROBLEM_SCREENS.screen

SEND, ANSWER = "Verstuur mijn melding", "Geef dit antwoord"
FILM = "De film in module 2 heeft geen ondertitels.\nIk zit in de trein."


def report(page, kind="broken", words=FILM):
    page.goto(f"/probleem/?soort={kind}&van=/verhalen/")
    page.locator("textarea").fill(words)
    page.locator(".problem__form button").click()
    page.wait_for_url("**/probleem/*-*/")


def sent_on(page, server, day):
    """Move the reports to a day in January: the title of a page says when, and each screen has a title of its own."""
    server.execute("UPDATE home_problemreport SET created_at = ?", f"2026-01-{day:02} 10:00:00")
    page.reload()


def become(page, server, person):
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions[person], "url": server.url}])


def reported_by_samira(page, server, *kinds):
    """Let Samira report a problem of each kind, and give the browser back to Ilse, who coordinates her group."""
    become(page, server, "samira")
    for kind in kinds:
        report(page, kind)
    become(page, server, "ilse")


def answer_all(server):
    """Answer every report, with its own words: only the site's key can make others."""
    server.execute(
        "UPDATE home_problemreport SET state = 'handled', answer = words, seen_at = created_at,"
        " handled_at = created_at, handled_by_id = (SELECT id FROM accounts_user WHERE display_name LIKE 'Ilse%')"
    )


# ── reporting ──
add("problem, what about", at("/probleem/?van=/verhalen/"))
add("problem, what about, signed in", at("/probleem/"), "samira")
add("problem, worry", at("/probleem/?soort=worry&van=/verhalen/"))
add("problem, something hurts", at("/probleem/?soort=hurts&van=/verhalen/"), "samira")


@screen("problem, to mend", status=400)
def to_mend(page, server):
    page.goto("/probleem/?soort=worry")
    page.get_by_label("Op welke pagina?").or_(page.locator("[name=path]")).first.fill("https://example.test/")
    page.locator("[name=contact_way]").fill("lang " * 50)
    page.locator(".problem__form button").click()
    page.locator(".error-summary").wait_for()


@screen("problem, unknown kind", status=400)
def unknown_kind(page, server):
    page.goto("/probleem/?soort=worry")
    page.locator("input[name=kind]").evaluate("field => { field.value = 'iets' }")
    page.locator(".problem__form button").click()
    page.locator(".error-summary").wait_for()


@screen("problem, signed out meanwhile", "samira", status=403)
def signed_out(page, server):
    page.goto("/probleem/?soort=broken")
    page.locator("textarea").fill(FILM)
    page.context.clear_cookies(name="sessionid")
    page.locator(".problem__form button").click()
    page.locator(".error-summary").wait_for()


# ── the receipt ──
@screen("problem, receipt of a visitor")
def receipt_of_a_visitor(page, server):
    report(page, "worry")
    sent_on(page, server, 5)


@screen("problem, receipt", "samira")
def receipt(page, server):
    report(page)
    sent_on(page, server, 6)


@screen("problem, receipt with an answer", "samira")
def receipt_with_an_answer(page, server):
    report(page)
    answer_all(server)
    sent_on(page, server, 7)


@screen("problem, own reports", "samira")
def own_reports(page, server):
    report(page)
    answer_all(server)
    report(page, "hurts")
    page.goto("/probleem/mijn/")


add("problem, no own reports", at("/probleem/mijn/"), "stranger")


# ── the inbox ──
@screen("reports", "ilse")
def inbox(page, server):
    reported_by_samira(page, server, "broken", "worry")
    server.execute("UPDATE home_problemreport SET created_at = '2026-01-05 10:00:00' WHERE kind = 'broken'")
    page.goto("/probleem/post/")


@screen("reports, answered", "ilse")
def inbox_answered(page, server):
    reported_by_samira(page, server, "broken", "worry")
    answer_all(server)
    page.goto("/probleem/post/?stand=beantwoord")


add("reports, none", at("/probleem/post/"), "beheer")
add("reports, none answered", at("/probleem/post/?stand=beantwoord"), "beheer")


@screen("report", "ilse")
def one(page, server, day=8):
    reported_by_samira(page, server, "broken")
    page.goto("/probleem/post/")
    page.locator(".problem__link").click()
    page.wait_for_url("**/post/*-*/")
    sent_on(page, server, day)


@screen("report, answered with nothing", "ilse", status=400)
def answered_with_nothing(page, server):
    one(page, server)
    press(page, ANSWER)


@screen("report, answered", "ilse")
def answered(page, server):
    one(page, server, day=9)
    page.locator("textarea").fill("Ze staan er vrijdag bij.")
    press(page, ANSWER)


@screen("report, answered by somebody else meanwhile", "ilse", status=409)
def answered_meanwhile(page, server):
    one(page, server)
    page.locator("textarea").fill("Ze staan er vrijdag bij.")
    answer_all(server)
    press(page, ANSWER)
