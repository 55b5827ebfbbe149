"""Ending everything somebody is signed in to."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def sessions_of(person):
    """Return the queryset of Django's session rows in which `person` is signed in.

    Which one is whose stands only inside the session, so every row is read: a rare question.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = [
        row.session_key
        for row in Session.objects.iterator()
        if str(store.decode(row.session_data).get(SESSION_KEY)) == str(person.pk)
    ]
    return Session.objects.filter(session_key__in=keys)


def end_sessions(person):
    """Sign `person` out everywhere, at once."""
    sessions_of(person).delete()
    UserSession.objects.filter(user=person).delete()
