from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is. The last three are ends; only from `refused` is there a way back (`send_again`)."""

    WAITING = "waiting", _("waits to leave")
    SENDING = "sending", _("on its way")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("could not be delivered")
    CANCELLED = "cancelled", _("taken back")
