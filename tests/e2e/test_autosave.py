"""What somebody types is kept by itself: on the server, on the device without internet, and beside what is newer."""

import re

import pytest

from tests.e2e.ways import LISTENING, LOGIN, PASSWORD, PROMISES, fill_in_password, press

pytestmark = pytest.mark.browser

STEP = f"{LISTENING}/aankomen/"
OFFLINE = "Je hebt geen internet. Je tekst staat op dit apparaat. Heb je weer internet, dan slaan we hem op."
KEPT = re.compile(r"^Concept opgeslagen om \d\d?[.:]\d\d uur\. Alleen jij leest dit\.$")
WORDS = "Zij keek mij aan en zei niets."


@pytest.fixture
def page(open_device):
    page = open_device("daan")
    page.goto(STEP)
    return page


@pytest.fixture
def answer(server):
    """Return `answer()`: edit number and state of Daan's only answer as the database holds them, or None."""

    def read():
        rows = server.execute(
            """SELECT answer.edit_no, answer.state FROM training_answer answer
            JOIN training_enrolment enrolment ON enrolment.id = answer.enrolment_id
            JOIN accounts_user person ON person.id = enrolment.person_id WHERE person.email = 'nieuw@demo.test'"""
        )
        assert len(rows) < 2
        return rows[0] if rows else None

    return read


def field(page):
    return page.locator("textarea")


def said(page):
    return page.locator("[data-saved]")


def write(page, words):
    field(page).press_sequentially(words)


def sent_drafts(page):
    """Return a list that grows with each draft that reaches the server."""
    drafts = []
    page.on("response", lambda response: response.url.endswith("/concept/") and drafts.append(response.status))
    return drafts


def kept_on_device(page):
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('words:')).length")


def until_sent(page):
    """Wait until the device holds nothing more: the server has it."""
    for _try in range(50):
        if kept_on_device(page) == 0:
            return
        page.wait_for_timeout(200)
    raise AssertionError("The words are still on the device after ten seconds.")


def wait_until_kept(page):
    said(page).filter(has_text=KEPT).wait_for()


# ── with internet ──
def test_typing_is_kept_by_itself(page, answer):
    drafts = sent_drafts(page)

    write(page, WORDS)
    assert said(page).inner_text() == "Nog niet opgeslagen."
    wait_until_kept(page)
    page.reload()

    assert field(page).input_value() == WORDS
    assert said(page).inner_text() != ""
    assert (drafts, answer(), kept_on_device(page)) == ([200], (1, "draft"), 0)


def test_reading_and_leaving_sends_nothing(page, answer):
    drafts = sent_drafts(page)

    field(page).focus()
    page.wait_for_timeout(1500)

    assert (drafts, answer()) == ([], None)


def test_a_choice_of_place_is_kept_too(open_device, server):
    page = open_device("daan")
    page.goto(f"{PROMISES}/verhaal/")

    page.get_by_role("radio").nth(4).check()
    page.locator("[data-saved]", has_text=KEPT).wait_for()
    page.reload()

    assert page.get_by_role("radio", checked=True).get_attribute("value") == "5"


def test_an_intention_is_kept_whole(open_device):
    page = open_device("daan")
    page.goto(f"{PROMISES}/voornemen/")
    whens = page.locator(".if-then textarea")

    whens.nth(0).press_sequentially("ik het niet haal")
    whens.nth(1).press_sequentially("bel ik")
    page.locator("[data-saved]", has_text=KEPT).wait_for()
    page.reload()

    assert [box.input_value() for box in whens.all()] == ["ik het niet haal", "bel ik", "", ""]


def test_typing_on_after_a_draft_is_kept_as_well(page, answer):
    write(page, "Zij keek mij aan")
    wait_until_kept(page)
    with page.expect_response(re.compile("/concept/")):
        write(page, " en zei niets.")
    wait_until_kept(page)
    page.reload()

    assert (field(page).input_value(), answer()) == (WORDS, (2, "draft"))


def test_pressing_save_right_after_typing_keeps_the_last_word(page, answer):
    write(page, WORDS)
    press(page, "Sla op")

    assert (field(page).input_value(), answer()[1]) == (WORDS, "saved")
    assert kept_on_device(page) == 0


def test_what_was_thrown_away_does_not_come_back(page, answer):
    write(page, WORDS)
    press(page, "Sla op")
    press(page, "Gooi mijn antwoord weg")
    page.wait_for_timeout(1500)
    page.reload()

    assert (field(page).input_value(), answer()) == ("", None)


# ── without internet ──
def test_without_internet_words_stay_and_are_sent_once(page, answer):
    drafts = sent_drafts(page)
    page.context.set_offline(True)
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()

    page.get_by_role("button", name="Sla op", exact=True).click()
    assert (field(page).input_value(), said(page).inner_text(), answer()) == (WORDS, OFFLINE, None)

    page.context.set_offline(False)
    said(page).filter(has_text="Je hebt weer internet. Je tekst is opgeslagen.").wait_for()
    page.wait_for_timeout(1500)
    assert (drafts, answer()) == ([200], (1, "draft"))
    page.reload()
    assert field(page).input_value() == WORDS


def test_a_server_that_is_away_for_a_moment_loses_nothing(page, answer):
    """Not the device's fault this time: the browser says that it is online, and the server does not answer."""
    page.route("**/concept/", lambda route: route.abort())
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()
    page.unroute("**/concept/")
    page.reload()
    wait_until_kept(page)

    assert (field(page).input_value(), answer()) == (WORDS, (1, "draft"))


def test_words_typed_without_internet_survive_a_reload(page, answer):
    page.context.set_offline(True)
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()
    page.context.set_offline(False)  # the page may send them at once, or be reloaded before it does
    page.reload()
    until_sent(page)
    page.reload()  # the page before sent them while this one was made, perhaps

    assert (field(page).input_value(), answer()[1]) == (WORDS, "draft")


def test_ending_a_step_without_internet_keeps_the_page(page):
    page.context.set_offline(True)
    write(page, WORDS)

    page.get_by_role("button", name="Klaar, ga verder").click()

    assert (page.evaluate("location.pathname"), field(page).input_value()) == (STEP, WORDS)
    assert said(page).inner_text() == OFFLINE


# ── two devices ──
def test_an_older_page_does_not_overwrite_a_newer_one(open_device, answer):
    computer, phone = open_device("daan"), open_device("daan")
    computer.goto(STEP)
    phone.goto(STEP)
    write(phone, "Op de telefoon.")
    wait_until_kept(phone)

    write(computer, "Op de computer.")
    said(computer).filter(has_text="Op een ander apparaat staat een nieuwere tekst.").wait_for()
    assert field(computer).input_value() == "Op de computer."
    computer.reload()

    assert field(computer).input_value() == "Op de telefoon."
    notice = computer.locator(".notice--other")
    assert "Op de computer." in notice.inner_text()
    press(computer, "Gezien, gooi weg")
    assert notice.count() == 0
    assert (field(computer).input_value(), answer()) == ("Op de telefoon.", (1, "draft"))


def test_saving_on_an_older_page_asks_which_text_to_keep(open_device, answer):
    computer, phone = open_device("daan"), open_device("daan")
    computer.goto(STEP)
    phone.goto(STEP)
    write(phone, "Op de telefoon.")
    press(phone, "Sla op")

    write(computer, "Op de computer.")
    press(computer, "Sla op")
    assert computer.get_by_role("alert").evaluate("summary => summary === document.activeElement")
    assert field(computer).input_value() == "Op de computer."
    assert "Op de telefoon." in computer.locator(".notice--other").inner_text()

    press(computer, "Sla op")
    assert field(computer).input_value() == "Op de computer."
    phone.reload()
    assert field(phone).input_value() == "Op de computer."


# ── signed out ──
def test_words_are_still_there_when_somebody_was_signed_out_meanwhile(page, open_device, answer):
    page.context.clear_cookies(name="sessionid")
    write(page, WORDS)
    said(page).filter(has_text="Je bent uitgelogd. Je tekst staat op dit apparaat.").wait_for()
    assert field(page).input_value() == WORDS

    press(page, "Sla op")
    assert page.get_by_label("Wat je typte").input_value() == WORDS
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Log in (opent een nieuw tabblad)").click()
    door = opened.value
    door.get_by_label("Jouw e-mailadres").fill("nieuw@demo.test")
    door.get_by_text("Ik gebruik liever mijn wachtwoord").click()
    door.get_by_label("Jouw wachtwoord").fill(PASSWORD)
    press(door, "Log in met wachtwoord")
    press(page, "Verstuur het opnieuw")
    press(page, "Verstuur het opnieuw")  # signing in made a new token, so this page was too old once more

    assert (page.evaluate("location.pathname"), field(page).input_value()) == (STEP, WORDS)
    assert answer()[1] == "saved"


def test_signing_out_leaves_nothing_on_the_device(page):
    page.route("**/concept/", lambda route: route.abort())
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()
    assert kept_on_device(page) == 1

    page.goto("/account/uitloggen/")
    assert kept_on_device(page) == 1
    press(page, "Log uit")

    assert kept_on_device(page) == 0


@pytest.mark.parametrize("own", [True, False], ids=["own device", "shared device"])
def test_only_an_own_device_keeps_words_when_the_tab_is_closed(open_device, own):
    page = open_device()
    page.goto(LOGIN)
    page.get_by_label("Dit is mijn eigen apparaat").set_checked(own)
    fill_in_password(page, "nieuw@demo.test", PASSWORD)
    page.context.route("**/concept/", lambda route: route.abort())
    page.goto(STEP)
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()

    other = page.context.new_page()
    page.close()
    other.goto(STEP)

    assert field(other).input_value() == (WORDS if own else "")


def test_the_next_person_on_this_device_does_not_meet_the_words(page, server):
    page.route("**/concept/", lambda route: route.abort())
    write(page, WORDS)
    said(page).filter(has_text=OFFLINE).wait_for()
    page.context.clear_cookies()

    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Hanneke")).click()
    page.goto(STEP)

    assert WORDS not in page.content()
    assert field(page).input_value() == ""
