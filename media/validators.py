"""What may be uploaded. The name and the content have to say the same; forms, models and imports ask here.

Every check takes a File (a form's upload, an open file, a model's FieldFile), leaves it at its beginning and raises a
ValidationError with a sentence for the person who uploads. A recording or document that a model has stored already is
not read again.
"""

import re
import zipfile

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow

from media.kinds import CAPTIONS, DOCUMENTS, FILMS, PICTURES, SOUNDS, ending

MEGABYTE = 1024 * 1024
PICTURE_BYTES = 20 * MEGABYTE
PICTURE_MEGAPIXELS = 40
SOUND_BYTES = 60 * MEGABYTE
FILM_BYTES = 300 * MEGABYTE
DOCUMENT_BYTES = 20 * MEGABYTE
CAPTION_BYTES = MEGABYTE

HEAD = 64 * 1024  # how much of a file is looked at to see what it is
PICTURE_FORMATS = {
    ".jpg": {"JPEG", "MPO"},  # MPO: a JPEG with a second picture behind it, as some phones make
    ".jpeg": {"JPEG", "MPO"},
    ".png": {"PNG"},
    ".webp": {"WEBP"},
    ".gif": {"GIF"},
    ".avif": {"AVIF"},
}
STILL_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1"}  # pictures in the box of a film
MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
CAPTIONS_HEAD = re.compile(r"WEBVTT([ \t\r\n]|$)")

NOT_WHAT_IT_SAYS = _("The name ends in %(ending)s, but what is in the file is something else.")
NOT_A_PICTURE = _("This picture can't be read. Save it again as .jpg or .png, and upload that.")


def check_photo(file):
    """Accept a picture by its header alone: nothing is decoded, so that a small file can't fill the memory."""
    _check_ending(file, PICTURES)
    _check_bytes(file, PICTURE_BYTES)
    with open_picture(file) as picture:
        if picture.format not in PICTURE_FORMATS[ending(file.name)]:
            raise ValidationError(NOT_WHAT_IT_SAYS, "not_what_it_says", {"ending": ending(file.name)})
        width, height = picture.size
    if width * height > PICTURE_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels()


def open_picture(file):
    """Return `file` as a Pillow image of one of our formats, its header read and its pixels not."""
    file.seek(0)
    formats = sorted(set().union(*PICTURE_FORMATS.values()) - {"MPO"})  # Pillow finds MPO behind JPEG
    try:
        return Pillow.open(file, formats=formats)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # what Pillow raises on a broken file depends on where it is broken
        raise ValidationError(NOT_A_PICTURE, "not_a_picture") from error
    finally:
        file.seek(0)


def check_recording(file, *, is_film):
    if is_stored(file):
        return
    _check_ending(file, FILMS if is_film else SOUNDS)
    _check_bytes(file, FILM_BYTES if is_film else SOUND_BYTES)
    _check_content(file, RECORDING_SIGNS[ending(file.name)](_head(file)))


def check_captions(file):
    if is_stored(file):
        return
    _check_ending(file, CAPTIONS)
    _check_bytes(file, CAPTION_BYTES)
    try:
        words = _head(file, CAPTION_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("These captions have strange letters. Save the file as UTF-8."), "not_utf8") from error
    if not CAPTIONS_HEAD.match(words):
        raise ValidationError(_("Captions begin with the word WEBVTT, and this file does not."), "not_captions")


def check_document(file):
    if is_stored(file):
        return
    _check_ending(file, DOCUMENTS)
    _check_bytes(file, DOCUMENT_BYTES)
    _check_content(file, DOCUMENT_SIGNS[ending(file.name)](file))
    file.seek(0)


def is_stored(file):
    """True for a model's file that was checked when it came in: it may be big, or gone."""
    return getattr(file, "_committed", False)


# ── What they have in common ───────────────────────────────────────────────────
def _check_ending(file, allowed):
    if ending(file.name) not in allowed:
        raise ValidationError(
            _("This kind of file can't be used here. These can: %(allowed)s."),
            "ending",
            {"allowed": ", ".join(allowed)},
        )


def _check_bytes(file, most):
    if not file.size:
        raise ValidationError(_("There is nothing in this file."), "empty")
    if file.size > most:
        raise ValidationError(
            _("This file is %(size)s. It may be %(most)s at most."),
            "too_big",
            {"size": filesizeformat(file.size), "most": filesizeformat(most)},
        )


def _check_content(file, is_right):
    if not is_right:
        raise ValidationError(NOT_WHAT_IT_SAYS, "not_what_it_says", {"ending": ending(file.name)})


def _too_many_pixels():
    return ValidationError(
        _("This picture is larger than %(most)s megapixels. Make it smaller first."),
        "too_many_pixels",
        {"most": PICTURE_MEGAPIXELS},
    )


def _head(file, length=HEAD):
    file.seek(0)
    head = file.read(length)
    file.seek(0)
    return head


# ── How each kind begins ───────────────────────────────────────────────────────
def _is_mp4(head):
    return head[4:8] == b"ftyp" and head[8:12] not in STILL_BRANDS


def _is_webm(head):
    return head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:4096]


def _is_mp3(head):
    return head.startswith(b"ID3") or _is_frame(head, 0xE6, 0xE2)


def _is_aac(head):
    return head.startswith(b"ID3") or _is_frame(head, 0xF6, 0xF0)


def _is_frame(head, mask, wanted):
    """True when the sync bits and the layer bits of a frame of sound stand at the beginning."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & mask == wanted


def _is_ogg(head):
    return head.startswith(b"OggS")


def _is_wav(head):
    return head.startswith(b"RIFF") and head[8:12] == b"WAVE"


RECORDING_SIGNS = {
    ".mp4": _is_mp4,
    ".m4v": _is_mp4,
    ".m4a": _is_mp4,
    ".webm": _is_webm,
    ".mp3": _is_mp3,
    ".aac": _is_aac,
    ".ogg": _is_ogg,
    ".wav": _is_wav,
}


def _is_pdf(file):
    return _head(file).startswith(b"%PDF-")


def _is_text(file):
    """True for letters without markup: a page or a drawing that calls itself .txt is none."""
    head = _head(file)
    return b"\0" not in head and not MARKUP.search(head)


def _is_docx(file):
    return "word/document.xml" in _package(file)


def _is_xlsx(file):
    return "xl/workbook.xml" in _package(file)


def _is_odt(file):
    return _package(file).get("mimetype") == DOCUMENTS[".odt"].encode()


def _package(file):
    """Return the parts of a zipped document as `{name: first bytes}`; only the part that names its kind is unpacked."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = dict.fromkeys(package.namelist(), b"")
            if "mimetype" in parts:
                with package.open("mimetype") as part:
                    parts["mimetype"] = part.read(100).strip()
            return parts
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return {}


DOCUMENT_SIGNS = {
    ".pdf": _is_pdf,
    ".docx": _is_docx,
    ".xlsx": _is_xlsx,
    ".odt": _is_odt,
    ".txt": _is_text,
    ".csv": _is_text,
}
