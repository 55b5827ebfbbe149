"""The site's own settings, for the server that the browser tests start: only where static files lie differs."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403 - every setting as it is

STATIC_ROOT = Path(os.environ["E2E_STATIC"])
