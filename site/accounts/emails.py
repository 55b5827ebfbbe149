"""The mails about accounts. Those with a code or a link in them are erased as soon as they have left."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, register

INVITATION = "invitation"
UNKNOWN_ACCOUNT = "unknown_account"
# What allauth sends, by the last part of its template's name.
FROM_ALLAUTH = {
    "login_code": ("login-code", _("sign-in code"), True),
    "password_reset_key": ("password-reset", _("forgotten password"), True),
    UNKNOWN_ACCOUNT: ("unknown-account", _("no account"), False),
    "email_confirmation": ("email-confirmation", _("confirm an address"), True),
    "account_already_exists": ("account-exists", _("there is an account already"), False),
}
NOTICE = "account-notice"
DELETION_ASKED = "deletion-asked"
PROOF_CODE = "proof-code"


def register_kinds(still_wanted):
    """Tell the outbox about these mails; `still_wanted` is asked before an invitation leaves."""
    register(MailKind(INVITATION, _("invitation"), "emails/invitation", is_secret=True, still_wanted=still_wanted))
    for name, (kind, label, is_secret) in FROM_ALLAUTH.items():
        register(MailKind(kind, label, f"emails/{name}", is_secret=is_secret))
    register(MailKind(DELETION_ASKED, _("your account is closed"), "emails/deletion_asked", is_secret=True))
    register(MailKind(PROOF_CODE, _("code to show that it is you"), "emails/proof_code", is_secret=True))
    register(MailKind(NOTICE, _("something changed in your account"), "emails/account_notice"))
