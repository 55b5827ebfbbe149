"""The ground under every test, and the cast: people whom every test knows by name.

Samira takes part, Daan has not begun. Noor is co-trainer, Marieke trainer and Ilse coordinator of their group. Roel
coordinates another group of the same training and must see nothing of theirs. The stranger has an account and no
training. Petra is administrator.
"""

import atexit
import contextlib
import gc
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def folder_of_this_run():
    """Make a folder in var/ that goes when the run ends: two runs at once do not share a database."""
    (ROOT / "var").mkdir(exist_ok=True)
    folder = tempfile.mkdtemp(prefix="pytest-", dir=ROOT / "var")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


# Before Django reads its settings. DJANGO_SETTINGS_MODULE stands here too: from pyproject.toml pytest-django would load
# the settings before this file has been read.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "for-tests-only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("ANSWER_KEYS", "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgb24=")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "http://localhost:8000")
# SQLite's test database is a file, one for each worker of xdist; workers take the folder from the environment.
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder_of_this_run()}/site.sqlite3"
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("DEMO", "off")

# Nearly all that tests make stays until the end: looking for rubbish among it at every 700 new things is a fifth of
# the time that migrating takes.
gc.set_threshold(200_000, 20, 100)

import django  # noqa: E402 - after the environment
import pytest  # noqa: E402

django.setup()  # here, as the conftest of a folder that is run alone is read before pytest-django does it

from tests.standing import begin, standing, value_of  # noqa: E402 - after django.setup()


def pytest_addoption(parser):
    parser.addoption("--of-the-database", action="store_true", help="only tests that ask the database something")


def pytest_collection_modifyitems(config, items):
    if config.getoption("of_the_database"):
        items[:] = [item for item in items if asks_the_database(item)]


def asks_the_database(item):
    asked = {"db", "transactional_db", "django_db_setup"} & {*item.fixturenames}
    return bool(asked or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """No test survives a power cut, so SQLite need not wait for the disk: migrating takes half the time. PostgreSQL
    copies a database that was migrated beforehand, where there is one.
    """
    from django.conf import settings

    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] += " PRAGMA synchronous=OFF;"
    elif "MIGRATED" in os.environ:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ["MIGRATED"]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings):
    """True as well where scripts/test.sh has migrated SQLite's file already: each worker begins with a copy of it."""
    from django.conf import settings
    from django.db import connection

    if django_db_keepdb or "MIGRATED" not in os.environ or connection.vendor != "sqlite":
        return django_db_keepdb
    shutil.copyfile(os.environ["MIGRATED"], settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """A folder of this run that all workers of xdist share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, run_folder):
    """The test database, with the pages that every site has: built once for all tests."""
    from django.test import TransactionTestCase

    from tests.beginning import keep_beginning
    from tests.factories.pages import build_site, find_site

    with django_db_blocker.unblock():
        if not find_site():  # with --reuse-db they may still stand
            keep_migrated(run_folder / "migrated.sqlite3")
            build_site()
        put_back = keep_beginning()
        TransactionTestCase._fixture_teardown = lambda test: put_back()


def keep_migrated(copy):
    """Keep the database as migrating left it: the browser's site (tests/e2e/server.py) begins with that."""
    from django.db import connection

    if connection.vendor == "sqlite" and not copy.exists():
        connection.ensure_connection()
        own = copy.with_name(f"{os.getpid()}.sqlite3")
        with contextlib.closing(sqlite3.connect(own)) as empty:
            connection.connection.backup(empty)
        own.rename(copy)


@pytest.fixture(scope="session")
def no_collected_files(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def plain_settings(settings, tmp_path, no_collected_files):
    """Fast passwords, no uploads outside the test's own folder, and static files that need no collectstatic."""
    from django.core.cache import cache

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.ERASURES_LOG = tmp_path / "erasures.log"
    settings.STATIC_ROOT = no_collected_files
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.VIEWS_WRITTEN_AFTER = None  # no thread of its own: tests/stories/test_views_counter.py writes by hand
    settings.REQUIRE_SECOND_FACTOR = False  # tests/accounts/test_second_step.py turns it on
    cache.clear()


@pytest.fixture(autouse=True)
def what_stands(request, plain_settings):
    """The rows of the test's cast, as tests/standing.py keeps them."""
    begin(request)


def pytest_fixture_setup(fixturedef, request):
    is_there, value = value_of(fixturedef, request)
    if is_there:
        fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
    return is_there or None  # None lets pytest make it


# ── Pages ──────────────────────────────────────────────────────────────────────
@standing(page=True)
def site_pages(db):
    """`home`, `trainings`, `exercises` and `stories`: the front page and the three index pages."""
    from tests.factories.pages import find_site

    return find_site()


@standing(page=True)
def training(site_pages):
    from tests.factories.modules import add_training

    return add_training(site_pages.trainings)


@standing(page=True)
def story(site_pages):
    from tests.factories.stories import add_story

    return add_story(site_pages.stories, "De stoel bij het raam", storyteller="Jesse")


@standing(page=True)
def reserve_story(site_pages):
    from tests.factories.stories import add_story

    return add_story(site_pages.stories, "Dinsdag is een lange dag", storyteller="Fatma")


@standing(page=True)
def exercise(site_pages):
    """An exercise with a question in each of the five forms."""
    from tests.factories.exercises import add_exercise

    return add_exercise(site_pages.exercises)


@standing(page=True)
def module(training, story, reserve_story, exercise):
    """A module with five steps: aankomen, kijken, verhaal (with a story in reserve), oefening, voornemen."""
    from tests.factories.modules import add_module, five_steps

    return add_module(training, "Luisteren", five_steps(story=story, reserve=reserve_story, exercise=exercise))


# ── People ─────────────────────────────────────────────────────────────────────
@pytest.fixture
def browser_of():
    """`browser_of(person)` is a browser of their own, signed in; `browser_of(None)` a visitor's."""
    from django.test import Client

    def made(person):
        browser = Client()
        if person:
            browser.force_login(person)
        return browser

    return made


@standing
def group(training):
    """The group of Samira and Daan; the people who lead it join it as they come on (ilse, marieke, noor)."""
    from tests.factories.groups import make_group

    return make_group(training, "Tilburg najaar")


@standing
def other_group(training):
    from tests.factories.groups import make_group

    return make_group(training, "Breda najaar")


@standing
def samira(group):
    from tests.factories.enrolments import enrol
    from tests.factories.people import make_person

    samira = make_person("Samira El Amrani")
    enrol(samira, group.training, group=group)
    return samira


@standing
def enrolment(samira):
    """Samira's."""
    return samira.enrolments.get()


@standing
def daan(group):
    from tests.factories.enrolments import enrol
    from tests.factories.people import make_person

    daan = make_person("Daan Visser")
    enrol(daan, group.training, group=group)
    return daan


@standing
def noor(group):
    from tests.factories.people import make_person

    noor = make_person("Noor", "co-trainer")
    group.co_trainers.add(noor)
    return noor


@standing
def marieke(group):
    from tests.factories.people import make_person

    marieke = make_person("Marieke de Wit", "trainer")
    group.trainers.add(marieke)
    return marieke


@standing
def ilse(group):
    from tests.factories.people import make_person

    ilse = make_person("Ilse Verbruggen", "coordinator")
    group.coordinators.add(ilse)
    return ilse


@standing
def roel(other_group):
    from tests.factories.people import make_person

    roel = make_person("Roel Aarts", "coordinator")
    other_group.coordinators.add(roel)
    return roel


@standing
def stranger(db):
    from tests.factories.people import make_person

    return make_person("Onbekende Buurman")


@standing
def petra(db):
    from tests.factories.people import make_person

    return make_person("Petra Smit", "administrator")
