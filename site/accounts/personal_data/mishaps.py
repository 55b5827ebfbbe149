"""Telling what went wrong with somebody's data without telling any of it."""

import traceback
from pathlib import Path


def what_and_where(error):
    """Return the kind of `error` and the line of code it came from, as `ValueError at traces.py:40`.

    Never its message: the database and the templates quote what they stumbled over.
    """
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
