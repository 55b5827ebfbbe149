"""Reading the environment so that a wrong value stops with its name and what is expected."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env


class Settings(Env):
    """django-environ, with refusals that a person can act on."""

    def needed(self, name, expected, cast=str):
        """Return the value of `name`; raise ImproperlyConfigured naming it and `expected` when it is absent or empty."""
        if not self.ENVIRON.get(name):
            raise ImproperlyConfigured(f"{name} is missing. Expected: {expected}.")
        return self.read(name, expected, cast)

    def read(self, name, expected, cast=str, default=Env.NOTSET):
        """Return `name` through `cast`; raise ImproperlyConfigured naming it and `expected` when it can't be read."""
        try:
            return cast(self.ENVIRON[name]) if name in self.ENVIRON else default
        except Exception as error:
            raise ImproperlyConfigured(f"{name} can't be read. Expected: {expected}.") from error


def words(text):
    """Split a comma-separated value, dropping blanks."""
    return [word.strip() for word in text.split(",") if word.strip()]


def switch(text):
    """Read on/off; raises ValueError on anything else, so that `DEBUG=maybe` does not quietly mean off."""
    meanings = {"1": True, "true": True, "on": True, "yes": True, "0": False, "false": False, "off": False, "no": False, "": False}
    if text.strip().lower() not in meanings:
        raise ValueError(text)
    return meanings[text.strip().lower()]


def web_address(text):
    """Read `https://host[:port]` without a trailing slash; raises ValueError on anything else."""
    address = text.rstrip("/")
    scheme, _, host = address.partition("://")
    if scheme not in ("http", "https") or not host or "/" in host:
        raise ValueError(text)
    return address


def fernet_keys(text):
    """Read one or more Fernet keys, the newest first; raises ValueError when one of them is not a key."""
    from cryptography.fernet import Fernet

    keys = words(text)
    if not keys:
        raise ValueError(text)
    for key in keys:
        Fernet(key)
    return keys
