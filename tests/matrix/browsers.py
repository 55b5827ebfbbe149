"""A browser for each role. Every visit is undone afterwards, so that each finds the same world."""

import re
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler

WRITE = re.compile(r'\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Who is signed in and how often somebody tried: no object of anybody.
HOUSEKEEPING = {"django_session", "limits_cache"}
SIGN_IN = {"/account/inloggen/", "/cms/login/", "/_util/login/"}  # the last two are Wagtail's names for the first


@dataclass
class Answer:
    """What a request brought: the response and its body, the tables that were written to, the error if any."""

    response: HttpResponse
    body: bytes
    written: set
    error: str = ""

    @cached_property
    def text(self):
        """All that the person or their browser gets to see, in small letters: body, headers, and what the next page
        says (that is kept in a cookie, packed so that no word can be found in there).
        """
        heads = [f"{name}: {value}" for name, value in self.response.headers.items()]
        cookies = [morsel.OutputString() for morsel in self.response.cookies.values()]
        told = [str(message) for message in get_messages(self.response.wsgi_request)]
        return "\n".join([self.body.decode(errors="replace"), *heads, *cookies, *told]).lower()

    @property
    def code(self):
        """How a cell of the table says it: `in` for the way to the sign-in page, `->` for any other redirect, else the
        status; with a `+` when something was written.
        """
        return self.status + ("+" if self.written else "")

    @property
    def status(self):
        if 300 <= self.response.status_code < 400:
            return "in" if urlsplit(self.response.headers["Location"]).path in SIGN_IN else "->"
        return str(self.response.status_code)


class Browser(RequestFactory):
    """Signs `person` (None is a visitor) in, a moment ago, and visits addresses without leaving a trace.

    Django's own test client keeps every template and its context, and makes all middleware anew: half of the time.
    """

    def __init__(self, person=None):
        super().__init__()
        self.session = session_of(person) if person else None

    @cached_property
    def handler(self):
        return ClientHandler(enforce_csrf_checks=False)

    def request(self, **environ):
        return self.handler(self._base_environ(**environ))

    def visit(self, method, address, data=None):
        self.cookies.clear()
        if self.session:
            self.cookies[settings.SESSION_COOKIE_NAME] = self.session
        cache.clear()
        with nothing_kept(), Writes() as written, Errors() as errors:
            response = getattr(self, method.lower())(address, data)
            body = b"".join(response) if response.streaming else response.content
        return Answer(response, body, written.tables, " ".join(errors.seen))


def session_of(person):
    """Open a session in which `person` has just said who they are, and return its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.create()
    return session.session_key


@contextmanager
def nothing_kept():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Writes:
    """Notes the tables of which a row was written while it is open."""

    def __init__(self):
        self.tables = set()

    def __enter__(self):
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *raised):
        return self.wrapper.__exit__(*raised)

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        act, table = found.groups() if (found := WRITE.match(sql)) else ("", "")
        # Of an INSERT that gives its number back SQLite doesn't know yet how many rows it made.
        if table and table not in HOUSEKEEPING and (act[0] in "Ii" or context["cursor"].rowcount):
            self.tables.add(table)
        return result


class Errors:
    """Notes what went wrong behind an error page."""

    def __init__(self):
        self.seen = []

    def __enter__(self):
        got_request_exception.connect(self.note)
        return self

    def __exit__(self, *raised):
        got_request_exception.disconnect(self.note)

    def note(self, sender, request, **kwargs):
        kind, error, _trace = sys.exc_info()
        self.seen.append(f"{kind.__name__}: {error}")
