"""The site's own settings, with a clock that the tests put on another day (clock.py)."""

from tests.e2e import clock  # noqa: F401 - from here on it is the time that its file says
from tests.e2e.settings import *  # noqa: F403 - every setting as it is
from tests.e2e.settings import MIDDLEWARE

MIDDLEWARE = ["tests.e2e.clock.ClockMiddleware", *MIDDLEWARE]
