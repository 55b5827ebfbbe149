"""The fields that photos go through on their way in, in a form and in a model."""

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models.fields.files import FieldFile, ImageFileDescriptor
from django.forms import FileField
from django.utils.text import format_lazy
from wagtail.images.fields import WagtailImageField as WagtailFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.strip import stripped


class PhotoFormField(WagtailFormField):
    """Checks and strips before Wagtail looks: its own check decodes a picture of any size, and fails on half a one."""

    def __init__(self, *args, help_text="", **kwargs):
        super().__init__(*args, **kwargs)  # sets a help text of its own: the formats, and how big
        self.help_text = format_lazy("{} {}", help_text, self.help_text) if help_text else self.help_text

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        return None if upload is None else super().to_python(stripped(upload))


class PhotoDescriptor(ImageFileDescriptor):
    """Strips a photo when it is given to the model, so that its size, hash, width and height are of what is stored."""

    def __set__(self, instance, value):
        if isinstance(value, File) and not isinstance(value, FieldFile):
            try:
                value = stripped(value)
            except ValidationError as error:
                raise ValidationError({self.field.name: error}) from error
        super().__set__(instance, value)


class PhotoFieldFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        super().save(name, stripped(content), save)

    save.alters_data = True


class PhotoField(WagtailImageField):
    """A picture that is checked and stripped on every way into storage: form, code or import.

    What is no picture of ours raises ValidationError where it is given to the model.
    """

    attr_class = PhotoFieldFile
    descriptor_class = PhotoDescriptor

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PhotoFormField} | kwargs)
