"""The demo: installs, makes its keys, fills its database and serves, each only where it was not done before.

`--reset` throws its data away. Standard library only: it runs before anything is installed.
"""

import base64
import contextlib
import ctypes
import errno
import fcntl
import hashlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time

from environment import PYTHON, ROOT, VAR, Refused, alone, make_environment, run, tell

KEYS = VAR / "demo.env"
DATABASE = VAR / "demo.sqlite3"
UPLOADS = VAR / "demo.uploads"
PREPARED = VAR / "demo.prepared"
STATIC = VAR / "static"
CODE = ["manage.py", "requirements.lock", "site", "training", "stories", "media", "templates", "locale"]

SAY_ACCOUNTS = """
import sys
sys.path.insert(0, "site")
from django.conf import settings
settings.configure(USE_I18N=False)
from accounts.demo import ACCOUNTS, PASSWORD
print(f"Sign in with the password {PASSWORD} as:")
for account in ACCOUNTS:
    print(f"  {account.email:<24} {account.name}, {account.about}")
"""


# ── Where and with what ────────────────────────────────────────────────────────
def chosen_port():
    """Return the port that PORT asks for; raise Refused when it can't be had."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refused(f"PORT={text} is not a port: choose a number from 1024 to 65535, as PORT=9000 make demo.")
    port = int(text)
    # localhost is both of these addresses, and a browser may ask either one.
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = 9000 if port != 9000 else 9001
                raise Refused(f"Port {port} is in use. Stop what uses it, or: PORT={other} make demo") from error
            if error.errno == errno.EACCES:
                raise Refused(f"Port {port} is for root only. Choose a higher one: PORT=9000 make demo") from error
    return port


def read_keys():
    """Return the settings in var/demo.env, or none where there is no such file."""
    if not KEYS.exists():
        return {}
    lines = KEYS.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def write_keys(values):
    """Write var/demo.env, for its owner's eyes only, whole or not at all."""
    draft = KEYS.with_suffix(".env.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("# Made by `make demo`. The keys stay; the other lines follow this folder and the last port.\n")
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    draft.replace(KEYS)


def demo_settings(port):
    """Return the demo's settings, with the keys that it has or else new ones, and keep them in var/demo.env."""
    VAR.mkdir(exist_ok=True)
    kept = read_keys()
    values = {
        "SECRET_KEY": kept.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "ANSWER_KEYS": kept.get("ANSWER_KEYS") or base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "DEMO": "on",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "UPLOADS_DIR": str(UPLOADS),
        "EMAIL_URL": "consolemail://",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
    }
    if kept != values:
        write_keys(values)
    KEYS.chmod(0o600)
    return values


def environment_with(values):
    """Return this process's environment without settings of another site, with the demo's."""
    others = {"CACHE_URL", "BEHIND_PROXY", "DEBUG", "MAIL_FROM", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in others}
    return {**kept, **values, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}


# ── Filling the database, once ─────────────────────────────────────────────────
def source_state(values):
    """Return a digest of all that the database and the static files are made from."""
    digest = hashlib.sha256(values["SITE_URL"].encode())
    for name in CODE:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"\n{path.relative_to(ROOT)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def made_state():
    """Return a digest of what was made, or None when part of it is gone or can't be read."""
    try:
        manifest = (STATIC / "staticfiles.json").read_bytes()
        files = [DATABASE.stat(), UPLOADS.stat()]
        with contextlib.closing(sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)) as database:
            migrations = database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    except (OSError, sqlite3.Error):
        return None
    found = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()}
    places = [(file.st_dev, file.st_ino) for file in files]
    return hashlib.sha256(repr((manifest, sorted(found), places, migrations)).encode()).hexdigest()


def prepare(values):
    """Migrate, gather the static files and load the demo, unless the last time fits to the letter."""
    with alone("demo.preparing"):
        source = source_state(values)
        if PREPARED.exists() and PREPARED.read_text() == f"{source} {made_state()}":
            return
        print("Making the demo's database and content ...", flush=True)
        PREPARED.unlink(missing_ok=True)
        UPLOADS.mkdir(exist_ok=True)
        for task, *command in (
            ("Migrating", "migrate", "--no-input"),
            ("Gathering the static files", "collectstatic", "--no-input"),
            ("Loading the demo", "load_demo"),
        ):
            run(task, [PYTHON, "manage.py", *command, "--verbosity=0"], env=environment_with(values))
        PREPARED.write_text(f"{source} {made_state()}")


# ── Serving ────────────────────────────────────────────────────────────────────
def start_server(port, values):
    # fmt: off
    command = [
        PYTHON, "-m", "config.server", "config.wsgi:application", "--interface", "wsgi", "--no-ws",
        "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "1",
        "--workers-kill-timeout", "5", "--log-level", "warning",
    ]
    # fmt: on
    return start(command, values)


def start_mail_worker(values):
    """Start what sends the mails: in the demo it puts them in the post box on the site."""
    return start([PYTHON, "manage.py", "mail_worker"], values)


def start(command, values):
    # In a session of its own: Ctrl-C and a closed terminal reach this script alone, which then stops it in order.
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment_with(values) | {"PYTHONPATH": str(ROOT / "site")},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=stop_with_parent,
    )


def stop_with_parent():
    """Ask Linux to stop a program of ours when this script is killed without a chance to do it itself."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def wait_for_first_page(server, port, seconds=60):
    """Return when the front page is served; raise Refused when it is not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
            connection.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        if status != 200:
            raise Refused(f"The front page answers with status {status}; what went wrong is printed above.")
        return
    raise Refused("The server did not start; what went wrong is printed above.")


def wait_for_an_end(programs, seconds=0.5):
    """Return the name of the first of `programs`, {name: process}, that stops by itself."""
    while True:
        for name, process in programs.items():
            if process.poll() is not None:
                return name
        time.sleep(seconds)


def stop(*processes):
    """Stop the programs and what they started; return when none is left."""
    with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=10)
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def demo():
    port = chosen_port()
    make_environment()
    values = demo_settings(port)
    with (VAR / "demo.running").open("w") as running:
        fcntl.flock(running, fcntl.LOCK_SH)
        prepare(values)
        accounts = run("Reading the demo's accounts", [PYTHON, "-c", SAY_ACCOUNTS])
        programs = {"server": start_server(port, values)}
        try:
            wait_for_first_page(programs["server"], port)
            programs["mail worker"] = start_mail_worker(values)
            print(f"\nThe demo is on {values['SITE_URL']}\n\n{accounts}", flush=True)
            print(f"Its mails are read on {values['SITE_URL']}/voorbeeld/post/\nCtrl-C stops it.", flush=True)
            ended = wait_for_an_end(programs)
            raise Refused(f"The {ended} stopped by itself; what went wrong is printed above.")
        except KeyboardInterrupt:
            print("\nThe demo has stopped; `make demo` goes on where you were.")
        finally:
            stop(*programs.values())


def reset():
    VAR.mkdir(exist_ok=True)
    with (VAR / "demo.running").open("w") as running:
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("The demo is running: stop it first (Ctrl-C where it runs), then make demo-reset.") from error
        for path in VAR.glob("demo.*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    print("The demo's data is gone; `make demo` starts over.")


if __name__ == "__main__":
    tell(reset if sys.argv[1:] == ["--reset"] else demo)
