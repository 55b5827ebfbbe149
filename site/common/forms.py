"""Form fields that more than one app needs."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.text import without_controls

TOO_LONG = _("Your text is too long: %(show_value)d characters, and %(limit_value)d fit. Make it shorter.")


class WordsArea(forms.Textarea):
    """A textarea written without templates: Django's own cost 0.1 ms each, and a step may have ten."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<textarea name="{}"{}>\n{}</textarea>', name, attrs, self.format_value(value) or "")


class WordsField(forms.CharField):
    """Text as somebody types it: control characters that no database takes are dropped, line ends are made one kind."""

    def __init__(self, *, max_length, too_long=TOO_LONG, **kwargs):
        kwargs = {"required": False, "widget": WordsArea(attrs={"rows": 5})} | kwargs
        super().__init__(strip=True, max_length=max_length, **kwargs)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = too_long
        # The server says it in a sentence and keeps the text; a browser's own limit would cut it off while pasting.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        if value not in self.empty_values and not isinstance(value, str):
            raise ValidationError(_("Write your answer as text."))
        return super().to_python(without_controls(value) if isinstance(value, str) else value)
