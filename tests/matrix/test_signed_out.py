"""Whoever sends words where one has to be signed in, and is not any more, gets them back: on every route, however the
session ended. Nobody who signed in after them does.
"""

from functools import cached_property

import pytest
from bs4 import BeautifulSoup
from django.test.client import ClientHandler

from common.whose_page import NOBODY, number_of, secret_for
from tests.matrix.browsers import Browser
from tests.matrix.objects import address_of, body_for
from tests.matrix.routes import site_routes
from tests.matrix.test_matrix import ROWS
from tests.matrix.words import lines
from tests.words import dutch

pytestmark = pytest.mark.django_db

WORDS = {"words": "Aan mijn moeder, die altijd op tijd was.\n\nEn aan wie wachtte.", "title": "De trap"}
SECRETS = {"password": "kwikstaart-1", "code": "kwikstaart-2", "token": "kwikstaart-3", "credential": "kwikstaart-4"}
CARRIED = {"csrfmiddlewaretoken", "typed_by"}
PRIVATE = [row for row in ROWS if row.cells["visitor"][1] == "403"]


class Strict(Browser):
    """A browser on a page of ours: it has a secret for its forms, and they are checked."""

    def __init__(self, person=None, secret=""):
        super().__init__(person)
        self.secret, self.defaults["HTTP_ORIGIN"] = secret, "http://testserver"

    @cached_property
    def handler(self):
        return ClientHandler(enforce_csrf_checks=True)

    def request(self, **environ):
        if self.secret:
            self.cookies["csrftoken"] = self.secret
        return super().request(**environ)


def send_all(world, browser, token):
    """Post words, and secrets, to every private route; yield `(row, what its own form sends, the answer, its page)`."""
    routes = {route.key: route for route in site_routes()}
    for row in PRIVATE:
        route = routes[row.route]
        body = {name: value for name, value in body_for(world, route).items() if not is_secret(name)} | WORDS
        sent = body | SECRETS | {"csrfmiddlewaretoken": token}
        answer = browser.visit("POST", address_of(world, route, row.kind), sent)
        yield row, body, answer, BeautifulSoup(answer.body, "html.parser").find("main")


def is_secret(name):
    return name in SECRETS or "password" in name


def told_back(page):
    """`{name: [values]}` of what the page would send again."""
    found = {}
    for field in page.select("form[method=post] [name]") if page else []:
        if field.name == "textarea" or field["name"] not in CARRIED:
            value = field.text.removeprefix("\n") if field.name == "textarea" else field["value"]
            found.setdefault(field["name"], []).append(value.replace("\r\n", "\n"))
    return found


def findings_of(visits, wanted):
    """Return a sentence for each route where the words did not come back whole, or more came than words."""
    for row, body, answer, page in visits:
        sent = {
            name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
            for name, value in body.items()
        }
        secrets = [secret for secret in SECRETS.values() if secret in answer.body.decode()]
        seen = [page.h1.text, told_back(page) == (sent if wanted[1] else {}), sorted(answer.written), secrets]
        if (answer.status, *seen) != ("403", wanted[0], True, [], []):
            yield f"{row}: {answer.status} {seen} {told_back(page)}"


def test_there_are_private_routes():
    assert len({row.route for row in PRIVATE}) > 40


def ways_to_end(samira):
    """`{how: (browser, token of the form)}`: the page of all of them was opened by Samira."""
    page = secret_for(number_of(samira))
    return {
        "ended elsewhere": (Strict(None, page), page),
        "signed out in another tab": (Strict(None, secret_for(NOBODY)), page),
        "cookies lost": (Strict(None, ""), page),
    }


@pytest.mark.parametrize("way", ["ended elsewhere", "signed out in another tab", "cookies lost"])
def test_words_come_back_when_the_session(world, way):
    browser, token = ways_to_end(world.samira)[way]
    findings = list(findings_of(send_all(world, browser, token), (dutch("You are signed out"), True)))

    assert findings == [], lines(findings)


def test_words_come_back_to_who_signed_in_again(world):
    browser = Strict(world.samira, secret_for(number_of(world.samira)))
    visits = send_all(world, browser, secret_for(number_of(world.samira)))
    findings = list(findings_of(visits, (dutch("Send it once more"), True)))

    assert findings == [], lines(findings)


def test_words_come_back_to_nobody_else(world):
    browser = Strict(world.daan, secret_for(number_of(world.daan)))
    visits = send_all(world, browser, secret_for(number_of(world.samira)))
    findings = list(findings_of(visits, (dutch("Somebody else is signed in now"), False)))

    assert findings == [], lines(findings)


def test_words_on_the_way_back_stay_with_who_typed_them(world):
    """The page with the words is sent again: before signing in, as somebody else, and as the same person."""
    route, samira = next(route for route in site_routes() if route.key == "profile"), world.samira
    carried = {**WORDS, "typed_by": secret_for(number_of(samira))}
    answers = {}
    for name in ("visitor", "daan", "samira"):
        mine = secret_for(number_of(getattr(world, name))) if name != "visitor" else secret_for(NOBODY)
        person = getattr(world, name) if name != "visitor" else None
        older = secret_for(NOBODY)  # of the page that was shown when nobody was signed in
        token = mine if name == "visitor" else older
        answer = Strict(person, mine).visit(
            "POST", address_of(world, route, ""), {**carried, "csrfmiddlewaretoken": token}
        )
        answers[name] = (answer.status, WORDS["title"] in answer.body.decode())

    assert answers == {"visitor": ("403", True), "daan": ("403", False), "samira": ("403", True)}
