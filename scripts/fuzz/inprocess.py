"""Django's own handler in this very process instead of a server: no socket, no second process, some five times as fast.

The handler is the one that the server calls (`config.wsgi`), so all middleware, transactions and error pages are the
site's. What the server itself refuses (a header that is none) is not tried this way.
"""

import io
import logging
import os
import signal
import sys
from contextlib import contextmanager
from urllib.parse import unquote_to_bytes

from bench.client import Answer, read_headers
from bench.workspace import ROOT

SECONDS = 60  # an answer that takes longer is an error
NO_HTTP_PREFIX = {"CONTENT_TYPE", "CONTENT_LENGTH"}


class TooSlow(Exception):
    """One request took longer than a server may."""


FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def start(workspace, make_world, *, hashers=None):
    """Set Django up on this workspace; return `(its handler, what make_world() answers, its log)`. `hashers` are other
    ones for passwords than the site's own, of which one takes a good part of a second.
    """
    os.environ.update(workspace.environment())
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # no power cut here
    settings.VIEWS_WRITTEN_AFTER = None  # no thread of its own beside the requests
    settings.PASSWORD_HASHERS = hashers or settings.PASSWORD_HASHERS
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()  # it sets the logs up, so ours come after it
    log = keep_errors(workspace.folder / "server.log")
    return handler, make_world(), log


def keep_errors(name):
    """Write errors, and nothing less, to the file `name` and nowhere else; return `name`."""
    handler = logging.FileHandler(name)
    handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger().handlers = [handler]
    return name


def forget():
    """Forget what this process remembers of the database, after that was put back; a server of its own remembers."""
    if "django" in sys.modules:
        from django.core.cache import cache

        cache.clear()


class Handed:
    """As bench.client.Connection, and as fuzz.sending.Sender: bytes of a request in, an Answer or its status out."""

    def __init__(self, handler):
        self.handler = handler

    def exchange(self, request):
        told = {}

        def start_response(status, headers, exc_info=None):
            told.update(status=int(status.split(" ", 1)[0]), lines=[f"{name}: {value}" for name, value in headers])

        with at_most(SECONDS):
            response = self.handler(environ_of(request), start_response)
            try:
                body = b"".join(response)
            finally:
                response.close()
        headers, cookies = read_headers(told["lines"])
        return Answer(told["status"], headers, body, len(body), cookies)

    def send(self, method, request):
        """Return the status; 599 for what came through all that should have caught it."""
        try:
            return self.exchange(request).status
        except Exception:
            logging.exception("This left the handler")
            return 599

    def close(self):
        """Nothing is open."""


def environ_of(request):
    """Return what a WSGI server makes of these bytes."""
    head, _end, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _version = first.split(" ", 2)
    path, _mark, query = target.partition("?")
    environ = {
        **{"REQUEST_METHOD": method, "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"},
        **{"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query},
        **{"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.version": (1, 0)},
        **{"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.run_once": False},
        **{"wsgi.multithread": False, "wsgi.multiprocess": False},
    }
    for line in lines:
        name, _mark, value = line.partition(":")
        key = name.strip().upper().replace("-", "_")
        environ[key if key in NO_HTTP_PREFIX else f"HTTP_{key}"] = value.strip()
    return environ


@contextmanager
def at_most(seconds):
    """Raise TooSlow in what runs longer than that."""

    def stop(number, frame):
        raise TooSlow(f"no answer in {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
