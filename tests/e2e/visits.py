"""One visit to each screen, and all that was seen there: opened once, asked about by many tests.

The visits of all xdist workers lie in one folder, so whichever test comes first makes the visit for the others.
"""

import fcntl
import json
import os
import re
from dataclasses import asdict, dataclass, field

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import DESK, NARROW, Complaints, sign_in
from tests.e2e.screens import IN_ENGLISH, SCREENS

AXE_SCRIPT = Axe().axe_script
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def only(*rules):
    return AXE_OPTIONS | {"runOnly": {"type": "rule", "values": rules}, "rules": {}}


# In the dark only these can find something else than in the light.
COLOURS = only("color-contrast", "link-in-text-block")
# A narrow window adds what moved closer together, and what is named or ordered by something that it has no room for.
NARROWNESS = only(
    *("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus"),
    *("button-name", "link-name", "label", "select-name", "image-alt", "empty-heading", "heading-order"),
    *("page-has-heading-one", "landmark-one-main", "region", "skip-link"),
)
# Where the same is said in another language: how long the words are, and whether there are any.
WORDS = only(
    *("html-has-lang", "html-lang-valid", "valid-lang", "target-size", "document-title", "empty-heading"),
    *("button-name", "link-name", "label", "select-name", "image-alt"),
)
# What each look at a screen asks of axe; "1280 dark" is about that part of the page alone which is put away at 320.
LOOKS = {"1280 light": AXE_OPTIONS, "320 light": NARROWNESS, "320 dark": COLOURS, "1280 dark": COLOURS}
LOOKS_AT_WORDS = {"320 light": WORDS}
SIZES = {"1280": DESK, "320": NARROW}
# What went well is left in the browser: it is ten times as much.
RUN_AXE = "async (options) => ({ violations: (await axe.run(options)).violations })"
SEEN = "() => { window.seen = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility()) }"
PUT_AWAY = "() => { window.putAway = window.seen.filter((one) => !one.checkVisibility()) }"
RUN_AXE_ON_THAT = """async (options) => {
  const back = new Set(window.putAway.filter((one) => one.checkVisibility()));
  const include = [...back].filter((one) => !back.has(one.parentElement));
  return { violations: include.length ? (await axe.run({ include }, options)).violations : [] };
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className}`)
    .slice(-3);
}"""


@dataclass
class Visit:
    """What was seen: `violations` by how the page was looked at, `too_wide` the elements that make it scroll sideways,
    `html` the page as the server sent it.
    """

    path: str
    status: int
    html: str
    title: str
    violations: dict = field(default_factory=dict)
    too_wide: dict = field(default_factory=dict)
    styled: list = field(default_factory=list)
    complaints: list = field(default_factory=list)


class Visitor:
    """Makes visits with one browser; a page's files come from its cache after the first one."""

    def __init__(self, chromium, server, folder):
        self.chromium, self.server, self.folder = chromium, server, folder
        self.context, self.complaints = None, Complaints(server.url)

    def visit(self, name):
        """Return the Visit to the screen `name`, of another worker or a new one."""
        record = self.folder / f"{re.sub('[^a-z0-9]+', '-', name.lower())}.json"
        with record.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not record.exists():
                record.write_text(json.dumps(asdict(self._make(SCREENS[name]))))
        return Visit(**json.loads(record.read_text()))

    def close(self):
        if self.context:
            self.context.close()

    def _open_context(self):
        """Open a context with a page in it that stays: the process that draws the site's pages lives as long as one of
        them does (--process-per-site), and to start it for each visit takes longer than the visit.
        """
        self.context = self.chromium.new_context(
            base_url=self.server.url, viewport=DESK, locale="nl-NL", reduced_motion="reduce"
        )
        self.context.set_default_timeout(10_000)
        self.complaints.listen_to(self.context)
        self.context.new_page().goto("/robots.txt")

    def _make(self, screen):
        self.server.restore()
        if self.context is None:
            self._open_context()
        self.context.clear_cookies()
        if screen.person:
            sign_in(self.context, self.server, screen.person)
        self.complaints.forget()
        page, answers = self.context.new_page(), []
        page.on("response", lambda response: is_page_of(page, response) and answers.append(response))
        screen.go(page, self.server)
        page.wait_for_load_state("load")
        visit = Visit(page.url.removeprefix(self.server.url), answers[-1].status, answers[-1].text(), page.title())
        look_around(page, visit, looks_at(screen.name))
        page.close()
        visit.complaints = self.complaints.all
        return visit


def is_page_of(page, response):
    return (
        response.request.is_navigation_request()
        and response.frame == page.main_frame
        and not 300 <= response.status < 400
    )


def every_look():
    return os.environ.get("EVERY_LOOK", "").lower() in ("1", "on", "true", "yes")


def looks_at(name):
    """Return the looks at the screen `name`; with EVERY_LOOK=1 each of them asks axe for everything."""
    if every_look():
        return dict.fromkeys(LOOKS, AXE_OPTIONS)
    return LOOKS_AT_WORDS if name.removesuffix(IN_ENGLISH) in SCREENS.keys() - {name} else LOOKS


def look_around(page, visit, looks):
    visit.styled = page.eval_on_selector_all("[style]", "elements => elements.map((element) => element.outerHTML)")
    page.evaluate(AXE_SCRIPT)
    page.evaluate(SEEN)
    visit.too_wide["1280"] = page.evaluate(TOO_WIDE)
    for look, options in looks.items():
        width, scheme = look.split()
        show(page, SIZES[width], scheme)
        found = page.evaluate(RUN_AXE_ON_THAT if look == "1280 dark" and not every_look() else RUN_AXE, options)
        visit.violations[look] = [
            in_short(violation, node) for violation in found["violations"] for node in violation["nodes"]
        ]
        if look == "320 light":
            visit.too_wide["320"] = page.evaluate(TOO_WIDE)
            page.evaluate(PUT_AWAY)
    show(page, DESK)
    visit.too_wide["200 % text"] = with_large_text(page)


def show(page, size, scheme=None):
    """Show the page so; to draw it anew for what it is already is what this avoids."""
    if page.viewport_size != size:
        page.set_viewport_size(size)
    if scheme and page.evaluate("scheme => !matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme):
        page.emulate_media(color_scheme=scheme)


def with_large_text(page):
    """Return what is too wide where somebody set letters twice as large."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    too_wide = page.evaluate(TOO_WIDE)
    devtools.detach()
    return too_wide


def in_short(violation, node):
    return f"{violation['id']}: {' '.join(map(str, node['target']))} | {node['failureSummary']} | {node['html'][:200]}"
