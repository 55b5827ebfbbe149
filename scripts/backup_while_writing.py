"""Is everything in a backup that was acknowledged before it began? Clients write (autosave, save, finish a step) while
`manage.py backup` runs; each backup is put back into a database of its own and compared with what was acknowledged.

Somebody is erased after each backup: nobody of them may be in what is put back. Exit status 1 on any loss.
docs/reliability.md holds the results.
"""

import argparse
import copy
import json
import os
import secrets
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from bench import postgres
from bench.client import Broken, NotSignedIn, sign_in_all
from bench.postgres import NoPostgres
from bench.processes import stop_on_signals
from bench.screens import find_site
from bench.server import Server, ServerDied
from bench.workspace import PASSWORD, CommandFailed, Workspace, fresh_workspace
from bench.writers import Ledger, Writer

WRITERS = 6  # people; each writes from two clients at a time
BETWEEN = 80  # writes between two backups


class LoggedSpace(Workspace):
    """A site whose log of erasures outlives its database, as that of a real one does."""

    def environment(self, *, demo=False):
        folders = {name: str(self.folder / name) for name in ("EXPORTS_DIR", "ERASURES_LOG")}
        return super().environment(demo=demo) | folders


class WritesStopped(Exception):
    """The clients could not go on, so nothing can be said."""


def read_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("?")[0] + "?")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that this script starts itself")
    parser.add_argument("--backups", type=int, default=5)
    options = parser.parse_args(arguments)
    options.database_url = "" if options.postgres else os.environ.get("BENCH_DATABASE_URL", "")
    return options


def main(arguments):
    stop_on_signals()
    options = read_options(arguments)
    with fresh_workspace(options.database_url, own_postgres=options.postgres) as plain:
        workspace = LoggedSpace(plain.folder, plain.database_url, plain.database, plain.cluster)
        workspace.fill(WRITERS + options.backups + 10, 2)
        emails = [f"p{number:06}@voorbeeld.test" for number in range(1, WRITERS + options.backups + 1)]
        ledger = Ledger(10**9)
        with Server(workspace) as server:
            writers = start_writers(server, workspace, emails[:WRITERS], ledger)
            taken = [take(workspace, ledger, number, emails[WRITERS + number]) for number in range(options.backups)]
            ledger.wanted = 0
            for writer in writers:
                writer.join(120)
        if ledger.problems:
            raise WritesStopped("\n".join(ledger.problems))
        results = [put_back(workspace, options, ledger, backup) for backup in taken]
    return tell(workspace.database, ledger, taken, results)


def start_writers(server, workspace, emails, ledger):
    people = sign_in_all(server.port, emails, PASSWORD)
    workspace.inside("forget", json.dumps(emails))
    steps = find_site(people[0]).steps
    writers = [Writer(person, steps[half::2], ledger) for person in people for half in (0, 1)]
    for writer in writers:
        writer.start()
    return writers


def take(workspace, ledger, number, leaver):
    """Back up once some more was written, and erase `leaver` after it; return what was promised before it began."""
    wait_for(lambda: ledger.acknowledged >= (number + 1) * BETWEEN, ledger)
    [uuid] = json.loads(workspace.inside("uuids_of", json.dumps([leaver])))
    before = ledger.acknowledged
    with ledger.lock:
        promised = copy.deepcopy(ledger.as_given())
    folder = workspace.folder / f"backup-{number}"
    started = time.monotonic()
    workspace.manage("backup", str(folder))
    seconds = time.monotonic() - started
    during = ledger.acknowledged - before
    workspace.manage("erase_person", uuid, "--no-input")
    return {"folder": folder, "promised": promised, "leaver": leaver, "before": before, "during": during} | {
        "seconds": seconds
    }


def wait_for(true, ledger, seconds=300):
    until = time.monotonic() + seconds
    while not true():
        if ledger.problems or time.monotonic() > until:
            raise WritesStopped("\n".join(ledger.problems) or "The clients did not come to an end.")
        time.sleep(0.002)


def put_back(workspace, options, ledger, backup):
    """Put one backup back into a new database; return what is lost of what was promised, and who came back erased."""
    asked = {(one["person"], one["prompt"]): one["asked"] for one in ledger.as_given()["words"]}
    promised = backup["promised"]
    for one in promised["words"]:  # those that were under way may be in it
        one["asked"] = asked[one["person"], one["prompt"]]
    with ExitStack() as stack:
        other = LoggedSpace(workspace.folder, new_database(stack, workspace, options), workspace.database)
        other.keys = workspace.keys
        other.manage("restore", str(backup["folder"]))
        found = json.loads(other.inside("compare", json.dumps(promised)))
        [came_back] = json.loads(other.inside("uuids_of", json.dumps([backup["leaver"]])))
        other.manage("check_progress")
        control = planted_loss_is_found(other, promised)
    return found | {"came_back": came_back, "control": control}


def new_database(stack, workspace, options):
    if workspace.database == "SQLite":
        path = Path(workspace.folder) / f"again-{secrets.token_hex(4)}.sqlite3"
        stack.callback(path.unlink, missing_ok=True)
        return f"sqlite:///{path}"
    url = workspace.cluster.url if workspace.cluster else options.database_url
    return stack.enter_context(postgres.new_database(url, f"again_{secrets.token_hex(4)}"))


def planted_loss_is_found(other, promised):
    """True when a promise that was never made comes out as a loss: the comparison can fail."""
    given = copy.deepcopy(promised)
    given["words"][0]["promised"] += 1_000
    return len(json.loads(other.inside("compare", json.dumps(given)))["lost"]) == 1


def tell(database, ledger, taken, results):
    """Print what was found; return the exit status."""
    lost = [line for result in results for line in result["lost"]]
    doubled = [line for result in results for line in result["doubled"]]
    came_back = [result["came_back"] for result in results if result["came_back"]]
    control = all(result["control"] for result in results)
    clean = not (lost or doubled or came_back) and control and all(backup["during"] for backup in taken)
    for line in [*lost[:20], *doubled[:20]]:
        print(line)
    before, during = (", ".join(str(backup[when]) for backup in taken) for when in ("before", "during"))
    seconds = ", ".join(f"{backup['seconds']:.1f}" for backup in taken)
    answers, steps = (sum(result[kind] for result in results) for kind in ("answers", "steps"))
    print(
        f"{date.today().isoformat()}, {database}: {len(taken)} backups while {2 * WRITERS} clients of {WRITERS} people "
        f"wrote ({ledger.acknowledged} writes acknowledged; {before} before each backup, {during} while it ran, which "
        f"took {seconds} s). Put back and compared {answers} answers and {steps} steps: {len(lost)} lost, "
        f"{len(doubled)} doubled; {len(came_back)} of {len(taken)} people erased since came back. "
        f"Planted loss: {'found' if control else 'NOT FOUND'}. {'PASSED' if clean else 'FAILED'}"
    )
    return 0 if clean else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (NoPostgres, CommandFailed, ServerDied, NotSignedIn, Broken, WritesStopped) as problem:
        sys.exit(f"The trial stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
