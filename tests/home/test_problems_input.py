"""What "Report a problem" answers to bad input: a sentence that says what to mend, no word lost, and never a 500."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.forms import TOO_LONG
from home.models import ProblemReport
from home.validators import place_on
from tests.home.problems import (
    FORM,
    INBOX,
    WORDS,
    dutch,
    fields_of,
    html_of,
    make_report,
    opened,
    page_of,
    rows,
    said,
    send,
    texts,
)

HOSTS = {"testserver", "leren.example.nl"}
ELSEWHERE = [
    "https://example.test/verhalen/",
    "//example.test/",
    "///example.test/",
    "/\\example.test",
    "\\\\example.test",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "\x00javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@example.test",
    "http://[",
    "https://testserver.example.test/",
    "https://testserver@example.test/",
    "ftp://testserver/",
    "verhalen",
    "/" + "x" * 500,
]
PLACE = "Write an address of this site, such as /verhalen/, or leave it empty."


@pytest.fixture(autouse=True)
def pages(site_pages):
    return site_pages


# ── The words ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("words", ["", "   ", "\r\n \t", "\x00", "\x00 \x1f\x7f"])
def test_without_words_there_is_nothing_to_send(client, words):
    response = send(client, words, contact_name="Anna")

    assert (response.status_code, rows()) == (400, [])
    assert said(response) == [("id_words", dutch("Write in a few words what happened."))]
    assert (fields_of(response)["contact_name"], fields_of(response)["path"]) == ("Anna", "/verhalen/")


def test_a_text_that_is_too_long_is_named_and_stays(client):
    fits, longer = "é" * 5_000, "é" * 5_001

    response = send(client, longer)

    sentence = dutch(str(TOO_LONG)) % {"show_value": 5_001, "limit_value": 5_000}
    assert (response.status_code, said(response)) == (400, [("id_words", sentence)])
    assert (fields_of(response)["words"], rows()) == (longer, [])
    assert send(client, fits).status_code == 302
    assert ProblemReport.objects.get().text == fits


def test_line_ends_are_made_one_kind_before_they_are_counted(client):
    assert send(client, "\r\n".join(["x" * 49] * 100)).status_code == 302
    assert len(ProblemReport.objects.get().text) == 4_999


def test_what_no_database_takes_is_left_out(client):
    assert send(client, "Een\x00 kwik\x0bstaart\x7f.", contact_name="An\x00na").status_code == 302
    report = ProblemReport.objects.get()

    assert (report.text, report.contact_name) == ("Een kwikstaart.", "Anna")


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7"])
def test_half_a_surrogate_is_left_out_too(client, charset):
    page = opened(client) | {
        "words": {"unicode_escape": r"Halve \ud800 kwikstaart", "utf-7": "Halve +2AA- kwikstaart"}[charset]
    }
    for wrong in ({}, {"path": page["words"]}, {"kind": page["words"]}):
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (page | wrong).items()
        )
        response = client.generic(
            "POST", FORM, f"{body}--x--\r\n", f"multipart/form-data; boundary=x; charset={charset}"
        )

        assert response.status_code == (400 if wrong else 302)
    assert ProblemReport.objects.get().text == "Halve  kwikstaart"


def test_a_file_is_no_text(client):
    response = send(client, SimpleUploadedFile("brief.txt", b"De kwikstaart."))

    assert (response.status_code, rows()) == (400, [])
    assert said(response) == [("id_words", dutch("Write in a few words what happened."))]


@pytest.mark.parametrize(("part", "limit"), [("contact_name", 80), ("contact_way", 200)])
def test_a_name_or_number_that_is_too_long_is_named_and_stays(client, part, limit):
    response = send(client, **{part: "x" * (limit + 1)})

    sentence = dutch(str(TOO_LONG)) % {"show_value": limit + 1, "limit_value": limit}
    assert (response.status_code, said(response)) == (400, [(f"id_{part}", sentence)])
    assert (fields_of(response)[part], fields_of(response)["words"]) == ("x" * (limit + 1), WORDS)


# ── What it is about ───────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["", "iets", "WORRY", "wrong ", "\x00", "1", "wrong,worry", "x" * 5_000])
def test_an_unknown_kind_is_chosen_again_and_the_text_stays(client, kind):
    response = client.post(FORM, opened(client) | {"words": WORDS, "kind": kind})

    if kind.strip("\x00") == "wrong ":
        kind = kind.strip()
    assert (response.status_code, rows()) == (400, [])
    assert said(response) == [("id_kind_0", dutch("Choose what it is about."))]
    assert fields_of(response)["words"] == WORDS
    choices = html_of(response).select("input[name=kind][type=radio]")
    assert [choice["value"] for choice in choices] == ["wrong", "hurts", "broken", "worry"]
    assert client.post(FORM, fields_of(response) | {"kind": "worry"}).status_code == 302


@pytest.mark.parametrize("kind", ["", "iets", "\x00", "x" * 5_000])
def test_an_unknown_kind_in_the_address_leads_to_the_choice(client, kind):
    response = client.get(FORM, {"soort": kind})

    assert (response.status_code, len(texts(response, ".problem__link"))) == (200, 4)


# ── Where it was ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize("van", ELSEWHERE)
def test_a_forged_page_in_the_address_is_left_empty(client, van):
    response = client.get(FORM, {"soort": "wrong", "van": van})

    assert (response.status_code, fields_of(response)["path"]) == (200, "")
    choose = client.get(FORM, {"van": van})
    assert html_of(choose).select_one(".problem__link")["href"] == "/probleem/?soort=wrong"


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_page_elsewhere_is_named_and_stays(client, path):
    response = send(client, path=path)

    assert (response.status_code, said(response), rows()) == (400, [("id_path", dutch(PLACE))], [])
    assert fields_of(response)["path"] == path.replace("\x00", "")
    assert fields_of(response)["words"] == WORDS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("\x00", ""),
        ("/", "/"),
        ("/verhalen/een/", "/verhalen/een/"),
        (" /verhalen/een/ ", "/verhalen/een/"),
        ("/verhalen/?q=kwikstaart", "/verhalen/"),
        ("/verhalen/#reactie-5", "/verhalen/"),
        ("https://testserver/verhalen/?q=1#x", "/verhalen/"),
        ("http://leren.example.nl/", "/"),
        ("https://leren.example.nl", "/"),
        ("//testserver/verhalen/", "/verhalen/"),
        ("/verhalen/é en ü/", "/verhalen/é en ü/"),
        ("/" + "x" * 499, "/" + "x" * 499),
    ],
)
def test_a_page_of_ours_is_kept_as_its_path(typed, kept):
    assert place_on(typed, HOSTS) == kept


@pytest.mark.parametrize("typed", [*ELSEWHERE, "https://testserver//example.test/"])
def test_any_other_page_is_refused(typed):
    with pytest.raises(ValidationError):
        place_on(typed, HOSTS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/account/wachtwoord/nieuw/3-c9x-kwikstaart/", "/account/wachtwoord/nieuw/…-…/"),
        ("/account/uitnodiging/kwikstaart/", "/account/uitnodiging/…/"),
        ("/probleem/0b6c1a4e-0000-4000-8000-000000000000/", "/probleem/0b6c1a4e-0000-4000-8000-000000000000/"),
    ],
)
def test_the_secret_of_a_link_is_never_kept(typed, kept):
    assert place_on(typed, HOSTS) == kept


# ── How it is told ─────────────────────────────────────────────────────────────
def test_the_summary_takes_the_focus_and_the_title_says_that_something_is_wrong(client):
    html = html_of(send(client, ""))
    summary = html.select_one(".error-summary")

    assert (summary["role"], summary["tabindex"], summary.has_attr("autofocus")) == ("alert", "-1", True)
    assert html.title.text.startswith(dutch("Error:"))
    assert html.select(".error-summary, textarea")[0] == summary


def test_each_sentence_is_tied_to_its_field(client):
    html = html_of(send(client, "", kind="wrong", path="x:y", contact_way="x" * 201))

    tied = {
        field["id"]: [html.find(id=name).text for name in field["aria-describedby"].split() if "error" in name]
        for field in html.select("[aria-invalid=true]")
    }
    assert tied == {field: [sentence] for field, sentence in said_of(html)}
    assert list(tied) == ["id_words", "id_path", "id_contact_way"]


def said_of(html):
    return [(link["href"].removeprefix("#"), link.text) for link in html.select(".error-summary li a")]


def test_nothing_is_wrong_with_a_form_that_was_just_opened(client):
    html = html_of(client.get(FORM, {"soort": "worry"}))

    assert html.select(".error-summary, .field__error, [aria-invalid]") == []
    assert html.title.text.startswith(dutch("I am worried about someone"))


# ── The answer ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write what you did, or what you are going to do."),
        ("\x00 ", "Write what you did, or what you are going to do."),
        ("é" * 5_001, None),
    ],
)
def test_an_answer_to_mend_is_named_and_stays(client, petra, words, sentence):
    client.force_login(petra)
    report = make_report()
    before = rows()

    response = client.post(page_of(report), {"act": "answer", "words": words})

    sentence = dutch(sentence) if sentence else dutch(str(TOO_LONG)) % {"show_value": 5_001, "limit_value": 5_000}
    assert (response.status_code, said(response), rows()) == (400, [("id_words", sentence)], before)
    assert fields_of(response) == {"words": words.replace("\x00", "")}


@pytest.mark.parametrize("act", ["", "iets", "handled", "\x00", None])
def test_an_unknown_button_changes_nothing_and_keeps_the_text(client, petra, act):
    client.force_login(petra)
    report = make_report()
    before = rows()

    response = client.post(page_of(report), {"words": "Een antwoord."} | ({"act": act} if act is not None else {}))

    assert (response.status_code, rows(), fields_of(response)) == (400, before, {"words": "Een antwoord."})
    assert texts(response, ".error-summary p")[0] == dutch(
        "We did not understand which button you pressed. What you typed is still here."
    )


# ── Anything at all ────────────────────────────────────────────────────────────
ODD = [
    "",
    "\x00",
    "é",
    "\ud7ff",
    "'",
    '"',
    "<script>",
    "{{ x }}",
    "%s",
    "%00",
    "../",
    "//",
    "null",
    "-1",
    "9" * 40,
    "🐦",
]


def test_no_request_is_ever_answered_with_a_500(petra, monkeypatch):
    monkeypatch.setattr("home.domain.pace.MOST", 10_000)
    client, dice = Client(), random.Random(8)  # noqa: S311 - the same odd requests each time
    client.force_login(petra)
    report = make_report()
    odd = lambda: "".join(dice.choices([*ODD, WORDS, "/verhalen/", "worry", "wrong"], k=dice.randint(0, 3)))  # noqa: E731
    names = ["kind", "words", "path", "token", "member", "contact_name", "contact_way", "act", odd()]

    found = []
    for _ in range(400):
        posted = {name: odd() for name in dice.sample(names, dice.randint(0, len(names)))}
        address = dice.choice([FORM, page_of(report)])
        found += [
            client.post(address, posted).status_code,
            client.get(
                dice.choice([FORM, INBOX, "/probleem/mijn/"]), {dice.choice(["soort", "van", "stand", "pagina"]): odd()}
            ).status_code,
        ]

    assert [status for status in found if status >= 500] == []
    assert set(found) <= {200, 302, 400, 409}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(client, petra, method):
    client.force_login(petra)
    report = make_report()

    for address in (FORM, INBOX, "/probleem/mijn/", page_of(report), f"/probleem/{report.uuid}/"):
        assert client.generic(method, address).status_code == 405
