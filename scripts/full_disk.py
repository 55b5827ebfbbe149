"""What happens when the disk is full? The site runs on a small file system that this script fills while people write:
pages have to be read on, writes to be refused in words with all that was typed, and nothing that was acknowledged may
be lost once there is room again.

Needs root, to mount a file system of its own (a tmpfs with a limit, in a temporary folder; unmounted at the end). Exit
status 1 when anything does not hold. docs/reliability.md holds the results.
"""

import argparse
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from bench.client import Broken, Connection, NotSignedIn, Visitor, sign_in_all
from bench.processes import stop_on_signals
from bench.screens import find_site
from bench.server import Server, ServerDied
from bench.workspace import PASSWORD, CommandFailed, Workspace
from bench.writers import Ledger, Writer

TEXT = "Ik dacht dat het bewaard was, en het was niet bewaard."
STAFF = ["coordinator@demo.test", "beheer@demo.test", "trainer@demo.test"]
PARTICIPANTS = 6
# What each may read; the steps of the participant are found on the way.
PAGES = {
    "visitor": ["/", "/verhalen/", "/account/inloggen/", "/probleem/", "/robots.txt"],
    "participant": ["/", "/mijn/", "/verhalen/", "/oefeningen/", "/account/", "/account/profiel/", "/mijn/gegevens/"],
    "staff": ["/", "/mijn/", "/verhalen/", "/account/", "/cms/"],
    "coordinator": ["/post/", "/probleem/post/", "/account/uitnodigingen/", "/cms/planning/groepen/"],
}


class NoMount(Exception):
    """A file system of its own can't be mounted here."""


class WritesStopped(Exception):
    """The clients could not go on, so nothing can be said."""


class SmallSpace(Workspace):
    """A site of which everything but the server's log lies on the small file system."""

    def environment(self, *, demo=False):
        more = {name: str(self.folder / name) for name in ("EXPORTS_DIR", "ERASURES_LOG", "TMPDIR")}
        (self.folder / "TMPDIR").mkdir(exist_ok=True)
        return super().environment(demo=demo) | more | {"REQUIRE_SECOND_FACTOR": "off"}


class Filler:
    """Takes all room that is left, and gives it back."""

    def __init__(self, folder):
        self.path, self.taken = folder / "filler", 0

    def fill(self):
        """Write until the file system takes no byte more."""
        with self.path.open("ab", buffering=0) as file:
            for size in (1_000_000, 4096, 1):
                with suppress(StopIteration):
                    while True:
                        self.taken += self._write(file, size)

    def _write(self, file, size):
        try:
            return file.write(b"\0" * size)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise StopIteration from None

    def give_back(self):
        self.path.unlink()


@contextmanager
def small_disk(megabytes):
    """Mount a tmpfs of that size and give its folder."""
    if os.geteuid():
        raise NoMount("This needs root, to mount a small file system.")
    folder = tempfile.mkdtemp(prefix="full-disk-")
    done = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "full-disk", folder],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        os.rmdir(folder)
        raise NoMount(done.stderr.strip())
    try:
        yield Path(folder)
    finally:
        subprocess.run(["/bin/umount", "--lazy", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments):
    stop_on_signals()
    parser = argparse.ArgumentParser(
        description=__doc__.split("Exit")[0], formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=48, help="how big the file system is")
    parser.add_argument("--times", type=int, default=3, help="how often it is filled")
    options = parser.parse_args(arguments)
    with small_disk(options.megabytes) as folder, tempfile.TemporaryDirectory(prefix="full-disk-log-") as logs:
        workspace = SmallSpace(folder, f"sqlite:///{folder}/site.sqlite3", "SQLite")
        workspace.fill(30, 2)
        server = Server(workspace)
        server.log = Path(logs) / "server.log"
        ledger = Ledger(10**9)
        with server:
            trial = Trial(workspace, server, ledger)
            for _time in range(options.times):
                trial.once()
            trial.end()
            log = server.log.read_text(errors="replace")
        found = json.loads(workspace.inside("compare", json.dumps(ledger.as_given())))
        progress = workspace.manage("check_progress").strip()
        whole = integrity(folder / "site.sqlite3")
    return tell(options, trial, ledger, found, progress, whole, log)


class Trial:
    """People who read and write while the disk fills up; `failed` holds what was not as it should."""

    def __init__(self, workspace, server, ledger):
        self.workspace, self.port, self.ledger = workspace, server.port, ledger
        emails = [f"p{number:06}@voorbeeld.test" for number in range(1, PARTICIPANTS + 1)]
        people = sign_in_all(self.port, emails, PASSWORD)
        self.staff = sign_in_all(self.port, STAFF, PASSWORD)
        workspace.inside("forget", json.dumps(emails))
        self.reader, self.steps = people[-1], find_site(people[-1]).steps
        self.writers = [Writer(person, self.steps[half::2], ledger) for person in people[:-1] for half in (0, 1)]
        self.filler, self.failed = Filler(workspace.folder), []
        self.read, self.refused, self.words_back = 0, 0, 0
        for writer in self.writers:
            writer.start()

    def once(self):
        """Fill the disk, look at everything, give the room back, and wait until all write on."""
        self.wait(self.ledger.acknowledged + 60)
        self.workspace.inside("look_away")  # the next page of a coordinator would write that she is there
        before = sum(self.ledger.again.values())
        self.filler.fill()
        self.wait_for(lambda: self.fill_again() or sum(self.ledger.again.values()) > before + 30)
        self.read_pages()
        self.try_writes()
        self.read_pages()
        self.filler.give_back()
        self.wait(self.ledger.acknowledged + 60)

    def fill_again(self):
        """What the site gave back to the disk (its log, written into its file) is taken as well."""
        self.filler.fill()
        time.sleep(0.01)

    def end(self):
        self.ledger.wanted = 0
        for writer in self.writers:
            writer.join(120)

    def wait(self, number):
        self.wait_for(lambda: self.ledger.acknowledged >= number)

    def wait_for(self, true, seconds=300):
        until = time.monotonic() + seconds
        while not true():
            if self.ledger.problems or time.monotonic() > until:
                raise WritesStopped("\n".join(self.ledger.problems) or "The clients did not go on.")
            time.sleep(0.005)

    # ── Reading ──
    def read_pages(self):
        module = self.steps[0].address.rsplit("/", 2)[0] + "/"
        own = [*PAGES["participant"], module, *(step.address for step in self.steps)]
        for visitor, pages in (
            (Visitor(self.port), PAGES["visitor"]),
            (self.reader, own),
            (self.staff[0], PAGES["staff"] + PAGES["coordinator"]),
            *((person, PAGES["staff"]) for person in self.staff[1:]),
        ):
            self.read_as(visitor, pages)

    def read_as(self, visitor, pages):
        connection = Connection(self.port)
        for page in pages:
            self.fill_again()
            answer = visitor.ask(connection, "GET", page, encodings="identity")
            self.read += 1
            if answer.status != 200:
                self.failed.append(f"{page} answers {answer.status} to {visitor.email or 'a visitor'}")
        connection.close()

    # ── Writing ──
    def try_writes(self):
        """What the reader sends has to come back as not saved, with the words, in the page or for the script."""
        connection = Connection(self.port)
        step = next(step for step in self.steps if any(field.kind == "textarea" for field in step.fields))
        prompt = next(field.name[2:38] for field in step.fields if field.kind == "textarea")
        form = step.form(f"save:{prompt}", TEXT)
        own = [
            ("display_name", TEXT[:50]),
            ("work", "care"),
            ("language", "nl"),
            ("theme", "device"),
            ("about_me", TEXT),
        ]
        report = [("kind", "wrong"), ("words", TEXT), ("path", "/"), ("token", "0" * 32)]
        for path, filled, accept in (
            (step.address, form, "text/html"),
            (f"{step.address}concept/", [("prompt", prompt), *form], "application/json"),
            ("/account/profiel/", own, "text/html"),
            ("/probleem/", report, "text/html"),
        ):
            self.reader.page(connection, path.removesuffix("concept/"))
            self.fill_again()
            answer = self.reader.ask(connection, "POST", path, filled, accept=accept, encodings="identity")
            self.judge(path, answer, accept)
        connection.close()

    def judge(self, path, answer, accept):
        if answer.status != 507:
            self.failed.append(f"a write to {path} answers {answer.status}: {answer.body[:200]!r}")
            return
        self.refused += 1
        if accept == "text/html" and TEXT[:50].encode() not in answer.body:
            self.failed.append(f"{path} does not give the words back")
        self.words_back += TEXT[:50].encode() in answer.body


def integrity(path):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("PRAGMA integrity_check")]


def tell(options, trial, ledger, found, progress, whole, log):
    """Print what was found; return the exit status."""
    clean = not (found["lost"] or found["doubled"] or trial.failed) and whole == ["ok"] and trial.refused
    for line in [*sorted(set(trial.failed))[:20], *found["lost"][:20], *found["doubled"][:20]]:
        print(line)
    again = ", ".join(f"{number} x {why}" for why, number in sorted(ledger.again.items()) if number) or "none"
    print(
        f"{date.today().isoformat()}, {trial.workspace.database} on a file system of {options.megabytes} MB, filled "
        f"{options.times} times while {len(trial.writers)} clients wrote: {ledger.acknowledged} writes acknowledged; "
        f"refused and sent again: {again}. While it was full: {trial.read} pages read, {trial.refused} writes refused "
        f"with 507, {trial.words_back} with the words that were typed, {len(trial.failed)} answers that were wrong. "
        f"Afterwards compared {found['steps']} steps and {found['answers']} answers: {len(found['lost'])} lost, "
        f"{len(found['doubled'])} doubled; integrity_check: {', '.join(whole[:3])}; check_progress: {progress} "
        f"{'PASSED' if clean else 'FAILED'}"
    )
    if not clean:
        print(log[-3000:])
    return 0 if clean else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (NoMount, CommandFailed, ServerDied, NotSignedIn, Broken, WritesStopped) as problem:
        sys.exit(f"The trial stopped: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
