"""Can somebody find out by the clock who has an account? Asks each door for addresses that are known and for others,
many times in turn, and compares how long the answers take.

In one process, with Django's own handler and the site's own hasher: no network in between that could hide a difference.
Exit status 1 when one kind of address can be told from the other. docs/reliability.md holds the results.
"""

import argparse
import math
import random
import sys
import time
from bisect import bisect_left, bisect_right
from datetime import date
from statistics import median

from bench.client import SIGN_IN, Visitor
from bench.processes import stop_on_signals
from bench.workspace import CommandFailed, fresh_workspace
from fuzz import inprocess

RESET = "/account/wachtwoord/"
PASSWORD = "keukentafel-aan-het-raam"  # noqa: S105
PEOPLE = 20  # of each kind, so that nothing kept of one address makes its second try faster
MAY_DIFFER = 0.10  # of the chance that one takes longer than the other: half is no difference
# Each door: its page, what is sent there beside the address, and the kinds of addresses that must look the same.
DOORS = {
    "a wrong password": (SIGN_IN, {"password": "iets-heel-anders", "with": "password"}, ("known", "codes only")),
    "a code by mail": (SIGN_IN, {"with": "code"}, ("known", "codes only")),
    "a forgotten password": (RESET, {}, ("known", "codes only")),
}


def people():
    """Make the accounts; return `{kind: addresses}`."""
    from django.core.management import call_command

    from tests.factories.pages import build_site, find_site
    from tests.factories.people import make_person

    call_command("migrate", interactive=False, verbosity=0)
    find_site() or build_site()
    known = [make_person(f"Bekend {number}", password=PASSWORD).email for number in range(PEOPLE)]
    codes = [make_person(f"Zonder {number}").email for number in range(PEOPLE)]
    unknown = [f"nooit-{number}@example.test" for number in range(PEOPLE)]
    return {"known": known, "codes only": codes, "unknown": unknown}


class Clock:
    """Times what a door does with an address, as a browser that comes there for the first time."""

    def __init__(self, handler, port):
        self.connection, self.port = inprocess.Handed(handler), port

    def milliseconds(self, page, address, more):
        self._forget_tries()
        visitor = Visitor(self.port)
        visitor.page(self.connection, page)
        request = visitor.request("POST", page, [("login" if page == SIGN_IN else "email", address), *more.items()])
        started = time.perf_counter()
        answer = self.connection.exchange(request)
        spent = (time.perf_counter() - started) * 1000
        if answer.status not in (200, 302):
            raise CommandFailed(f"{page} answers {answer.status}")
        return spent

    def _forget_tries(self):
        from django.core.cache import caches

        caches["limits"].clear()


def measure(clock, addresses, door, times, chance):
    """Return `{kind: sorted milliseconds}`, each kind asked `times` times, in an order by chance."""
    page, more, kinds = DOORS[door]
    order = [kind for kind in (*kinds, "unknown") for _time in range(times)]
    chance.shuffle(order)
    spent = {kind: [] for kind in (*kinds, "unknown")}
    for kind in ["unknown", *kinds] * 3 + order:  # the first are to warm up
        spent[kind].append(clock.milliseconds(page, chance.choice(addresses[kind]), more))
    return {kind: sorted(values[3:]) for kind, values in spent.items()}


def chance_of_longer(values, others):
    """Return how likely one of `values` is longer than one of `others` (both sorted; 0.5 is no difference), and the
    two-sided p of Mann and Whitney's test that they are the same.
    """
    wins = sum(bisect_left(others, value) + bisect_right(others, value) for value in values) / 2
    size, other = len(values), len(others)
    likely = wins / (size * other)
    spread = math.sqrt((size + other + 1) / (12 * size * other))
    return likely, math.erfc(abs(likely - 0.5) / spread / math.sqrt(2))


def compare(door, spent):
    """Print a line for each kind of known address; return True when none can be told from an unknown one."""
    same = True
    for kind, values in spent.items():
        if kind == "unknown":
            continue
        likely, p = chance_of_longer(values, spent["unknown"])
        told = abs(likely - 0.5) > MAY_DIFFER and p < 0.001
        same = same and not told
        print(
            f"{door}, {kind}: median {median(values):.1f} ms, unknown {median(spent['unknown']):.1f} ms; "
            f"longer in {likely:.0%} of pairs (p {p:.2g}): {'CAN BE TOLD' if told else 'no difference'}",
            flush=True,
        )
    return same


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("?")[0] + "?")
    parser.add_argument("--times", type=int, default=100, help="each kind of address at each door")
    parser.add_argument("--only", default="", help="one door: " + ", ".join(DOORS))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    return parser.parse_args(arguments)


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    chance, same = random.Random(options.seed), True  # noqa: S311 - an order, no secret
    with fresh_workspace() as workspace:
        workspace.manage("collectstatic", "--no-input", "--verbosity=0")
        handler, addresses, _log = inprocess.start(workspace, people)
        clock = Clock(handler, workspace.port)
        for door in [door for door in DOORS if options.only in door]:
            same = compare(door, measure(clock, addresses, door, options.times, chance)) and same
    print(f"{date.today().isoformat()}, seed {options.seed}, {options.times} of each. {'PASSED' if same else 'FAILED'}")
    return 0 if same else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CommandFailed as problem:
        sys.exit(f"The timing stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
