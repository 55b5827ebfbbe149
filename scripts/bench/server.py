"""The site's own server (granian) as `make serve` starts it, and what its processes cost."""

import contextlib
import os
import signal
import subprocess
import sys
import time

from bench.client import SIGN_IN, Broken, Connection, Visitor
from bench.processes import command_of, cpu_seconds, family_of, memory_mb
from bench.workspace import PYTHON, ROOT


class ServerDied(Exception):
    """The server did not start or ended by itself; the message holds the end of its log."""


class Server:
    """granian with two workers on a Workspace; a context manager that stops what it started and nothing else."""

    def __init__(self, workspace, *, demo=False, workers=2):
        self.workspace, self.demo, self.workers = workspace, demo, workers
        self.port, self.process = workspace.port, None
        self.log = workspace.folder / "server.log"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, *exception):
        ended = self.process.poll() if self.process else None
        self.stop()
        if ended is not None:
            print(f"The server had ended by itself, with status {ended}.", file=sys.stderr)
        if kind not in (None, KeyboardInterrupt, SystemExit):
            print(f"The server's log ends with:\n{self.log.read_text()[-3000:]}", file=sys.stderr)

    def start(self):
        """Start the server and return when every worker answers."""
        # fmt: off
        command = [
            str(PYTHON), "-m", "config.server", "config.wsgi:application", "--interface", "wsgi", "--no-ws",
            "--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers),
            "--blocking-threads", "1", "--log-level", "warning",
        ]
        # fmt: on
        environment = self.workspace.environment(demo=self.demo)
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self, seconds=60):
        until, visitor = time.monotonic() + seconds, Visitor(self.port)
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(Broken):
                answer = Connection(self.port, timeout=10).exchange(visitor.request("GET", SIGN_IN))
                if answer.status == 200 and len(self.worker_pids()) == self.workers:
                    return
            time.sleep(0.05)
        raise ServerDied(f"The server did not start.\n{self.log.read_text()[-2000:]}")

    def family(self):
        """Return the process ids of the master and everything below it."""
        return family_of(self.process.pid)

    def worker_pids(self):
        """Return the processes that answer: granian's children, but for Python's own helper beside them."""
        return [pid for pid in self.family()[1:] if "resource_tracker" not in command_of(pid)]

    def cpu_seconds(self):
        return cpu_seconds(self.family())

    def memory(self):
        """Return `(workers, everything)`: the proportional set size of the workers, and with the master, in MB."""
        workers = set(self.worker_pids())
        sizes = {pid: memory_mb(pid) for pid in self.family()}
        return sum(size for pid, size in sizes.items() if pid in workers), sum(sizes.values())

    def kill(self):
        """kill -9 the workers and the master, in one go; return how many processes that were."""
        family = self.family()
        for pid in [*family[1:], family[0]]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        return len(family)

    def stop(self):
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.terminate()
            self.process.wait(timeout=15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its own session: only what it started itself
        self.process.wait()
