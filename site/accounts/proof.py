"""Asking "is it you?" once more, before somebody changes how they come in, takes a copy of their data or closes their
account.

allauth asks for a password or a second step, and of who has neither it asks nothing. Those get a code by mail, as at
the door: `AccountAdapter` makes it one of allauth's own ways, so that no page of allauth's can be reached around it.
The session holds a digest of the code, never the code.
"""

import hashlib
import secrets
import time
import uuid

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import constant_time_compare

from accounts.emails import PROOF_CODE
from mail.domain.outbox import queue_mail

CODE = "proof_code"
WORKS_FOR = 15 * 60  # seconds
MOST_TRIES = 5  # for one code
MOST_CODES = 5  # for one person in an hour
HOUR = 60 * 60
BY_CODE, BY_LINK = "code", "link"  # the first is allauth's own name for coming in by a code


class TooManyCodes(Exception):
    """This person asked for so many codes within the hour that no more are sent."""


def send_code(session, person):
    """Send `person` a new code by mail; the one before works no longer. Raises TooManyCodes."""
    limits, key = caches["limits"], f"proof-codes:{person.pk}"
    sent = [moment for moment in limits.get(key, []) if moment > time.time() - HOUR]
    if len(sent) >= MOST_CODES:
        raise TooManyCodes
    limits.set(key, [*sent, time.time()], HOUR)  # not incr: that forgets after the store's own five minutes
    code = f"{secrets.randbelow(1_000_000):06}"
    session[CODE] = {"digest": _digest(code, person), "until": time.time() + WORKS_FOR, "tries": 0}
    queue_mail(PROOF_CODE, to=person.email, key=f"{PROOF_CODE}:{uuid.uuid4()}", context={"code": code}, person=person)


def awaits_code(session):
    """True while a code that was sent still works."""
    sent = session.get(CODE)
    return bool(sent) and sent["until"] > time.time() and sent["tries"] < MOST_TRIES


def prove(request, code):
    """True when `code` is the one that was sent; then the person is known for a while, and the code is used up."""
    session, person = request.session, request.user
    if not awaits_code(session):
        return False
    sent = session[CODE]
    session[CODE] = sent | {"tries": sent["tries"] + 1}
    if not constant_time_compare(sent["digest"], _digest(code.replace(" ", "").replace("-", ""), person)):
        return False
    del session[CODE]
    record_authentication(request, person, BY_CODE, reauthenticated=True)
    return True


def note_link(request, person):
    """Keep in the session that `person` came in a moment ago by a link in their mail, which shows as much as a code."""
    record_authentication(request, person, BY_LINK)


def was_proven(request, *, at_the_door=False):
    """True when this person showed a short while ago that it is them; `at_the_door`: coming in by mail counts too."""
    ways = {BY_CODE, BY_LINK} if at_the_door else set()
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("reauthenticated") or record["method"] in ways
    ]
    return bool(shown) and time.time() - max(shown) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _digest(code, person):
    return hashlib.sha256(f"{settings.SECRET_KEY}:{person.pk}:{code}".encode()).hexdigest()
