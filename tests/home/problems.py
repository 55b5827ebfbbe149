"""What the tests of problem reports share: sending one as a browser does, making one, and reading a page."""

import itertools
import uuid

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from home.choices import ProblemKind
from home.domain.problems import answer_problem, mark_seen, report_problem
from home.models import ProblemReport

FORM = "/probleem/"
MINE = "/probleem/mijn/"
INBOX = "/probleem/post/"
WORDS = "De naam van de kwikstaart staat er verkeerd."

_senders = itertools.count()


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def html_of(response):
    return BeautifulSoup(response.content, "html.parser")


def texts(response, css):
    return [" ".join(found.get_text(" ", strip=True).split()) for found in html_of(response).select(f"main {css}")]


def fields_of(response):
    """`{name: value}` of the form for a report or an answer, as a browser would send it back."""
    values = {}
    for field in html_of(response).select(".problem__form :is(input, textarea)"):
        if field.name == "textarea":
            values[field["name"]] = field.text.removeprefix("\n")
        elif field["type"] != "radio" or field.has_attr("checked"):
            values[field["name"]] = field.get("value", "")
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def said(response):
    """`(field id, sentence)` of the summary above the form."""
    return [(link["href"].removeprefix("#"), link.text) for link in html_of(response).select(".error-summary li a")]


def opened(client, kind="wrong", van="/verhalen/"):
    """Open the form and return what it holds."""
    return fields_of(client.get(FORM, {"soort": kind, "van": van}))


def send(client, words=WORDS, kind="wrong", **fields):
    return client.post(FORM, opened(client, kind) | {"words": words} | fields)


def rows():
    return list(ProblemReport.objects.order_by("pk").values())


def make_report(reporter=None, words=WORDS, kind=ProblemKind.WRONG, *, state="new", by=None, at=None, **fields):
    """Keep a report of `reporter` (None: a visitor); answered by `by` where the state asks for that."""
    report = report_problem(
        kind, words, sender=f"test-{next(_senders)}", reporter=reporter, token=uuid.uuid4(), at=at, **fields
    )
    if state == "seen":
        report = mark_seen(report, at=at)
    if state == "handled":
        report = answer_problem(report, "Het staat er nu goed.", by=by, at=at)
    return report


def receipt_of(report):
    return f"/probleem/{report.uuid}/"


def page_of(report):
    return f"/probleem/post/{report.uuid}/"


def browser_of(person):
    """Return a browser in which `person` is signed in; for None, a visitor's."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def shown(response):
    """Where the reports in a list lead to, in its order."""
    return [link["href"] for link in html_of(response).select("main .problem__link")]
