"""Sets the stage in the server's environment: database, static files, the demo, and a session for everybody in it.

Run as `python -m tests.e2e.stage <where to write the sessions>`; tests/e2e/server.py does.
"""

import json
import sys
from pathlib import Path

import django

# People with an account and no training, by the key of their session.
STRANGERS = {"stranger": "buurman@demo.test", "neighbour": "buurvrouw@demo.test"}
# People of the demo whom nobody can look around as.
OTHERS = {"mirjam": "mirjam.peters@demo.test"}
NAMES = {"stranger": "Onbekende Buurman", "neighbour": "Onbekende Buurvrouw"}


def main(sessions_file):
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with Path("/dev/null").open("w") as nowhere:
        call_command("load_demo", stdout=nowhere)
    Path(sessions_file).write_text(json.dumps(dict(open_sessions())))


def open_sessions():
    """Yield `(key of a demo account, session key)`: being signed in already saves every test the form."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.demo import ACCOUNTS
    from accounts.models import User

    for key, email in STRANGERS.items():
        User.objects.create_user(email, display_name=NAMES[key])
    accounts = ((account.key, account.email) for account in ACCOUNTS)
    for key, email in [*accounts, *STRANGERS.items(), *OTHERS.items()]:
        user = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.Door"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        yield key, session.session_key


if __name__ == "__main__":
    main(sys.argv[1])
