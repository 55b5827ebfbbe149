"""Does anything that somebody may send make the site answer with an error of its own? Every form and every query of
every address gets generated values, from visitors and from each role; no answer may be 500 or above.

The addresses come from the URL configuration, filled in with the world of tests/matrix; the forms from scripts/fuzz/
table.py and from the pages. Exit status 1 on such an answer, on none at all, and on a form that is not in the table.
docs/reliability.md holds the results. On a SQLite file of its own, put back every few hundred requests.
"""

import argparse
import json
import random
import re
import sqlite3
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import date

from bench.client import SIGN_IN, Broken, Connection, NotSignedIn, Visitor
from bench.processes import stop_on_signals
from bench.server import Server, ServerDied
from bench.workspace import CommandFailed, Workspace, fresh_workspace
from fuzz.sending import TOKEN, Maker, Sender, Target, names_in
from fuzz.table import CMS, COMMON, FORMS, QUERIES

INSIDE = "scripts/fuzz/inside.py"
ROUND = 400  # requests between two times that the database is put back
REFUSALS = {401, 403, 404, 405}


class FuzzSpace(Workspace):
    """A site that asks nobody for a second step and lets everybody make an account: else most requests would end at the
    door. How often somebody tried stands in the database, and is forgotten with each round.
    """

    def environment(self, *, demo=False):
        more = {"REQUIRE_SECOND_FACTOR": "off", "OPEN_SIGNUP": "on"}
        folders = {name: str(self.folder / name) for name in ("EXPORTS_DIR", "ERASURES_LOG")}
        return super().environment(demo=demo) | more | folders


class Run:
    """One run: its targets, who sends, and what was found."""

    def __init__(self, options, world, port):
        self.options, self.world, self.port = options, world, port
        self.maker = Maker(f"127.0.0.1:{port}", world["known"])
        self.sessions = {"visitor": "", **world["sessions"]}
        self.statuses, self.roles, self.found, self.lock = Counter(), Counter(), {}, threading.Lock()
        self.targets, self.undeclared = [], []

    @property
    def sent(self):
        return sum(self.statuses.values())

    # ── What there is to send to ──
    def look_around(self):
        """Ask for every address as every role, and make Targets of what its pages let people send."""
        connection = Connection(self.port)
        for role in self.world["sessions"]:  # else every request would only try the door
            if self._answer(connection, "GET", "/account/", role).status != 200:
                raise NotSignedIn(role)
        for place in self.world["targets"]:
            pages = [self._page(connection, place, role) for role in self.sessions]
            fields = list({name: (name, value) for page in pages for name, value in page.fields}.values())
            declared = CMS if place["in_cms"] else QUERIES.get(place["route"], COMMON)
            asked = sorted({*declared.split(), *(name for page in pages for name in page.asked)})
            self._add(place, "GET", asked, [])
            if place["in_cms"] and not fields:
                continue
            if not place["in_cms"] and place["route"] not in FORMS:
                self._tell_undeclared(connection, place)
                continue
            fields = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
            self._add(place, "POST", FORMS.get(place["route"], "next").split(), fields)
        connection.close()

    def _page(self, connection, place, role):
        answer = self._answer(connection, "GET", place["address"], role)
        self.note(None, role, answer.status, b"GET " + place["address"].encode())
        return names_in(answer.body if "html" in answer.headers.get("content-type", "") else b"")

    def _answer(self, connection, method, address, role, form=None):
        visitor = Visitor(self.port)
        visitor.cookies, visitor.token = {"sessionid": self.sessions[role], "csrftoken": TOKEN}, TOKEN
        return visitor.ask(connection, method, address, form, encodings="identity")

    def _add(self, place, method, names, filled):
        if re.search(self.options.only, place["route"]):
            self.targets.append(Target(place["route"], place["address"], method, names, filled, place["in_cms"]))

    def _tell_undeclared(self, connection, place):
        """A route takes a POST when somebody gets another answer than a refusal or the way to the door."""
        for role in self.sessions:
            answer = self._answer(connection, "POST", place["address"], role, [])
            to_the_door = answer.status == 302 and answer.location.startswith((SIGN_IN, "/cms/login/"))
            if answer.status not in REFUSALS and not to_the_door:
                self.undeclared.append(place["route"])
                return

    # ── Sending ──
    def go(self, put_back):
        """Send in rounds until every target has had its share or the time is over; then all that was begun is done."""
        chance, until = random.Random(self.options.seed), time.monotonic() + self.options.minutes * 60  # noqa: S311
        jobs = [target for target in self.targets for _time in range(self.options.requests)]
        chance.shuffle(jobs)
        for start in range(0, len(jobs), ROUND):
            if time.monotonic() > until:
                return
            self._round(jobs[start : start + ROUND], f"{self.options.seed}:{start}")
            put_back()

    def _round(self, jobs, seed):
        hands = [
            threading.Thread(target=self._send_all, args=(jobs[hand :: self.options.hands], f"{seed}:{hand}"))
            for hand in range(self.options.hands)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def _send_all(self, jobs, seed):
        chance, sender = random.Random(seed), Sender(self.port, timeout=60)  # noqa: S311 - values, not secrets
        for target in jobs:
            role = chance.choice(list(self.sessions))
            method, request = self.maker.make(chance, target, self.sessions[role])
            try:
                status = sender.send(method, request)
            except Broken as error:
                status = 599 if error.was_sent else 598
            self.note(target, role, status, request)
        sender.close()

    def note(self, target, role, status, request):
        with self.lock:
            self.statuses[status] += 1
            self.roles[role] += 1
            if target:
                target.sent += 1
            if status >= 500:
                key = (target.title if target else request.decode()[:100], status)
                self.found.setdefault(key, []).append((role, request))


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("?")[0] + "?")
    parser.add_argument("--requests", type=int, default=20, help="to each form and each query; before a release 5000")
    parser.add_argument("--minutes", type=float, default=600, help="stop then, whatever was sent")
    parser.add_argument("--seed", type=int, default=None, help="the values of a run before")
    parser.add_argument("--only", default="", help="only routes whose name has this pattern in it, as 'problem|cms'")
    parser.add_argument("--port", type=int, default=0, help="where the server listens; else any free one")
    parser.add_argument("--hands", type=int, default=4, help="requests at a time")
    options = parser.parse_args(arguments)
    options.seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10_000)
    return options


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    print(f"Seed {options.seed}.", flush=True)
    with fresh_workspace() as plain:
        workspace = FuzzSpace(plain.folder, plain.database_url, plain.database)
        workspace.port = options.port or workspace.port
        world = json.loads(workspace.run(INSIDE).splitlines()[-1])
        workspace.manage("collectstatic", "--no-input", "--verbosity=0")
        with Server(workspace) as server:
            run = Run(options, world, server.port)
            run.sessions |= half_way_in(server.port, world)
            put_back = keep_beginning(workspace)
            run.look_around()
            put_back()
            run.go(put_back)
            log = server.log.read_text(errors="replace")
    return tell(run, log)


def half_way_in(port, world):
    """Return the sessions of visitors who asked for a code, and who have given a password and owe a second step."""
    found = {}
    password = [("login", world["people"]["samira"]), ("password", world["password"]), ("with", "password")]
    code = [("login", world["people"]["stranger"]), ("with", "code")]
    for name, filled in (("with a code", code), ("at the second step", password)):
        visitor, connection = Visitor(port), Connection(port)
        visitor.page(connection, SIGN_IN)
        visitor.ask(connection, "POST", SIGN_IN, filled)
        if "sessionid" not in visitor.cookies:
            raise NotSignedIn(name)
        found[f"visitor {name}"] = visitor.cookies["sessionid"]
    return found


def keep_beginning(workspace):
    """Copy the database as it is now and return what puts it back, while the server runs."""
    name = workspace.database_url.removeprefix("sqlite:///")
    beginning = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(name)) as source:
        source.backup(beginning)

    def put_back():
        with closing(sqlite3.connect(name, timeout=30)) as target:
            beginning.backup(target)

    return put_back


def tell(run, log):
    """Print what was found; return the exit status."""
    for (title, status), requests in sorted(run.found.items()):
        role, request = min(requests, key=lambda one: len(one[1]))
        said = "no answer" if status in (598, 599) else status
        print(f"\n{len(requests)} x {said}: {title}, the shortest from {role}:\n{request[:1500]!r}")
    for line, number in errors_in(log).most_common(30):
        print(f"{number} x {line}")
    for route in sorted(set(run.undeclared)):
        print(f"{route} takes a POST and is not in scripts/fuzz/table.py")
    missing = FORMS.keys() - {place["route"] for place in run.world["targets"]}
    for route in sorted(missing):
        print(f"{route} is in scripts/fuzz/table.py and is no route")
    forms = [target for target in run.targets if target.method == "POST"]
    least = min((target.sent for target in run.targets), default=0)
    bad = sum(map(len, run.found.values()))
    clean = not run.found and not run.undeclared and run.targets
    print(
        f"{date.today().isoformat()}, seed {run.options.seed}: {run.sent} requests to {len(forms)} forms and "
        f"{len(run.targets) - len(forms)} queries, at least {least} to each, as {len(run.roles)} kinds of people; "
        f"answers: {', '.join(f'{number} x {status}' for status, number in sorted(run.statuses.items()))}. "
        f"{bad} of 500 or above. {'PASSED' if clean else 'FAILED'}"
    )
    return 0 if clean else 1


def errors_in(log):
    """Count the last lines of the tracebacks in a log."""
    found = Counter()
    for trace in log.split("Traceback (most recent call last):")[1:]:
        lines = trace.splitlines()
        places = [line.strip() for line in lines if line.startswith("  File ")]
        last = next((line for line in lines if re.match(r"[\w.]+(Error|Exception|Broken\w*|\w+):? ?", line)), "?")
        found[f"{last[:160]} {places[-1] if places else ''}"] += 1
    return found


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (CommandFailed, ServerDied, NotSignedIn) as problem:
        sys.exit(f"The generated requests stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
