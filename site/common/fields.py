"""Model fields that more than one app needs."""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.functional import cached_property
from wagtail import fields as wagtail


@lru_cache
def _cipher(keys):
    return MultiFernet([Fernet(key) for key in keys])


def cipher():
    """Return the MultiFernet over `settings.ANSWER_KEYS`: the first key writes, every key reads."""
    return _cipher(tuple(settings.ANSWER_KEYS))


class EncryptedWordsField(models.TextField):
    """A dict of what somebody typed, `{part: words}`, unreadable in the database, a dump or a backup.

    An empty dict is stored as an empty string, so that a row shows whether there are words without showing them.
    It can't be searched or filtered on. Without the key it was written with, reading raises ImproperlyConfigured.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        """Return the dict behind what the database or a serialized row holds; a dict stays what it is."""
        if not value or isinstance(value, dict):
            return value or {}
        try:
            return json.loads(cipher().decrypt(value.encode()))
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "ANSWER_KEYS does not hold the key that an answer was written with. "
                "Expected: that key as well, after the newest."
            ) from error

    def get_prep_value(self, value):
        if not value:
            return ""
        return cipher().encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))


class StreamField(wagtail.StreamField):
    """Wagtail's own, but for one thing: the field that reads its JSON is made once, not for every row of every page."""

    @cached_property
    def json_field(self):
        return super().json_field

    def deconstruct(self):
        name, _path, arguments, options = super().deconstruct()
        return name, "wagtail.fields.StreamField", arguments, options  # what the database holds is the same
