"""How often somebody may try: counted where all workers see it."""

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches


def share_limits():
    """Let allauth count its tries, and the codes that were used, in the shared cache.

    It takes the default cache and has no setting for another; ours is one of each worker, so that a page costs no query
    for it. tests/accounts/test_door.py holds that this still does what it says.
    """
    ratelimit.cache = totp.cache = caches["limits"]
