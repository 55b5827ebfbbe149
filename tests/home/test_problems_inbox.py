"""The inbox of problem reports: who reads whose, and what is done there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from home import inboxes
from home.choices import ProblemState
from home.domain.problems import AlreadyAnswered, answer_problem, mark_seen, number_of_new
from home.models import ProblemReport
from home.policies import readable_reports, reads_reports
from tests.factories.enrolments import enrol
from tests.factories.people import make_person
from tests.home.problems import (
    INBOX,
    MINE,
    browser_of,
    dutch,
    html_of,
    make_report,
    page_of,
    receipt_of,
    rows,
    shown,
    texts,
)
from tests.standing import standing
from training.models import Enrolment

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CAST = ("samira", "daan", "noor", "marieke", "ilse", "roel", "stranger", "petra", "server", "nobody")


@standing
def femke(other_group):
    """Takes part in Roel's group."""
    femke = make_person("Femke Bos")
    enrol(femke, other_group.training, group=other_group)
    return femke


@standing
def cast(samira, daan, noor, marieke, ilse, roel, stranger, petra, femke):
    server = User.objects.create_superuser("server@example.test", "x", display_name="Server")
    people = (samira, daan, noor, marieke, ilse, roel, stranger, petra, server, None)
    return dict(zip(CAST, people, strict=True))


@standing
def reports(cast, femke):
    """A report of everybody, each with a word of its own planted in it: `{name: report}`."""
    reporters = {name: cast[name] for name in ("samira", "daan", "noor", "ilse", "roel", "stranger", "petra")}
    reporters |= {"femke": femke, "visitor": None}
    return {name: make_report(person, f"Kwikstaart van {name}.") for name, person in reporters.items()}


READS = {
    "petra": {"samira", "daan", "noor", "ilse", "roel", "stranger", "petra", "femke", "visitor"},
    "ilse": {"samira", "daan"},
    "roel": {"femke"},
}


# ── Who reads what ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", CAST)
def test_the_inbox_holds_what_is_theirs_to_answer(cast, reports, who):
    response = browser_of(cast[who]).get(INBOX)

    if who == "nobody":
        assert (response.status_code, response.url) == (302, f"/account/inloggen/?next={INBOX}")
        return
    assert response.status_code == (200 if who in READS else 404)
    found = {link["href"] for link in html_of(response).select("main .problem__link")}
    assert found == {page_of(reports[name]) for name in READS.get(who, ())}


@pytest.mark.parametrize("who", CAST)
def test_each_report_is_opened_by_its_readers_alone(cast, reports, who):
    browser = browser_of(cast[who])

    opened = {name: browser.get(page_of(report)) for name, report in reports.items()}

    no = 302 if who == "nobody" else 404
    assert {name: answer.status_code for name, answer in opened.items()} == {
        name: 200 if name in READS.get(who, ()) else no for name in reports
    }
    assert {name for name, answer in opened.items() if "Kwikstaart" in answer.content.decode()} == READS.get(who, set())


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("act", ["seen", "answer"])
def test_nobody_else_does_anything_to_it(cast, reports, who, act):
    browser = browser_of(cast[who])

    for name, report in reports.items():
        before = rows()
        response = browser.post(page_of(report), {"act": act, "words": "Een antwoord."})

        may = name in READS.get(who, ())
        assert response.status_code == (302 if may else 403 if who == "nobody" else 404)
        assert (rows() != before) == may


@pytest.mark.parametrize("who", [name for name in CAST if name != "petra"])
def test_no_page_of_theirs_holds_a_word_of_somebody_else(cast, reports, who):
    own = f"Kwikstaart van {who}."
    browser = browser_of(cast[who])
    pages = ["/", "/mijn/", MINE, INBOX, "/probleem/", *(receipt_of(report) for report in reports.values())]

    held = "".join(browser.get(page, follow=True).content.decode() for page in pages)

    assert {name for name in reports if f"Kwikstaart van {name}." in held} == ({who} if who in reports else set())
    assert (own in held) == (who in reports)


def test_a_stranger_finds_what_they_would_find_at_an_address_that_is_not_there(stranger, samira):
    browser = browser_of(stranger)

    answers = [
        browser.get(address)
        for address in (page_of(make_report(samira)), f"{INBOX}0b6c1a4e-0000-4000-8000-000000000000/")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert texts(answers[0], "*") == texts(answers[1], "*")


def test_a_role_taken_away_works_at_once(ilse, petra, samira):
    browsers, report = [browser_of(ilse), browser_of(petra)], make_report(samira)
    before = [browser.get(page_of(report)).status_code for browser in browsers]

    for person in (ilse, petra):
        person.groups.clear()

    assert (before, [browser.get(page_of(report)).status_code for browser in browsers]) == ([200] * 2, [404] * 2)
    assert [browser.get(INBOX).status_code for browser in browsers] == [404] * 2


def test_a_coordinator_without_her_group_reads_nothing_of_it(ilse, group, samira):
    report = make_report(samira)
    group.coordinators.remove(ilse)

    assert (reads_reports(ilse), list(readable_reports(ilse))) == (True, [])
    assert browser_of(ilse).get(page_of(report)).status_code == 404


def test_who_stopped_is_no_longer_among_her_people(ilse, petra, samira):
    report = make_report(samira)
    Enrolment.objects.filter(person=samira).update(state="left")

    assert (list(readable_reports(ilse)), list(readable_reports(petra))) == ([], [report])


def test_nobody_answers_their_own_report_as_a_coordinator(ilse, petra, group, training):
    enrol(ilse, training, group=group)
    report = make_report(ilse)

    assert (list(readable_reports(ilse)), list(readable_reports(petra))) == ([], [report])


def test_two_groups_show_a_report_once(ilse, group, other_group, samira):
    other_group.coordinators.add(ilse)
    enrolment = samira.enrolments.get()
    enrolment.places.create(group=other_group)
    report = make_report(samira)

    assert list(readable_reports(ilse)) == [report]


def test_an_account_that_was_closed_reads_nothing(petra):
    make_report()
    User.objects.filter(pk=petra.pk).update(is_active=False)
    petra = User.objects.get(pk=petra.pk)

    assert (reads_reports(petra), list(readable_reports(petra)), number_of_new(petra)) == (False, [], None)


def test_registering_twice_asks_once(monkeypatch, stranger):
    monkeypatch.setattr(inboxes, "_registered", [])
    people, nobody = User.objects.all(), (lambda user: None)

    for people_of in (lambda user: people, nobody, nobody):
        inboxes.register(people_of)

    assert inboxes.people_read_by(stranger) == [people]
    assert len(inboxes._registered) == 2


# ── What stands there ──────────────────────────────────────────────────────────
def test_worries_come_first_then_what_waits_longest(petra):
    at = [MONDAY + timedelta(hours=hour) for hour in range(5)]
    new, seen = make_report(at=at[3]), make_report(at=at[1], state="seen")
    worry, older = make_report(kind="worry", at=at[2]), make_report(at=at[0])
    answered = [make_report(state="handled", by=petra, at=moment) for moment in (at[0], at[4])]
    browser = browser_of(petra)

    assert shown(browser.get(INBOX)) == [page_of(report) for report in (worry, older, seen, new)]
    assert shown(browser.get(INBOX, {"stand": "beantwoord"})) == [page_of(report) for report in reversed(answered)]


def test_what_was_promised_and_not_kept_stands_out(petra, time_machine):
    time_machine.move_to(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    make_report(at=MONDAY)
    make_report(at=MONDAY + timedelta(days=1))

    response = browser_of(petra).get(INBOX)

    assert texts(response, ".problem__row strong") == [
        dutch("The answer was promised by %(date)s.", date="woensdag 25 november")
    ]
    assert texts(response, ".problem__row p span.small") == [
        dutch("Answer promised by %(date)s", date="donderdag 26 november")
    ]


def test_the_list_names_people_and_holds_no_words(petra, samira):
    make_report(samira, "Kwikstaart.")
    make_report(None, "Kwikstaart.", contact={"name": "Anna"})

    response = browser_of(petra).get(INBOX)

    assert [line.split(",")[0].strip() for line in texts(response, ".problem__row > .small")] == [
        "Samira El Amrani",
        dutch("A visitor"),
    ]
    assert [word for word in ("Kwikstaart", "Anna") if word in response.content.decode()] == []


def test_an_empty_inbox_says_so(ilse):
    browser = browser_of(ilse)

    assert texts(browser.get(INBOX), ".empty__title") == [dutch("No report waits for an answer.")]
    assert texts(browser.get(INBOX, {"stand": "beantwoord"}), ".empty__title") == [dutch("No report was answered yet.")]


def test_many_reports_are_turned_over_by_page(petra):
    for number in range(26):
        make_report(at=MONDAY + timedelta(minutes=number))
    browser = browser_of(petra)

    pages = {
        page: shown(browser.get(INBOX, {"pagina": page})) for page in ("", "1", "2", "3", "0", "-1", "x", "9" * 40)
    }

    assert {page: len(links) for page, links in pages.items()} == {
        "": 25, "1": 25, "2": 1, "3": 1, "0": 1, "-1": 1, "x": 25, "9" * 40: 1,
    }  # fmt: skip
    assert [link["href"] for link in html_of(browser.get(INBOX)).select(".neighbours a")] == ["?pagina=2"]


def test_a_report_shows_who_where_and_what(petra, samira):
    member = make_report(samira, "Een.\nTwee.", path="/verhalen/é/")
    visitor = make_report(None, contact={"name": "Anna", "way": "06 1"})
    silent = make_report(None)
    browser = browser_of(petra)

    responses = [browser.get(page_of(report)) for report in (member, visitor, silent)]

    assert html_of(responses[0]).select_one(".problem__words").text == "Een.\nTwee."
    assert [texts(response, ".facts dd")[0] for response in responses] == [
        "Samira El Amrani , samira-el-amrani@example.test",
        "Anna, 06 1",
        dutch("A visitor, who did not say how to reach them"),
    ]
    assert [link["href"] for link in html_of(responses[0]).select(".facts a")] == [
        "mailto:samira-el-amrani@example.test",
        "/verhalen/%C3%A9/",
    ]


@pytest.mark.parametrize(
    ("who", "number"), [("ilse", 2), ("roel", 1), ("petra", 4), ("noor", None), ("stranger", None)]
)
def test_the_start_leads_to_the_inbox_with_the_number_of_new_ones(cast, femke, samira, daan, who, number):
    for person in (samira, daan, femke, None):
        make_report(person)
    make_report(samira, state="seen")

    links = [browser_of(cast[who]).get(page).content for page in ("/mijn/", "/probleem/")]

    for content in links:
        found = html_of(type("Response", (), {"content": content})).select("main a[href='/probleem/post/']")
        assert [link.text for link in found] == ([dutch("Reports (%(number)s new)", number=number)] if number else [])


def test_with_nothing_new_the_link_says_no_number(ilse):
    [link] = html_of(browser_of(ilse).get("/mijn/")).select("main a[href='/probleem/post/']")

    assert link.text == dutch("Reports")


def test_the_footer_of_nobody_leads_to_the_inbox(petra, ilse):
    for person in (petra, ilse):
        assert html_of(browser_of(person).get("/mijn/")).select("footer a[href*='probleem/post']") == []


# ── What is done there ─────────────────────────────────────────────────────────
def test_ilse_says_that_she_read_it(ilse, samira, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    report, browser = make_report(samira, at=MONDAY - timedelta(hours=1)), browser_of(ilse)

    answers = [browser.post(page_of(report), {"act": "seen"}) for _ in range(2)]

    report.refresh_from_db()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, page_of(report))] * 2
    assert (report.state, report.seen_at, report.handled_at, report.handled_by) == ("seen", MONDAY, None, None)
    assert texts(browser_of(samira).get(receipt_of(report)), ".facts .status") == [dutch("Has been read")]


def test_ilse_answers_and_samira_reads_it(ilse, samira, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    report, browser = make_report(samira, at=MONDAY - timedelta(hours=1)), browser_of(ilse)

    answers = [browser.post(page_of(report), {"act": "answer", "words": "Ik bel je."}) for _ in range(2)]

    report.refresh_from_db()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, page_of(report))] * 2
    assert (report.state, report.seen_at, report.handled_at, report.handled_by) == ("handled", MONDAY, MONDAY, ilse)
    assert texts(browser_of(samira).get(receipt_of(report)), ".problem__text") == ["Ik bel je.", report.text]
    assert html_of(browser.get(page_of(report))).select("main form") == []


def test_reading_later_keeps_the_first_time_and_never_takes_an_answer_back(ilse, samira):
    report = mark_seen(make_report(samira), at=MONDAY)
    again = mark_seen(report, at=MONDAY + timedelta(days=1))
    answered = answer_problem(report, "Klaar.", by=ilse, at=MONDAY + timedelta(days=2))
    after = mark_seen(report, at=MONDAY + timedelta(days=3))

    assert [each.seen_at for each in (again, answered, after)] == [MONDAY] * 3
    assert (after.state, after.handled_at) == (ProblemState.HANDLED, MONDAY + timedelta(days=2))


def test_an_answer_is_never_overwritten_and_the_second_text_stays(ilse, petra, samira):
    report = make_report(samira, state="handled", by=ilse, at=MONDAY)
    before = rows()

    response = browser_of(petra).post(page_of(report), {"act": "answer", "words": "Iets anders."})

    assert (response.status_code, rows()) == (409, before)
    assert texts(response, ".problem__words--answer, textarea") == ["Het staat er nu goed.", "Iets anders."]
    with pytest.raises(AlreadyAnswered) as refusal:
        answer_problem(report, "Iets anders.", by=petra)
    assert refusal.value.report == report


# ── What the database refuses ──────────────────────────────────────────────────
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "iets"},
        {"state": "iets"},
        {"state": "seen"},
        {"state": "new", "seen_at": MONDAY},
        {"state": "seen", "seen_at": MONDAY, "handled_at": MONDAY},
        {"state": "handled", "handled_at": MONDAY},
        {"state": "handled", "seen_at": MONDAY},
        {"answer": {"text": "Te vroeg."}},
        {"contact": {"name": "Samira"}},
        {"path": "verhalen"},
        {"path": "//example.test"},
        {"path": "https://example.test/"},
    ],
)
def test_the_database_refuses_what_can_not_be(samira, wrong):
    report = make_report(samira)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.filter(pk=report.pk).update(**wrong)


def test_nobody_answers_before_the_answer(samira, petra):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.filter(pk=make_report(samira).pk).update(handled_by=petra)


def test_erased_words_leave_a_row_that_holds(samira, petra):
    report = make_report(samira, state="handled", by=petra)

    ProblemReport.objects.filter(pk=report.pk).update(words={}, answer={})

    report.refresh_from_db()
    assert (report.text, report.answer_text, report.state) == ("", "", "handled")


def test_a_log_line_holds_no_words(samira):
    assert str(make_report(samira, "Kwikstaart.")) == "wrong (new)"
