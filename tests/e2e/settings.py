"""The site's own settings, for the server that the browser tests start: only where static files lie differs.

Without Wagtail's own files, which no page outside /cms/ uses, gathering them takes a second.
"""

import os
from pathlib import Path

from config.settings import *  # noqa: F403 - every setting as it is

STATIC_ROOT = Path(os.environ["E2E_STATIC"])
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
