"""How fast the site is and what it costs, at several sizes: a benchmark for people to read, never a test.

Every size gets a fresh database with made-up participants and a server with production settings on 127.0.0.1; what is
started here is stopped here. docs/performance.md says how to read the figures.
"""

import argparse
import ast
import inspect
import json
import os
import platform
import sys
import time
from datetime import date

from bench.client import Broken, Connection, NotSignedIn, Visitor, sign_in_all
from bench.measure import drive, spread, take_turns
from bench.postgres import NoPostgres
from bench.processes import stop_on_signals
from bench.report import run_table, wire_table
from bench.screens import TEXT, find_site, finish_job, get_job
from bench.server import Server, ServerDied
from bench.wire import measure_wire
from bench.workspace import PASSWORD, CommandFailed, fresh_workspace

SIGNED_IN = 30  # load_demo gives so many participants a password
MOST_SECONDS = 120  # for one measurement; its number of requests usually ends it before


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of participants, with commas between")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that this script starts itself")
    parser.add_argument(
        "--requests", type=int, default=800, help="requests per screen (two per person and step to finish)"
    )
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--no-wire", action="store_true", help="leave out what goes over the wire")
    parser.add_argument("--json", metavar="FILE", help="write the figures to FILE as well")
    options = parser.parse_args(arguments)
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.database_url = "" if options.postgres else os.environ.get("BENCH_DATABASE_URL", "")
    return options


def load_average():
    return round(os.getloadavg()[0], 2)


def yardstick():
    """Return the CPU time in ms of one fixed piece of work: it grows when others use the same caches and cores."""
    source, times = inspect.getsource(argparse), []
    for _time in range(15):
        before = time.process_time()
        sum(1 for _node in ast.walk(ast.parse(source)))
        times.append((time.process_time() - before) * 1000)
        time.sleep(0.05)
    return round(sorted(times)[len(times) // 2], 1)


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    machine = machine_words()
    print(f"## {date.today().isoformat()}, {machine}\n", flush=True)
    runs, wire = [], []
    for place, size in enumerate(options.sizes):
        wants_wire = not options.no_wire and place == 0
        run, loads = measure_size(size, options, wants_wire)
        runs.append(run)
        wire += loads
        print(run_table(run) + "\n", flush=True)
    for load in wire:
        print(wire_table(load) + "\n")
    if options.json:
        with open(options.json, "w") as file:
            figures = {"date": date.today().isoformat(), "machine": machine, "runs": runs, "wire": wire}
            json.dump(figures, file, indent=1)
    return 1 if any(screen["errors"] for run in runs for screen in run["screens"]) else 0


def machine_words():
    with open("/proc/cpuinfo") as file:
        models = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return f"{os.cpu_count()} x {models[0] if models else platform.machine()}, Python {platform.python_version()}"


def measure_size(size, options, wants_wire):
    """Measure every screen with `size` participants; return `(run, loads over the wire)`."""
    groups = max(1, size // 25)
    emails = [f"p{number:06}@voorbeeld.test" for number in range(1, min(SIGNED_IN, size) + 1)]
    with fresh_workspace(options.database_url, own_postgres=options.postgres) as workspace:
        seconds = workspace.fill(size, groups)
        run = {
            "database": workspace.database,
            "participants": size,
            "groups": groups,
            "signed_in": len(emails),
            "connections": options.connections,
            "workers": 2,
            "load_seconds": round(seconds, 1),
        }
        with Server(workspace) as server:
            people = sign_in_all(server.port, emails, PASSWORD)
            screens = Screens(workspace, people, options)
            run["load_before"], run["yardstick_ms"] = load_average(), yardstick()
            run["screens"] = screens.measure(server)
            run["memory_mb"], run["memory_all_mb"] = (round(size) for size in server.memory())
            loads = measure_wire(people[0], screens.site.long_step.address) if wants_wire else []
        screens.count_queries(run["screens"])
        run["client_cpu_ms"] = max(screen["client_cpu_ms"] for screen in run["screens"])
        run["check"] = workspace.manage("check_progress").strip()
    return run, loads


class Screens:
    """The screens of one filled site, as jobs for its people."""

    def __init__(self, workspace, people, options):
        self.workspace, self.people, self.options = workspace, people, options
        self.emails = [person.email for person in people]
        self.site = find_site(people[0])
        stranger, step, site = Visitor(workspace.port), self.site.long_step, self.site
        self.reading = {
            "list of stories, anonymous": [get_job(stranger, site.story_list, site.story_title)],
            "story, anonymous": [get_job(stranger, site.story, site.story_title)],
            "Mijn training": [get_job(person, "/mijn/", 'aria-labelledby="go"') for person in people],
            "step with story and questions": [get_job(person, step.address, 'value="end-done"') for person in people],
            "step, all steps in turn": [
                get_job(people[turn % len(people)], place.address, 'value="end-done"')
                for turn, place in enumerate(site.steps * len(people))
            ],
        }
        self.finishing = {"finish a step": "", "finish a step, every question answered": TEXT}

    def measure(self, server):
        """Return a list of figures, one for each screen."""
        cluster, figures = self.workspace.cluster, []
        for name, jobs in self.reading.items():
            drive(server, take_turns(jobs, 80, self.options.connections), 20)  # warm: both workers, caches of templates
            lanes = take_turns(jobs, self.options.requests, self.options.connections)
            figures.append((name, drive(server, lanes, MOST_SECONDS, cluster)))
        for name, text in self.finishing.items():
            figures.append((name, self._finish_twice(server, text, cluster)))
        for name, result in figures:
            for error in result.errors[:3]:
                print(f"{name}: {error}", file=sys.stderr)
        return [{"name": name, **result.figures()} for name, result in figures]

    def _finish_twice(self, server, text, cluster):
        """Let everybody finish every step from the beginning, twice; each request is a first time for that person."""
        total = None
        for _round in range(2):
            self.forget()
            jobs = [[finish_job(person, step, text) for step in self.site.steps] for person in self.people]
            result = drive(server, spread(jobs, self.options.connections), MOST_SECONDS, cluster)
            total = total + result if total else result
            done = json.loads(self.workspace.inside("count_done", json.dumps(self.emails)))
            if done != len(result.times):
                result.errors.append(f"{len(result.times)} steps were acknowledged and {done} are done")
                total.errors.append(result.errors[-1])
        return total

    def forget(self):
        self.workspace.inside("forget", json.dumps(self.emails))

    def count_queries(self, figures):
        """Add `queries` to `figures`: what Server-Timing of a demo on the same data says of the same requests."""
        with Server(self.workspace, demo=True) as server:
            connection = Connection(server.port)
            for place, jobs in zip(figures, self.reading.values(), strict=False):
                counts = [queries_in(connection.exchange(job.request)) for job in [*jobs[:1] * 10, *jobs[:40]]]
                place["queries"] = counts[10:] if len(jobs) > 1 else counts[-1:]
            for place, text in zip(figures[len(self.reading) :], self.finishing.values(), strict=True):
                self.forget()
                person = self.people[0]
                answers = [connection.exchange(finish_job(person, step, text).request) for step in self.site.steps]
                place["queries"] = [queries_in(answer) for answer in answers]
            connection.close()


def queries_in(answer):
    """Return the number of queries that `Server-Timing: db;desc="<queries>"` names."""
    return int(answer.headers["server-timing"].partition('desc="')[2].partition('"')[0])


if __name__ == "__main__":
    started = time.monotonic()
    try:
        status = main(sys.argv[1:])
    except (NoPostgres, CommandFailed, ServerDied, NotSignedIn, Broken) as problem:
        sys.exit(f"The benchmark stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    print(f"Took {time.monotonic() - started:.0f} s.", file=sys.stderr)
    sys.exit(status)
