"""A site on another day, with its own mail server and nothing planned yet: where a coordinator has her first weeks.

The site is the demo as it was loaded, seen from 2027, and its coordinator Ilse leads no group yet.
"""

import contextlib
import re
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.conftest import DESK, sign_in
from tests.e2e.server import ROOT, Server
from tests.mail.smtp import Post

TOWN = ZoneInfo("Europe/Amsterdam")


class World:
    """The site at the moment that `at()` puts it on, its people's browsers, and the post that left."""

    def __init__(self, chromium, stage, folder):
        self.chromium, self.contexts = chromium, contextlib.ExitStack()
        self.post = self.contexts.enter_context(Post.open())
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = folder / "clock"
        self.at("2027-02-01 09:00")
        more = {
            "DJANGO_SETTINGS_MODULE": "tests.e2e.settings_at",
            "E2E_CLOCK": str(self.clock),
            "DEMO": "off",
            "REQUIRE_SECOND_FACTOR": "off",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post.port}",
        }
        self.server = Server(stage, folder / "site", more=more)
        self.server.start()
        self.contexts.callback(self.server.stop)
        self.worker = self.contexts.enter_context(worker_of(self.server))
        self.server.execute("UPDATE django_session SET expire_date = '2099-01-01'")
        self.server.execute("DELETE FROM training_traininggroup_coordinators")

    def close(self):
        self.contexts.close()

    # ── time and post ──
    def at(self, moment):
        """Put the clock on a moment in the Netherlands, written as 2027-02-01 09:00."""
        now = datetime.fromisoformat(moment).replace(tzinfo=TOWN)
        self.clock.write_text(now.isoformat())

    def send_post(self, moment):
        """Let the worker do at `moment` what waits; return the messages that the mail server took then."""
        before = len(self.post.taken)
        self.at(moment)
        self.worker.stdin.write("\n")
        self.worker.stdin.flush()
        assert self.worker.stdout.readline() == "done\n"
        return self.post.taken[before:]

    def send_all_post(self, moment):
        """Let the worker go round every minute from `moment` on, until nothing leaves twice; return what left."""
        before, when, still = len(self.post.taken), datetime.fromisoformat(moment), 0
        while still < 2:
            still = 0 if self.send_post(f"{when:%Y-%m-%d %H:%M}") else still + 1
            when += timedelta(minutes=1)
        return self.post.taken[before:]

    # ── people ──
    def page_of(self, person=None, **options):
        """Return a page in a browser of its own, where `person` (samira, ilse, ...) is signed in."""
        options = {"viewport": DESK, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"} | options
        context = self.chromium.new_context(base_url=self.server.url, **options)
        self.contexts.callback(context.close)
        context.set_default_timeout(10_000)
        if person:
            sign_in(context, self.server, person)
        return context.new_page()

    def one(self, sql, *values):
        """Return the only value of the only row that `sql` finds."""
        rows = self.server.execute(sql, *values)
        assert len(rows) == 1, rows
        return rows[0][0]


@contextlib.contextmanager
def worker_of(server):
    """A worker of the site that goes round when it is told to (rounds.py)."""
    command = [sys.executable, "-m", "tests.e2e.rounds"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=server.environment, stdin=pipe, stdout=pipe, text=True) as worker:
        yield worker
        worker.stdin.close()


# ── What a message says ────────────────────────────────────────────────────────
def calendar_of(taken):
    """Return `{name: value}` of the lines of the calendar part of a message, {} where it has none."""
    part = taken.message.get_body(("calendar",)) or next(
        (one for one in taken.message.walk() if one.get_content_type() == "text/calendar"), None
    )
    if part is None:
        return {}
    text = re.sub(r"\r?\n[ \t]", "", part.get_content())
    event = text.partition("BEGIN:VEVENT")[2].partition("END:VEVENT")[0]
    lines = [line.partition(":") for line in [*text.partition("BEGIN:VTIMEZONE")[0].splitlines(), *event.splitlines()]]
    return {name.partition(";")[0]: value for name, _colon, value in lines if name}


def text_of(taken):
    return taken.message.get_body(("plain",)).get_content()


def link_in(taken, start):
    """Return the path of the first address in a message that begins with `start`."""
    return re.search(rf"https?://[^/\s]+({re.escape(start)}\S*)", text_of(taken))[1]
