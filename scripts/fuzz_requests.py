"""Does anything that somebody may send make the site answer with an error of its own? Every form and every query of
every address gets generated values, from visitors and from each role; no answer may be 500 or above.

The addresses come from the URL configuration, filled in with the world of tests/matrix; the forms from scripts/fuzz/
table.py and from the pages. Exit status 1 on such an answer, on none at all, and on a form that is not in the table.
docs/reliability.md holds the results. On a SQLite file of its own, put back every few hundred requests.

Over HTTP to the site's own server, or (--in-process) to Django's handler in one process; `--resume var/fuzz.json` goes
on where the last run with that file stopped, `--list` says what there is to send to.
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
from contextlib import closing, contextmanager
from datetime import date
from statistics import median

from bench.client import SIGN_IN, Broken, NotSignedIn, Visitor
from bench.processes import stop_on_signals
from bench.server import Server, ServerDied
from bench.workspace import CommandFailed, Workspace, fresh_workspace
from fuzz import inprocess
from fuzz.progress import Progress
from fuzz.sending import TOKEN, Maker, Sender, Target, names_in
from fuzz.table import CMS, COMMON, FORMS, QUERIES

INSIDE = "scripts/fuzz/inside.py"
ROUND = 400  # requests between two times that the database is put back
SHARE = 50  # to each target before any gets more: when the time is over, all have had about the same
REFUSALS = {401, 403, 404, 405}
KINDS = ("forms", "queries", "cms")


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

    def __init__(self, options, world, port, connect):
        """`connect` gives what requests are sent over: a bench.client.Connection, or what does the same."""
        self.options, self.world, self.port, self.connect = options, world, port, connect
        self.maker = Maker(f"127.0.0.1:{port}", world["known"])
        self.sessions = {"visitor": "", **world["sessions"]}
        self.statuses, self.roles, self.found, self.lock = Counter(), Counter(), {}, threading.Lock()
        self.targets, self.undeclared = [], []

    @property
    def sent(self):
        return sum(self.statuses.values())

    # ── What there is to send to ──
    def look_around(self, put_back):
        """Ask for every address as every role, and make Targets of what its pages let people send. Whatever asking
        did (to find out who takes a POST it is tried) is undone, or the next pages would be those of a visitor.
        """
        connection = self.connect()
        for role in self.world["sessions"]:  # else every request would only try the door
            if self._answer(connection, "GET", "/account/", role).status != 200:
                raise NotSignedIn(role)
        for place in self.world["targets"]:
            if not self._is_asked_for(place):
                continue
            put_back()
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
            self._add(place, "POST", FORMS.get(place["route"], "next").split(), [*map(tuple, place["body"]), *fields])
        put_back()
        connection.close()

    def _is_asked_for(self, place):
        kinds = {"cms"} if place["in_cms"] else {"forms", "queries"}
        return re.search(self.options.only, place["route"]) and kinds & {*self.options.kinds}

    def _page(self, connection, place, role):
        answer = self._answer(connection, "GET", place["address"], role)
        self.note(None, role, answer.status, b"GET " + place["address"].encode())
        return names_in(answer.body if "html" in answer.headers.get("content-type", "") else b"")

    def _answer(self, connection, method, address, role, form=None):
        visitor = Visitor(self.port)
        visitor.cookies, visitor.token = {"sessionid": self.sessions[role], "csrftoken": TOKEN}, TOKEN
        return visitor.ask(connection, method, address, form, encodings="identity")

    def _add(self, place, method, names, filled):
        target = Target(place["route"], place["address"], method, names, filled, place["in_cms"])
        if target.kind in self.options.kinds:
            self.targets.append(target)

    def _tell_undeclared(self, connection, place):
        """A route takes a POST when somebody gets another answer than a refusal or the way to the door."""
        for role in self.sessions:
            answer = self._answer(connection, "POST", place["address"], role, [])
            to_the_door = answer.status == 302 and answer.location.startswith((SIGN_IN, "/cms/login/"))
            if answer.status not in REFUSALS and not to_the_door:
                self.undeclared.append(place["route"])
                return

    # ── Sending ──
    def go(self, put_back, progress):
        """Send in rounds until every target has had its share or the time is over; then all that was begun is done."""
        chance, until = random.Random(self.options.seed), time.monotonic() + self.options.minutes * 60  # noqa: S311
        number = 0
        while jobs := self._next_share():
            chance.shuffle(jobs)
            for start in range(0, len(jobs), ROUND):
                if time.monotonic() > until:
                    return
                number += 1
                self._round(jobs[start : start + ROUND], f"{self.options.seed}:{number}")
                put_back()
                progress.keep(self)

    def _next_share(self):
        """Return each form and query as often as it is behind: those with the least get up to SHARE more, and the
        addresses of one take turns.
        """
        each = together(self.targets)
        level = min((sent_to(targets) for targets in each), default=0) + SHARE
        level = min(level, self.options.requests)
        return [targets[number % len(targets)] for targets in each for number in range(sent_to(targets), level)]

    def _round(self, jobs, seed):
        if self.options.hands == 1:
            self._send_all(jobs, f"{seed}:0")
            return
        hands = [
            threading.Thread(target=self._send_all, args=(jobs[hand :: self.options.hands], f"{seed}:{hand}"))
            for hand in range(self.options.hands)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def _send_all(self, jobs, seed):
        chance, sender = random.Random(seed), self.connect()  # noqa: S311 - values, not secrets
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


def together(targets):
    """Return lists of targets: the addresses of each form and of each query."""
    each = {}
    for target in targets:
        each.setdefault(target.title, []).append(target)
    return list(each.values())


def sent_to(targets):
    return sum(target.sent for target in targets)


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("?")[0] + "?")
    parser.add_argument("--requests", type=int, default=20, help="to each form and each query; before a release 5000")
    parser.add_argument("--minutes", type=float, default=600, help="stop then, whatever was sent")
    parser.add_argument("--seed", type=int, default=None, help="the values of a run before")
    parser.add_argument("--only", default="", help="only routes whose name has this pattern in it, as 'problem|cms'")
    parser.add_argument("--kinds", type=read_kinds, default=KINDS, help="some of forms,queries,cms")
    parser.add_argument("--in-process", action="store_true", help="no server: Django's handler, one at a time")
    parser.add_argument(
        "--resume", metavar="FILE", default="", help="go on from there, and write there how far it came"
    )
    parser.add_argument("--list", action="store_true", help="say what there is to send to, and send nothing")
    parser.add_argument("--port", type=int, default=0, help="where the server listens; else any free one")
    parser.add_argument("--hands", type=int, default=4, help="requests at a time")
    options = parser.parse_args(arguments)
    options.seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10_000)
    return options


def read_kinds(text):
    kinds = tuple(text.split(","))
    if set(kinds) - set(KINDS):
        raise argparse.ArgumentTypeError(f"some of {', '.join(KINDS)}")
    return kinds


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    print(f"Seed {options.seed}.", flush=True)
    with fresh_workspace() as plain:
        workspace = FuzzSpace(plain.folder, plain.database_url, plain.database)
        workspace.port = options.port or workspace.port
        progress = Progress(options.resume)
        with (in_process if options.in_process else over_http)(workspace, options) as (run, log):
            run.sessions |= half_way_in(run)
            put_back = keep_beginning(workspace)
            run.look_around(put_back)
            progress.give(run.targets)
            if options.list:
                return tell_targets(run)
            run.go(put_back, progress)
            return tell(run, progress, log.read_text(errors="replace"))


@contextmanager
def over_http(workspace, options):
    """Yield a Run over sockets to the site's own server, and the server's log."""
    world = json.loads(workspace.run(INSIDE).splitlines()[-1])
    workspace.manage("collectstatic", "--no-input", "--verbosity=0")
    with Server(workspace) as server:
        yield Run(options, world, server.port, lambda: Sender(server.port, timeout=60)), server.log


@contextmanager
def in_process(workspace, options):
    """The same in this process, one request at a time."""
    options.hands = 1
    workspace.manage("collectstatic", "--no-input", "--verbosity=0")
    handler, world, log = inprocess.start(workspace, make_world, hashers=inprocess.FAST)
    yield Run(options, world, workspace.port, lambda: inprocess.Handed(handler)), log


def make_world():
    """Return the world as `over_http` gets it."""
    from fuzz.inside import prepare  # only where Django is set up

    return json.loads(json.dumps(prepare()))


def half_way_in(run):
    """Return the sessions of visitors who asked for a code, and who have given a password and owe a second step."""
    found, world = {}, run.world
    password = [("login", world["people"]["samira"]), ("password", world["password"]), ("with", "password")]
    code = [("login", world["people"]["stranger"]), ("with", "code")]
    for name, filled in (("with a code", code), ("at the second step", password)):
        visitor, connection = Visitor(run.port), run.connect()
        visitor.page(connection, SIGN_IN)
        visitor.ask(connection, "POST", SIGN_IN, filled)
        if "sessionid" not in visitor.cookies:
            raise NotSignedIn(name)
        found[f"visitor {name}"] = visitor.cookies["sessionid"]
    return found


def keep_beginning(workspace):
    """Copy the database and the uploads as they are now; return what puts them back, while the server runs."""
    name, uploads = workspace.database_url.removeprefix("sqlite:///"), workspace.folder / "uploads"
    files = {path: path.read_bytes() for path in uploads.rglob("*") if path.is_file()}
    beginning = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(name)) as source:
        source.backup(beginning)

    def put_back():
        with closing(sqlite3.connect(name, timeout=30)) as target:
            beginning.backup(target)
        for path, content in files.items():
            if not path.exists():
                path.write_bytes(content)
        inprocess.forget()

    return put_back


def tell_targets(run):
    """Print each route with what it is and how many of its addresses were sent what."""
    for kind in KINDS:
        routes = Counter(target.route for target in run.targets if target.kind == kind)
        print(f"\n{kind}: {len(routes)} routes, {sum(routes.values())} addresses")
        for route, number in sorted(routes.items()):
            print(f"  {number} x {route}")
    return tell_table(run)


def tell_table(run):
    """Print what scripts/fuzz/table.py lacks or has too much; return the exit status."""
    for route in sorted(set(run.undeclared)):
        print(f"{route} takes a POST and is not in scripts/fuzz/table.py")
    missing = FORMS.keys() - {place["route"] for place in run.world["targets"]}
    for route in sorted(missing):
        print(f"{route} is in scripts/fuzz/table.py and is no route")
    return 1 if run.undeclared else 0


def tell(run, progress, log):
    """Print what was found; return the exit status."""
    for (title, status), requests in sorted(run.found.items()):
        role, request = min(requests, key=lambda one: len(one[1]))
        said = "no answer" if status in (598, 599) else status
        print(f"\n{len(requests)} x {said}: {title}, the shortest from {role}:\n{request[:1500]!r}")
    for line, number in errors_in(log).most_common(30):
        print(f"{number} x {line}")
    clean = not tell_table(run) and not run.found and run.targets
    for kind in KINDS:
        sent = sorted(map(sent_to, together(target for target in run.targets if target.kind == kind)))
        if sent:
            print(f"{kind}: {sum(sent)} requests to {len(sent)}, at least {sent[0]} to each, half got {median(sent)}")
    statuses = Counter({int(status): number for status, number in progress.statuses.items()}) + run.statuses
    answers = ", ".join(f"{number} x {status}" for status, number in sorted(statuses.items()))
    print(
        f"{date.today().isoformat()}, seed {run.options.seed}: {statuses.total()} requests, {progress.runs + 1} run(s)"
        f" as {len(run.roles)} kinds of people; answers: {answers}."
        f" {sum(map(len, run.found.values()))} of 500 or above in this run, {progress.errors} in earlier ones."
        f" {'PASSED' if clean else 'FAILED'}"
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
