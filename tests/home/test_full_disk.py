"""With a full disk everybody reads on, and whoever writes hears that nothing was saved and gets their words back."""

import errno
import sqlite3
import time
from contextlib import contextmanager
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import DiskFull

from accounts import devices
from accounts.devices import LAST_SEEN
from common import disk
from common.disk import is_disk_full
from tests.factories.exercises import prompt_of
from training.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)  # a write that fails would end the one around a test

WORDS = "Ik wil haar morgen bellen."
OURS = {"origin": "http://testserver"}


def sqlite_error(code=sqlite3.SQLITE_FULL, words="database or disk is full"):
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


def raised(cause):
    try:
        raise OperationalError(str(cause)) from cause
    except OperationalError as error:
        return error


@contextmanager
def full_disk(cause):
    """Every write fails as the database says it."""

    def refuse(execute, sql, params, many, context):
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise raised(cause)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


CAUSES = [sqlite_error(), DiskFull("could not extend file"), OSError(errno.ENOSPC, "No space left on device")]


@pytest.fixture
def calm(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def step(module):
    return next(step.address(module) for step in module.step_list if step.exercise_id)


def written(exercise):
    prompt = prompt_of(exercise, "open").id
    fields = {"writer": str(uuid4()), "based_on": 0, "edit_no": 1, "text": WORDS}
    return {f"p-{prompt}-{name}": value for name, value in fields.items()} | {"prompt": prompt, "act": f"save:{prompt}"}


# ── What people hear ───────────────────────────────────────────────────────────
@pytest.mark.parametrize("cause", CAUSES, ids=["sqlite", "postgresql", "a file"])
def test_who_saves_hears_that_it_was_not_and_gets_the_words_back(calm, samira, exercise, step, cause):
    calm.force_login(samira)

    with full_disk(cause):
        response = calm.post(step, written(exercise), headers=OURS)

    html = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, html.html["lang"]) == (507, "nl")
    assert [area.text.strip() for area in html.select("main textarea")] == [WORDS]
    assert html.find("main").find("form")["action"] == step
    assert not Answer.objects.exists()


def test_what_came_back_can_be_sent_once_more(calm, samira, exercise, step):
    calm.force_login(samira)
    with full_disk(sqlite_error()):
        page = BeautifulSoup(calm.post(step, written(exercise), headers=OURS).content, "html.parser")

    fields = page.find("main").select("input, textarea")
    again = {one["name"]: one.text.removeprefix("\n") if one.name == "textarea" else one["value"] for one in fields}
    calm.post(step, again, headers=OURS)

    assert Answer.objects.get().words["text"] == WORDS


def test_the_script_hears_it_in_json(calm, samira, exercise, step):
    calm.force_login(samira)

    with full_disk(sqlite_error()):
        response = calm.post(f"{step}concept/", written(exercise), headers=OURS | {"accept": "application/json"})

    assert (response.status_code, list(response.json())) == (507, ["message"])


def test_a_session_that_finds_no_room_is_no_bad_request(calm, ilse, monkeypatch):
    """Django makes one of it, at the end of the request."""
    calm.force_login(ilse)

    def choose(request):
        request.session["chosen"] = "iets"
        return False

    monkeypatch.setattr("accounts.middleware.was_idle_too_long", choose)
    with full_disk(sqlite_error()):
        assert calm.get("/mijn/").status_code == 507


def test_what_another_site_posts_is_not_shown(calm, samira, exercise, step):
    calm.force_login(samira)

    with full_disk(sqlite_error()):
        response = calm.post(step, written(exercise), headers={"origin": "http://evil.test"})

    assert response.status_code == 507
    assert WORDS not in response.content.decode()


def test_another_error_of_the_database_is_none_of_this(calm, samira, exercise, step):
    calm.force_login(samira)

    with full_disk(sqlite_error(sqlite3.SQLITE_BUSY, "database is locked")):
        assert calm.post(step, written(exercise), headers=OURS).status_code == 500


def test_a_commit_that_finds_no_room_saves_nothing(calm, samira, exercise, step, monkeypatch):
    """SQLite finds out when it writes all of it: at the end."""
    calm.force_login(samira)
    real = BaseDatabaseWrapper._commit

    def no_room(wrapper):
        raise raised(sqlite_error())

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", no_room)
    response = calm.post(step, written(exercise), headers=OURS)
    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", real)

    assert response.status_code == 507
    assert WORDS in response.content.decode()
    assert not Answer.objects.exists()


# ── Reading on ─────────────────────────────────────────────────────────────────
@pytest.fixture
def ilse_long_ago(calm, ilse):
    """Signed in, and last noted so long ago that the next page notes it again."""
    calm.force_login(ilse)
    session = calm.session
    session[LAST_SEEN] = int(time.time()) - 600
    session.save()
    return session[LAST_SEEN]


def test_a_coordinator_reads_on_although_nobody_can_note_that_she_is_here(calm, ilse_long_ago, contact_pages):
    with full_disk(sqlite_error()):
        codes = [calm.get(page).status_code for page in contact_pages]

    assert codes == [200] * len(contact_pages)
    assert calm.session[LAST_SEEN] == ilse_long_ago


@pytest.fixture
def contact_pages():
    return ["/", "/mijn/", "/verhalen/", "/account/", "/post/", "/probleem/post/"]


def test_with_room_it_is_noted(calm, ilse_long_ago):
    calm.get("/mijn/")

    assert calm.session[LAST_SEEN] > ilse_long_ago


def test_another_error_while_noting_is_not_passed_over(calm, ilse_long_ago):
    with full_disk(sqlite_error(sqlite3.SQLITE_BUSY, "database is locked")):
        assert calm.get("/mijn/").status_code == 400


def test_who_was_signed_out_meanwhile_is_told_so_as_ever(calm, ilse_long_ago, monkeypatch):
    real = devices.was_idle_too_long

    def signed_out_meanwhile(request):
        SessionStore(request.session.session_key).delete()
        return real(request)

    monkeypatch.setattr("accounts.middleware.was_idle_too_long", signed_out_meanwhile)

    assert calm.get("/mijn/").status_code == 400


# ── Knowing it ─────────────────────────────────────────────────────────────────
def test_a_suspect_error_is_a_full_disk_only_when_there_is_no_room(monkeypatch, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    error = raised(sqlite_error(sqlite3.SQLITE_IOERR | (10 << 8), "disk I/O error"))
    with_room = is_disk_full(error)
    monkeypatch.setattr(disk, "LEAST", 10**18)

    assert (with_room, is_disk_full(error)) == (False, True)


@pytest.mark.parametrize("error", [None, ValueError("x"), OSError(errno.EACCES, "no"), raised(sqlite_error(5))])
def test_other_errors_are_not(error):
    assert not is_disk_full(error)


def test_an_error_that_names_itself_as_its_cause_ends():
    error = ValueError("x")
    error.__context__ = other = KeyError("y")
    other.__context__ = error

    assert not is_disk_full(error)
