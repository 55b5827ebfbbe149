"""Reporting a problem: from the link under every page to the receipt with a name and a date."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from home.choices import ProblemKind
from home.models import ContactSettings, ProblemReport
from tests.home.problems import (
    FORM,
    MINE,
    WORDS,
    dutch,
    fields_of,
    html_of,
    make_report,
    opened,
    receipt_of,
    rows,
    send,
    texts,
)

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KINDS = list(ProblemKind)
NOWHERE = "/probleem/0b6c1a4e-0000-4000-8000-000000000000/"


@pytest.fixture(autouse=True)
def contact(site_pages):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


# ── The way there ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("page", ["/", "/verhalen/", "/account/inloggen/", "/nooit/ü/?x=1"])
def test_every_page_leads_there_and_says_where_somebody_was(client, page):
    [link] = html_of(client.get(page)).select("footer a[href^='/probleem/']")

    choose = client.get(link["href"])

    assert (link.text, link["rel"]) == (dutch("Report a problem"), ["nofollow"])
    for row in html_of(choose).select(".problem__link"):
        assert fields_of(client.get(row["href"]))["path"] == page.split("?")[0]


def test_first_they_choose_what_it_is_about(client):
    response = client.get(FORM)

    assert texts(response, ".problem__link") == [dutch(str(kind.label)) for kind in KINDS]
    assert [link["href"] for link in html_of(response).select(".problem__link")] == [
        f"/probleem/?soort={kind}" for kind in ("wrong", "hurts", "broken", "worry")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_asks_its_own_question_and_says_how_much_fits(client, kind):
    response = client.get(FORM, {"soort": kind})

    assert texts(response, "h1, label[for=id_words]") == [dutch(str(kind.label)), dutch(str(kind.question))]
    assert texts(response, "#id_words_helptext") == [dutch("%(limit)s characters at most.", limit="5.000")]
    assert "5.000" in texts(response, "#id_words_helptext")[0]


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_a_worry_begins_with_who_to_call(client, kind):
    response = client.get(FORM, {"soort": kind}) if kind else client.post(FORM, {"kind": "?"})

    html = str(html_of(response).main)
    numbers = [link["href"] for link in html_of(response).select("main .care a")]
    cares = kind in (ProblemKind.WORRY, None)
    assert numbers == ["tel:112", "tel:113", "tel:08000113"] * cares
    assert html.index("care__number") < html.index("<textarea") if cares else "care" not in html


def test_the_words_of_care_are_the_agreed_ones(client):
    client.cookies["django_language"] = "en"

    assert [line.get_text() for line in html_of(client.get(FORM, {"soort": "worry"})).select("main .care p")] == [
        "Is there danger now? Call 112.",
        "Are you thinking of suicide? Call 113 or 0800-0113, day and night.",
    ]


def test_it_works_without_a_person_to_call(client, contact, samira):
    contact.delete()
    client.force_login(samira)

    sent = client.get(send(client).url)

    assert [line for line in texts(sent, "p") if ": ." in line or "  " in line] == []
    assert texts(sent, "a[href^=tel]") == []


# ── Sending ────────────────────────────────────────────────────────────────────
def test_samira_sends_a_report(client, samira, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    client.force_login(samira)

    response = send(client, "Ze zeiden het twee keer.", "hurts")

    report = ProblemReport.objects.get()
    assert (response.status_code, response.url) == (302, receipt_of(report))
    assert (report.kind, report.text, report.path, report.reporter) == (
        "hurts",
        "Ze zeiden het twee keer.",
        "/verhalen/",
        samira,
    )
    assert (report.state, report.contact, report.answer, report.created_at) == ("new", {}, {}, MONDAY)
    assert (report.seen_at, report.handled_at, report.handled_by) == (None, None, None)


def test_a_visitor_says_how_to_reach_them_or_not(client):
    send(client, "Een.", contact_name=" Anna ", contact_way="06 1")
    send(client, "Twee.")

    assert [(report.reporter, report.contact) for report in ProblemReport.objects.order_by("pk")] == [
        (None, {"name": "Anna", "way": "06 1"}),
        (None, {}),
    ]


def test_who_is_signed_in_is_not_asked_for_it_and_a_forged_one_is_dropped(client, samira):
    client.force_login(samira)

    assert set(opened(client)) == {"token", "member", "kind", "words", "path"}
    send(client, contact_name="Anna", contact_way="06 1")
    assert ProblemReport.objects.get().contact == {}


def test_nothing_that_was_typed_can_be_read_in_the_database(client, petra):
    report = make_report(contact={"name": "Kwikstaart", "way": "kwikstaart@example.test"})
    make_report(words="De kwikstaart.", state="handled", by=petra)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM home_problemreport")
        dump = str(cursor.fetchall())

    assert (report.contact_name, report.contact_way) == ("Kwikstaart", "kwikstaart@example.test")
    assert [word for word in ("kwikstaart", "Kwikstaart", "staat er nu goed") if word in dump] == []


# ── Sent twice ─────────────────────────────────────────────────────────────────
def test_the_same_page_sent_twice_is_one_report(client, samira):
    client.force_login(samira)
    page = opened(client) | {"words": WORDS}

    answers = [client.post(FORM, page) for _ in range(3)]

    [report] = ProblemReport.objects.all()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, receipt_of(report))] * 3


def test_a_visitors_double_click_leads_both_to_the_receipt(client):
    """The second request of a double click has no session yet: it starts another, which the browser goes on with."""
    page, second = opened(client) | {"words": WORDS}, Client()

    answers = [client.post(FORM, page), second.post(FORM, page)]

    assert len(rows()) == 1
    assert [each.get(answer.url).status_code for each, answer in zip((client, second), answers, strict=True)] == [
        200
    ] * 2


@pytest.mark.parametrize("change", [{"words": "Iets anders."}, {"kind": "broken"}])
def test_other_words_from_the_same_page_are_another_report(client, change):
    page = opened(client) | {"words": WORDS}

    client.post(FORM, page)
    client.post(FORM, page | change)

    assert len(rows()) == 2


def test_the_page_of_one_person_is_never_the_report_of_another(client, samira, daan):
    client.force_login(samira)
    page = opened(client) | {"words": WORDS}
    client.post(FORM, page)
    client.force_login(daan)

    answer = client.post(FORM, page)

    assert [report.reporter for report in ProblemReport.objects.order_by("pk")] == [samira, daan]
    assert answer.url == receipt_of(ProblemReport.objects.get(reporter=daan))


@pytest.mark.parametrize("token", ["", "niet-echt", "\x00", "x" * 10_000, "{}"])
def test_a_forged_token_is_no_token(client, token):
    page = opened(client) | {"words": WORDS, "token": token}

    assert [client.post(FORM, page).status_code for _ in range(2)] == [302] * 2
    assert len(rows()) == 2


# ── The receipt ────────────────────────────────────────────────────────────────
def test_the_receipt_names_a_person_a_number_and_a_date(client, samira, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    client.force_login(samira)

    response = client.get(send(client, "Eerste regel.\nTweede regel.").url)

    assert texts(response, "h1, .page-text__intro") == [
        dutch("Thank you"),
        dutch(
            "We have your report. %(name)s sees to it that you get an answer by %(date)s.",
            name="Hanna",
            date="woensdag 25 november",
        ),
    ]
    assert [link["href"] for link in html_of(response).select("main a[href^=tel]")] == ["tel:0612345678"]
    assert texts(response, ".facts .status") == [dutch("Not read yet")]
    assert html_of(response).select_one(".problem__words").text == "Eerste regel.\nTweede regel."
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_visitor_who_left_no_number_is_told_where_the_answer_stands(client):
    without = client.get(send(client, "Een.").url)
    with_one = client.get(send(client, "Twee.", contact_way="06 1").url)

    assert (texts(without, ".problem > p")[1], texts(with_one, ".problem > p")[1]) == (
        dutch("You did not say how we reach you. The answer stands on this page, as long as your browser stays open."),
        dutch(
            "We use what you filled in to reach you. "
            "The answer also stands on this page, as long as your browser stays open."
        ),
    )


def test_what_a_visitor_wrote_is_not_shown_again(client):
    """Somebody else may sit at that computer by then."""
    response = client.get(send(client, "Over de kwikstaart.", contact_way="06 1").url)

    assert [word for word in ("kwikstaart", "06 1<") if word in response.content.decode()] == []


def test_the_answer_stands_on_the_receipt(client, samira, petra, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    report = make_report(samira, state="handled", by=petra)
    client.force_login(samira)

    response = client.get(receipt_of(report))

    assert texts(response, "h1, .problem__words--answer p") == [
        dutch("You have an answer"),
        dutch("%(name)s wrote on %(date)s:", name="Petra", date="23 november"),
        "Het staat er nu goed.",
    ]
    assert texts(response, ".facts .status") == [dutch("Answered")]


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-11-23T10:00", date(2026, 11, 25)),  # Monday
        ("2026-11-23T23:30", date(2026, 11, 26)),  # Tuesday already, in Amsterdam
        ("2026-11-26T10:00", date(2026, 11, 30)),  # Thursday
        ("2026-11-27T10:00", date(2026, 12, 1)),  # Friday
        ("2026-11-28T10:00", date(2026, 12, 1)),  # Saturday
        ("2026-11-29T10:00", date(2026, 12, 1)),  # Sunday
    ],
)
def test_the_promised_day_is_the_second_working_day(sent, day):
    assert ProblemReport(created_at=datetime.fromisoformat(f"{sent}+00:00")).answer_by == day


@pytest.mark.parametrize(("now", "late"), [("2026-11-25T22:59", False), ("2026-11-25T23:01", True)])
def test_a_report_is_late_the_day_after(now, late, time_machine):
    time_machine.move_to(datetime.fromisoformat(f"{now}+00:00"))

    assert make_report(at=MONDAY).is_late == late


# ── Who reads a receipt ────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["daan", "noor", "marieke", "ilse", "roel", "stranger", "petra", None])
def test_nobody_else_reads_samiras_receipt(request, client, samira, who):
    report = make_report(samira)
    if who:
        client.force_login(request.getfixturevalue(who))

    answers = [client.get(address) for address in (receipt_of(report), NOWHERE)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert texts(answers[0], "*") == texts(answers[1], "*")


def test_a_visitors_receipt_is_theirs_in_this_browser_only(client, samira, petra):
    address = send(client).url
    others = [Client(), Client(), Client()]
    for other, person in zip(others, (samira, petra), strict=False):
        other.force_login(person)

    assert client.get(address).status_code == 200
    assert [other.get(address).status_code for other in others] == [404] * 3


def test_a_visitors_receipt_goes_with_the_browser_and_with_signing_out(client, samira):
    address = send(client).url
    assert client.session.get_expire_at_browser_close()
    client.force_login(samira)
    after_signing_in = client.get(address).status_code
    client.logout()

    assert (after_signing_in, client.get(address).status_code) == (200, 404)


def test_a_session_remembers_the_last_twenty(client, monkeypatch):
    monkeypatch.setattr("home.domain.pace.MOST", 100)
    addresses = [send(client, f"Melding {number}.").url for number in range(22)]

    assert [client.get(address).status_code for address in addresses] == [404] * 2 + [200] * 20


def test_everybody_finds_their_own_reports(client, samira, daan, petra):
    reports = [make_report(samira, f"Van Samira {number}", at=MONDAY) for number in range(2)]
    make_report(daan)
    make_report()
    client.force_login(samira)

    found = html_of(client.get(MINE)).select(".problem__link")

    assert [link["href"] for link in found] == [receipt_of(report) for report in reversed(reports)]


def test_own_reports_are_asked_for_by_who_is_signed_in(client, stranger):
    visitor = client.get(MINE)
    client.force_login(stranger)

    assert (visitor.status_code, visitor.url) == (302, f"/account/inloggen/?next={MINE}")
    assert texts(client.get(MINE), ".empty__title") == [dutch("You reported nothing yet.")]


def test_a_report_outlives_its_reporter_without_a_name(stranger):
    report = make_report(stranger)
    User.objects.filter(pk=stranger.pk).delete()

    report.refresh_from_db()

    assert (report.reporter, report.text) == (None, WORDS)
