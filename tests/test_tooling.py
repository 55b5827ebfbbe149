"""The files around the code keep their promises: what git keeps, what is installed, what a wrong setting says."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import demo  # noqa: E402 - a script, found through the line above
import environment  # noqa: E402
import messages  # noqa: E402


# ── What git keeps ─────────────────────────────────────────────────────────────
def is_ignored(path, *, tree):
    """Return whether git ignores `path` by our .gitignore, asked in an empty `tree`: our own may be no checkout."""
    if not (tree / ".git").exists():
        subprocess.run(["/usr/bin/env", "git", "init", "--quiet", str(tree)], check=True)
        (tree / ".gitignore").write_text((ROOT / ".gitignore").read_text())
    status = subprocess.run(["/usr/bin/env", "git", "check-ignore", "--quiet", path], cwd=tree).returncode
    assert status in (0, 1)
    return status == 0


@pytest.mark.parametrize("path", ["media/models.py", "media/views/serve.py", "training/demo/media/film.mp4", ".ci/run"])
def test_git_keeps_our_files(path, tmp_path):
    assert not is_ignored(path, tree=tmp_path)


@pytest.mark.parametrize(
    "path", [".venv/bin/python", "var/demo.env", "var/uploads/foto.jpg", "media/__pycache__/a.pyc"]
)
def test_git_leaves_out_what_a_checkout_makes(path, tmp_path):
    assert is_ignored(path, tree=tmp_path)


# ── What is installed ──────────────────────────────────────────────────────────
def pins():
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip()]


def test_every_dependency_is_pinned_with_a_hash():
    assert len(pins()) > 50
    hashed = re.compile(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+ .*--hash=sha256:[0-9a-f]{64}")
    assert [pin for pin in pins() if not hashed.match(pin)] == []


def test_the_lock_names_no_index():
    assert (
        re.findall(r"https?://|file:|--(?:extra-)?index|--find-links", (ROOT / "requirements.lock").read_text()) == []
    )


def test_the_lock_has_every_dependency_that_is_asked_for():
    asked = re.findall(r'^  "([\w-]+)(?:\[\w+\])?>=', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    locked = {re.split(r"[=\[ ]", pin)[0].lower() for pin in pins()}
    assert len(asked) > 15
    assert set(asked) - locked == set()


# ── The demo's keys ────────────────────────────────────────────────────────────
@pytest.fixture
def demo_folder(tmp_path, monkeypatch):
    for name in ("VAR", "KEYS"):
        monkeypatch.setattr(demo, name, tmp_path if name == "VAR" else tmp_path / "demo.env")
    return tmp_path


def test_the_demos_keys_are_for_their_owner_only(demo_folder):
    old_mask = os.umask(0)
    try:
        demo.demo_settings(8000)
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE((demo_folder / "demo.env").stat().st_mode) == 0o600


def test_keys_that_others_could_read_are_closed_again(demo_folder):
    demo.demo_settings(8000)
    (demo_folder / "demo.env").chmod(0o644)
    demo.demo_settings(8000)
    assert stat.S_IMODE((demo_folder / "demo.env").stat().st_mode) == 0o600


def test_the_demos_keys_stay_and_its_address_follows_the_port(demo_folder):
    first, second = demo.demo_settings(8000), demo.demo_settings(9000)
    assert first["SITE_URL"] == "http://localhost:8000"
    assert second == first | {"SITE_URL": "http://localhost:9000"}
    assert demo.read_keys() == second


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "²"])
def test_a_port_that_is_none_is_refused_by_name(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(environment.Refused, match=re.escape(f"PORT={port} ")):
        demo.chosen_port()


@pytest.mark.parametrize(
    "said", ["OSError: [Errno 28] No space left on device", "OperationalError: database or disk is full"]
)
def test_a_full_disk_is_told_as_that(said):
    assert environment.why(f"Traceback (most recent call last):\n  File ...\n{said}\n") == environment.DISK_FULL


# ── What a wrong setting says ──────────────────────────────────────────────────
def manage(*command, **changes):
    """Run manage.py in a fresh process with good settings but for `changes` (None: not set at all)."""
    values = {
        "SECRET_KEY": "for-tests-only-for-tests-only-for-tests-only-for-tests",
        "ANSWER_KEYS": "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgb24=",
        "ALLOWED_HOSTS": "leren.example.nl",
        "SITE_URL": "https://leren.example.nl",
        "DATABASE_URL": f"sqlite:///{ROOT}/var/none.sqlite3",
        "EMAIL_URL": "smtp://mail.example.nl:25",
        "PATH": os.environ["PATH"],
    } | changes
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_good_settings_pass():
    assert manage("diffsettings").returncode == 0


NEEDED = ["SECRET_KEY", "ANSWER_KEYS", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_URL"]


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_setting_is_named_in_one_line(name):
    done = manage("check", **{name: None})
    assert done.returncode == 1
    assert re.fullmatch(rf"The site can't start: {name} is missing\. Expected: .+\.\n", done.stderr)


def test_a_setting_that_is_empty_is_missing():
    assert manage("check", SECRET_KEY="").stderr == manage("check", SECRET_KEY=None).stderr
    assert manage("diffsettings", DEBUG="", CACHE_URL="").returncode == 0


@pytest.mark.parametrize("name", [*NEEDED, "CACHE_URL", "DEBUG", "DEMO", "BEHIND_PROXY"])
def test_a_setting_that_makes_no_sense_is_named_in_one_line(name):
    done = manage("check", **{name: "nonsense://x" if name.endswith("_URL") else "maybe?"})
    assert done.returncode == 1
    assert re.fullmatch(rf"The site can't start: {name} can't be read\. Expected: .+\.\n", done.stderr)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (env.secret, "short"),
        (env.secret, "a" * 60),
        (env.fernet_keys, ","),
        (env.fernet_keys, "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgb24=,nonsense"),
        (env.host_names, " , "),
        (env.host_names, "*"),
        (env.host_names, "https://leren.example.nl"),
        (env.host_names, "leren.example.nl:8000"),
        (env.web_address, "leren.example.nl"),
        (env.web_address, "ftp://leren.example.nl"),
        (env.web_address, "https://"),
        (env.web_address, "https://leren.example.nl/pad"),
        (env.web_address, "https://leren.example.nl:poort"),
        (env.web_address, "https://leren example.nl"),
        (env.web_address, "https://user@leren.example.nl"),
        (env.database, "nonsense"),
        (env.database, "mysql://user:password@host/name"),
        (env.database, "postgres://user:password@host"),
        (env.database, "postgres://user:password@host/"),
        (env.database, "postgres://user:password@host:poort/name"),
        (env.database, "sqlite://:memory:"),
        (env.database, "sqlite://"),
        (env.database, "sqlite://var/site.sqlite3"),
        (env.database, "sqlite:////no/such/folder/site.sqlite3"),
    ],
)
def test_a_value_that_would_fail_later_is_refused_now(read, value, monkeypatch):
    monkeypatch.setenv("IT", value)
    with pytest.raises(ImproperlyConfigured, match=r"^IT can't be read\. Expected: so and so\.$"):
        env.Settings().read("IT", "so and so", read)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (
            env.host_names,
            "leren.example.nl, .example.nl,127.0.0.1,[::1]",
            ["leren.example.nl", ".example.nl", "127.0.0.1", "[::1]"],
        ),
        (env.web_address, "https://leren.example.nl/", "https://leren.example.nl"),
        (env.web_address, "http://localhost:8000", "http://localhost:8000"),
        (env.web_address, "http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_good_values_are_read(read, value, expected):
    assert read(value) == expected


@pytest.mark.parametrize("value", ["postgres://user:pass%40word@db.example.nl:5433/site", "postgresql:///site"])
def test_addresses_of_postgresql_are_read(value):
    assert env.database(value)["NAME"] == "site"


def test_a_sqlite_file_may_lie_in_a_folder_with_a_space(tmp_path):
    (tmp_path / "my site").mkdir()
    assert env.database(f"sqlite:///{tmp_path}/my site/a.sqlite3")["NAME"] == f"{tmp_path}/my site/a.sqlite3"


# ── Translations ───────────────────────────────────────────────────────────────
def test_it_finds_the_texts_in_code_and_templates():
    code = """
a = _("One" " text")
b = ngettext_lazy("%(n)d step", "%(n)d steps", "n")
c = pgettext("month", "May")
_(made)
"""
    template = """
{% load i18n %}{% translate "Two" %}{{ _("Three") }}
{% blocktranslate count n=n trimmed %}
one {% plural %} many
{% endblocktranslate %}
"""
    assert list(messages.texts_in_code(code)) == [
        ("_", ["One text"]),
        ("ngettext_lazy", ["%(n)d step", "%(n)d steps", "n"]),
        ("pgettext", ["month", "May"]),
        ("_", []),
    ]
    assert [texts for _name, texts in messages.texts_in_template(template)] == [["Two"], ["Three"], ["one", "many"]]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (polib.POEntry(msgid="Hello %(name)s", msgstr="Dag %(name)s"), False),
        (polib.POEntry(msgid="Hello %(name)s", msgstr="Dag"), True),
        (polib.POEntry(msgid="Hello %(name)s", msgstr="Dag %(naam)s"), True),
        (polib.POEntry(msgid="one", msgid_plural="%d steps", msgstr_plural={0: "een", 1: "%d stappen"}), False),
        (polib.POEntry(msgid="%d step", msgid_plural="%d steps", msgstr_plural={0: "%s", 1: "%d"}), True),
    ],
)
def test_it_sees_a_value_that_a_translation_lost_or_invented(entry, wrong):
    assert messages.wrong_placeholders(entry) is wrong


def test_every_text_is_translated_and_compiled():
    assert list(messages.problems()) == []
