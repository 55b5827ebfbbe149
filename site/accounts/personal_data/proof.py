"""Asking "is it you?" of who has no password and no second step: a code by mail, as at the door.

`session` is the person's own session; it holds a digest of the code, never the code.
"""

import hashlib
import secrets
import time
import uuid

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import constant_time_compare

from accounts.emails import OWN_DATA_CODE
from mail.domain.outbox import queue_mail

CODE, PROVEN_AT = "own_data_code", "own_data_proven_at"
WORKS_FOR = 15 * 60  # seconds
MOST_TRIES = 5  # for one code
MOST_CODES = 5  # for one person in an hour


class TooManyCodes(Exception):
    """This person asked for so many codes within the hour that no more are sent."""


def send_code(session, person):
    """Send `person` a new code by mail; the one before works no longer. Raises TooManyCodes."""
    limits, key = caches["limits"], f"own-data-codes:{person.pk}"
    limits.add(key, 0, 60 * 60)
    if limits.incr(key) > MOST_CODES:
        raise TooManyCodes
    code = f"{secrets.randbelow(1_000_000):06}"
    session[CODE] = {"digest": _digest(code, person), "until": time.time() + WORKS_FOR, "tries": 0}
    key = f"{OWN_DATA_CODE}:{uuid.uuid4()}"
    queue_mail(OWN_DATA_CODE, to=person.email, key=key, context={"code": code}, person=person)


def awaits_code(session):
    """True while a code that was sent still works."""
    sent = session.get(CODE)
    return bool(sent) and sent["until"] > time.time() and sent["tries"] < MOST_TRIES


def prove(session, person, code):
    """True when `code` is the one that was sent; then the person is known for a while, and the code is used up."""
    if not awaits_code(session):
        return False
    sent = session[CODE]
    session[CODE] = sent | {"tries": sent["tries"] + 1}
    if not constant_time_compare(sent["digest"], _digest(code.replace(" ", "").replace("-", ""), person)):
        return False
    del session[CODE]
    session[PROVEN_AT] = time.time()
    return True


def was_proven(session):
    """True when this person gave a right code a short while ago."""
    return time.time() - session.get(PROVEN_AT, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _digest(code, person):
    return hashlib.sha256(f"{settings.SECRET_KEY}:{person.pk}:{code}".encode()).hexdigest()
