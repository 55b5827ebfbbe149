"""A real Chromium on the real site with the demo in it. Each test begins with the demo as it was just loaded.

Playwright's event loop stands still between its calls, but Django sees that it is there, and refuses the database to
the tests after these: `chromium` tells it that nothing of theirs runs in that loop.
"""

import os
import shutil
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.e2e.server import Server, set_stage

CHROMIUM_NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
# fmt: off
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--process-per-site",
]
# fmt: on

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}  # also what is left of 1280 at 400 % zoom


@pytest.fixture(scope="package")
def chromium():
    """Chromium, started; without one the test is skipped, or fails where REQUIRE_BROWSER asks for it."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        reason = "no Chromium on this machine (apt install chromium)"
        if os.environ.get("REQUIRE_BROWSER", "").lower() in ("1", "on", "true", "yes"):
            pytest.fail(f"REQUIRE_BROWSER is set, but there is {reason}.", pytrace=False)
        pytest.skip(f"The browser tests were left out: there is {reason}.")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "on"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_folder(run_folder):
    folder = run_folder / "e2e"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def running_server(chromium, shared_folder, tmp_path_factory):
    server = Server(set_stage(shared_folder), tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running_server):
    """The site, with the demo as it was when it had just been loaded."""
    running_server.restore()
    return running_server


@dataclass
class Complaints:
    """What a browser says when something on a page is not right, and nobody would see it."""

    base: str
    console: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    def listen_to(self, context):
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.on("request", self.on_request)
        context.on("response", self.on_response)

    def on_console(self, message):
        # "Failed to load resource" names no file; on_response does.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.console.append(message.text)

    def on_request(self, request):
        if urlsplit(request.url).scheme not in ("data", "blob", "about") and not request.url.startswith(self.base):
            self.elsewhere.append(request.url)

    def on_response(self, response):
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch"):
            self.missing.append(f"{response.status} {response.url}")

    def forget(self):
        for kind in (self.console, self.elsewhere, self.missing):
            kind.clear()

    @property
    def all(self):
        return self.console + self.elsewhere + self.missing


@pytest.fixture
def open_device(chromium, server):
    """Return `open_device(person, **options)`: a page in a browser of its own, where `person` is signed in.

    After the test none of them may have complained: errors in the console, what the content security policy held back,
    requests to another host, files that are not there.
    """
    contexts, complaints = [], Complaints(server.url)

    def open_it(person=None, **options):
        options = {"viewport": DESK, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"} | options
        context = chromium.new_context(base_url=server.url, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        complaints.listen_to(context)
        if person:
            sign_in(context, server, person)
        return context.new_page()

    yield open_it
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # a page that is offline would be online while it closes, and send what it holds
        context.close()
    assert complaints.all == []


def sign_in(context, server, person):
    context.add_cookies([{"name": "sessionid", "value": server.sessions[person], "url": server.url}])


@pytest.fixture(scope="package")
def visit(chromium, running_server, shared_folder):
    """Return `visit(name)`: what is to be seen at the screen of that name (screens.py)."""
    from tests.e2e.visits import Visitor

    folder = shared_folder / "visits"
    folder.mkdir(exist_ok=True)
    visitor = Visitor(chromium, running_server, folder)
    yield visitor.visit
    visitor.close()
