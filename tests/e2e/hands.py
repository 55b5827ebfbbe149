"""How somebody works a page: with a mouse or thumb, or with the keyboard alone. The journey is the same for all."""

import re

FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // On a button inside one of these the browser draws a ring of its own, which no page can ask about.
  const own = element.matches("audio, video, input[type=date]") && !element.matches(":focus-visible");
  return {
    name: element.outerHTML.slice(0, 120),
    shows: own || (line && element.matches(":focus-visible")),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Hands:
    """With a mouse, or a thumb on a phone."""

    def __init__(self, page):
        self.page = page

    def press(self, name, within=None):
        self._go(self.find("button", name, within))

    def follow(self, name, within=None):
        self._go(self.find("link", name, within))

    def write(self, label, text, within=None):
        self.field(label, within).fill(text)

    def choose(self, position, within):
        within.get_by_role("radio", name=re.compile(f"^{position} van 7")).check()

    def pick_day(self, label, day):
        self.field(label).fill(day.isoformat())

    def open_disclosure(self, summary):
        summary.click()

    def find(self, role, name, within=None):
        return (within or self.page.get_by_role("main")).get_by_role(role, name=name, exact=isinstance(name, str))

    def field(self, label, within=None):
        return (within or self.page).get_by_label(label, exact=False)

    def _go(self, thing):
        with self.page.expect_navigation():
            thing.click()


class Keys(Hands):
    """With Tab, Enter, Space and the arrows; wherever the focus goes it has to be seen."""

    def write(self, label, text, within=None):
        self.tab_to(self.field(label, within))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, position, within):
        radios = within.get_by_role("radio")
        self.tab_to(radios.first)
        self.page.keyboard.press("Space")
        for _ in range(position - 1):
            self.page.keyboard.press("ArrowRight")
        self.see_focus()

    def pick_day(self, label, day):
        self.tab_to(self.field(label))
        self.page.keyboard.type(f"{day:%d%m%Y}")  # or month first, in an English browser: see day_to_look_back

    def open_disclosure(self, summary):
        self.tab_to(summary)
        self.page.keyboard.press("Enter")

    def skip_to_content(self):
        """Take the skip link, the first thing on a page that Tab comes to."""
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.className") == "skip-link"
        self.see_focus()
        self.page.keyboard.press("Enter")

    def tab_to(self, thing, most=80):
        handle = thing.element_handle()
        for _ in range(most):
            if handle.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self.see_focus()
        raise AssertionError(f"Tab does not come to {thing}")

    def see_focus(self):
        focus = self.page.evaluate(FOCUS)
        if focus["name"].startswith("<body"):  # between the end of the page and its beginning
            return
        assert (focus["shows"], focus["inView"]) == (True, True), focus["name"]

    def _go(self, thing):
        self.tab_to(thing)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
