"""Sign-in and forgotten password, in this site's words."""

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["login"].help_text = _("The address that your invitation was sent to.")
        self.fields["login"].error_messages["required"] = _("Fill in your e-mail address.")
        self.fields["login"].error_messages["invalid"] = _("Fill in an address as name@example.nl.")
        self.fields["password"].label = _("Your password")
        self.fields["password"].error_messages["required"] = _("Fill in your password.")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields.pop("remember", None)


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].error_messages["required"] = _("Fill in your e-mail address.")
        self.fields["email"].error_messages["invalid"] = _("Fill in an address as name@example.nl.")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Your new password")
        self.fields["password1"].help_text = _("10 characters or more. Three or four words are easy to remember.")
        self.fields["password2"].label = _("The same password once more")
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill in your new password.")
            field.widget.attrs.pop("placeholder", None)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=[("nl", "Nederlands"), ("en", "English")])
    next = forms.CharField(required=False, max_length=500)
