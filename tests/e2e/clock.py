"""A clock for the site in the browser tests that can be put on: its requests and its worker happen at that moment."""

import os
from datetime import datetime
from pathlib import Path

import time_machine


def begin():
    """Put the time of this process on what the file `E2E_CLOCK` says; return what moves it."""
    return time_machine.travel(read(), tick=True).start()


def read():
    return datetime.fromisoformat(Path(os.environ["E2E_CLOCK"]).read_text())


class ClockMiddleware:
    """Moves the time of this process when the file says another one than before."""

    def __init__(self, get_response):
        self.get_response, self.shown = get_response, read()

    def __call__(self, request):
        if (now := read()) != self.shown:
            self.shown = now
            TRAVEL.move_to(now)
        return self.get_response(request)


TRAVEL = begin()
