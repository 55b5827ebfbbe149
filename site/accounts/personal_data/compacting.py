"""Making the database itself forget: a deleted row leaves its words in the file until they are written over."""

import time

from django.db import connection
from wagtail.search.models import IndexEntry

TRIES = 5


class DatabaseIsBusy(Exception):
    """Others were reading or writing all the time; what it is raised with says what that means."""


def clear_traces():
    """Write the search index, the database file and its log anew, without what was deleted; returns nothing.

    Runs outside transactions, while the site goes on; on a SQLite file writers wait for seconds. Raises DatabaseIsBusy
    when the log of a SQLite file can't be emptied because others hold it.
    """
    if connection.vendor == "sqlite":
        _clear_sqlite()
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def _clear_sqlite():
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(f"{IndexEntry._meta.db_table}_fts")
        cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - no name comes from outside
        cursor.execute("VACUUM")
        for attempt in range(TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_pages = cursor.fetchone()
            if not is_busy:
                return
            time.sleep(attempt)
    raise DatabaseIsBusy("The database was busy: what was deleted may still be in its log.")
