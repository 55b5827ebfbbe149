"""A fresh site in a temporary folder: its database, its keys, its settings, and Django's commands on it."""

import base64
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
INSIDE = Path(__file__).resolve().parent / "inside.py"
PASSWORD = "keukentafel"  # noqa: S105 - the demo's public password
OTHERS = {"CACHE_URL", "BEHIND_PROXY", "DEBUG", "DEMO", "MAIL_FROM", "PYTHONPATH", "DATABASE_URL"}


class CommandFailed(Exception):
    """A command of the site failed; the message holds the end of what it printed."""


class Workspace:
    """One database and the settings to serve it with. `database` says which kind it is, for people to read."""

    def __init__(self, folder, database_url, database, cluster=None):
        self.folder, self.database_url, self.database, self.cluster = Path(folder), database_url, database, cluster
        self.port = postgres.free_port()
        self.keys = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ANSWER_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        }

    def environment(self, *, demo=False):
        """Return the environment of a production site on 127.0.0.1; with `demo`, of a demo on the same data."""
        kept = {name: value for name, value in os.environ.items() if name not in OTHERS}
        ours = {
            "DATABASE_URL": self.database_url,
            "DEMO": "on" if demo else "off",
            "DEBUG": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": "smtp://127.0.0.1:9",  # nothing listens there, and nothing here sends mail
            "UPLOADS_DIR": str(self.folder / "uploads"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT / "site"),
        }
        return kept | self.keys | ours

    def run(self, *command, demo=False, given=None):
        """Run a program in this site's environment and return what it printed; raise CommandFailed when it fails."""
        done = subprocess.run(
            [str(PYTHON), *map(str, command)],
            cwd=ROOT,
            env=self.environment(demo=demo),
            input=given or "",
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CommandFailed(f"{' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def manage(self, *command, demo=False):
        return self.run("manage.py", *command, demo=demo)

    def inside(self, act, given=""):
        """Run an act of scripts/bench/inside.py with `given` as its input; return what it printed."""
        return self.run(INSIDE, act, given=given)

    def fill(self, participants, groups):
        """Migrate, gather the static files and load the demo; return the seconds that loading took."""
        (self.folder / "uploads").mkdir(exist_ok=True)
        self.manage("migrate", "--no-input", "--verbosity=0")
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        started = time.monotonic()
        self.manage("load_demo", "--participants", str(participants), "--groups", str(groups), demo=True)
        seconds = time.monotonic() - started
        self.inside("settle")
        return seconds


@contextmanager
def fresh_workspace(database_url="", *, own_postgres=False):
    """A Workspace on a new SQLite file, a new database beside the one in `database_url`, or a PostgreSQL of our own."""
    folder = tempfile.mkdtemp(prefix="bench-")
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if not (own_postgres or database_url):
            yield Workspace(folder, f"sqlite:///{folder}/bench.sqlite3", "SQLite")
            return
        cluster = stack.enter_context(postgres.own_cluster()) if own_postgres else None
        url = stack.enter_context(
            postgres.new_database(cluster.url if cluster else database_url, f"bench_{secrets.token_hex(4)}")
        )
        yield Workspace(folder, url, "PostgreSQL", cluster)
