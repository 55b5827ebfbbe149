"""Photos without what a camera writes in them: where and when, with which phone, sometimes a name or a second picture.

The pixels are stored anew and nothing else goes along, except the colour profile. So what is left out does not depend
on knowing every place where metadata can hide (EXIF, IPTC, XMP, comments, a film behind the picture).
"""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import ImageOps

from media.validators import NOT_A_PICTURE, check_photo, open_picture

KEPT = ("icc_profile", "transparency")  # needed to show the right colours; everything else in `info` goes
SAVED_AS = {
    "JPEG": {"format": "JPEG", "quality": 90},
    "MPO": {"format": "JPEG", "quality": 90},
    "PNG": {"format": "PNG"},
    "WEBP": {"format": "WEBP", "quality": 90},
    "GIF": {"format": "GIF"},
    "AVIF": {"format": "AVIF", "quality": 80, "speed": 9},
}


class StrippedPhoto(ContentFile):
    """A photo that went through `stripped`; going through again does not cost it quality a second time."""


def stripped(photo):
    """Return `photo` (a File) upright and without metadata, under its own name; raises ValidationError when it is none.

    Of a moving picture only the first frame stays: movement that can't be stopped keeps people from reading, and a
    film has a player. The same photo always gives the same bytes.
    """
    if isinstance(photo, StrippedPhoto):
        return photo
    check_photo(photo)
    try:
        with open_picture(photo) as picture:
            return StrippedPhoto(_pixels_alone(picture), name=photo.name)
    except ValidationError:
        raise
    except Exception as error:  # what Pillow raises on a broken file depends on where it is broken
        raise ValidationError(NOT_A_PICTURE, "not_a_picture") from error
    finally:
        photo.seek(0)


def _pixels_alone(picture):
    upright = ImageOps.exif_transpose(picture)
    upright.info = {key: upright.info[key] for key in KEPT if key in upright.info}
    target = BytesIO()
    upright.save(target, icc_profile=upright.info.get("icc_profile"), **SAVED_AS[picture.format])
    return target.getvalue()
