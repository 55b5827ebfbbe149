"""The CMS's forms for a picture and for a film or sound; settings name them to Wagtail and to wagtailmedia."""

from django.db import transaction
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media.fields import PhotoFormField
from media.kinds import CAPTIONS


class ImageForm(BaseImageForm):
    """`WAGTAILIMAGES_IMAGE_FORM_BASE`. Wagtail chooses a field of its own for the file, so it is replaced here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PhotoFormField(label=file.label, required=file.required, widget=file.widget)


class RecordingForm(BaseMediaForm):
    """`WAGTAILMEDIA["MEDIA_FORM_BASE"]`. Sound has no captions and no still: its transcript says it all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_film:
            for name in ("captions", "thumbnail"):
                self.fields.pop(name, None)
        if "captions" in self.fields:
            self.fields["captions"].widget.attrs["accept"] = ",".join(CAPTIONS)
        self.stored = {name: getattr(self.instance, name).name for name in ("captions", "thumbnail")}

    def save(self, commit=True):
        """Save, and delete the captions or the still that were replaced; wagtailmedia does so for the film itself."""
        recording = super().save(commit)
        for name, old in self.stored.items():
            file = getattr(recording, name)
            if commit and old and old != file.name:
                transaction.on_commit(lambda storage=file.storage, old=old: storage.delete(old))
        return recording
