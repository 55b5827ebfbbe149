"""Inviting people, giving roles, and what a person says about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Invitation, User
from common.text import without_controls


def one_line(value):
    """Return `value` as one line, without control characters that no database takes."""
    return " ".join(without_controls(value).split())


class OneLineField(forms.CharField):
    def to_python(self, value):
        return one_line(super().to_python(value))


class InvitationForm(forms.ModelForm):
    name = OneLineField(label=_("Their name"), max_length=80, required=False, help_text=_("A first name is enough."))

    class Meta:
        model = Invitation
        fields = ["email", "name", "role"]
        labels = {"email": _("Their e-mail address"), "role": _("What they will do here")}
        widgets = {"role": forms.RadioSelect}
        error_messages = {
            "email": {
                "required": _("Fill in an address."),
                "invalid": _("Fill in an address as name@example.nl."),
            },
            "role": {"required": _("Choose what they will do here.")},
        }

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label.capitalize()) for role in roles]
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def _get_validation_exclusions(self):
        # Whether an invitation to this address is under way is answered by the act, under the constraint.
        return super()._get_validation_exclusions() | {"state"}


class WelcomeForm(forms.ModelForm):
    """The one screen of the first visit."""

    display_name = OneLineField(
        label=_("What may we call you?"),
        max_length=80,
        help_text=_("A first name is enough. The people in your group see it."),
        error_messages={"required": _("Fill in what we may call you.")},
    )

    class Meta:
        model = User
        fields = ["display_name", "work"]
        labels = {"work": _("What do you do?")}
        widgets = {"work": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"


class ProfileForm(WelcomeForm):
    about_me = OneLineField(
        label=_("One line about you"),
        max_length=160,
        required=False,
        help_text=_("For the people in your groups. You may leave it empty. At most 160 characters."),
    )

    class Meta(WelcomeForm.Meta):
        fields = ["display_name", "about_me", "work", "language", "theme", "larger_text"]
        widgets = {"work": forms.RadioSelect, "language": forms.RadioSelect, "theme": forms.RadioSelect}


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, role.label.capitalize()) for role in Role],
        widget=forms.CheckboxSelectMultiple,
    )
