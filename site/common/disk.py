"""Knowing a full disk by its errors, which every layer says in its own words."""

import errno
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

FULL = {errno.ENOSPC, errno.EDQUOT}
POSTGRES_FULL = "53100"
# SQLite says these as well when it can't make its log or a page of it; then the disk itself is asked.
SUSPECT = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
LEAST = 1_000_000  # bytes; with less free, SQLite's suspect errors are about that


def is_disk_full(error):
    """True when `error`, or what it came from, says that there is no room left to write."""
    seen = set()
    while error is not None and error not in seen:
        if _says_so(error):
            return True
        seen.add(error)
        error = error.__cause__ or error.__context__
    return False


def _says_so(error):
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None) or 0
        return code & 0xFF == sqlite3.SQLITE_FULL or (code & 0xFF in SUSPECT and _has_no_room())
    return getattr(error, "sqlstate", None) == POSTGRES_FULL


def _has_no_room():
    places = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        places.append(Path(connection.settings_dict["NAME"]).parent)
    return any(shutil.disk_usage(place).free < LEAST for place in places if place.exists())
