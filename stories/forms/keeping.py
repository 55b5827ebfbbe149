"""The note and the labels with something that one keeps."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import WordsField
from home.forms import PolishedForm, at_most
from stories.domain.keeping import LABEL_LENGTH, MOST_LABELS, labels_in


class NoteForm(PolishedForm):
    note = WordsField(
        label=_("Your note"), max_length=settings.NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"})
    )
    labels = WordsField(
        label=_("Your labels"),
        max_length=(LABEL_LENGTH + 2) * MOST_LABELS,
        widget=forms.TextInput(attrs={"lang": "nl", "autocomplete": "off"}),
        help_text=_("Words by which you find it again, with commas between. As: listening, for Thursday."),
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["note"].help_text = at_most(settings.NOTE_LENGTH)

    def clean_labels(self):
        """Return them as a list."""
        found = labels_in(self.cleaned_data["labels"])
        if len(found) > MOST_LABELS:
            raise forms.ValidationError(gettext("%(most)d labels fit. Leave some out.") % {"most": MOST_LABELS})
        if any(len(label) > LABEL_LENGTH for label in found):
            raise forms.ValidationError(
                gettext("A label is %(most)d characters at most. Put a comma between two labels.")
                % {"most": LABEL_LENGTH}
            )
        return found
