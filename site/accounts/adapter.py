from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with the words and the manners of this site."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not belong together. Look at both once more."),
        "invalid_login": _("This address and password do not belong together. Look at both once more."),
        "too_many_login_attempts": _("You tried too often. Wait five minutes, or call us."),
        "rate_limited": _("You tried too often. Wait five minutes, or call us."),
    }

    def is_open_for_signup(self, request):
        """People come in by invitation only."""
        return False

    def get_from_email(self):
        return settings.DEFAULT_FROM_EMAIL

    def get_reset_password_from_key_url(self, key):
        """Made from the setting, never from the request: a forged host would lead to somebody else's door."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def add_message(self, *args, **kwargs):
        """Say nothing on top of the next page: where somebody lands after signing in or out says enough."""
