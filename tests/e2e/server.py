"""The site as the browser meets it: granian on 127.0.0.1 in a process of its own, with the demo on and in it.

A process of its own, because playwright's event loop and Django's database do not go together in one. The stage (an
empty site with the demo, static files, sessions) is set once for all workers of xdist; each has its own server and its
own copy of the database, and puts that back as it was between tests.
"""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from common.fields import EncryptedWordsField

ROOT = Path(__file__).resolve().parents[2]


def set_stage(folder):
    """Make the stage in `folder`, once; other workers wait for it."""
    with (folder / "stage.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stage = folder / "stage"
        if not (stage / "ready").exists():
            shutil.rmtree(stage, ignore_errors=True)
            (stage / "uploads").mkdir(parents=True)
            # What scripts/test.sh migrated, or a worker whose own tests needed it before.
            places = (Path(os.environ.get("MIGRATED", "")), folder.parent / "migrated.sqlite3")
            if migrated := next(filter(Path.is_file, places), None):
                shutil.copyfile(migrated, stage / "site.sqlite3")
            run_stage(stage)
            (stage / "ready").touch()
    return stage


def run_stage(stage):
    command = [sys.executable, "-m", "tests.e2e.stage", stage / "sessions.json"]
    environment = environment_of(stage, stage, port=8000)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The demo could not be loaded for the browser tests:\n{done.stdout}\n{done.stderr}")
    with contextlib.closing(sqlite3.connect(stage / "site.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def environment_of(stage, folder, *, port, host="127.0.0.1"):
    """Return the environment of a server whose database lies in `folder`; keys come from tests/conftest.py."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DEMO": "on",
        "DEBUG": "off",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "UPLOADS_DIR": str(stage / "uploads"),
        "EXPORTS_DIR": str(folder / "exports"),
        "E2E_STATIC": str(stage / "static"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        # Not localhost: by that name a browser meets the page for an address that is not understood.
        "ALLOWED_HOSTS": host,
        "SITE_URL": f"http://{host}:{port}",
    }
    others = {"CACHE_URL", "BEHIND_PROXY", "MAIL_FROM", "PYTHONWARNINGS", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {name: value for name, value in os.environ.items() if name not in others} | ours


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """The running site. `sessions` holds a session key for each demo account, as `sessions["daan"]`."""

    stage: Path
    folder: Path
    host: str = "127.0.0.1"
    more: dict = field(default_factory=dict)  # what its environment has besides
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    @property
    def environment(self):
        return environment_of(self.stage, self.folder, port=self.port, host=self.host) | self.more

    @property
    def sessions(self):
        return json.loads((self.stage / "sessions.json").read_text())

    @property
    def log(self):
        return (self.folder / "server.log").read_text()

    def start(self):
        (self.folder / "mail").mkdir(parents=True)
        shutil.copyfile(self.stage / "site.sqlite3", self.folder / "site.sqlite3")
        self.run()

    def run(self):
        """Start the site with the database as it lies there."""
        # fmt: off
        command = [
            sys.executable, "-m", "config.server", "config.wsgi:application", "--interface", "wsgi", "--no-ws",
            "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1", "--blocking-threads", "2",
            "--workers-kill-timeout", "3", "--log-level", "warning",
        ]
        # fmt: on
        with (self.folder / "server.log").open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait()

    def _wait(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/robots.txt", timeout=seconds):  # noqa: S310 - an http address of ours
                    return
            except (HTTPError, URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"The site did not start for the browser tests:\n{self.log}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run_worker(self):
        """Let the worker do once what waits: send mail, make copies of people's data."""
        command = [sys.executable, "manage.py", "mail_worker", "--once"]
        subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=True)

    # ── the database behind its back ──
    def restore(self):
        """Put the database back as it was when the demo had just been loaded, and throw the mails away."""
        with (
            contextlib.closing(sqlite3.connect(self.stage / "site.sqlite3")) as before,
            contextlib.closing(sqlite3.connect(self.folder / "site.sqlite3", timeout=20)) as now,
        ):
            before.backup(now)
        for mail in (self.folder / "mail").iterdir():
            mail.unlink()

    def execute(self, sql, *values):
        """Change the database without the site's knowing, and return the rows."""
        with contextlib.closing(sqlite3.connect(self.folder / "site.sqlite3", timeout=20)) as database, database:
            return database.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def without_table(self, table):
        """Break the site: whatever needs `table` fails meanwhile."""
        self.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        try:
            yield
        finally:
            self.execute(f"ALTER TABLE {table}_away RENAME TO {table}")

    def last_mail(self, address=None):
        """Return the text of the mail that was made last, for `address` when that is given."""
        asked = (' WHERE "to" = ?', (address,)) if address else ("", ())
        rows = self.execute(f"SELECT words FROM mail_outboxmail{asked[0]} ORDER BY id DESC LIMIT 1", *asked[1])  # noqa: S608
        return EncryptedWordsField().to_python(rows[0][0])["text"]
