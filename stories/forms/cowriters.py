"""Choosing who reads along, and what somebody looks at before a story goes online."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.refusals import Refused
from stories.domain.cowriters import DAYS, check_day


def to_mend(form):
    """Return `(id of the field, sentence)` of everything to mend, in the order of the screen."""
    found = []
    for name, sentences in form.errors.items():
        several = isinstance(form[name].field.widget, forms.RadioSelect)
        found += [(f"{form[name].auto_id}_0" if several else form[name].auto_id, sentence) for sentence in sentences]
    return found


class DayInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value):
        return value if isinstance(value, str) or value is None else value.isoformat()


class DayField(forms.DateField):
    widget = DayInput
    default_error_messages = {
        "required": _("Choose a day."),
        "invalid": _("Write the day as 31-12-2027."),
    }

    def to_python(self, value):
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value)


class InviteForm(forms.Form):
    person = forms.ModelChoiceField(
        queryset=None,
        label=_("Who?"),
        to_field_name="uuid",
        empty_label=_("Choose somebody"),
        error_messages={name: _("Choose somebody from the list.") for name in ("required", "invalid_choice")},
    )
    until = DayField(label=_("Until when?"), help_text=_("After that day it closes by itself."))

    def __init__(self, data=None, *, people, initial=None):
        until = timezone.localdate() + timedelta(days=DAYS)
        super().__init__(data, initial={"until": until} | (initial or {}))
        self.fields["person"].queryset = people

    def clean_person(self):
        return self.cleaned_data["person"]

    def clean_until(self):
        until = self.cleaned_data["until"]
        try:
            check_day(until)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return until

    @property
    def to_mend(self):
        return to_mend(self)


class CheckForm(forms.Form):
    """The list that the second pair of eyes goes by: each a tick, for exactly these words."""

    words_hash = forms.CharField(widget=forms.HiddenInput, required=False)
    names = forms.BooleanField(label=_("Names: nobody else is called by their own name, or they said yes."))
    places = forms.BooleanField(label=_("Places: a street, a school or an employer does not give anybody away."))
    dates = forms.BooleanField(label=_("Dates: a day or a year does not lead to anybody."))
    photo = forms.BooleanField(label=_("Photos: nobody else is to be seen, or they said yes. Or there are none."))
    voice = forms.BooleanField(label=_("Voices: nobody else is to be heard, or they said yes. Or there are none."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("names", "places", "dates", "photo", "voice"):
            self.fields[name].error_messages["required"] = _("Tick this when you have looked.")

    @property
    def ticks(self):
        return [field for field in self if field.name != "words_hash"]

    @property
    def to_mend(self):
        return to_mend(self)
