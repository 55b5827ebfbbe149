#!/usr/bin/env python
"""Django's command line, with `site/` on the path (it is a folder of apps, not a package: `site` is Python's own)."""

import gc
import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent


def main():
    sys.path.insert(0, str(BASE_DIR / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["migrate"]:
        # Every step makes its models anew, 27,000 in all: looking for rubbish among them at every 700 takes a sixth.
        gc.set_threshold(200_000, 20, 100)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # One clear line for the person who starts the site; a traceback only hides it.
        sys.exit(f"The site can't start: {error}")


if __name__ == "__main__":
    main()
