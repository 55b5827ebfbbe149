"""A step as a browser sees it: what is typed there, pressed, shown and kept."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories.exercises import prompt_of
from tests.factories.modules import step_address, step_key  # noqa: F401 - tests of views take it from here
from tests.factories.pages import block_id
from tests.words import dutch  # noqa: F401 - tests of views take it from here
from training.models import Answer, Enrolment, ModuleProgress, StepProgress

OPEN, THUIS, WHEN, DAY, PLACE = "open-text", "boxes-thuis", "intention-when", "intention-value", "statement-value"
ALL_TYPED = {
    OPEN: "Aan mijn moeder, die altijd op tijd was.",
    PLACE: "6",
    THUIS: "Mijn zus.",
    "boxes-werk": "Niemand.",
    WHEN: "ik thuiskom",
    "intention-then": "bel ik haar",
    DAY: (timezone.localdate() + timedelta(days=7)).isoformat(),
}
SAVES = {"save open": OPEN, "save statement": PLACE, "save boxes": THUIS, "save intention": WHEN}
ENDS = ["end-done", "end-skip", "end-later"]


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def main_text(response):
    return html_of(response).find("main").get_text(" ", strip=True)


def fields_of(response):
    """What a browser would send of the form on this page, without its token and its buttons."""
    fields = {}
    for field in html_of(response).find("main").select("form input, form textarea"):
        if field["name"] == "csrfmiddlewaretoken" or (field.get("type") == "radio" and not field.has_attr("checked")):
            continue
        fields[field["name"]] = (
            field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
        )  # fmt: skip
    return fields


def said(response):
    """`[(field, sentence)]` in the error summary, which has to be what stands beside the fields, too."""
    html = html_of(response)
    summary = [(link["href"].removeprefix("#"), link.text) for link in html.select(".error-summary a")]
    beside = [(line["id"].removesuffix("-error"), line.text.strip()) for line in html.select(".field__error")]
    assert summary == beside
    assert [field for field, _sentence in summary if html.find(id=field) is None] == []
    return summary


def typed_again(response):
    """What a page for a form that came too late shows of it."""
    return [field.text.removeprefix("\n") for field in html_of(response).select(".typed textarea")]


def rows():
    """All that the training holds of people."""
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


def kept(enrolment):
    """`{kind of question: (state, words, value, draft)}` of this person."""
    return {
        answer.kind: (
            answer.state,
            answer.words,
            answer.value,
            {part: said for part, said in answer.draft.items() if said},
        )
        for answer in Answer.objects.filter(enrolment=enrolment)
    }


class Tab:
    """A browser's tab with a step open in it."""

    def __init__(self, client, address, exercise):
        self.client, self.address, self.exercise = client, address, exercise
        self.fields = fields_of(client.get(address))

    def name(self, short):
        kind, part = short.split("-", 1)
        part = f"box-{block_id(f'box {part}')}" if kind == "boxes" else part
        return f"p-{prompt_of(self.exercise, kind).id}-{part}"

    def data(self, act, typed):
        word, _space, kind = act.partition(" ")
        pressed = f"{word}:{prompt_of(self.exercise, kind).id}" if kind else word
        return self.fields | {self.name(short): value for short, value in typed.items()} | {"act": pressed}

    def press(self, act, typed=None):
        return self.client.post(self.address, self.data(act, typed or {}))
