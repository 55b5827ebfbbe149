"""The database as one file: taken while the site runs, checked, and put back (docs/host.md, "Backups").

SQLite by its own backup, which holds one moment and lets writers go on; PostgreSQL by pg_dump, pg_restore and psql.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

PATIENCE = 60  # seconds that others may hold the database that is written over
# Of our own schema, with the types that they take; those of an extension go with it.
FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class DumpFailed(Exception):
    """The database could not be taken, checked or put back; it says by what, and what that said."""


def dump_name():
    """Return the name of the file for the kind of database that this site has."""
    return NAMES[connection.vendor]


def take(path):
    """Write the database as it is now to a new file at `path`, checked; raises DumpFailed."""
    path = Path(path)
    if connection.vendor == "sqlite":
        _take_sqlite(path)
    else:
        _take_postgres(path)
    path.chmod(0o600)


def put_back(path):
    """Make the database what the file at `path` says, all of it or nothing; what was in it before is gone.

    Raises DumpFailed. The connection of this thread is closed; the next query opens another.
    """
    if connection.vendor == "sqlite":
        connection.close()
        _put_back_sqlite(Path(path))
    else:
        emptying = _emptying()
        connection.close()
        _put_back_postgres(Path(path), emptying)


# ── SQLite ─────────────────────────────────────────────────────────────────────
def _take_sqlite(path):
    with closing(_opened(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)  # in one step: one moment of the database
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _check_sqlite(target)


def _check_sqlite(database):
    found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    found = [] if found == ["ok"] else found
    found += [f"a row of {row[0]} points to a missing row of {row[2]}" for row in _dangling(database)]
    if found:
        raise DumpFailed(f"The database is damaged: {'; '.join(found[:5])}.")


def _dangling(database):
    return list(database.execute("PRAGMA foreign_key_check"))


def _put_back_sqlite(path):
    until = time.monotonic() + PATIENCE

    def wait(status, remaining, total):
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise DumpFailed("Others hold the database: stop the server and the mail worker first.")

    name = connection.settings_dict["NAME"]
    try:
        with closing(_opened(path, "ro")) as source, closing(sqlite3.connect(name, timeout=1)) as target:
            source.backup(target, progress=wait)
            _check_sqlite(target)
    except sqlite3.Error as error:
        raise DumpFailed(f"SQLite: {error}.") from error


def _opened(name, mode="rw"):
    """Open a file that has to be there."""
    try:
        return sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)
    except sqlite3.Error as error:
        raise DumpFailed(f"SQLite: {error}.") from error


# ── PostgreSQL ─────────────────────────────────────────────────────────────────
def _take_postgres(path):
    options, name, environment = _where()
    form = ["--format=custom", "--no-owner", "--no-privileges"]
    _run([_program("pg_dump"), *options, *form, f"--file={path}", name], env=environment)
    _run([_program("pg_restore"), f"--file={os.devnull}", str(path)], env=environment)  # reads all of it


def _put_back_postgres(path, emptying):
    """In one transaction: all that is there goes, also what the backup doesn't know, and what is in there comes."""
    options, name, environment = _where()
    reading = [_program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--file=-", str(path)]
    writing = [_program("psql"), *options, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-", name]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(writing, stdin=subprocess.PIPE, **quiet) as psql:  # noqa: S603 - a fixed list, no shell
        problem = ""
        try:
            psql.stdin.write(emptying)
            psql.stdin.flush()
            script = {"stdout": psql.stdin, "stderr": subprocess.PIPE}
            problem = _said(subprocess.run(reading, env=environment, **script))  # noqa: S603 - the same
            if not problem:  # a script that was cut off is not carried out
                psql.stdin.write(b"\nCOMMIT;\n")
            psql.stdin.close()
        except BrokenPipeError:  # psql stopped before: it says why
            psql.stdin = None
        said = psql.stderr.read().decode(errors="replace").strip()
    if problem or psql.returncode:
        raise DumpFailed(f"PostgreSQL: {said or problem}")


def _emptying():
    """Return the SQL that begins a transaction and removes every table, and every function that is no extension's."""
    tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        functions = ", ".join(name for (name,) in cursor.fetchall())
    things = [("TABLE", tables), ("FUNCTION", functions)]
    drops = [f"DROP {kind} IF EXISTS {names} CASCADE;" for kind, names in things if names]
    return "\n".join(["BEGIN;", f"SET lock_timeout = '{PATIENCE}s';", *drops, ""]).encode()


def _where():
    """Return `(options, name of the database, environment)` for PostgreSQL's own programs."""
    arguments, more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *options, name = arguments[1:]
    return options, name, os.environ | (more or {})


def _program(name):
    found = shutil.which(name)
    if found is None:
        raise DumpFailed(f"{name} is missing: apt install postgresql-client.")
    return found


def _run(command, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, **options)  # noqa: S603 - no shell
    if problem := _said(done):
        raise DumpFailed(problem)


def _said(done):
    """Return what a program that failed said of it; nothing of one that did well."""
    if not done.returncode:
        return ""
    said = done.stderr.decode(errors="replace").strip()
    return f"{Path(done.args[0]).name} ended with {done.returncode}: {said}"
