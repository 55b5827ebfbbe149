"""The addresses of what was taken away."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GoneAddress(models.Model):
    """An address where something stood that was taken away: it answers 410 with kind words and not 404.

    Wagtail forgets an unpublished page's visitors (404), so the address needs a row of its own, asked on 404 only.
    """

    path = models.CharField(_("address"), max_length=500, unique=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("address of something taken away")
        verbose_name_plural = _("addresses of what was taken away")

    def __str__(self):
        return self.path
