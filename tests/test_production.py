"""The site as an organisation runs it: production settings in a process of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What docs/host.md asks for, and nothing more.
PRODUCTION = {
    "SECRET_KEY": "for-tests-only-gK4x2Vq9Zt7Lw3Yb8Nd5Rf6Hj1Pc0Sm-for-tests-only",
    "ANSWER_KEYS": "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgb24=",
    "ALLOWED_HOSTS": "leren.example.nl",
    "SITE_URL": "https://leren.example.nl",
    "EMAIL_URL": "smtp://127.0.0.1:9",
}


@pytest.fixture
def production(tmp_path):
    """Return `production(*arguments)`: manage.py on a fresh site, with what it printed and its status."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    place = {"DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3", "UPLOADS_DIR": str(tmp_path / "uploads")}

    def run(*arguments):
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, cwd=ROOT, env=clean | PRODUCTION | place, capture_output=True, text=True)

    return run


def test_the_check_before_a_release_finds_nothing(production):
    done = production("check", "--deploy", "--fail-level", "INFO")

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stdout + done.stderr


def test_what_is_on_by_default(production):
    asked = ("REQUIRE_SECOND_FACTOR", "OPEN_SIGNUP", "DEMO", "DEBUG", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    done = production("shell", "-c", f"from django.conf import settings as s; print([getattr(s, n) for n in {asked}])")

    assert done.stdout.strip().splitlines()[-1] == "[True, False, False, False, True, True]", done.stderr


def test_no_mail_says_that_it_is_not_to_be_answered():
    places = [ROOT / "site", ROOT / "stories", ROOT / "training", ROOT / "media", ROOT / "templates"]
    texts = [path for place in places for path in place.rglob("*") if path.suffix in (".py", ".html", ".txt")]

    found = [path.name for path in texts if re.search(r"\b(no|do-?not)-?reply\b", path.read_text(), re.IGNORECASE)]
    assert (len(texts) > 100, found) == (True, [])
