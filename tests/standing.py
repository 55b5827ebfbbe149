"""What stands when a test begins: the rows of its cast, made once by the real acts and put back for the tests after.

A fixture with `@standing` in place of `@pytest.fixture` makes rows and returns what can be pickled. Each combination of
such fixtures is made for the first test that asks for it, and its rows are written down; from then on they are put back
inside the test's own transaction, if it has one: each test begins with the same rows and with objects of its own.
Pages, which take longest, come first: other people come on to the same ones. tests/test_standing.py holds the two ways
of making them against each other.

Such a fixture depends on others of its kind alone, and writes no files. Tests with real transactions have rows of their
own making, and those that are marked `own_cast`, since they change the clock or a setting before the cast comes on,
make everything anew.
"""

import pickle
import re
import time
from dataclasses import dataclass
from functools import cache, partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

KEPT_FOR = 120  # seconds: what was made a moment ago is never much older than that
WRITING = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')
BEGUN = pytest.StashKey[dict]()

worlds = {}


def standing(function=None, *, page=False, autouse=False):
    """Return `function` as a fixture whose rows are made once; a `page` asks for no people."""
    if function is None:
        return partial(standing, page=page, autouse=autouse)
    function.stands, function.is_page = True, page
    return pytest.fixture(function, autouse=autouse)


@dataclass
class World:
    """Rows in raw form by table, keys of the rows that they replace, and the values of the fixtures, pickled."""

    added: dict
    replaced: dict
    values: bytes
    made_at: float

    def put_back(self):
        with transaction.atomic(), connection.cursor() as cursor:
            for table, keys in self.replaced.items():
                cursor.execute(f"DELETE FROM {quoted(table)} WHERE {key_of(table)} IN ({marks(keys)})", keys)  # noqa: S608 - quoted names
            for table, rows in self.added.items():
                insert(cursor, table, rows)
        return pickle.loads(self.values)  # noqa: S301 - pickled by this very process


def begin(request):
    """Let what stands for this test stand; `value_of` gives it to its fixtures."""
    names = [name for name in request.fixturenames if stands(request, name)]
    if not names or request.node.get_closest_marker("own_cast"):
        return
    request.getfixturevalue("db")
    if len(connection.savepoint_ids) > 1:  # the tests of this file share a world of their own
        return
    let_stand(request, sorted(names, key=lambda name: not is_page(request, name)))


def let_stand(request, names):
    key = (timezone.localdate(), with_real_transactions(request), *(made_by(request, name) for name in names))
    world = worlds.get(key)
    if world and time.monotonic() < world.made_at + KEPT_FOR:
        request.node.stash[BEGUN] = world.put_back()
        return
    values, before = made_and_before(lambda: make(request, names))
    worlds[key] = written_down(before, values)


def make(request, names):
    """Return `{name: value}` of these fixtures; the pages among them may stand already."""
    pages = [name for name in names if is_page(request, name)]
    if pages and pages != names:
        let_stand(request, pages)
    return {name: request.getfixturevalue(name) for name in names}


def value_of(fixturedef, request):
    """Return `(True, value)` for a fixture that stands in this test already, else `(False, None)`."""
    begun = request.node.stash.get(BEGUN, {})
    if getattr(fixturedef.func, "stands", False) and fixturedef.argname in begun:
        return True, begun[fixturedef.argname]
    return False, None


# ── Which ──────────────────────────────────────────────────────────────────────
def with_real_transactions(request):
    marker = request.node.get_closest_marker("django_db")
    return bool(
        (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & {*request.fixturenames}
    )


def stands(request, name):
    """True for a fixture with `@standing` that asks for others of its kind alone, and not for one that it hides."""
    *_hidden, made = request.node._fixtureinfo.name2fixturedefs.get(name) or [None]
    if not getattr(made and made.func, "stands", False) or made.params or name in made.argnames:
        return False
    return all(stands(request, one) for one in made.argnames if one != "db")


def made_by(request, name):
    return request.node._fixtureinfo.name2fixturedefs[name][-1].func


def is_page(request, name):
    return made_by(request, name).is_page


# ── Writing down ───────────────────────────────────────────────────────────────
def made_and_before(make):
    """Return what `make` returns, and `{table: rows}` as they were of each table that it wrote to."""
    before = {}

    def watch(execute, sql, params, many, context):
        if (found := WRITING.match(sql)) and found[1] not in before:
            before[found[1]] = rows_of(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        return make(), before


def written_down(before, values):
    """Return the World of `values`, with the rows that came into the tables of `before` since."""
    added, replaced = {}, {}
    for table, rows in before.items():
        after = rows_of(table)
        added[table] = [row for key, row in after.items() if rows.get(key) != row]
        replaced[table] = [key for key, row in rows.items() if after.get(key) != row]
    only_full = ({table: rows for table, rows in one.items() if rows} for one in (added, replaced))
    return World(*only_full, pickle.dumps(values), time.monotonic())


# ── Rows as the database holds them ────────────────────────────────────────────
def rows_of(table):
    """Return `{primary key: row}`."""
    row = f"row_to_json({quoted(table)})::text" if connection.vendor == "postgresql" else "*"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key_of(table)}, {row} FROM {quoted(table)}")  # noqa: S608 - quoted names
        return {key: row for key, *row in cursor.fetchall()}


def insert(cursor, table, rows):
    if connection.vendor == "postgresql":
        sql = f"INSERT INTO {quoted(table)} SELECT * FROM json_populate_recordset(NULL::{quoted(table)}, %s)"  # noqa: S608 - quoted names
        cursor.execute(sql, [f"[{','.join(text for (text,) in rows)}]"])
    else:
        cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks(rows[0])})", rows)  # noqa: S608 - quoted names


def marks(values):
    return ", ".join(["%s"] * len(values))


def quoted(table):
    return connection.ops.quote_name(table)


@cache
def key_of(table):
    with connection.cursor() as cursor:
        return quoted(connection.introspection.get_primary_key_column(cursor, table))
