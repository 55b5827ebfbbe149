"""The door: sign-in, codes, passwords, addresses and second steps, in this site's words."""

from allauth.account import forms as allauth
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.devices import remember_device
from common.text import kept_address

ADDRESS_MISSING = _("Fill in your e-mail address.")
ADDRESS_WRONG = _("Fill in an address as name@example.nl.")
WITH_PASSWORD = "password"  # noqa: S105 - the name of a button
WITH_ENTER = "enter"  # no button at all: what is filled in says which way


NEW_PASSWORD = (
    _("Your new password"),
    _("10 characters or more. Three or four words are easy to remember."),
    _("Fill in your new password."),
)
ONCE_MORE = (_("The same password once more"), "", _("Fill in your new password."))


def plain(form, **fields):
    """Give the named `fields` of an allauth form our label, hint and words for "empty", and take placeholders away."""
    for name, (label, hint, missing) in fields.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = ADDRESS_WRONG
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):
    """One form for both ways in: a code by mail, or with the second button a password."""

    own_device = forms.BooleanField(
        required=False,
        label=_("This is my own device"),
        help_text=_("Then you stay signed in for 30 days. Do not use this on a computer that you share."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(
            self,
            login=(_("Your e-mail address"), _("The address that your invitation was sent to."), ADDRESS_MISSING),
            password=(_("Your password"), "", _("Fill in your password.")),
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].required = self.by_password

    def clean_login(self):
        return kept_address(super().clean_login())

    @property
    def by_password(self):
        pressed = self.data.get("with")
        return pressed == WITH_PASSWORD or (pressed == WITH_ENTER and bool(self.data.get("password")))

    def user_credentials(self):
        """A password counts only when the person chose that way: a browser may have filled it in by itself."""
        credentials = super().user_credentials()
        if not self.by_password:
            credentials.pop("password", None)
        return credentials

    def login(self, request, redirect_url=None):
        remember_device(request, self.cleaned_data["own_device"])
        return super().login(request, redirect_url=redirect_url)


class CodeForm(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, code=(_("Your code"), _("No mail? Look at your unwanted mail too."), _("Fill in the code.")))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "code-input"}

    def clean_code(self):
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "").replace("-", "")
        return super().clean_code()


class SignupForm(allauth.SignupForm):
    """Only where OPEN_SIGNUP lets anybody in."""

    name = forms.CharField(max_length=80)

    field_order = ("name", "email", "password1")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(
            self,
            name=(_("What may we call you?"), _("A first name is enough."), _("Fill in what we may call you.")),
            email=(_("Your e-mail address"), "", ADDRESS_MISSING),
            password1=(_("Your new password"), NEW_PASSWORD[1], NEW_PASSWORD[2]),
        )

    def save(self, request):
        person = super().save(request)
        person.display_name = " ".join(self.cleaned_data["name"].split())
        person.save(update_fields=["display_name"])
        return person


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, email=(_("Your e-mail address"), "", ADDRESS_MISSING))


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, password1=NEW_PASSWORD, password2=ONCE_MORE)


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, password1=NEW_PASSWORD, password2=ONCE_MORE)


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(
            self,
            oldpassword=(_("The password you have now"), "", _("Fill in your password.")),
            password1=NEW_PASSWORD,
            password2=ONCE_MORE,
        )


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, password=(_("Your password"), "", _("Fill in your password.")))


class AddEmailForm(allauth.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(
            self,
            email=(
                _("Another address"),
                _("An address of your own, for when you change jobs. We send a mail there with a link."),
                ADDRESS_MISSING,
            ),
        )


SECOND_CODE = (_("The code from your app"), _("Or one of your recovery codes."), _("Fill in the code."))


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, code=SECOND_CODE)
        self.fields["code"].widget.attrs |= {"class": "code-input", "autocomplete": "one-time-code"}


class ReauthenticateCodeForm(mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, code=SECOND_CODE)
        self.fields["code"].widget.attrs |= {"class": "code-input", "autocomplete": "one-time-code"}


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self, code=(_("The code that your app shows"), _("Six figures."), _("Fill in the code.")))
        self.fields["code"].widget.attrs |= {
            "class": "code-input",
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
        }
