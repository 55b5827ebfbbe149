"""How often somebody may report a problem, and what happens to a form whose person was signed out meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from home.domain.problems import report_problem
from home.models import ProblemReport
from tests.home.problems import FORM, WORDS, dutch, fields_of, html_of, opened, rows, send, texts

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def pages(site_pages):
    return site_pages


# ── How often ──────────────────────────────────────────────────────────────────
def test_ten_in_an_hour_and_the_text_of_the_eleventh_stays(client, samira, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    client.force_login(samira)
    for number in range(10):
        assert send(client, f"Melding {number}.").status_code == 302

    response = send(client, "De elfde.")

    assert (response.status_code, fields_of(response)["words"], len(rows())) == (429, "De elfde.", 10)
    assert texts(response, ".error-summary p")[0] == dutch(
        "You sent 10 reports in an hour. Wait an hour, then you can send this one."
    )
    time_machine.move_to(MONDAY.replace(hour=11, second=1), tick=False)
    assert client.post(FORM, fields_of(response)).status_code == 302


def test_each_of_the_ten_is_forgotten_an_hour_after_it_was_sent(client, time_machine):
    found = []
    for minutes in (*range(0, 50, 5), 59, 61, 62, 66):
        time_machine.move_to(MONDAY + timedelta(minutes=minutes), tick=False)
        found.append(send(client, f"Na {minutes} minuten.").status_code)

    assert found == [302] * 10 + [429, 302, 429, 302]


def test_it_is_counted_for_each_person_and_each_address(client, samira, daan, monkeypatch):
    monkeypatch.setattr("home.domain.pace.MOST", 1)
    clients = [Client(), Client(), Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="2001:db8::1")]
    clients[0].force_login(samira)

    assert [send(each, f"Een {number}").status_code for number, each in enumerate(clients)] == [302] * 4
    assert [send(each, f"Twee {number}").status_code for number, each in enumerate(clients)] == [429] * 4
    clients[0].force_login(daan)
    assert send(clients[0], "Drie").status_code == 302
    assert send(Client(REMOTE_ADDR="2001:db8::2"), "Van hiernaast").status_code == 429


def test_what_was_kept_already_is_shown_whatever_the_pace(client, monkeypatch):
    monkeypatch.setattr("home.domain.pace.MOST", 1)
    page = opened(client) | {"words": WORDS}

    assert [client.post(FORM, page).status_code for _ in range(3)] == [302] * 3


@pytest.mark.parametrize("address", ["", "unix:", "niet een adres"])
def test_a_server_that_knows_no_address_still_takes_a_report(address):
    assert send(Client(REMOTE_ADDR=address)).status_code == 302


# ── Signed out meanwhile ───────────────────────────────────────────────────────
def test_who_was_signed_out_meanwhile_chooses_how_to_send_it(client, samira):
    client.force_login(samira)
    page = opened(client) | {"words": WORDS}
    client.logout()

    response = client.post(FORM, page)
    again = fields_of(response)

    assert (response.status_code, rows()) == (403, [])
    assert again == page | {"member": "", "contact_name": "", "contact_way": ""}
    assert client.post(FORM, again | {"contact_way": "06 1"}).status_code == 302
    assert [(report.reporter, report.contact_way) for report in ProblemReport.objects.all()] == [(None, "06 1")]


def test_a_stale_page_is_offered_again_with_the_text_and_without_asking_the_kind(samira):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    page = opened(client, "worry") | {"words": WORDS}

    response = client.post(FORM, page)

    shown = [field.text.removeprefix("\n") for field in html_of(response).select(".typed textarea")]
    unseen = {field["name"]: field["value"] for field in html_of(response).select(".typed input")}
    assert (response.status_code, shown) == (403, [WORDS, "/verhalen/"])
    assert unseen["kind"] == "worry"
    token = html_of(response).select_one("main [name=csrfmiddlewaretoken]")["value"]
    assert client.post(FORM, page | {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_domain_takes_no_unknown_kind(db):
    with pytest.raises(ValueError, match="iets"):
        report_problem("iets", WORDS, sender="test")

    assert rows() == []
