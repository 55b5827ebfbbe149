"""Where people come together."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

POSTCODE = re.compile(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})?\s*")


class PostcodeField(forms.CharField):
    """A postcode, kept as `5611 AB` however it was typed; across the border it has four figures alone."""

    def clean(self, value):
        text = super().clean(value)
        found = POSTCODE.fullmatch(text)
        if text and not found:
            raise forms.ValidationError(_("A postcode has four figures and two letters, as 5611 AB."), code="postcode")
        return " ".join(filter(None, (found[1], (found[2] or "").upper()))) if found else ""
