"""A PostgreSQL of our own: a cluster in a temporary folder, run by an unprivileged user because initdb refuses root."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.processes import cpu_seconds, family_of


class NoPostgres(Exception):
    """PostgreSQL can't be started here; the message says what to do."""


class Cluster:
    """A running server on 127.0.0.1; `url` leads to its maintenance database."""

    def __init__(self, process, port, password):
        self.process, self.port = process, port
        self.url = f"postgres://bench:{password}@127.0.0.1:{port}/postgres"

    def cpu_seconds(self):
        return cpu_seconds(family_of(self.process.pid))


def find_program(name):
    """Return the path of a PostgreSQL program, of the newest version where Debian keeps several."""
    if found := shutil.which(name):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if not versions:
        raise NoPostgres(f"{name} is missing: apt install postgresql, or set BENCH_DATABASE_URL.")
    return str(versions[-1])


def owner_options():
    """Return the options of subprocess that make a program run without root's rights; none for who has none."""
    if os.geteuid():
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def own_cluster():
    """Run a new PostgreSQL with its default settings (each commit reaches the disk); stopped and deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    process = None
    try:
        process, port, password = start(folder)
        yield Cluster(process, port, password)
    finally:
        stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def start(folder):
    owner, port, password = owner_options(), free_port(), secrets.token_hex(16)
    word = folder / "password"
    word.write_text(password)
    for path in (folder, word):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if owner:
            os.chown(path, owner["user"], owner["group"])
    quiet = {"cwd": "/", "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **owner}
    data = str(folder / "data")
    subprocess.run(
        [find_program("initdb"), "-D", data, "-U", "bench", "-A", "scram-sha-256", "--pwfile", str(word), "-E", "UTF8"],
        check=True,
        **quiet,
    )
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [find_program("postgres"), "-D", data, *options], stderr=log, start_new_session=True, **quiet
        )
    wait_until_open(process, port)
    return process, port, password


def wait_until_open(process, port, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NoPostgres("PostgreSQL did not start.")


def stop(process, seconds=20):
    if process is None:
        return
    process.send_signal(2)  # SIGINT: end the connections and stop at once, in order
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def new_database(url, name):
    """Make database `name` on the server that `url` leads to and give its own address; dropped at the end.

    The database in `url` itself is only connected to: nothing in it is read or changed.
    """
    import psycopg
    from psycopg import sql

    def tell(statement):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    tell("CREATE DATABASE {}")
    try:
        yield f"{url.partition('?')[0].rpartition('/')[0]}/{name}"
    finally:
        tell("DROP DATABASE IF EXISTS {} WITH (FORCE)")
