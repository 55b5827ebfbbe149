"""Small work that waits for its time: apps register it in `AppConfig.ready()`, the mail worker runs it each round."""

import logging

logger = logging.getLogger(__name__)

_chores = {}
_failing = {}  # {name: what went wrong}, so that a chore that fails each second is in the log once


def register(name, function):
    """Add a chore: `function()` does a small, bounded piece of what is due and returns how much that was.

    The same one twice changes nothing; raises ValueError when the name is another function's. Several workers may run
    it at once, so it claims what it does.
    """
    if _chores.setdefault(name, function) is not function:
        raise ValueError(f"There is another chore with the name {name}.")


def run_all():
    """Run every chore once; return `{name: how much it did}` without those that raised, which are in the log."""
    done = {}
    for name, function in list(_chores.items()):
        try:
            done[name] = function() or 0
        except Exception as error:
            if _failing.get(name) != repr(error):
                logger.exception("The chore %s failed.", name)
            _failing[name] = repr(error)
        else:
            _failing.pop(name, None)
    return done
