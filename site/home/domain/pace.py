"""How often one person, or one address, may do something."""

import time

from django.core.cache import caches

MOST = 10
WINDOW = 60 * 60  # seconds


def may_send(sender):
    """True when `sender` (a name for a person or an address) sent less than MOST times in the last hour; that counts
    as one more. All workers count together (the cache "limits"), and after the hour it is forgotten.
    """
    return may_go_on(f"problem-reports:{sender}", most=MOST, window=WINDOW)


def may_go_on(name, *, most, window):
    """True when `name` came here fewer than `most` times in the last `window` seconds; that counts as one more."""
    cache, now = caches["limits"], time.time()
    times = [moment for moment in cache.get(name, []) if moment > now - window]
    if len(times) >= most:
        return False
    cache.set(name, [*times, now], window)
    return True
