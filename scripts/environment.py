"""Makes .venv with the pinned, hash-checked dependencies; does nothing where it fits requirements.lock already.

Standard library only: it runs before anything is installed.
"""

import contextlib
import fcntl
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "requirements.lock"  # a copy of the lock that was installed to the end

DISK_FULL = "The disk is full: make room (the demo needs 700 MB in all), then start again."
REASONS = [
    (r"No space left on device|Errno 28|Disk quota exceeded|database or disk is full", DISK_FULL),
    (
        r"NewConnectionError|NameResolutionError|name resolution|ConnectTimeout|ReadTimeout|ProxyError|SSLError"
        r"|Connection refused|Network is unreachable",
        "pip can't reach its package index: check the network (or pip's own settings), then start again.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A package that pip got differs from requirements.lock, so nothing was installed. Is its index to be trusted?",
    ),
]


class Refused(Exception):
    """What stops us and what to do about it, in the one line that a person sees."""


def why(output):
    """Return in one line why a program failed, from all that it printed."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    if any(shutil.disk_usage(folder).free < 5_000_000 for folder in (ROOT, tempfile.gettempdir())):
        return DISK_FULL
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))]
    return (errors or lines or ["it said nothing"])[-1]


def run(task, command, **options):
    """Run `command`; raise Refused with the reason in one line when it fails, its whole output in var/failed.log."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode:
        with contextlib.suppress(OSError):
            (VAR / "failed.log").write_text(done.stdout)
        reason = why(done.stdout)
        raise Refused(reason if reason == DISK_FULL else f"{task} failed. {reason} (All of it: var/failed.log)")
    return done.stdout


@contextlib.contextmanager
def alone(name):
    """Let one process at a time pass; a second one waits."""
    VAR.mkdir(exist_ok=True)
    with (VAR / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_made():
    try:
        if STAMP.read_bytes() != LOCK.read_bytes():
            return False
        # A newer Python on the machine leaves a .venv that starts and finds nothing.
        return subprocess.run([PYTHON, "-c", "import django"], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_environment():
    with alone("environment.lock"):
        if is_made():
            return
        try:
            import ensurepip  # noqa: F401 - Debian has it in a package of its own
            import venv  # noqa: F401
        except ImportError as error:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise Refused(f"Python's venv is missing: apt install python3-venv (or python{version}-venv).") from error
        print("Installing what the site is made with (a minute or so, only now) ...", flush=True)
        STAMP.unlink(missing_ok=True)
        run("Making .venv", [sys.executable, "-m", "venv", "--clear", VENV])
        # Wheels only: building from source would run code that no hash covers.
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        run("Installing", [*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCK])
        shutil.copyfile(LOCK, STAMP)


def tell(act):
    """Call `act`; what can go wrong ends as one line and exit status 1, a stop as its usual status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        act()
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        text = str(error)
        sys.exit(DISK_FULL if why(text) == DISK_FULL else f"This can't be done here: {text}")


if __name__ == "__main__":
    tell(make_environment)
