"""Every route of the CMS, for every role, by GET and by POST, with private things of others in its address."""

from dataclasses import dataclass

import pytest

from tests.matrix import cms
from tests.matrix.routes import cms_routes
from tests.matrix.words import lines
from tests.matrix.world import ROLES

pytestmark = pytest.mark.django_db
OUTSIDERS = ("visitor", "stranger", "samira", "daan")
MAKE_PAGES = ("noor", "marieke")  # somewhere; so they are asked for a page of elsewhere as well
READING = "more_addresses"

# What outsiders get from the CMS beside the way to the door: the way to a new password, Wagtail's words and pictures.
OPEN_TO_ALL = {
    "cms/password_reset/",
    "wagtailadmin_password_reset",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
FAILS_ON_PURPOSE = "wagtailadmin_error_test"
# What the CMS notes of somebody's own being there, and the pictures that it makes smaller.
TRACES = {
    "media_rendition",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
}
THEMES = {"POST themes:add", "POST themes:edit"}  # a list that whoever writes may extend
# All that is changed, in a world where only the training and `own_draft` are somebody's to work on.
MAY_CHANGE = dict.fromkeys(ROLES, frozenset()) | {
    "noor": THEMES,
    "marieke": {"POST wagtailimages:delete_upload_multiple", *THEMES},  # her own upload
    "ilse": {"POST planning_groepen_modeladmin_edit"},  # her own group
}
ABOUT_PEOPLE = (
    *("account_", "accounts_", "auth_", "home_problem", "mail_", "mfa_", "usersessions_"),
    *("training_answer", "training_enrolment", "training_group", "training_moduleprogress", "training_step"),
    "training_traininggroup",
)


@dataclass(frozen=True)
class Visit:
    """What is left of one request: what was asked, and what it brought."""

    method: str
    route: str
    address: str
    code: str
    written: frozenset
    error: str
    seen: tuple

    def __str__(self):
        return f"{self.method} {self.route} {self.address}: {self.code} {sorted(self.written) or ''} {self.error}"


def steps(world, role):
    pages = [world.draft, world.closed] if role in MAKE_PAGES else [world.draft]
    for route, address in cms.visits(world, pages):
        yield "GET", route, address
        yield "POST", route, address
    for address in cms.more_addresses(world):
        yield "GET", READING, address


def visit(world, role, method, route, address):
    answer = world.browsers[role].visit(method, address, cms.body_for(route) if method == "POST" else None)
    seen = tuple(world.words.in_text(answer.text))
    return Visit(method, route, address, answer.code, frozenset(answer.written), answer.error, seen)


def test_every_route_can_be_asked(world):
    """A new route with something new to fill in has to be told what (cms.py)."""
    asked = {route for route, _address in cms.visits(world, [world.draft])}

    assert {route.key for route in cms_routes()} - asked == set()


@pytest.mark.parametrize("role", ROLES)
def test_every_address_for(world, role):
    """One test for all, as the walk is most of the work."""
    walk = [visit(world, role, *step) for step in steps(world, role)]
    findings = [
        *wrong_answers(walk, role),
        *shown_to_another(walk, role),
        *not_found(world, walk, role),
        *changed(walk, role),
    ]

    assert findings == [], lines(findings)


def wrong_answers(walk, role):
    """Outsiders are sent to the door or told that there is nothing; for nobody it is an error."""
    is_right = is_kept_out if role in OUTSIDERS else is_answered
    return [str(visit) for visit in walk if not is_right(visit)]


def is_kept_out(visit):
    return visit.code in ("in", "403", "404", "405") or visit.route in OPEN_TO_ALL


def is_answered(visit):
    return not visit.code.startswith("5") or visit.route == FAILS_ON_PURPOSE


def shown_to_another(walk, role):
    return [
        f"{visit.method} {visit.route} {visit.address} shows {secret.place}"
        for visit in walk
        for secret in visit.seen
        if role not in secret.readers
    ]


def not_found(world, walk, role):
    """What this role comes across for sure, so that the words are known to be looked for where they stand."""
    found = {secret.place for visit in walk for secret in visit.seen}
    return [f"{place} was not found" for place in sorted(world.words.sure_of(role, in_cms=True) - found)]


def changed(walk, role):
    """What was written and should not, and what should have been written and was not."""
    traces = frozenset() if role in OUTSIDERS else TRACES
    changes = [visit for visit in walk if visit.written - traces]
    if role == "petra":  # all pages and files are hers to work on
        changes = [visit for visit in changes if any(table.startswith(ABOUT_PEOPLE) for table in visit.written)]
    done = {f"{visit.method} {visit.route}" for visit in changes}
    wrong = [str(visit) for visit in changes if f"{visit.method} {visit.route}" not in MAY_CHANGE[role]]
    return [*wrong, *(f"{act} changed nothing" for act in sorted(MAY_CHANGE[role] - done))]
