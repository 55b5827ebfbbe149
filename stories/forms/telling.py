"""What a storyteller types or records, and what who reads along writes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import WordsField
from common.text import without_controls
from media.kinds import FILMS, SOUNDS, ending
from media.validators import check_recording
from stories.domain.cowriters import MAX_REMARK
from stories.domain.recordings import MAX_TRANSCRIPT
from stories.domain.telling import MAX_TEXT, MAX_TITLE, Typed

PROMPT = "story"  # what site/static/js/autosave.js calls the one question of this page
PREFIX = f"p-{PROMPT}-"
BIG = 2**31 - 1
# Kinds and endings: a phone then offers its recorder and its camera beside what is on it. No `capture`, which would
# leave only the recorder. What we can't take is refused with a sentence.
ACCEPTED = ",".join(["audio/*", "video/*", *SOUNDS, *FILMS])


class TellForm(forms.Form):
    """The title and the text, with the numbers of the open page."""

    title = WordsField(label=_("What is your story called?"), max_length=MAX_TITLE, widget=forms.TextInput)
    text = WordsField(label=_("Your story"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 9}))
    writer = forms.CharField(required=False)
    based_on = forms.CharField(required=False)
    edit_no = forms.CharField(required=False)

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial, auto_id="%s")
        for name in ("title", "text"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def add_prefix(self, name):
        return f"{PREFIX}{name}"

    @property
    def typed(self):
        """What this page wants to keep; call it on a valid form."""
        cleaned = self.cleaned_data
        title = " ".join(cleaned["title"].split())
        numbers = {name: _number(cleaned[name]) for name in ("based_on", "edit_no")}
        return Typed(title, cleaned["text"], without_controls(cleaned["writer"])[:36], **numbers)

    @property
    def to_mend(self):
        """`(id of the field, sentence)` of everything to mend."""
        return [(self[name].auto_id, sentence) for name, found in self.errors.items() for sentence in found]

    def sentences(self):
        return " ".join(sentence for _field, sentence in self.to_mend)


def _number(text):
    return min(int(text), BIG) if text.isascii() and text.isdigit() and len(text) < 12 else 0


class RecordingForm(forms.Form):
    recording = forms.FileField(
        label=_("A recording from your phone or computer"),
        required=False,
        allow_empty_file=True,  # the check below says it in its own words
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_recording(self):
        file = self.cleaned_data["recording"]
        if file:
            check_recording(file, is_film=ending(file.name) in FILMS)
        return file

    @property
    def to_mend(self):
        return [(self["recording"].auto_id, sentence) for sentence in self.errors.get("recording", [])]


class RemarkForm(forms.Form):
    remark = WordsField(
        label=_("Do you want to say something about it?"),
        max_length=MAX_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You may leave it empty. Only the storyteller reads it, and who reads along."),
    )

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["remark"].widget.attrs.pop("maxlength", None)

    @property
    def to_mend(self):
        return [(self["remark"].auto_id, sentence) for sentence in self.errors.get("remark", [])]


class TranscriptForm(forms.Form):
    pk = forms.IntegerField(min_value=1, max_value=2**63 - 1, error_messages={"required": _("Choose a recording.")})
    words = WordsField(
        label=_("What is said, written out"), max_length=MAX_TRANSCRIPT, widget=forms.Textarea(attrs={"rows": 8})
    )

    @property
    def to_mend(self):
        return [(self[name].auto_id, sentence) for name, found in self.errors.items() for sentence in found]
