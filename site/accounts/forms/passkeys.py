"""Passkeys: what no key ever sends is a wrong passkey, and not an error of ours."""

import logging
from contextlib import contextmanager

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import plain

logger = logging.getLogger(__name__)

NOT_USABLE = _("We can't use this passkey, or the page was open too long. Try once more.")
NOT_KNOWN = _("We do not know this passkey, or the page was open too long. Try once more, or use another way.")
WRONG = "incorrect_code"  # allauth's name for a code or a passkey that is not right
NAME = (_("What do you call it?"), _("For example: my phone."), _("Give it a name."))


@contextmanager
def or_wrong(sentence):
    """Raise ValidationError with `sentence` for a passkey that is wrong or can't be read. Those who read it for us
    raise what their parsers happen to raise: KeyError, struct.error, InvalidSignature. What it was goes into the log
    by its name alone: its words may hold what was sent.
    """
    try:
        yield
    except DatabaseError:
        raise
    except ValidationError as error:
        if getattr(error, "code", "") != WRONG:  # it was too often; a list of errors has no code
            raise
        raise ValidationError(sentence, WRONG) from error
    except Exception as error:
        logger.info("No passkey: %s", type(error).__name__)
        raise ValidationError(sentence, WRONG) from error


class CredentialField(forms.JSONField):
    """What a browser sends of a passkey: an object in JSON, read once and never shown again.

    Source: PublicKeyCredential.toJSON() of Web Authentication Level 3. allauth would keep JSON that counts as nothing
    (`0`, `false`) as a passkey, over which every page that reads the person's passkeys stumbles.
    """

    widget = forms.HiddenInput

    def __init__(self, sentence):
        super().__init__(error_messages={"required": sentence, "invalid": sentence})
        self.sentence = sentence

    def to_python(self, value):
        with or_wrong(self.sentence):  # a number of 5,000 figures, brackets in brackets in brackets
            credential = super().to_python(value)
        if credential is not None and not isinstance(credential, dict):
            raise ValidationError(self.sentence, WRONG)
        return credential

    def bound_data(self, data, initial):
        return None


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    credential = CredentialField(NOT_USABLE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, name=NAME)

    def clean(self):
        with or_wrong(NOT_USABLE):
            return super().clean()


class EditPasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, name=NAME)


class ReadsPasskey(forms.Form):
    """With one of allauth's forms for coming in with a passkey, behind it."""

    credential = CredentialField(NOT_KNOWN)

    def clean_credential(self):
        with or_wrong(NOT_KNOWN):
            return super().clean_credential()


class LoginPasskeyForm(ReadsPasskey, webauthn.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(ReadsPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(ReadsPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass
