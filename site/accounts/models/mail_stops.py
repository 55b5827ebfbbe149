"""Which mails somebody turned off."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailStop(models.Model):
    """A kind of mail (mail/kinds.py) that somebody turned off. Theirs to read, and nobody else's."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="mail_stops"
    )
    kind = models.CharField(_("which mail"), max_length=60)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("mail that was turned off")
        verbose_name_plural = _("mails that were turned off")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="a_mail_is_turned_off_once")]

    def __str__(self):
        return f"{self.person_id} · {self.kind}"
