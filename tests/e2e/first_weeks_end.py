"""Steps 10 to 15: from the first change to what the registers get."""

import io
import re
import zipfile
from collections import Counter

from tests.e2e.conftest import PHONE
from tests.e2e.first_weeks import calendar_of
from tests.e2e.first_weeks_begin import COLLEAGUES, GROUP
from tests.e2e.ways import PASSWORD, sign_in_by_form


def a_meeting_moves(ilse):
    ilse.open_meeting("Samen leren 2")
    ilse.follow("Verander deze bijeenkomst")
    ilse.fill(starts_at="19-3-2027 10.00", ends_at="19-3-2027 13.00", room="Zolder")
    ilse.keep_form()
    assert "12 deelnemers + 2 trainers + 1 coördinator krijgen bericht." in ilse.words()
    ilse.press("Sla op en laat het weten")
    assert "vrijdag 19 maart 2027, 10.00–13.00 uur" in ilse.words()
    told = ilse.world.send_all_post("2027-02-01 10:10")

    # twelve people, the trainer, the co-trainer and Ilse: one message about this meeting, and nothing else
    said = Counter((calendar_of(one)["METHOD"], calendar_of(one)["SEQUENCE"]) for one in told)
    assert said == {("REQUEST", "1"): 15}
    assert {calendar_of(one)["DTSTART"] for one in told} == {"20270319T100000"}
    assert len({one.to for one in told}) == 15
    before = [calendar_of(one) for one in ilse.world.post.taken if one.to == COLLEAGUES[0] and calendar_of(one)]
    uids = {calendar["UID"] for calendar in before if calendar["SUMMARY"].startswith("Samen leren 2")}
    assert len(uids) == 1


def reminded_once(ilse):
    early = ilse.world.send_all_post("2027-03-08 09:00")
    assert [one for one in early if "Samen leren 1" in one.message["subject"]] == []
    told = ilse.world.send_all_post("2027-03-09 09:35")
    again = ilse.world.send_all_post("2027-03-09 18:00")

    receivers = Counter(one.to for one in told if "Samen leren 1" in one.message["subject"])
    assert (set(receivers.values()), len(receivers)) == ({1}, 12)
    assert [one for one in again if "Samen leren 1" in one.message["subject"]] == []


def who_was_there(ilse):
    ilse.come_back("2027-03-11 08:00")
    ilse.open_meeting("Samen leren 1")
    ilse.follow("Tekenlijst")
    assert "Deelnemer 11" in ilse.words()
    ilse.world.at("2027-03-11 12:45")
    page = ilse.world.page_of(viewport=PHONE)
    sign_in_by_form(page, "trainer@demo.test", PASSWORD)
    page.goto("/mijn/")
    with page.expect_navigation():
        page.locator("section", has_text="Wie was er?").get_by_role("link", name="Samen leren 1").click()
    ilse.press("Allen aanwezig", page)
    mark(page, "Deelnemer 1", "afgemeld")
    mark(page, "Deelnemer 5", "deels", minutes="90")
    page.reload()

    states = page.locator(".roll__state").all_inner_texts()
    there = {"aanwezig": 10, "afgemeld": 1, "deels": 1}
    assert Counter(state.split()[0].strip(",") for state in states) == there
    assert "90 minuten" in line_of(page, "Deelnemer 5").inner_text()


def line_of(page, name):
    exactly = page.locator(".roll__name").get_by_text(name, exact=True)
    return page.locator(".roll__item").filter(has=exactly)


def mark(page, name, status, minutes=None):
    line = line_of(page, name)
    line.locator("summary").click()
    if minutes:
        line.get_by_label("Minuten").fill(minutes)
    with page.expect_response(lambda response: response.request.method == "POST"):
        line.get_by_role("button", name=status, exact=True).click()
    page.wait_for_load_state()


def a_meeting_is_called_off(ilse):
    ilse.world.at("2027-03-11 14:00")
    ilse.open_meeting("Samen leren 3")
    ilse.page.get_by_label("Waarom?").fill("De zaal is dicht.")
    called_off = ilse.page.url
    ilse.press("Bekijk wie het hoort")
    assert "12 deelnemers + 2 trainers + 1 coördinator krijgen bericht." in ilse.words()
    ilse.press("Gelast de bijeenkomst af")
    ilse.open_group()
    plan_one(ilse, title="In plaats van 3", first="8-4-2027")
    told = ilse.world.send_all_post("2027-03-11 14:30")
    assert Counter(calendar_of(one).get("METHOD") for one in told) == {"CANCEL": 15, "REQUEST": 15}
    ilse.page.goto(f"{called_off}aanwezig/")
    assert "Deze bijeenkomst is afgelast." in ilse.words()
    assert ilse.page.get_by_role("button", name="Allen aanwezig").count() == 0


def plan_one(ilse, *, title, first):
    ilse.follow("Plan bijeenkomsten")
    ilse.fill(title=title, first=first, starts="9.30", ends="12.30", break_minutes="15", number="1")
    ilse.press("Laat de dagen zien")
    ilse.press("Plan deze bijeenkomsten")
    ilse.open_group()
    ilse.press("Zet de trainers en co-trainers bij elke bijeenkomst")
    ilse.press("Bevestig 1 bijeenkomst")


def certificates_once(ilse):
    for moment, title in (
        ("2027-03-19 13:10", "Samen leren 2"),
        ("2027-04-01 12:40", "Samen leren 4"),
        ("2027-04-08 12:40", "In plaats van 3"),
    ):
        ilse.come_back(moment)
        ilse.open_meeting(title)
        ilse.follow("Wie was er?")
        ilse.press("Allen aanwezig")
    done_with_all_modules(ilse, except_for=("Deelnemer 6",))
    ilse.come_back("2027-04-12 09:00")
    ilse.open_group()
    ilse.follow("Afronden")
    assert "10 mensen kunnen een bewijs krijgen" in ilse.words()
    assert "12 mensen hebben nog geen kaart" in ilse.words()
    for name in ("Deelnemer 1", "Onbekende Buurvrouw"):
        write_a_card(ilse, name)
    ilse.press("Geef 2 kaarten")
    ilse.press("Geef 10 bewijzen")
    told = ilse.world.send_all_post("2027-04-12 09:10")
    assert certificates(ilse) == 10
    assert len([one for one in told if "bewijs" in one.message["subject"]]) == 10

    ilse.send_again("bewijzen/")
    assert certificates(ilse) == 10
    assert ilse.world.send_all_post("2027-04-12 09:20") == []


def write_a_card(ilse, name):
    ilse.follow("Schrijf kaarten")
    ilse.follow(re.compile(rf"^Schrijf\s*, {name}$"))
    ilse.fill(words="Je vroeg door waar anderen doorliepen.")
    ilse.press("Sla op")
    ilse.open_group()
    ilse.follow("Afronden")


def certificates(ilse):
    return ilse.world.one(
        "SELECT count(*) FROM training_certificate WHERE revoked_at IS NULL AND snapshot LIKE '%JLMW-2027-01%'"
    )


def done_with_all_modules(ilse, *, except_for):
    """Let everybody but these have done every module, as the site's own acts would have left it."""
    names = ", ".join("?" for _name in except_for)
    ilse.world.server.execute(
        "INSERT INTO training_moduleprogress"  # noqa: S608 - only question marks are put in; values go apart
        " (enrolment_id, module_key, steps_done, steps_total, last_step, started_at, touched_at, completed_at)"
        " SELECT p.enrolment_id, w.translation_key, 5, 5, '', '2027-03-01', '2027-03-01', '2027-03-01'"
        " FROM training_groupplace p JOIN training_traininggroup g ON g.id = p.group_id AND g.name = ?"
        " JOIN training_enrolment e ON e.id = p.enrolment_id JOIN accounts_user u ON u.id = e.person_id"
        " CROSS JOIN training_modulepage m JOIN wagtailcore_page w ON w.id = m.page_ptr_id"
        f" WHERE p.state = 'enrolled' AND u.display_name NOT IN ({names}) ON CONFLICT DO NOTHING",
        GROUP,
        *except_for,
    )


def handed_over_to_the_registers(ilse):
    for person, register, number in (("stranger", "registerplein", "4610123456"), ("neighbour", "skj", "100012345")):
        page = ilse.world.page_of(person)
        page.goto("/mijn/registernummers/")
        part = page.locator(f"#register-{register}")
        part.locator("summary").click()
        part.locator("[name=number]").fill(number)
        part.locator("[name=may_pass_on]").check()
        with page.expect_navigation():
            part.get_by_role("button", name="Sla op").click()
        assert "mag worden doorgegeven" in part.inner_text()

    for register, kind, holds in (("registerplein", "txt", b"4610123456"), ("skj", "xlsx", b"100012345")):
        ilse.page.goto(f"{ilse.group}registers/{register}/")
        assert holds.decode() not in ilse.page.content()
        ilse.press("Open 1 nummer")
        with ilse.page.expect_download() as download:
            ilse.page.locator(f"a[href$='lijst.{kind}']").click()
        assert holds in contents_of(download.value.path().read_bytes())
        ilse.fill(day="12-4-2027")
        ilse.press("Sla op")
        assert "12 april 2027" in ilse.words()

    ilse.page.goto(f"{ilse.group}afronden/")
    ilse.follow("Verslag van deze groep")
    assert "10/12 afgerond" in ilse.words()
    roel = ilse.world.page_of("roel")
    for part in ("", "afronden/", "registers/skj/"):
        assert roel.goto(f"{ilse.group}{part}").status == 404


def contents_of(file):
    """Return the words in a file, that of each part where it is a workbook."""
    if not file.startswith(b"PK"):
        return file
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        return b"".join(book.read(name) for name in book.namelist())
