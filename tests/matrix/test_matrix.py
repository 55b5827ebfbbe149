"""Every route outside the CMS, for every role, by GET and by POST: `table.py` says what each answers."""

import runpy
from types import ModuleType

import pytest

from config import urls as site_urls
from tests.matrix.objects import BODIES, OBJECTS, address_of, body_for
from tests.matrix.routes import site_routes
from tests.matrix.story_table import STORIES
from tests.matrix.table import DEMO_TABLE, LINKS, TABLE, rows_of
from tests.matrix.words import lines
from tests.matrix.world import ROLES

pytestmark = pytest.mark.django_db
ROWS = [*rows_of(TABLE), *rows_of(STORIES)]


def visit_all(world, role, rows, urlconf=None):
    routes = {route.key: route for route in site_routes(urlconf)}
    browser = world.browsers[role]
    for row in rows:
        route = routes[row.route]
        address = address_of(world, route, row.kind)
        for method in ("GET", "POST"):
            answer = browser.visit(method, address, body_for(world, route) if method == "POST" else None)
            yield row, method, answer, world.words.in_text(answer.text)


# ── The table and the URL configuration ────────────────────────────────────────
def test_every_route_has_a_row_and_every_row_a_route():
    routes, rows = {route.key for route in site_routes()}, {row.route for row in ROWS}

    assert {"without a row": sorted(routes - rows), "without a route": sorted(rows - routes)} == {
        "without a row": [],
        "without a route": [],
    }


def test_every_kind_of_object_has_one_row():
    wanted = [(route.key, kind) for route in site_routes() for kind in OBJECTS.get(route.key, [""])]

    assert sorted((row.route, row.kind) for row in ROWS) == sorted(wanted)


def test_what_is_filled_in_or_posted_belongs_to_a_route():
    routes = {route.key for route in site_routes()} | {row.route for row in rows_of(DEMO_TABLE)}

    assert (OBJECTS.keys() | BODIES.keys()) - routes == set()


def test_a_route_with_something_to_fill_in_is_asked_for_objects():
    assert [route.key for route in site_routes() if route.parts and route.key not in OBJECTS] == []


# ── What they answer ───────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", ROLES)
def test_every_cell_and_every_planted_word_of(world, role):
    """One test for all, as the visits are most of the work."""
    visited = list(visit_all(world, role, ROWS))
    findings = [*wrong_cells(visited, role), *shown_to_another(visited, role), *not_found(world, visited, role)]

    assert findings == [], lines(findings)


def wrong_cells(visited, role):
    """Return a sentence for each cell that is not as the table says."""
    return [
        f"{method} {row} as {role}: {answer.code} (not {row.cells[role][method == 'POST']}) {sorted(answer.written)}"
        f" {answer.error}"
        for row, method, answer, _seen in visited
        if answer.code != row.cells[role][method == "POST"]
    ]


def shown_to_another(visited, role):
    return [
        f"{method} {row} shows {secret.place}"
        for row, method, _answer, seen in visited
        for secret in seen
        if role not in secret.readers and LINKS.get((row.route, row.kind)) != secret.place
    ]


def not_found(world, visited, role):
    """What this role comes across for sure, so that the words are known to be looked for where they stand."""
    found = {secret.place for _row, _method, _answer, seen in visited for secret in seen}
    return [f"{place} was not found" for place in sorted(world.words.sure_of(role, in_cms=False) - found)]


def test_no_cell_is_an_error_and_no_refusal_writes():
    cells = {cell for row in ROWS for pair in row.cells.values() for cell in pair}

    assert [cell for cell in cells if cell.startswith("5")] == []
    assert [cell for cell in cells if cell.startswith("4") and "+" in cell] == []


def test_reading_writes_nothing():
    assert [str(row) for row in ROWS for get, _post in row.cells.values() if "+" in get] == []


# ── The demo ───────────────────────────────────────────────────────────────────
@pytest.fixture
def demo_urls(settings, monkeypatch):
    """The site's addresses as config.urls has them in the demo."""
    settings.DEMO = True
    urls = ModuleType("tests.matrix.demo_urls")
    vars(urls).update(runpy.run_path(site_urls.__file__))
    settings.ROOT_URLCONF = urls
    return urls


def test_the_demo_adds_these_routes_and_no_others(demo_urls):
    here, demo = ({route.key for route in site_routes(urls)} for urls in (site_urls, demo_urls))

    assert demo - here == {row.route for row in rows_of(DEMO_TABLE)}
    assert here - demo == set()


@pytest.mark.parametrize("role", ROLES)
def test_the_demos_cells_of(world, demo_urls, role):
    assert wrong_cells(visit_all(world, role, rows_of(DEMO_TABLE), demo_urls), role) == []


@pytest.mark.parametrize("path", ["/voorbeeld/", "/voorbeeld/post/", "/voorbeeld/kijk-rond/"])
def test_without_the_demo_there_is_nothing_there(world, path):
    browser = world.browsers["petra"]

    assert [browser.visit(method, path).code for method in ("GET", "POST")] == ["404", "404"]
