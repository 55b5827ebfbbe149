"""The code by which somebody shows once more that it is them."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=12,
        help_text=_("No mail? Look at your unwanted mail too."),
        error_messages={
            "required": _("Fill in the code."),
            "max_length": _("This code is not right. Look at it once more, or ask for a new one."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}),
    )
