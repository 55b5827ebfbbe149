"""A step that is open twice, in two tabs or on two devices: the newer text stays."""

import pytest

from tests.factories.enrolments import states_of
from tests.factories.modules import step_key
from tests.training.views.steps import ENDS, OPEN, PLACE, dutch, fields_of, html_of, kept, step_address
from training.models import Answer


def test_an_older_page_does_not_overwrite_a_newer_text_and_shows_both(tab, enrolment, module):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    response = phone.press("save open", {OPEN: "In de bus geschreven."})

    assert response.status_code == 409
    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})
    assert html_of(response).select_one(".error-summary__title").text == dutch(
        "There is a newer text on another device"
    )
    assert [words.text for words in html_of(response).select(".notice__words")] == ["Op de laptop geschreven."]
    assert fields_of(response)[phone.name(OPEN)] == "In de bus geschreven."


def test_saving_once_more_after_seeing_both_is_a_choice(tab, enrolment):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})
    phone.fields = fields_of(phone.press("save open", {OPEN: "In de bus geschreven."}))

    response = phone.press("save open")

    assert response.status_code == 302
    assert kept(enrolment)["open"] == ("saved", {"text": "In de bus geschreven."}, "", {})
    assert Answer.objects.get().other_words == {}


def test_the_text_that_lost_stays_readable_until_it_was_seen(tab, client, module, at_question):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})
    phone.press("save open", {OPEN: "In de bus geschreven."})

    shown = [words.text for words in html_of(client.get(step_address(module))).select(".notice__words")]
    seen = tab().press("seen open")

    assert (shown, seen.url) == (["In de bus geschreven."], at_question("open"))
    assert html_of(client.get(step_address(module))).select(".notice__words") == []


@pytest.mark.parametrize("act", ENDS)
def test_a_step_does_not_end_over_a_newer_text(tab, enrolment, module, act):
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    response = phone.press(act, {OPEN: "In de bus geschreven."})

    assert response.status_code == 409
    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})
    assert Answer.objects.get().other_words == {"text": "In de bus geschreven."}
    assert states_of(enrolment, module) == {step_key("oefening"): "begun"}


@pytest.mark.parametrize("act", ["save statement", *ENDS])
def test_an_older_page_with_an_empty_field_erases_nothing_of_a_newer_one(tab, enrolment, act):
    """Samira opens the step on her phone, writes it on her laptop, and later leaves the page on her phone."""
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    phone.press(act, {PLACE: "3"})

    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})


@pytest.mark.parametrize("act", ENDS)
def test_emptying_a_field_on_an_older_page_erases_nothing_newer(tab, enrolment, act):
    tab().press("save open", {OPEN: "Eerst dit."})
    phone, laptop = tab(), tab()
    laptop.press("save open", {OPEN: "Op de laptop geschreven."})

    phone.press(act, {OPEN: ""})

    assert kept(enrolment)["open"] == ("saved", {"text": "Op de laptop geschreven."}, "", {})


@pytest.mark.parametrize("act", ENDS)
def test_a_form_without_the_questions_in_it_erases_nothing(client, tab, enrolment, module, act):
    """As when the connection cuts a form short, or a page from before the question was there."""
    tab().press("save open", {OPEN: "Aan mijn moeder.", PLACE: "6"})

    client.post(step_address(module), {"act": act})

    assert kept(enrolment)["open"] == ("saved", {"text": "Aan mijn moeder."}, "", {})
