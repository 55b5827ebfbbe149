"""One visit to each screen, and all that was seen there: opened once, asked about by many tests.

The visits of all xdist workers lie in one folder, so whichever test comes first makes the visit for the others.
"""

import fcntl
import json
import re
from dataclasses import asdict, dataclass, field

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import DESK, NARROW, Complaints, sign_in
from tests.e2e.screens import SCREENS

AXE_SCRIPT = Axe().axe_script
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
# In the dark only these can find something else than in the light.
COLOURS = AXE_OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "rules": {}}
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

    def _make(self, screen):
        self.server.restore()
        if self.context is None:
            self.context = self.chromium.new_context(
                base_url=self.server.url, viewport=DESK, locale="nl-NL", reduced_motion="reduce"
            )
            self.context.set_default_timeout(10_000)
            self.complaints.listen_to(self.context)
        self.context.clear_cookies()
        if screen.person:
            sign_in(self.context, self.server, screen.person)
        self.complaints.forget()
        page, answers = self.context.new_page(), []
        page.on("response", lambda response: is_page_of(page, response) and answers.append(response))
        screen.go(page, self.server)
        page.wait_for_load_state("load")
        visit = Visit(page.url.removeprefix(self.server.url), answers[-1].status, answers[-1].text(), page.title())
        look_around(page, visit)
        page.close()
        visit.complaints = self.complaints.all
        return visit


def is_page_of(page, response):
    return (
        response.request.is_navigation_request()
        and response.frame == page.main_frame
        and not 300 <= response.status < 400
    )


def look_around(page, visit):
    visit.styled = page.eval_on_selector_all("[style]", "elements => elements.map((element) => element.outerHTML)")
    page.evaluate(AXE_SCRIPT)
    for width, size in (("1280", DESK), ("320", NARROW)):
        page.set_viewport_size(size)
        visit.too_wide[width] = page.evaluate(TOO_WIDE)
        for scheme, options in (("light", AXE_OPTIONS), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("options => axe.run(options)", options)["violations"]
            visit.violations[f"{width} {scheme}"] = [
                in_short(violation, node) for violation in found for node in violation["nodes"]
            ]
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    visit.too_wide["200 % text"] = with_large_text(page)


def with_large_text(page):
    """Return what is too wide where somebody set letters twice as large."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    too_wide = page.evaluate(TOO_WIDE)
    devtools.detach()
    return too_wide


def in_short(violation, node):
    return f"{violation['id']}: {' '.join(map(str, node['target']))} | {node['failureSummary']} | {node['html'][:200]}"
