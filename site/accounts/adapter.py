from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with the words and the manners of this site."""

    def is_open_for_signup(self, request):
        """People come in by invitation only."""
        return False

    def get_from_email(self):
        return settings.DEFAULT_FROM_EMAIL

    def add_message(self, *args, **kwargs):
        """Say nothing on top of the next page: where somebody lands after signing in or out says enough."""
