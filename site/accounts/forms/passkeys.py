"""Passkeys: what no key ever sends is a wrong passkey, and not an error of ours."""

from contextlib import contextmanager

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import plain

NAME = (_("What do you call it?"), _("For example: my phone."), _("Give it a name."))


def wrong_passkey():
    return get_adapter().validation_error("incorrect_code")


@contextmanager
def or_wrong():
    """Raise ValidationError for whatever can't be read. Those who read it for us raise what their parsers happen to
    raise: KeyError, struct.error, InvalidSignature.
    """
    try:
        yield
    except (ValidationError, DatabaseError):
        raise
    except Exception as error:
        raise wrong_passkey() from error


class CredentialField(forms.JSONField):
    """What a browser sends of a passkey: an object in JSON, read once and never shown again.

    Source: PublicKeyCredential.toJSON() of Web Authentication Level 3. allauth would keep JSON that counts as nothing
    (`0`, `false`) as a passkey, over which every page that reads the person's passkeys stumbles.
    """

    widget = forms.HiddenInput

    def to_python(self, value):
        with or_wrong():  # a number of 5,000 figures, brackets in brackets in brackets
            credential = super().to_python(value)
        if credential is not None and not isinstance(credential, dict):
            raise wrong_passkey()
        return credential

    def bound_data(self, data, initial):
        return None


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    credential = CredentialField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, name=NAME)

    def clean(self):
        with or_wrong():
            return super().clean()


class EditPasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, name=NAME)


class ReadsPasskey(forms.Form):
    """With one of allauth's forms for coming in with a passkey, behind it."""

    credential = CredentialField()

    def clean_credential(self):
        with or_wrong():
            return super().clean_credential()


class LoginPasskeyForm(ReadsPasskey, webauthn.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(ReadsPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(ReadsPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass
