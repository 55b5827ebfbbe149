from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        from django.core.checks import register

        from accounts.domain.invitations import still_wanted
        from accounts.domain.restoring import check_restore
        from accounts.emails import register_kinds
        from accounts.limits import share_limits
        from accounts.personal_data import start
        from accounts.receivers import connect

        share_limits()
        register_kinds(still_wanted)
        connect()
        start.declare()
        start.register_chores()
        start.register_erasures()
        register(check_restore)
