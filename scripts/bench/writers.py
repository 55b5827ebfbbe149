"""Clients that write as people do, while the server is killed under them, and the ledger of what they were promised."""

import copy
import itertools
import threading
import time
from collections import Counter

from bench.client import Broken, Connection

WORDS = "Ik belde haar te laat terug en ik zag dat ze had gewacht."
GIVE_UP = 120  # seconds that one request may go without an answer before the run is stopped


class GaveUp(Exception):
    """The server stays away, or answers something that no retry mends."""


class Ledger:
    """What the server acknowledged. A promise counts from the moment its answer was read to the end."""

    def __init__(self, wanted):
        self.lock, self.wanted = threading.Lock(), wanted
        self.kinds, self.again, self.finished, self.words, self.problems = Counter(), Counter(), set(), {}, []

    @property
    def acknowledged(self):
        return sum(self.kinds.values())

    @property
    def is_full(self):
        return self.acknowledged >= self.wanted or bool(self.problems)

    def note(self, kind):
        with self.lock:
            self.kinds[kind] += 1

    def promise(self, person, prompt):
        """Return the promise on one answer; only the one client that writes there changes it."""
        fresh = {"person": person, "prompt": prompt, "promised": 0, "asked": 0, "saved": 0}
        with self.lock:
            return self.words.setdefault((person, prompt), fresh)

    def as_given(self):
        """Return what inside.py's `compare` takes."""
        people = sorted({person for person, _prompt in self.words} | {finished[0] for finished in self.finished})
        return {"people": people, "finished": sorted(self.finished), "words": list(self.words.values())}


class Writer(threading.Thread):
    """One client of one person: works through its own steps, and sends again what was not acknowledged."""

    def __init__(self, visitor, steps, ledger):
        super().__init__(daemon=True)
        self.visitor, self.steps, self.ledger = copy.copy(visitor), steps, ledger
        self.connection = Connection(visitor.port, timeout=20)

    def run(self):
        try:
            for step in itertools.cycle(self.steps):
                if self.ledger.is_full:
                    return
                self.work_through(step)
        except Exception as error:  # whatever it is, the run has to end and say it
            self.ledger.problems.append(f"{self.visitor.email}: {error!r}")

    def work_through(self, step):
        """Type, save, type on and finish, as long as there is a question with one open field; else finish."""
        page = self._page(step)
        prompt = next((field.name[2:-5] for field in page.fields if field.name.endswith("-text")), None)
        if prompt is None:
            self._finish(step, page, None)
            return
        for _typed in range(3):
            self._autosave(step, page, prompt)
        self._save(step, page, prompt)
        page = self._page(step)
        self._autosave(step, page, prompt)
        self._finish(step, page, prompt)

    def _page(self, step):
        while True:
            try:
                return self.visitor.page(self.connection, step.address)
            except Broken:
                time.sleep(0.05)
                if self.ledger.problems:
                    raise GaveUp("another client stopped") from None

    def _autosave(self, step, page, prompt):
        promise = self._type(page, prompt)
        numbers = [(field.name, field.value) for field in page.fields if field.name.startswith(f"p-{prompt}-")]
        answer = self._send("autosave", f"{step.address}concept/", [("prompt", prompt), *numbers], 200)
        promise["promised"] = number_in(page, prompt)
        set_field(page, prompt, "edit_no", read_edit_no(answer) + 1)
        set_field(page, prompt, "based_on", read_edit_no(answer))

    def _save(self, step, page, prompt):
        promise = self._type(page, prompt)
        self._send("save", step.address, sent_fields(page, f"save:{prompt}"), 302)
        promise["promised"] = promise["saved"] = number_in(page, prompt)

    def _finish(self, step, page, prompt):
        promise = self._type(page, prompt) if prompt else {}
        self._send("finish", step.address, sent_fields(page, "end-done"), 302)
        self.ledger.finished.add((self.visitor.email, *step.slugs))
        if prompt:
            promise["promised"] = promise["saved"] = number_in(page, prompt)

    def _type(self, page, prompt):
        """Put the next text into the field and note what is about to be asked; returns the promise on this answer."""
        promise = self.ledger.promise(self.visitor.email, prompt)
        promise["asked"] = int(value_of(page, prompt, "edit_no"))
        set_field(page, prompt, "text", f"{WORDS} {promise['asked']}")
        return promise

    def _send(self, kind, path, form, status):
        """Send one write until it is acknowledged, the same bytes each time; returns the Answer."""
        request, until = self.visitor.request("POST", path, form), time.monotonic() + GIVE_UP
        while time.monotonic() < until and not self.ledger.problems:
            try:
                answer = self.connection.exchange(request)
            except Broken as error:
                self.ledger.again["cut off"] += error.was_sent
                time.sleep(0.05)
                continue
            if answer.status == status:
                self.ledger.note(kind)
                return answer
            if answer.status < 500:
                raise GaveUp(f"{kind} {path} answers {answer.status}: {answer.body[:300]!r}")
            self.ledger.again[f"answer {answer.status}"] += 1
            time.sleep(0.05)
        raise GaveUp(f"{kind} {path} was not acknowledged")


def find_field(page, prompt, name):
    return next(field for field in page.fields if field.name == f"p-{prompt}-{name}")


def value_of(page, prompt, name):
    return find_field(page, prompt, name).value


def set_field(page, prompt, name, value):
    find_field(page, prompt, name).value = str(value)


def number_in(page, prompt):
    return int(value_of(page, prompt, "text").rpartition(" ")[2])


def sent_fields(page, act):
    return [*((field.name, field.value) for field in page.fields if field.is_sent), ("act", act)]


def read_edit_no(answer):
    return int(answer.body.partition(b'"edit_no": ')[2].partition(b"}")[0])
