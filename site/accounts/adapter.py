"""allauth, with the words and the manners of this site."""

import secrets
import uuid
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.devices import begin_session
from accounts.domain.people import person_with
from accounts.emails import FROM_ALLAUTH, NOTICE, UNKNOWN_ACCOUNT
from accounts.proof import was_proven
from common.secrets import seal, unseal
from common.text import kept_address
from mail.domain.outbox import queue_mail

TOO_OFTEN = _("You tried too often. Wait five minutes, or call us.")
NOT_TOGETHER = _("This address and password do not belong together. Look at both once more.")
WRONG_CODE = _("This code is not right. Look at it once more, or ask for a new one.")
WRONG_APP_CODE = _("This code is not right. Look at it once more, or wait for the next one.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NOT_TOGETHER,
        "invalid_login": NOT_TOGETHER,
        "incorrect_password": _("This password is not right. Look at it once more."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "email_taken": _("This address can't be added. Is it yours? Call us, then we sort it out together."),
        "duplicate_email": _("You have added this address already."),
        "max_email_addresses": _("You have two addresses. Remove one before you add another."),
        "cannot_remove_primary_email": _("You sign in with this address. Choose another one first, then remove this."),
        "unverified_primary_email": _("First open the link in the mail to that address. Then you can use it."),
        "enter_current_password": _("Fill in the password that you have now."),
    }

    def validation_error(self, code, *args):
        """Our sentences hold their numbers themselves: what allauth would fill in is one too many, and an error."""
        return super().validation_error(code)

    def is_safe_url(self, url):
        """Where to go next is on this site; what can't even be read as an address is nowhere."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def clean_email(self, email):
        return kept_address(email)

    def is_open_for_signup(self, request):
        """People come in by invitation, unless the organisation opened the door for everybody."""
        return settings.OPEN_SIGNUP

    def post_login(self, request, user, **kwargs):
        """How long somebody stays signed in depends on their role, and on whether the device is their own."""
        begin_session(request, user)
        return super().post_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user):
        """Return the ways in which `user` shows once more that it is them: a code by mail for who has no other."""
        by_mail = {"id": "code", "url": reverse("account_reauthenticate_by_code"), "description": _("Use a code")}
        return super().get_reauthentication_methods(user) or ([by_mail] if user.is_authenticated else [])

    def is_reauthentication_required(self, *, app, **kwargs):
        """As allauth's. Who has only their mail it would let through: of them we ask for a code first.

        `app` is allauth's own where somebody changes how they come in: having come in by mail a moment ago counts.
        """
        user = self.request.user
        has_only_mail = user.is_authenticated and not super().get_reauthentication_methods(user)
        if has_only_mail and not was_proven(self.request, at_the_door=bool(app)):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """Put allauth's mail in the outbox; the worker sends it within seconds."""
        name = template_prefix.rpartition("/")[2].removesuffix("_signup")
        # Whose address this is was looked up before: once more of nobody's would take longer than of somebody's.
        person = None if name == UNKNOWN_ACCOUNT else person_with(email)
        kind, _label, _is_secret = FROM_ALLAUTH.get(name, (NOTICE, "", False))
        queue_mail(
            kind,
            to=email,
            key=f"{kind}:{uuid.uuid4()}",
            context={key: value for key, value in context.items() if key != "request"}
            | {"what": NOTICES.get(name, NOTICES["other"])},
            person=person,
        )

    def get_from_email(self):
        return settings.DEFAULT_FROM_EMAIL

    def get_reset_password_from_key_url(self, key):
        return from_setting(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return from_setting(super().get_email_confirmation_url(request, emailconfirmation))

    def generate_login_code(self):
        """Six figures: they can be read aloud over the phone, and five tries of a million are all that anybody gets."""
        return f"{secrets.randbelow(1_000_000):06}"

    def can_delete_email(self, email_address):
        """One address stays: the one that this person signs in with."""
        return not email_address.primary

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say on the next page only what went wrong: where somebody lands says enough of the rest."""
        if level >= messages.ERROR:
            super().add_message(request, level, message_template, message_context, extra_tags, message)


# What changed, in the mail that says so, by the name of allauth's own template.
NOTICES = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was changed."),
    "password_set": _("You now have a password."),
    "email_changed": _("The address that you sign in with was changed."),
    "email_confirm": _("An address was confirmed."),
    "email_deleted": _("An address was removed."),
    "totp_activated": _("An app with codes was added to your account."),
    "totp_deactivated": _("The app with codes was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "other": _("Something was changed in your account."),
}


def from_setting(address):
    """Return `address` on the host of SITE_URL, never that of the request: a forged host would lead to another door."""
    return settings.SITE_URL + urlsplit(address).path


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_APP_CODE,
        "unverified_email": _("First confirm your e-mail address."),
        "cannot_delete_authenticator": _("Your work asks for a second step. Add another one before you remove this."),
        "cannot_generate_recovery_codes": _("First add an app with codes or a passkey."),
    }

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def get_totp_label(self, user):
        return EmailAddress.objects.get_primary_email(user) or user.email

    def generate_authenticator_name(self, user, type):
        return gettext("My passkey")

    def _get_site_name(self):
        return settings.WAGTAIL_SITE_NAME

    def get_public_key_credential_rp_entity(self):
        """A passkey belongs to the host of SITE_URL: one that a request names could be forged."""
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": settings.WAGTAIL_SITE_NAME}
