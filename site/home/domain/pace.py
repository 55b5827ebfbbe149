"""How often one person, or one address, may send something."""

import time

from django.core.cache import caches

MOST = 10
WINDOW = 60 * 60  # seconds


def may_send(sender):
    """True when `sender` (a name for a person or an address) sent less than MOST times in the last hour; that counts
    as one more. All workers count together (the cache "limits"), and after the hour it is forgotten.
    """
    cache, key, now = caches["limits"], f"problem-reports:{sender}", time.time()
    times = [moment for moment in cache.get(key, []) if moment > now - WINDOW]
    if len(times) >= MOST:
        return False
    cache.set(key, [*times, now], WINDOW)
    return True
