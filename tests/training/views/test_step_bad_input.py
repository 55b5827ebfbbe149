"""What a step answers to bad input: a sentence that says what to mend, and no word lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from tests.training.views.steps import (
    ALL_TYPED,
    DAY,
    ENDS,
    OPEN,
    PLACE,
    SAVES,
    THUIS,
    WHEN,
    dutch,
    fields_of,
    html_of,
    kept,
    rows,
    said,
)
from training.forms.prompts import TOO_LONG
from training.models import Answer


@pytest.mark.parametrize(
    ("short", "limit"),
    [
        (OPEN, 10_000),
        (THUIS, 1_000),
        ("boxes-werk", 1_000),
        *((f"intention-{part}", 500) for part in ("when", "then", "smaller", "obstacle")),
    ],
)
def test_a_text_that_is_too_long_is_named_and_stays(tab, short, limit):
    page, before = tab(), rows()
    typed = ALL_TYPED | {short: "é" * (limit + 1)}
    with translation.override("nl"):
        sentence = str(TOO_LONG % {"show_value": limit + 1, "limit_value": limit})

    for act in (f"save {short.split('-')[0]}", *ENDS):
        response = page.press(act, typed)

        sent = page.data(act, typed) | {"act": None}
        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(short)}", sentence)])
        assert fields_of(response) | {"act": None} == sent
        assert rows() == before


@pytest.mark.parametrize(
    ("act", "short", "sentence"),
    [
        ("save open", OPEN, "Write something, or skip the question."),
        ("save statement", PLACE, "Choose a place, or skip the question."),
        ("save boxes", THUIS, "Write in one of the boxes, or skip the question."),
        ("save intention", WHEN, "Fill in “If” or “then”, or skip the question."),
    ],
)
def test_saving_nothing_is_answered_with_the_way_out(tab, act, short, sentence):
    page, before = tab(), rows()
    typed = {other: words for other, words in ALL_TYPED.items() if other.split("-")[0] != short.split("-")[0]}

    response = page.press(act, typed)

    assert response.status_code == 400
    assert said(response) == [(f"id_{page.name(short)}", dutch(sentence))]
    assert {other: fields_of(response).get(page.name(other)) for other in typed} == typed
    assert rows() == before


def test_the_summary_takes_the_focus_and_the_title_says_that_something_is_wrong(tab):
    html = html_of(tab().press("save open"))

    summary = html.select_one(".error-summary")
    assert (summary["role"], summary["tabindex"], summary.has_attr("autofocus")) == ("alert", "-1", True)
    assert html.title.text.split(" ")[0] == dutch("Error:")


def test_a_field_to_mend_points_at_its_sentence(tab):
    page = tab()
    field = html_of(page.press("save open")).find("textarea", attrs={"name": page.name(OPEN)})

    assert f"id_{page.name(OPEN)}-error" in field["aria-describedby"].split(" ")
    assert field["aria-invalid"] == "true"


@pytest.mark.parametrize("act", ["save statement", "end-done", "end-later"])
def test_a_place_outside_the_seven_is_none(tab, act):
    page, before = tab(), rows()
    sentence = dutch("Choose one of the seven places, or “I don't know”.")

    for place in ("0", "8", "-1", "4.5", "4 ", "zeven", "٤", "1,2", "\x00", "x" * 5_000):
        response = page.press(act, {OPEN: ALL_TYPED[OPEN], PLACE: place})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(PLACE)}", sentence)])
        assert fields_of(response)[page.name(OPEN)] == ALL_TYPED[OPEN]
        assert rows() == before


def test_a_place_among_the_seven_is_kept(tab, enrolment):
    for place in ("1", "2", "3", "4", "5", "6", "7", "unknown"):
        tab().press("save statement", {PLACE: place})

        assert kept(enrolment) == {"statement": ("saved", {}, place, {})}


def test_a_day_that_is_none_is_named_and_stays(tab):
    page, before = tab(), rows()
    sentence = dutch("Write the date as day-month-year, for example 14-1-2027.")

    for day in ("morgen", "31-02-2027", "2027-13-01", "0000-00-00", "9999999-01-01", "\x00", "1" * 5_000):
        response = page.press("save intention", {WHEN: "ik thuiskom", DAY: day})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(DAY)}", sentence)])
        assert fields_of(response)[page.name(WHEN)] == "ik thuiskom"
        assert rows() == before


def test_a_day_that_has_passed_or_is_too_far_is_named(tab):
    page, before = tab(), rows()
    sentence = dutch("Choose a day from today to a year from now.")

    for days in (-40_000, -1, 367, 40_000):
        day = timezone.localdate() + timedelta(days=days)
        response = page.press("end-done", {WHEN: "ik thuiskom", DAY: day.isoformat()})

        assert (response.status_code, said(response)) == (400, [(f"id_{page.name(DAY)}", sentence)])
        assert rows() == before


def test_two_things_to_mend_are_two_sentences_in_the_order_of_the_screen(tab):
    page, before = tab(), rows()

    response = page.press("end-done", {DAY: "morgen", PLACE: "9"})

    assert [field for field, _sentence in said(response)] == [f"id_{page.name(PLACE)}", f"id_{page.name(DAY)}"]
    assert rows() == before


@pytest.mark.parametrize("short", [OPEN, THUIS, WHEN])
def test_a_nul_byte_is_dropped_and_the_words_are_kept(tab, enrolment, short):
    kind = short.split("-")[0]

    response = tab().press(f"save {kind}", {short: "Aan\x00 haar.\x1f\x7f"})

    assert response.status_code == 302
    assert list(kept(enrolment)[kind][1].values()) == ["Aan haar."]


def test_nothing_but_nul_bytes_is_nothing(tab):
    response = tab().press("save open", {OPEN: "\x00\x00"})

    assert (response.status_code, said(response)[0][1]) == (400, dutch("Write something, or skip the question."))


@pytest.mark.parametrize("act", ["save open", "end-done", "end-later"])
def test_half_a_character_is_no_error_page(tab, client, enrolment, act):
    """A lone surrogate, as broken software sends: not UTF-8, so the browser's form has a replacement in its place."""
    page = tab()
    name = page.name(OPEN)
    body = f"act={page.data(act, {})['act']}&{name}=Aan%ED%A0%80%20haar".encode()

    response = client.post(page.address, body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302
    [words] = [words["text"] for answer in Answer.objects.all() for words in (answer.words or answer.draft,)]
    assert words == "Aan\ufffd\ufffd\ufffd haar"


@pytest.mark.parametrize("act", [*SAVES, *ENDS])
def test_three_hundred_extra_fields_change_nothing(tab, client, enrolment, act):
    page = tab()
    extra = {f"extra-{index}": "x" * 50 for index in range(300)}

    plain = page.press(act, ALL_TYPED)
    expected = kept(enrolment)
    Answer.objects.all().delete()
    response = client.post(page.address, page.data(act, ALL_TYPED) | extra)

    assert (response.status_code, response.url) == (302, plain.url)
    assert kept(enrolment) == expected


def test_ten_thousand_extra_fields_are_refused_in_words(tab, client):
    page, before = tab(), rows()

    response = client.post(page.address, {f"x{index}": "" for index in range(10_001)})

    assert response.status_code == 400
    assert html_of(response).find("h1").text == dutch("We did not understand this")
    assert rows() == before


@pytest.mark.parametrize(
    ("act", "short", "sentence"),
    [
        ("save open", OPEN, "Write something, or skip the question."),
        ("save statement", PLACE, "Choose a place, or skip the question."),
        ("save boxes", THUIS, "Write in one of the boxes, or skip the question."),
        ("save intention", WHEN, "Fill in “If” or “then”, or skip the question."),
    ],
)
def test_a_file_is_no_text(tab, act, short, sentence):
    page, before = tab(), rows()

    response = page.press(act, {short: SimpleUploadedFile("verhaal.txt", b"Aan mijn moeder.")})

    assert (response.status_code, said(response)) == (400, [(f"id_{page.name(short)}", dutch(sentence))])
    assert rows() == before


def test_markup_in_what_was_typed_stays_text(tab, client, module):
    page = tab()
    typed = '</textarea><script>alert("1")</script>'
    shown = [page.press("save open", {OPEN: typed, PLACE: "9"}), client.get(page.address)]
    page.press("save open", {OPEN: typed})
    shown.append(client.get(page.address))
    client.logout()
    shown.append(page.press("end-done", {OPEN: typed}))

    assert [[script.get("src") for script in html_of(response).select("script")] for response in shown] == [
        ["/static/js/main.js"]
    ] * 4
    assert fields_of(shown[2])[page.name(OPEN)] == typed
