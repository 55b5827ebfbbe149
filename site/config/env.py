"""Reading the environment so that a wrong value stops with its name and what is expected."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env


class Settings(Env):
    """django-environ, with refusals that a person can act on."""

    @classmethod
    def email_url_config(cls, url, backend=None):
        """As django-environ's, but `smtps://` is TLS from the first byte, as everywhere else: that takes it for
        STARTTLS, and waits in vain for a word in clear.
        """
        config = super().email_url_config(url, backend)
        if urlsplit(url).scheme == "smtps":
            config |= {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}
        return config

    def needed(self, name, expected, cast=str):
        """Return the value of `name`; raise ImproperlyConfigured naming it and `expected` when it is absent."""
        if not self.ENVIRON.get(name):
            raise ImproperlyConfigured(f"{name} is missing. Expected: {expected}.")
        return self.read(name, expected, cast)

    def read(self, name, expected, cast=str, default=Env.NOTSET):
        """Return `name` through `cast`; raise ImproperlyConfigured naming it and `expected` when it can't be read.

        A name that is set to nothing, as service managers do, counts as absent.
        """
        text = self.ENVIRON.get(name)
        if not text:
            return default
        try:
            return cast(text)
        except Exception as error:
            raise ImproperlyConfigured(f"{name} can't be read. Expected: {expected}.") from error


def words(text):
    """Split a comma-separated value, dropping blanks."""
    return [word.strip() for word in text.split(",") if word.strip()]


def switch(text):
    """Read on/off; raises ValueError on anything else, so that `DEBUG=maybe` does not quietly mean off."""
    meanings = {
        "1": True,
        "true": True,
        "on": True,
        "yes": True,
        "0": False,
        "false": False,
        "off": False,
        "no": False,
        "": False,
    }
    if text.strip().lower() not in meanings:
        raise ValueError(text)
    return meanings[text.strip().lower()]


def secret(text):
    """Read a secret; raises ValueError on one so short or so plain that it could be guessed."""
    if len(text) < 50 or len(set(text)) < 5:
        raise ValueError
    return text


def host_names(text):
    """Read host names; raises ValueError on none, on `*`, and on an address with https:// or a port."""
    names = words(text)
    if not names or not all(re.fullmatch(r"\.?[\w-]+(\.[\w-]+)*|\[[\da-fA-F:]+\]", name) for name in names):
        raise ValueError(text)
    return names


def database(text):
    """Read the address of a database of the two kinds that are tested; raises ValueError on any other.

    A SQLite file needs a folder that is there; one in memory would be another for every worker.
    """
    address = urlsplit(text)
    if address.scheme not in ("postgres", "postgresql", "sqlite") or len(address.path) < 2:
        raise ValueError(address.scheme)
    config = Env.db_url_config(text)
    if address.scheme != "sqlite":
        config["ENGINE"] = "common.postgres"
    if address.scheme == "sqlite" and (address.netloc or not Path(config["NAME"]).parent.is_dir()):
        raise ValueError(address.path)
    return config


def web_address(text):
    """Read `https://host[:port]` without a trailing slash; raises ValueError on anything else."""
    address = urlsplit(text.rstrip("/"))
    bare = f"{address.scheme}://{address.netloc}"
    if address.scheme not in ("http", "https") or not address.hostname or address.geturl() != bare:
        raise ValueError(text)
    if address.port == 0 or not re.fullmatch(r"[\w.:\[\]-]+", address.netloc):
        raise ValueError(text)
    return bare


def periods(text):
    """Read `name=days` pairs as a dict; raises ValueError on anything else, days below 1 included."""
    pairs = dict(pair.split("=") for pair in words(text))
    days = {name.strip(): int(number) for name, number in pairs.items()}
    if not days or min(days.values()) < 1:
        raise ValueError(text)
    return days


def fernet_keys(text):
    """Read one or more Fernet keys, the newest first; raises ValueError when one of them is not a key."""
    from cryptography.fernet import Fernet

    keys = words(text)
    if not keys:
        raise ValueError(text)
    for key in keys:
        Fernet(key)
    return keys
