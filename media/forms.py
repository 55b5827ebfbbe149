"""The CMS's form for a film or a sound file (`WAGTAILMEDIA["MEDIA_FORM_BASE"]`)."""

from django.db import transaction
from wagtailmedia.forms import BaseMediaForm

from media.kinds import CAPTIONS, PICTURES

ACCEPTED = {"captions": CAPTIONS, "thumbnail": PICTURES}  # the files that go along with a film


class RecordingForm(BaseMediaForm):
    """Sound needs no captions and no still: its transcript says it all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_film:
            self.fields = {name: field for name, field in self.fields.items() if name not in ACCEPTED}
        for name in ACCEPTED.keys() & self.fields.keys():
            self.fields[name].widget.attrs["accept"] = ",".join(ACCEPTED[name])
        self.stored = {name: getattr(self.instance, name).name for name in ACCEPTED}

    def save(self, commit=True):
        """Save, and delete the captions or the still that were replaced; wagtailmedia does so for the film itself."""
        recording = super().save(commit)
        for name, old in self.stored.items():
            file = getattr(recording, name)
            if commit and old and old != file.name:
                transaction.on_commit(lambda storage=file.storage, old=old: storage.delete(old))
        return recording
