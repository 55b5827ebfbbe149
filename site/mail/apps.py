from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("Mail")

    def ready(self):
        from common import chores
        from mail import receivers
        from mail.domain.outbox import erase_old_bodies

        receivers.connect()
        chores.register("erase the words of old mails", erase_old_bodies)
