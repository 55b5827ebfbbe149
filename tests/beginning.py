"""The database as it is before any test, and back to it after each test with real transactions.

Django would empty every table, and then make permissions and content types anew with other numbers: half a second, and
as long again for the next test to make its cast. On SQLite the whole database is put back, on PostgreSQL its rows.
"""

import pickle
import sqlite3
import time

from django.core.management.color import no_style
from django.db import connection, transaction

from tests.standing import World, rows_of


def keep_beginning():
    """Keep the database as it is now; return what puts it back, as often as it is asked."""
    connection.ensure_connection()
    return (file_as_it_is if connection.vendor == "sqlite" else rows_as_they_are)()


def file_as_it_is():
    beginning = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(beginning)

    def put_back():
        connection.ensure_connection()
        beginning.backup(connection.connection)

    return put_back


def rows_as_they_are():
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    world = World(
        {table: rows for table in tables if (rows := [*rows_of(table).values()])},
        {},
        pickle.dumps({}),
        time.monotonic(),
    )
    empty = connection.ops.sql_flush(no_style(), tables)

    def put_back():
        with transaction.atomic():
            connection.ops.execute_sql_flush(empty)
            world.put_back()

    return put_back
