"""The field that photos are kept in."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models.fields.files import FieldFile, ImageFileDescriptor
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.strip import StrippedPhoto, stripped
from media.validators import check_photo


class PhotoDescriptor(ImageFileDescriptor):
    """Strips a photo when it is given to the model, so that its size, hash, width and height are of what is stored.

    What is no photo stays as it is: the validator says so in the form, and `PhotoFieldFile.save` refuses to store it.
    """

    def __set__(self, instance, value):
        if isinstance(value, File) and not isinstance(value, FieldFile):
            with suppress(ValidationError):
                value = stripped(value)
        super().__set__(instance, value)


class PhotoFieldFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        super().save(name, stripped(content), save)

    save.alters_data = True


def check_new_photo(file):
    """The field's validator. What was stripped was checked on the way; what is stored was checked when it came in."""
    if not file._committed and not isinstance(file.file, StrippedPhoto):
        check_photo(file)


class PhotoField(WagtailImageField):
    """A picture that is checked and stripped on every way into storage: form, code or import."""

    attr_class = PhotoFieldFile
    descriptor_class = PhotoDescriptor
    default_validators = [check_new_photo]
