"""Bringing a list of people: a file or pasted text, one of the two."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.forms import WordsArea, WordsField
from training.imports.reading import MOST_BYTES, too_big


class ListForm(forms.Form):
    """One list of people. What it says is read by the domain, whose refusals come back at the field (`refuse`)."""

    upload = forms.FileField(
        label=_("Choose a file"),
        required=False,
        max_length=255,
        help_text=_("CSV or Excel (.xlsx), at most 5,000 people and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "empty": _("This file is empty."),
            "invalid": _("We did not get a file. Choose it once more."),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )
    text = WordsField(
        label=_("Or paste names and addresses"),
        max_length=MOST_BYTES,
        too_long=_("This is more than 2 MB. Split the list, or leave out what we do not need."),
        help_text=_("From Outlook, or the cells from Excel. For example: Sanne van der Heijden <sanne@voorbeeld.nl>"),
        widget=WordsArea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].strip = False  # an empty first cell is a tab, and means something

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload and upload.size > MOST_BYTES:
            raise ValidationError(too_big())
        return upload

    def clean(self):
        upload, text = self.cleaned_data.get("upload"), self.cleaned_data.get("text", "").strip()
        if not self.errors and bool(upload) == bool(text):
            self.add_error("text", _("Choose a file or paste a list.") if not text else _("Choose one: file or text."))

    def as_list(self):
        """Return what `make_batch` reads, as its named arguments."""
        upload = self.cleaned_data["upload"]
        return {"upload": (upload.name, upload.read())} if upload else {"text": self.cleaned_data["text"]}

    def refuse(self, sentence):
        """Put a refusal at the field that the list came from."""
        self.add_error("upload" if self.cleaned_data["upload"] else "text", sentence)
