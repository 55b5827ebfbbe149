"""How long somebody stays signed in: until the browser closes, or thirty days on a device of their own."""

import time
from datetime import timedelta

from django.contrib.sessions.backends.base import UpdateError

from accounts.choices import Role
from common.disk import is_disk_full

OWN_DEVICE = "own_device"
LAST_SEEN = "last_seen"
OWN_DEVICE_TIME = timedelta(days=30)
IDLE_TIME = timedelta(hours=8)  # for who sees other people's data (shared rule: trust, Text that people type)
NOTE_EVERY = timedelta(minutes=5)  # a write at every request would cost more than it tells


def remember_device(request, is_own):
    """Keep what was ticked at the door until the person is in: a code and a second step may lie between."""
    request.session[OWN_DEVICE] = bool(is_own)


def begin_session(request, user):
    """Set the end of the session that begins now."""
    is_own = request.session.get(OWN_DEVICE, False)
    request.session.set_expiry(OWN_DEVICE_TIME if is_own else 0)
    request.session[LAST_SEEN] = int(time.time())


def was_idle_too_long(request):
    """True when a person with other people's data did nothing for eight hours; notes that they are here now."""
    if not request.user.roles & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        return False
    now, seen = int(time.time()), request.session.get(LAST_SEEN)
    if seen and now - seen > IDLE_TIME.total_seconds():
        return True
    if not seen or now - seen > NOTE_EVERY.total_seconds():
        _note_seen(request.session, now)
    return False


def _note_seen(session, now):
    """Keep that somebody is here now. It is a write of our own while they only read: a full disk leaves it undone."""
    was_changed = session.modified
    session[LAST_SEEN] = now
    try:
        session.save()
    except UpdateError as error:  # the sessions' word for whatever the database said
        if not is_disk_full(error):
            return  # signed out meanwhile, say: Django tells it at the end of the request
    session.modified = was_changed
