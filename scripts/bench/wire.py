"""How much a page sends over the wire, heads included: the first time, and later, when the browser keeps its files."""

import re
import shutil
from urllib.parse import urljoin, urlsplit

from bench.client import Connection
from bench.markup import read_page

KINDS = {"css": "css", "js": "js", "woff2": "fonts"}
REFERENCE = re.compile(rb"""url\(["']?([^"')]+)["']?\)|(?:import|from)\s*["']([^"']+)["']""")


def kind_of(path):
    return "page" if path.endswith("/") else KINDS.get(path.rpartition(".")[2], "other")


def read_all(visitor, path):
    """Return `{path: Answer}` of a page and of everything that it, its stylesheets and its modules name.

    An upper bound: a browser leaves out the fonts whose characters or style the page does not use.
    """
    connection, found, waiting = Connection(visitor.port), {}, [path]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found[here] = visitor.ask(connection, "GET", here)
        plain = visitor.ask(connection, "GET", here, encodings="identity").body
        waiting += [urljoin(here, name) for name in names_in(here, plain) if not name.startswith("data:")]
    connection.close()
    return found


def names_in(path, body):
    if kind_of(path) == "page":
        return read_page(body).files
    if kind_of(path) in ("css", "js"):
        return [(first or second).decode() for first, second in REFERENCE.findall(body)]
    return []


def stays(answer):
    """True when a browser keeps this file and does not ask for it again."""
    return "immutable" in answer.headers.get("cache-control", "")


def loads_by_reading(visitor, path):
    """Return `{"first": {kind: bytes}, "later": {kind: bytes}}` of everything the page names."""
    found = read_all(visitor, path)
    return {
        "first": add_up((name, answer.size) for name, answer in found.items()),
        "later": add_up((name, answer.size) for name, answer in found.items() if not stays(answer)),
    }


def add_up(sizes):
    total = {}
    for path, size in sizes:
        total[kind_of(path)] = total.get(kind_of(path), 0) + size
    return total


def loads_in_browser(visitor, path, browser_path):
    """Return the same as a real Chromium counts it: first load with an empty cache, then the page once more."""
    from playwright.sync_api import sync_playwright

    root = f"http://127.0.0.1:{visitor.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": root} for name, value in visitor.cookies.items()])
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        loads = {}
        for name in ("first", "later"):
            loads[name] = add_up(count_transfer(page, session, root + path))
        browser.close()
    return loads


def count_transfer(page, session, address):
    """Return `(path, bytes)` of every answer that came over the wire while `address` was loaded."""
    paths, sizes = {}, {}

    def on_response(event):
        paths[event["requestId"]] = urlsplit(event["response"]["url"])

    def on_finished(event):
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", on_response)
    session.on("Network.loadingFinished", on_finished)
    page.goto(address, wait_until="networkidle")
    session.remove_listener("Network.responseReceived", on_response)
    session.remove_listener("Network.loadingFinished", on_finished)
    others = {place.netloc for place in paths.values()} - {urlsplit(address).netloc}
    if others - {""}:
        raise AssertionError(f"The page asks others: {others}")
    return [(paths[key].path, size) for key, size in sizes.items() if key in paths]


def measure_wire(visitor, path):
    """Return the loads of the page at `path`: by a real browser where there is one, and what the files add up to."""
    runs = [{"page": path, "how": "every file that is named", "loads": loads_by_reading(visitor, path)}]
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser:
        runs.append({"page": path, "how": "Chromium", "loads": loads_in_browser(visitor, path, browser)})
    return runs
