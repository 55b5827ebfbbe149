"""Remembering which addresses held something that was taken away."""

from home.models.gone import GoneAddress, digest_of


def remember_gone(path):
    """Let `path` answer 410 from now on; doing so twice changes nothing."""
    GoneAddress.objects.get_or_create(digest=digest_of(path))


def forget_gone(path):
    """Let `path` answer as any other address again."""
    GoneAddress.objects.filter(digest=digest_of(path)).delete()


def is_gone(path):
    """True when something stood at `path` and was taken away."""
    return GoneAddress.objects.filter(digest=digest_of(path)).exists()
