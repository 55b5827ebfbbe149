"""The content is checked, not the name."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from media import validators
from media.models import Document, Image, Recording
from media.validators import check_captions, check_document, check_photo, check_recording
from tests.media.conftest import MP4, VTT, picture_bytes

HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXT = b"Een gewone tekst, geen film. " * 50


def file(name, content):
    return ContentFile(content, name=name)


def png_header(width, height):
    """Return a PNG of a few bytes that says it is `width` x `height`."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def package(**parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def workbook():
    target = BytesIO()
    Workbook().save(target)
    return target.getvalue()


def short(value):
    """The id of a parameter. Zipped files hold the time they were made at, so neither content nor size would do."""
    return "file" if isinstance(value, bytes) else None


def codes(error):
    return {name: [each.code for each in errors] for name, errors in error.error_dict.items()}


def refused(check, *args, **options):
    with pytest.raises(ValidationError) as caught:
        check(*args, **options)
    return caught.value.code


# ── Pictures ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_is_accepted(form):
    upload = file(f"trap.{form.lower()}", picture_bytes(form))

    check_photo(upload)

    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("page.jpg", HTML, "not_a_picture"),
        ("drawing.png", SVG, "not_a_picture"),
        ("drawing.svg", SVG, "ending"),
        ("page.html", HTML, "ending"),
        ("trap.jpg.html", picture_bytes(), "ending"),
        ("trap", picture_bytes(), "ending"),
        ("trap.png", picture_bytes("JPEG"), "not_what_it_says"),
        ("trap.tiff", picture_bytes("TIFF"), "ending"),
        ("trap.jpg", picture_bytes("TIFF"), "not_a_picture"),
        ("trap.jpg", b"", "empty"),
        ("trap.png", png_header(20_000, 20_000), "too_many_pixels"),
        ("trap.png", png_header(12_000, 10_000), "too_many_pixels"),
        ("trap.png", png_header(8_001, 5_000), "too_many_pixels"),
    ],
    ids=short,
)
def test_what_is_no_picture_of_ours_is_refused(name, content, code):
    assert refused(check_photo, file(name, content)) == code


def test_the_largest_picture_is_accepted():
    check_photo(file("trap.png", png_header(8_000, 5_000)))


REFUSED_PICTURES = [
    ("page.jpg", HTML, "not_a_picture"),
    ("trap.jpg", picture_bytes(size=(600, 600))[:3000], "not_a_picture"),
    ("trap.png", png_header(900, 900), "not_a_picture"),
    ("trap.png", png_header(9_000, 9_000), "too_many_pixels"),
    ("trap.png", png_header(20_000, 20_000), "too_many_pixels"),
    ("drawing.svg", SVG, "ending"),
]


@pytest.mark.parametrize(("name", "content", "code"), REFUSED_PICTURES, ids=short)
def test_a_model_refuses_a_picture_where_it_is_given(root_collection, name, content, code):
    with pytest.raises(ValidationError) as caught:
        Image(title="De trap", file=SimpleUploadedFile(name, content))

    assert codes(caught.value) == {"file": [code]}


# ── Films and sound ────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "content", "is_film"),
    [
        ("film.mp4", MP4, True),
        ("film.M4V", MP4, True),
        ("film.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", True),
        ("sound.m4a", b"\x00\x00\x00\x1cftypM4A \x00\x00\x02\x00", False),
        ("sound.mp3", b"ID3\x04\x00\x00", False),
        ("sound.mp3", b"\xff\xfb\x90\x64", False),
        ("sound.aac", b"\xff\xf1\x50\x80", False),
        ("sound.ogg", b"OggS\x00\x02", False),
        ("sound.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", False),
    ],
    ids=short,
)
def test_a_film_or_sound_is_accepted(name, content, is_film):
    check_recording(file(name, content), is_film=is_film)


@pytest.mark.parametrize(
    ("name", "content", "is_film", "code"),
    [
        ("film.mp4", TEXT, True, "not_what_it_says"),
        ("film.mp4", HTML, True, "not_what_it_says"),
        ("film.mp4", b"\x00\x00\x00\x1cftypavif\x00\x00", True, "not_what_it_says"),
        ("film.webm", MP4, True, "not_what_it_says"),
        ("film.webm", b"\x1aE\xdf\xa3 matroska", True, "not_what_it_says"),
        ("film.mp4", b"", True, "empty"),
        ("film.mov", MP4, True, "ending"),
        ("sound.mp3", b"ID3", True, "ending"),
        ("film.mp4", MP4, False, "ending"),
        ("sound.mp3", TEXT, False, "not_what_it_says"),
        ("sound.mp3", "ÿþ".encode("utf-16"), False, "not_what_it_says"),
        ("sound.aac", b"\xff", False, "not_what_it_says"),
        ("sound.ogg", TEXT, False, "not_what_it_says"),
        ("sound.wav", b"RIFF\x24\x00\x00\x00WEBPVP8 ", False, "not_what_it_says"),
    ],
    ids=short,
)
def test_what_is_no_film_or_sound_is_refused(name, content, is_film, code):
    assert refused(check_recording, file(name, content), is_film=is_film) == code


def test_a_recording_says_it_at_its_file(root_collection):
    with pytest.raises(ValidationError) as caught:
        Recording(title="Film", type="video", file=file("film.mp4", TEXT), collection=root_collection).full_clean()

    assert codes(caught.value) == {"file": ["not_what_it_says"]}


# ── Captions ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "content", [VTT.encode(), b"\xef\xbb\xbf" + VTT.encode(), b"WEBVTT", b"WEBVTT - film\n\n"], ids=short
)
def test_captions_are_accepted(content):
    check_captions(file("film.vtt", content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("film.vtt", b"1\n00:00:00,000 --> 00:00:02,000\nHallo\n", "not_captions"),
        ("film.vtt", b"WEBVTTT\n", "not_captions"),
        ("film.vtt", HTML, "not_captions"),
        ("film.vtt", VTT.encode("utf-16"), "not_utf8"),
        ("film.vtt", "WEBVTT\n\nDaniëlle\n".encode("cp1252"), "not_utf8"),
        ("film.vtt", b"", "empty"),
        ("film.srt", VTT.encode(), "ending"),
    ],
    ids=short,
)
def test_what_are_no_captions_is_refused(name, content, code):
    assert refused(check_captions, file(name, content)) == code


# ── Documents ──────────────────────────────────────────────────────────────────
DOCX = package(_Content_Types__xml="", word__document_xml="<w/>")
ODT = package(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("regels.pdf", b"%PDF-1.7\n"),
        ("regels.docx", DOCX),
        ("regels.xlsx", workbook()),
        ("regels.odt", ODT),
        ("regels.txt", b"Ik bel als ik het zei. 5 < 6"),
        ("regels.txt", "Daniëlle".encode("cp1252")),
        ("regels.csv", b"naam;plaats\nNoor;Tilburg\n"),
    ],
    ids=short,
)
def test_a_document_is_accepted(name, content):
    upload = file(name, content)

    check_document(upload)

    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("regels.html", HTML, "ending"),
        ("regels.svg", SVG, "ending"),
        ("regels.js", b"alert(1)", "ending"),
        ("regels.exe", b"MZ", "ending"),
        ("regels.docm", DOCX, "ending"),
        ("regels.pdf", HTML, "not_what_it_says"),
        ("regels.txt", HTML, "not_what_it_says"),
        ("regels.txt", b"\xef\xbb\xbf  <SVG onload=alert(1)>", "not_what_it_says"),
        ("regels.csv", b'<?xml version="1.0"?>', "not_what_it_says"),
        ("regels.txt", b"MZ\x00\x00", "not_what_it_says"),
        ("regels.docx", HTML, "not_what_it_says"),
        ("regels.docx", workbook(), "not_what_it_says"),
        ("regels.docx", DOCX[:40], "not_what_it_says"),
        ("regels.xlsx", DOCX, "not_what_it_says"),
        ("regels.odt", DOCX, "not_what_it_says"),
        ("regels.pdf", b"", "empty"),
    ],
    ids=short,
)
def test_what_is_no_document_is_refused(name, content, code):
    assert refused(check_document, file(name, content)) == code


def test_a_document_says_it_at_its_file(root_collection):
    with pytest.raises(ValidationError) as caught:
        Document(title="Regels", file=file("regels.pdf", HTML), collection=root_collection).full_clean()

    assert codes(caught.value) == {"file": ["not_what_it_says"]}


# ── How much ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("check", "options", "name", "content", "limit"),
    [
        (check_photo, {}, "trap.jpg", picture_bytes(), "PICTURE_BYTES"),
        (check_recording, {"is_film": True}, "film.mp4", MP4 * 10, "FILM_BYTES"),
        (check_recording, {"is_film": False}, "sound.mp3", b"ID3" * 99, "SOUND_BYTES"),
        (check_captions, {}, "film.vtt", VTT.encode(), "CAPTION_BYTES"),
        (check_document, {}, "regels.pdf", b"%PDF-" * 50, "DOCUMENT_BYTES"),
    ],
    ids=short,
)
def test_a_file_may_be_as_big_as_the_limit_and_no_bigger(monkeypatch, check, options, name, content, limit):
    monkeypatch.setattr(validators, limit, len(content))
    check(file(name, content), **options)

    monkeypatch.setattr(validators, limit, len(content) - 1)
    assert refused(check, file(name, content), **options) == "too_big"


def test_the_limits():
    assert validators.PICTURE_BYTES == validators.DOCUMENT_BYTES == 20 * 2**20
    assert validators.SOUND_BYTES == 60 * 2**20
    assert validators.FILM_BYTES == 300 * 2**20


def test_a_stored_film_is_not_read_again(film):
    film.file.storage.delete(film.file.name)

    film.full_clean()
