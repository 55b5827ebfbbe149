"""Remembering which addresses held something that was taken away."""

from home.models.gone import GoneAddress, digest_of


def remember_gone(path):
    """Let `path` answer 410 from now on; doing so twice changes nothing."""
    GoneAddress.objects.get_or_create(digest=digest_of(path))


def forget_gone(path):
    """Let `path` answer as any other address again."""
    GoneAddress.objects.filter(digest=digest_of(path)).delete()


def is_gone(path):
    """True when something stood at `path` and was taken away, or at the address that it hangs below: a page takes along
    what is read of it in another form. One query.
    """
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return GoneAddress.objects.filter(digest__in=[digest_of(path), digest_of(above)]).exists()
