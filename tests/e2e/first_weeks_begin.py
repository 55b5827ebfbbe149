"""Steps 1 to 9: from an empty desk to a group that is full."""

from collections import Counter

from tests.e2e.first_weeks import calendar_of, link_in, text_of
from tests.e2e.ways import PASSWORD, sign_in_by_form
from tests.mail.smtp import Conduct

GROUP, OTHER = "Tilburg voorjaar", "Breda voorjaar"
THURSDAYS = ["2027-03-11 08:30:00", "2027-03-18 08:30:00", "2027-03-25 08:30:00", "2027-04-01 07:30:00"]
TEAM = [("Marieke de Wit", "trainer"), ("Noor", "co-trainer")]
COLLEAGUES = [f"deelnemer{number}@school.test" for number in range(1, 12)]
# What Excel writes in the Netherlands: eleven new people, Daan who is here, one twice, an empty line, a bad address.
LIST = "\r\n".join(
    [
        "Naam;E-mail",
        *(f"Deelnemer {number};{address}" for number, address in enumerate(COLLEAGUES, 1)),
        "Daan Visser;nieuw@demo.test",
        "Deelnemer 1;DEELNEMER1@school.test",
        ";",
        "Deelnemer 12;deelnemer12@school",
    ]
).encode("utf-8-sig")


class Coordinator:
    """Ilse at her desk: what she presses, and what the site holds afterwards."""

    def __init__(self, world, page):
        self.world, self.page = world, page
        self.group = None  # the address of her group

    def press(self, name, page=None):
        page = page or self.page
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=name).first.click()

    def follow(self, name, page=None):
        page = page or self.page
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("link", name=name).first.click()

    def fill(self, **values):
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").last.fill(value)

    def choose(self, name, label):
        self.page.locator(f"main [name={name}]").last.select_option(label=label)

    def keep_form(self):
        """Press the button of a form in the CMS."""
        calendars = "[...document.querySelectorAll('.xdsoft_datetimepicker')]"  # one may lie over the button
        self.page.locator("main h1").first.click()
        self.page.wait_for_function(f"!{calendars}.some((calendar) => calendar.checkVisibility())")
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").last.click()

    def send_again(self, path):
        """Post to an address below this page what its first form holds: a button that was pressed twice."""
        post = "(path) => fetch(location.pathname + path, { method: 'POST', body: new FormData(document.forms[0]) })"
        self.page.evaluate(f"async (path) => {{ await ({post})(path) }}", path)

    def words(self, page=None):
        return " ".join((page or self.page).locator("main").first.inner_text().split())

    def come_back(self, moment):
        """Sign in on another day: what she left open is closed by then."""
        self.world.at(moment)
        self.page = self.world.page_of()
        sign_in_by_form(self.page, "coordinator@demo.test", PASSWORD)

    def open_group(self):
        self.page.goto(self.group)

    def open_meeting(self, title):
        self.open_group()
        self.follow(title)

    @property
    def places(self):
        """`{state: how many}` of her group."""
        rows = self.world.server.execute(
            "SELECT state, count(*) FROM training_groupplace WHERE group_id ="
            " (SELECT id FROM training_traininggroup WHERE name = ?) GROUP BY state",
            GROUP,
        )
        return dict(rows)

    @property
    def seats_taken(self):
        return self.world.one("SELECT seats_taken FROM training_traininggroup WHERE name = ?", GROUP)


def make_group(ilse, name, code, **values):
    ilse.page.goto("/planning/")
    ilse.follow("Nieuwe groep")
    ilse.fill(name=name, code=code, **values)
    ilse.choose("holiday_region", "Zuid")
    ilse.keep_form()


def look_at_days(ilse, **values):
    ilse.follow("Plan bijeenkomsten")
    ilse.fill(**values)
    ilse.press("Laat de dagen zien")


def days_shown(ilse):
    """Return the days of the preview that are kept, and those that are left out."""
    rows = ilse.page.locator(".series__row")
    shown = rows.evaluate_all(
        "rows => rows.map((row) => [row.querySelector('[type=checkbox]').checked,"
        " row.querySelector('[name$=starts_at]').value])"
    )
    return [when for kept, when in shown if kept], [when for kept, when in shown if not kept]


# ── 1 to 4: a group, its meetings, its team, its people ────────────────────────
def an_empty_desk_and_a_group(ilse):
    ilse.page.goto("/planning/")
    assert "Je hebt nog geen groep." in ilse.words()
    make_group(ilse, GROUP, "JLMW-2027-01", capacity="12", minimum="6", enrol_from="2027-02-01")
    ilse.group = ilse.page.url

    assert "JLMW-2027-01, concept" in ilse.words()
    assert ilse.world.post.taken == []


def four_thursdays_without_the_holidays(ilse):
    ilse.open_group()
    what = {"title": "Samen leren", "starts": "9.30", "ends": "12.30", "break_minutes": "15", "number": "4"}
    look_at_days(ilse, first="4-2-2027", place_name="De Huiskamer", city="Tilburg", **what)
    kept, left_out = days_shown(ilse)
    assert [when[:10] for when in kept] == ["04-02-2027", "11-02-2027", "25-02-2027", "04-03-2027"]
    assert [when[:10] for when in left_out] == ["18-02-2027"]
    assert "voorjaarsvakantie Zuid" in ilse.words()

    ilse.page.locator("form.series summary").click()
    ilse.fill(first="11-3-2027")
    ilse.press("Laat de dagen zien")
    assert "Samen 11 uur, zonder de pauzes." in ilse.words()
    ilse.press("Plan deze bijeenkomsten")
    assert "4 bijeenkomsten zijn gepland. Niemand hoorde het nog." in ilse.words()
    times = ilse.world.server.execute("SELECT starts_at FROM training_meeting WHERE title LIKE 'Samen leren %'")
    assert sorted(when for (when,) in times) == THURSDAYS


def a_team_and_a_clash(ilse):
    make_group(ilse, OTHER, "JLMW-2027-02")
    look_at_days(ilse, title="Kennismaken", first="25-3-2027", starts="11.00", ends="13.00")
    ilse.press("Plan deze bijeenkomsten")
    ilse.follow("Kennismaken")
    other = ilse.page.url
    ask(ilse, *TEAM[0])

    ilse.open_meeting("Samen leren 3")
    ask(ilse, *TEAM[0])
    assert f"Marieke de Wit begeleidt dan een andere bijeenkomst: {OTHER}" in ilse.words()
    ilse.press("Plan het toch")
    assert led_by(ilse, "Samen leren 3") == []  # without a reason it is refused
    ilse.page.goto(other)
    ilse.follow("Verander deze bijeenkomst")
    ilse.fill(starts_at="25-3-2027 14.00", ends_at="25-3-2027 16.00")
    ilse.keep_form()
    ilse.press("Sla op")  # after who hears of it: nobody, as it was never confirmed

    ilse.open_meeting("Samen leren 1")
    for name, role in TEAM:
        ask(ilse, name, role)
    assert "Er is één co-trainer." in ilse.words()
    ilse.open_group()
    ilse.press("Zet de trainers en co-trainers bij elke bijeenkomst")
    ilse.press("Bevestig alle 4 bijeenkomsten")
    assert led_by(ilse, "Samen leren 3") == ["Marieke de Wit", "Noor"]


def ask(ilse, name, role):
    ilse.choose("user", name)
    ilse.choose("role", role)
    ilse.press("Voeg toe")


def led_by(ilse, title):
    rows = ilse.world.server.execute(
        "SELECT u.display_name FROM training_meetingstaff s JOIN accounts_user u ON u.id = s.user_id"
        " JOIN training_meeting m ON m.id = s.meeting_id WHERE m.title = ? ORDER BY 1",
        title,
    )
    return [name for (name,) in rows]


def people_from_a_file(ilse):
    ilse.open_group()
    ilse.follow("Mensen toevoegen")
    file = {"name": "deelnemers.csv", "mimeType": "text/csv", "buffer": LIST}
    ilse.page.locator("input[type=file]").set_input_files(file)
    ilse.press("Bekijk de lijst")
    counts = ilse.page.locator(".group-facts").inner_text().split("\n")
    assert [counts[place] for place in (1, 3, 5)] == ["11", "1", "2"]
    assert ilse.places == {}

    with ilse.page.expect_download() as download:
        ilse.page.get_by_role("link", name="Download deze rijen (CSV)").click()
    wrong = download.value.path().read_text("utf-8-sig").splitlines()
    assert [line.split(";")[2] for line in wrong] == ['"rij"', '"14"', '"16"']
    ilse.press("Voeg 12 mensen toe")
    assert (ilse.places, ilse.seats_taken) == ({"prepared": 12}, 12)
    assert ilse.world.post.taken == []


# ── 5 to 7: invited ────────────────────────────────────────────────────────────
def invited_once(ilse):
    ilse.open_group()
    ilse.press("Nodig 12 mensen uit")
    assert "12 mensen zijn uitgenodigd." in ilse.words()
    ilse.send_again("uitnodigen/")

    assert ilse.world.one("SELECT count(*) FROM mail_outboxmail WHERE kind = 'place-invitation'") == 12


def one_mail_refused_and_one_later(ilse):
    gone, busy = COLLEAGUES[2], COLLEAGUES[3]
    ilse.world.post.conduct = Conduct(to={gone: {"RCPT": "550 no such user"}, busy: {"RCPT": "451 later"}})
    first = invitations(ilse.world.send_post("2027-02-01 09:06"))
    assert len(first) == 10
    ilse.world.post.conduct = Conduct()
    assert list(invitations(ilse.world.send_post("2027-02-01 09:12"))) == [busy]

    ilse.page.goto("/planning/")
    assert "Een mail aan Deelnemer 3 kwam niet aan" in ilse.words()
    assert f"{gone}: 550 no such user" in ilse.words()
    with ilse.page.expect_navigation():
        ilse.page.locator(".todo__item", has_text="Deelnemer 3").get_by_role("link").click()
    ilse.fill(email="deelnemer3@anders.test")
    ilse.press("Stuur deze mail opnieuw")
    again = invitations(ilse.world.send_all_post("2027-02-01 09:18"))
    assert list(again) == ["deelnemer3@anders.test"]
    ilse.invitations = first | invitations(ilse.world.post.taken)
    assert len(ilse.invitations) == 12


def invitations(messages):
    """Return `{address: path of the link}` of the invitations among `messages`."""
    path = "/groep/uitnodiging/"
    return {taken.to: link_in(taken, path) for taken in messages if path in text_of(taken)}


def yes_and_no_by_button(ilse):
    page, ask = ilse.world.page_of(), dict(ilse.invitations)
    for address in (COLLEAGUES[0], COLLEAGUES[0], COLLEAGUES[1]):  # a scanner opens links, more than once
        page.goto(ask[address])
    assert ilse.places == {"invited": 12}

    page.goto(ask.pop(COLLEAGUES[1]))
    page.get_by_label("Wil je er iets bij zeggen?").fill("Ik heb die dag dienst.")
    ilse.press("Nee, ik kom niet", page)
    for link in ask.values():
        page.goto(link)
        ilse.press("Ja, ik doe mee", page)
    assert len(ask) == ilse.places["enrolled"]
    assert ilse.places["declined"] == 1
    ilse.open_group()
    assert "Ik heb die dag dienst." in ilse.words()

    told = [taken for taken in ilse.world.send_all_post("2027-02-01 09:30") if taken.to == COLLEAGUES[0]]
    welcome, *meetings = sorted(told, key=lambda taken: bool(calendar_of(taken)))
    assert "11 maart" in text_of(welcome)
    assert [(calendar_of(one)["METHOD"], calendar_of(one)["SEQUENCE"]) for one in meetings] == [("REQUEST", "0")] * 4
    assert len({calendar_of(one)["UID"] for one in meetings}) == 4


# ── 8 and 9: the last seat ─────────────────────────────────────────────────────
def the_last_seat_and_the_waiting_list(ilse):
    ilse.open_group()
    ilse.press("Open de groep")
    path = ilse.group.removeprefix(ilse.world.server.url).replace("/planning/groepen/", "/groep/")
    first, second = ilse.world.page_of("stranger"), ilse.world.page_of("neighbour")
    for page in (first, second):  # both see the free seat
        page.goto(f"{path}meedoen/")
        assert page.get_by_role("button", name="Ja, ik doe mee").count() == 1
    ilse.press("Ja, ik doe mee", first)
    ilse.press("Ja, ik doe mee", second)

    assert "Je bent nummer 1 op de wachtlijst" in ilse.words(second)
    assert "wachtlijst" not in ilse.words(first)
    assert ilse.seats_taken == 12
    ilse.world.send_all_post("2027-02-01 09:40")


def a_seat_given_back(ilse):
    daan = ilse.world.page_of("daan")
    daan.goto("/mijn/")
    ilse.follow("Naar je groep", daan)
    ilse.follow("Ik ga uit deze groep", daan)
    ilse.press("Ja, ik ga uit de groep", daan)
    left = ilse.world.send_all_post("2027-02-01 09:50")

    told = Counter((taken.to, calendar_of(taken).get("METHOD")) for taken in left)
    assert told["nieuw@demo.test", "CANCEL"] == 4
    assert told["buurvrouw@demo.test", "REQUEST"] == 4
    assert told["buurvrouw@demo.test", None] == 1
    assert ilse.seats_taken == 12
