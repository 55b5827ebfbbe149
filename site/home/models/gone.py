"""The addresses of what was taken away."""

from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _


def digest_of(path):
    """Return 64 hexadecimal digits that stand for an address: an address may hold words of what was taken away."""
    return sha256(path.encode("utf-8", "replace")).hexdigest()


class GoneAddress(models.Model):
    """An address where something stood that was taken away: it answers 410 with kind words and not 404.

    Wagtail forgets an unpublished page's visitors (404), so the address needs a row of its own, asked on 404 only.
    """

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("address of something taken away")
        verbose_name_plural = _("addresses of what was taken away")

    def __str__(self):
        return self.digest
