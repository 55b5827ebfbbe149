"""Every screen of the site in every state, and how a browser gets there: what test_axe.py and test_html.py look at.

Each is opened on the site as it was just loaded with the demo, so one screen leaves nothing behind for the next.
"""

from home.models.gone import digest_of
from tests.e2e.after_screens import AFTER_SCREENS
from tests.e2e.beside_screens import BESIDE_SCREENS
from tests.e2e.card_screens import CARD_SCREENS
from tests.e2e.desk_screens import DESK_SCREENS
from tests.e2e.door_screens import DOOR_SCREENS
from tests.e2e.finishing_screens import FINISHING_SCREENS
from tests.e2e.import_screens import IMPORT_SCREENS
from tests.e2e.own_data_screens import OWN_DATA_SCREENS
from tests.e2e.passkey_screens import PASSKEY_SCREENS
from tests.e2e.planning_screens import PLANNING_SCREENS
from tests.e2e.preview_screens import PREVIEW_SCREENS
from tests.e2e.problem_screens import PROBLEM_SCREENS
from tests.e2e.professional_screens import PROFESSIONAL_SCREENS
from tests.e2e.register_screens import REGISTER_SCREENS
from tests.e2e.room_screens import ROOM_SCREENS
from tests.e2e.step_screens import STEP_SCREENS
from tests.e2e.story_screens import STORY_SCREENS
from tests.e2e.ways import (
    LISTENING,
    PROMISES,
    SILENT_STORY,
    STORY,
    TRAINING,
    Screens,
    at,
    forge,
    press,
)

SCREENS = Screens(
    AFTER_SCREENS
    | BESIDE_SCREENS
    | CARD_SCREENS
    | DESK_SCREENS
    | FINISHING_SCREENS
    | IMPORT_SCREENS
    | STEP_SCREENS
    | PLANNING_SCREENS
    | PREVIEW_SCREENS
    | PROBLEM_SCREENS
    | DOOR_SCREENS
    | OWN_DATA_SCREENS
    | PASSKEY_SCREENS
    | REGISTER_SCREENS
    | ROOM_SCREENS
    | PROFESSIONAL_SCREENS
    | STORY_SCREENS
)
add, screen = SCREENS.add, SCREENS.screen

# ── for everybody ──
add("front", at("/"))
add("front, signed in", at("/"), "daan")
add("stories", at("/verhalen/"))
add("story with sound", at(STORY))
add("story", at(SILENT_STORY), "samira")
add("trainings", at("/training/"))
add("training", at(f"{TRAINING}/"))
add("training, signed in", at(f"{TRAINING}/"), "daan")
for slug in ("over-ons", "waarom-dit-woord", "spelregels", "jouw-gegevens", "toegankelijkheid"):
    add(f"content page {slug}", at(f"/{slug}/"))


@screen("front, transcript open")
def transcript_open(page, server):
    page.goto(STORY)
    page.get_by_text("Lees de tekst", exact=False).or_(page.locator(".player summary")).first.click()


# ── where people land ──
for person in ("samira", "daan", "hanneke"):
    add(f"my training, {person}", at("/mijn/"), person)
for person in ("noor", "marieke", "ilse", "beheer", "stranger"):
    add(f"start, {person}", at("/mijn/"), person)

# ── modules ──
add("module, to do", at(f"{LISTENING}/"), "daan")
add("module, busy", at(f"{PROMISES}/"), "samira")
add("module, done", at(f"{PROMISES}/"), "hanneke")
add("module, looking along", at(f"{PROMISES}/"), "marieke")
add("end of a module", at(f"{PROMISES}/klaar/"), "hanneke")
add("end of a module, steps open", at(f"{PROMISES}/klaar/"), "samira")
add("end of a module, looking along", at(f"{PROMISES}/klaar/"), "ilse")
add("module on paper", at(f"{PROMISES}/papier/"), "daan")
add("module on paper, boxes", at(f"{LISTENING}/papier/"), "daan")
add("exercises", at("/oefeningen/"), "samira")
add("exercises, none", at("/oefeningen/"), "stranger")
add("exercise", at("/oefeningen/afspraken-verhaal/"), "samira")
add("exercise, talk", at("/oefeningen/luisteren-samen-praten/"), "marieke")

# ── when something is not as hoped ──
add("404", at("/bestaat-niet/"), status=404)
add("404, signed in", at(f"{LISTENING}/bestaat-niet/"), "daan", status=404)


@screen("413", "daan", status=413)
def far_too_much(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").evaluate("field => { field.value = 'lang '.repeat(500000) }")
    press(page, "Sla op")


@screen("403", status=403)
def from_another_site(page, server):
    page.goto("about:blank")
    page.set_content(f"<form action='{server.url}/voorbeeld/kijk-rond/' method='post'><button>Ga</button></form>")
    press(page, "Ga")


@screen("410", status=410)
def taken_away(page, server):
    server.execute("UPDATE wagtailcore_page SET live = 0 WHERE slug = 'het-belletje-van-vier-uur'")
    server.execute("INSERT INTO home_goneaddress (digest, since) VALUES (?, '2026-01-01')", digest_of(STORY))
    page.goto(STORY)


@screen("500", "daan", status=500)
def broken(page, server):
    with server.without_table("training_enrolment"):
        page.goto("/mijn/")


@screen("500, without the frame", "daan", status=500, works_alone=True)
def broken_all_the_way(page, server):
    with server.without_table("django_session"):
        page.goto("/mijn/")


@screen("signed out meanwhile", "daan", status=403)
def signed_out_meanwhile(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia ligt nog op mijn bureau.")
    page.context.clear_cookies(name="sessionid")
    press(page, "Sla op")


@screen("send it once more", "daan", status=403)
def old_token(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia ligt nog op mijn bureau.")
    page.context.clear_cookies(name="csrftoken")
    press(page, "Sla op")


@screen("somebody else signed in meanwhile", "daan", status=403)
def somebody_else(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia ligt nog op mijn bureau.")
    page.context.clear_cookies(name="csrftoken")
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions["samira"], "url": server.url}])
    press(page, "Sla op")


@screen("404, with words to copy", "daan", status=404)
def nowhere_to_send_it(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia ligt nog op mijn bureau.")
    page.locator("main form.step").evaluate("form => { form.action = '/bestaat-niet/' }")
    press(page, "Sla op")


@screen("step changed meanwhile", "daan", status=409)
def stale(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia ligt nog op mijn bureau.")
    forge(page, "save:0b6c1a4e-0000-4000-8000-000000000000")
    press(page, "Sla op")


# ── the same in English ──
IN_ENGLISH = ", in English"


def in_english(name):
    dutch = SCREENS[name]

    def go(page, server):
        if dutch.person:
            server.execute("UPDATE accounts_user SET language = 'en'")
        else:
            page.context.add_cookies([{"name": "django_language", "value": "en", "url": server.url}])
        dutch.go(page, server)

    add(f"{name}{IN_ENGLISH}", go, dutch.person, status=dutch.status, language="en")


for name in (
    "front",
    "stories",
    "story with sound",
    "training",
    "sign-in",
    "my training, samira",
    "start, ilse",
    "module, busy",
    "end of a module",
    "module on paper",
    "exercise",
    "step watch",
    "step read, boxes",
    "step story",
    "step talk",
    "step intention",
    "step, story taken away",
    "404",
    "410",
    "desk",
    "planned group",
    "my group",
    "register numbers",
    "register, passed on",
    "group report",
    "problem, worry",
    "problem, receipt",
    "problem, receipt with an answer",
):
    in_english(name)
