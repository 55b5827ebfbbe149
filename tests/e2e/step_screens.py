"""Every screen of a step: as it stands, and with something to mend."""

from tests.e2e.ways import LISTENING, PROMISES, TRAINING, Screens, at, forge, press

STEP_SCREENS = Screens()
add, screen = STEP_SCREENS.add, STEP_SCREENS.screen

# ── steps, as they stand ──
add("step arrive", at(f"{PROMISES}/aankomen/"), "daan")
add("step watch", at(f"{PROMISES}/kijken/"), "daan")
add("step read, boxes", at(f"{LISTENING}/lezen/"), "daan")
add("step story", at(f"{PROMISES}/verhaal/"), "daan")
add("step story, the other story", at(f"{PROMISES}/verhaal/?verhaal=ander"), "daan")
add("step talk", at(f"{PROMISES}/samen-praten/"), "daan")
add("step intention", at(f"{PROMISES}/voornemen/"), "daan")
add("step intention, another module", at(f"{LISTENING}/voornemen/"), "daan")
add("step with an answer, done", at(f"{PROMISES}/aankomen/"), "samira")
add("step with a choice, done", at(f"{LISTENING}/verhaal/"), "samira")
add("step with an intention, done", at(f"{TRAINING}/naast-elkaar-staan/voornemen/"), "samira")
add("step, looking along", at(f"{PROMISES}/verhaal/"), "noor")


@screen("step watch, transcript open", "daan")
def film_text_open(page, server):
    page.goto(f"{PROMISES}/kijken/")
    page.locator(".player summary").click()


@screen("step, every hint open", "daan")
def hints_open(page, server):
    page.goto(f"{PROMISES}/verhaal/")
    for summary in page.locator("main summary").all():
        summary.click()


@screen("step with a draft", "daan")
def draft(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("De brief aan Nadia.")
    press(page, "Ik kom hier terug")
    page.goto(f"{PROMISES}/aankomen/")


@screen("step, question skipped", "daan")
def question_skipped(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    press(page, "Sla deze vraag over")


@screen("step skipped", "daan")
def step_skipped(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    press(page, "Sla deze stap over")
    page.goto(f"{PROMISES}/aankomen/")


@screen("step, saved while typing", "daan")
def saved_while_typing(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").press_sequentially("De brief aan Nadia.")
    page.locator("[data-saved]", has_text="Concept opgeslagen").wait_for()


@screen("step, no internet", "daan")
def no_internet(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.context.set_offline(True)
    page.locator("textarea").press_sequentially("De brief aan Nadia.")
    page.locator("[data-saved]", has_text="Je hebt geen internet").wait_for()
    page.context.set_offline(False)


@screen("step, story taken away", "daan")
def story_taken_away(page, server):
    server.execute(
        "UPDATE wagtailcore_page SET live = 0 WHERE slug IN ('het-belletje-van-vier-uur', 'dinsdag-is-een-lange-dag')"
    )
    page.goto(f"{PROMISES}/verhaal/")


# ── steps, with something to mend ──
@screen("step, saved with nothing in it", "daan", status=400)
def saved_nothing(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    press(page, "Sla op")


@screen("step, text too long", "daan", status=400)
def too_long(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    page.locator("textarea").fill("lang " * 2_001)
    press(page, "Sla op")


@screen("step, no place chosen", "daan", status=400)
def no_place(page, server):
    page.goto(f"{PROMISES}/verhaal/")
    press(page, "Sla op")


@screen("step, a box too long", "daan", status=400)
def box_too_long(page, server):
    page.goto(f"{LISTENING}/lezen/")
    for box in page.locator("textarea").all()[:2]:
        box.fill("lang " * 201)
    press(page, "Sla op")


@screen("step, intention to mend", "daan", status=400)
def intention_to_mend(page, server):
    page.goto(f"{PROMISES}/voornemen/")
    page.locator("textarea").first.fill("lang " * 101)
    page.locator("input[type=date]").fill("2020-01-01")
    press(page, "Sla op")


@screen("step, unknown button", "daan", status=400)
def unknown_button(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    forge(page, "iets-anders")
    press(page, "Sla op")


def write_elsewhere(page, text):
    """Save `text` at the same step in a second tab, as another device would."""
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("textarea").fill(text)
    press(other, "Sla op")
    other.close()


@screen("step, newer text elsewhere", "daan", status=409)
def newer_elsewhere(page, server):
    page.goto(f"{PROMISES}/aankomen/")
    write_elsewhere(page, "Op de telefoon: Nadia bellen.")
    page.locator("textarea").fill("Op de computer: de brief aan Nadia.")
    press(page, "Sla op")


@screen("step, other words kept beside", "daan")
def other_words(page, server):
    newer_elsewhere(page, server)
    page.goto(f"{PROMISES}/aankomen/")
