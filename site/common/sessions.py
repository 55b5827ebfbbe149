"""Django's sessions in the database, found by a query whose SQL is built once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from common.prepared import Prepared


@Prepared
def live_session(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    def _get_session_from_db(self):
        session = live_session.first(key=self.session_key, now=timezone.now())
        if session is None:
            self._session_key = None  # as Django does: whoever brings an unknown key gets a new one
        return session
