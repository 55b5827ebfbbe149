"""Does anything get lost or doubled when the server is killed? Clients write (autosave, save, finish a step) while
kill -9 ends all workers and the master at random moments; then the database is compared with what was acknowledged.

Exit status 1 on any loss. docs/reliability.md holds the results.
"""

import argparse
import copy
import json
import os
import random
import sys
import time
from datetime import date

from bench.client import Broken, NotSignedIn, sign_in_all
from bench.postgres import NoPostgres
from bench.processes import stop_on_signals
from bench.screens import find_site
from bench.server import Server, ServerDied
from bench.workspace import PASSWORD, CommandFailed, fresh_workspace
from bench.writers import Ledger, Writer

LONGEST = 900  # seconds for all writes


class WritesStopped(Exception):
    """The clients could not go on, so nothing can be said about losses."""


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that this script starts itself")
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--people", type=int, default=8, help="each writes from two clients at a time")
    parser.add_argument("--seed", type=int, default=None, help="the moments of a run before")
    options = parser.parse_args(arguments)
    options.seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10_000)
    options.database_url = "" if options.postgres else os.environ.get("BENCH_DATABASE_URL", "")
    return options


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    with fresh_workspace(options.database_url, own_postgres=options.postgres) as workspace:
        workspace.fill(max(30, options.people), 2)
        ledger = Ledger(options.writes)
        emails = [f"p{number:06}@voorbeeld.test" for number in range(1, options.people + 1)]
        with Server(workspace) as server:
            killed = write_and_kill(workspace, server, emails, ledger, options)
        found = json.loads(workspace.inside("compare", json.dumps(ledger.as_given())))
        check = check_progress(workspace)
        control = planted_losses_are_found(workspace, ledger)
    return tell(options, workspace.database, ledger, killed, found, check, control)


def write_and_kill(workspace, server, emails, ledger, options):
    """Let every person write from two clients, and kill the server meanwhile; return how many processes were killed."""
    people = sign_in_all(server.port, emails, PASSWORD)
    workspace.inside("forget", json.dumps(emails))
    steps = find_site(people[0]).steps
    writers = [Writer(person, steps[half::2], ledger) for person in people for half in (0, 1)]
    for writer in writers:
        writer.start()
    killed = kill_at_random(server, ledger, options)
    wait_for(lambda: ledger.is_full and not any(writer.is_alive() for writer in writers))
    if ledger.problems:
        raise WritesStopped("\n".join(ledger.problems))
    return killed


def kill_at_random(server, ledger, options):
    chance, killed = random.Random(options.seed), 0  # noqa: S311 - moments, not secrets
    moments = sorted(chance.sample(range(options.writes // 20, options.writes * 19 // 20), options.kills))
    for moment in moments:
        wait_for(lambda moment=moment: ledger.acknowledged >= moment or ledger.problems)
        time.sleep(chance.random() / 20)  # not always just after an answer
        killed += server.kill()
        time.sleep(chance.random() / 2)
        server.start()
    return killed


def wait_for(true, seconds=LONGEST):
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise WritesStopped("The clients did not come to an end.")
        time.sleep(0.002)


def check_progress(workspace):
    """Return `(clean, what it said)`."""
    try:
        return True, workspace.manage("check_progress").strip()
    except CommandFailed as difference:
        return False, str(difference)


def planted_losses_are_found(workspace, ledger):
    """True when a promise that was never made comes out as a loss, for a step as for words: the comparison can fail."""
    given = copy.deepcopy(ledger.as_given())
    given["finished"].append([given["people"][0], "no-such-module", "no-such-step"])
    given["words"][0]["promised"] += 1_000
    given["words"][1]["asked"] -= 1
    found = json.loads(workspace.inside("compare", json.dumps(given)))
    return len(found["lost"]) >= 2 and len(found["doubled"]) >= 1


def tell(options, database, ledger, killed, found, check, control):
    """Print what was found; return the exit status."""
    clean = not found["lost"] and not found["doubled"] and check[0] and control
    for line in [*found["lost"][:20], *found["doubled"][:20]]:
        print(line)
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(ledger.kinds.items()))
    again = ", ".join(f"{number} {why}" for why, number in sorted(ledger.again.items())) or "none"
    print(
        f"{date.today().isoformat()}, {database}, seed {options.seed}: {ledger.acknowledged} writes acknowledged "
        f"({kinds}) to {2 * options.people} clients of {options.people} people; {options.kills} times kill -9 "
        f"({killed} processes); sent and not acknowledged, so sent again: {again}. "
        f"Compared {found['steps']} steps and {found['answers']} answers: "
        f"{len(found['lost'])} lost, {len(found['doubled'])} doubled. check_progress: {check[1]} "
        f"Planted losses: {'found' if control else 'NOT FOUND'}. {'PASSED' if clean else 'FAILED'}"
    )
    return 0 if clean else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (NoPostgres, CommandFailed, ServerDied, NotSignedIn, Broken, WritesStopped) as problem:
        sys.exit(f"The kill test stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
