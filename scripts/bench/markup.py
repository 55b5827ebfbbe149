"""What the benchmark reads from a page: its links, its files, and the form of a step as a browser would send it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT_KINDS = {"textarea", "text", "date", "number"}


@dataclass
class Field:
    """One control of a form. `kind` is its type attribute, or "textarea"."""

    name: str
    kind: str
    value: str = ""
    checked: bool = False

    @property
    def is_sent(self):
        """True when a browser sends it without anything being pressed."""
        return bool(self.name) and (self.kind not in ("radio", "checkbox") or self.checked)


@dataclass
class Page:
    """`links` are `(address, text)`, `files` what the head loads, `fields` the controls of the step's form."""

    links: list = field(default_factory=list)
    files: list = field(default_factory=list)
    fields: list = field(default_factory=list)
    token: str = ""

    def prompts(self):
        """Return the ids of the questions in the step's form, in their order."""
        return [item.name[2:].rpartition("-")[0] for item in self.fields if item.name.endswith("-edit_no")]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page, self.in_step, self.link, self.area = Page(), False, None, None

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "a" and has.get("href"):
            self.link = [has["href"], ""]
        elif tag == "form":
            self.in_step = "step" in (has.get("class") or "").split()
        elif tag == "textarea":
            self.area = Field(has.get("name") or "", "textarea")
        elif tag == "input":
            self._input(has)
        elif tag == "link" and {"stylesheet", "preload", "icon"} & set((has.get("rel") or "").split()):
            self.page.files.append(has["href"])
        elif tag in ("script", "img") and has.get("src"):
            self.page.files.append(has["src"])

    def _input(self, has):
        if has.get("name") == "csrfmiddlewaretoken":
            self.page.token = has["value"]
        elif self.in_step and has.get("name"):
            self.page.fields.append(
                Field(has["name"], has.get("type", "text"), has.get("value") or "", checked="checked" in has)
            )

    def handle_data(self, data):
        if self.link:
            self.link[1] += data
        if self.area:
            self.area.value += data

    def handle_endtag(self, tag):
        if tag == "a" and self.link:
            self.page.links.append((self.link[0], " ".join(self.link[1].split())))
            self.link = None
        elif tag == "textarea" and self.area:
            self.area.value = self.area.value.removeprefix("\n")
            if self.in_step:
                self.page.fields.append(self.area)
            self.area = None
        elif tag == "form":
            self.in_step = False


def read_page(body):
    """Return the Page in the bytes of an HTML answer."""
    reader = Reader()
    reader.feed(body.decode())
    return reader.page
