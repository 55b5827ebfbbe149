"""The screens that are measured: where they are, found as a visitor finds them, and what their answers must hold."""

import re
import uuid
from dataclasses import dataclass, field

from bench.client import Connection

STEP = re.compile(r"^/training/[^/]+/[^/]+/(?!klaar/|papier/)[^/]+/$")
MODULE = re.compile(r"^/training/[^/]+/[^/]+/$")
STORY = re.compile(r"^/verhalen/[^/]+/$")
TEXT = "Ik denk aan iemand op mijn werk. Ze wachtte langer dan ik dacht. Morgen bel ik haar eerst. " * 4


@dataclass(frozen=True)
class Job:
    """One request, and what its answer has to be: a status, and a text in the page (or in where a redirect leads)."""

    request: bytes
    status: int
    marker: bytes

    def fits(self, answer):
        place = answer.location.encode() if 300 <= answer.status < 400 else answer.body
        return answer.status == self.status and self.marker in place


@dataclass
class StepPage:
    """A step, with the fields of its form as the page offers them to somebody who has not begun."""

    address: str
    size: int
    fields: list = field(default_factory=list)
    has_story: bool = False

    @property
    def slugs(self):
        """`(module slug, step slug)`"""
        return tuple(self.address.strip("/").split("/")[-2:])

    def form(self, act, text=""):
        """Return the form as a browser sends it when `act` is pressed: untouched, or with `text` in every field."""
        writer, chosen, pairs = str(uuid.uuid4()), set(), []
        for item in self.fields:
            if item.name.endswith("-writer"):
                pairs.append((item.name, writer))
            elif text and item.kind == "textarea":
                pairs.append((item.name, text[:400]))
            elif text and item.kind == "radio":
                if item.name not in chosen:
                    pairs.append((item.name, item.value))
                chosen.add(item.name)
            elif item.is_sent:
                pairs.append((item.name, item.value))
        return [*pairs, ("act", act)]


@dataclass
class Site:
    story_list: str
    story: str
    story_title: str
    steps: list

    @property
    def long_step(self):
        """The largest page that has a story and questions: the dearest one to make."""
        return max((step for step in self.steps if step.has_story and step.fields), key=lambda step: step.size)


def find_site(visitor):
    """Walk from "Mijn training" and the list of stories to every step; `visitor` is signed in and has not begun."""
    connection = Connection(visitor.port)
    links = visitor.page(connection, "/mijn/").links
    modules = dict.fromkeys(address for address, _text in links if MODULE.match(address))
    steps = []
    for module in modules:
        found = {address: text for address, text in visitor.page(connection, module).links if STEP.match(address)}
        steps += [read_step(visitor, connection, address) for address in found if address.startswith(module)]
    stories = [link for link in visitor.page(connection, "/verhalen/").links if STORY.match(link[0])]
    connection.close()
    return Site("/verhalen/", *stories[0], steps)


def read_step(visitor, connection, address):
    answer = visitor.ask(connection, "GET", address, encodings="identity")
    fields = visitor.page(connection, address).fields
    return StepPage(address, len(answer.body), fields, has_story=b"storyteller__name" in answer.body)


def get_job(visitor, path, marker):
    return Job(visitor.request("GET", path), 200, marker.encode())


def finish_job(visitor, step, text=""):
    """Pressing "Done, continue" in a step: an answer that leads on, never one that shows the step again."""
    return Job(visitor.request("POST", step.address, step.form("end-done", text)), 302, b"/training/")
