"""Short secrets, unreadable in the database: sealed with the same keys as what people write."""

from cryptography.fernet import InvalidToken
from django.core.exceptions import ImproperlyConfigured

from common.fields import cipher


def seal(text):
    """Return `text` as it may lie in the database."""
    return cipher().encrypt(text.encode()).decode()


def unseal(sealed):
    """Return the text behind what `seal` made; raises ImproperlyConfigured when its key is gone."""
    try:
        return cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured("ANSWER_KEYS does not hold the key that a secret was sealed with.") from error
