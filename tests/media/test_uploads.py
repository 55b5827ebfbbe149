"""Every way into the CMS that a file can take, with what must not come in: a sentence at the field and nothing kept."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import UploadedFile

from media.models import Document, Image, Recording
from tests.media.conftest import MP4, film_bytes, picture_bytes
from tests.media.test_validators import HTML, SVG, png_header

BROKEN = picture_bytes(size=(600, 600))[:3000]
HEAVY = 30 * 2**20

# What comes in: (name, content, the sentence in Dutch, or how it begins).
PICTURES = {
    "30 MB": ("trap.jpg", lambda: picture_bytes() + b"\0" * HEAVY, "Dit bestand is 30,0"),
    "svg": ("trap.svg", lambda: SVG, "Dit soort bestand kan hier niet."),
    "svg as png": ("trap.png", lambda: SVG, "We kunnen deze afbeelding niet lezen."),
    "html as jpg": ("trap.jpg", lambda: HTML, "We kunnen deze afbeelding niet lezen."),
    "20,000 x 20,000": (
        "trap.png",
        lambda: png_header(20_000, 20_000),
        "Deze afbeelding is te groot. Er mogen 40 megapixels in zitten.",
    ),
    "broken": ("trap.jpg", lambda: BROKEN, "We kunnen deze afbeelding niet lezen."),
    "empty": ("trap.jpg", lambda: b"", ""),
}
DOCUMENTS = {
    "30 MB": ("regels.pdf", lambda: b"%PDF-1.7" + b"\0" * HEAVY, "Dit bestand is 30,0"),
    "svg": ("regels.svg", lambda: SVG, "Dit soort bestand kan hier niet."),
    "html as pdf": ("regels.pdf", lambda: HTML, "De naam eindigt op .pdf"),
    "html as txt": ("regels.txt", lambda: HTML, "De naam eindigt op .txt"),
    "broken": ("regels.docx", lambda: b"PK\x03\x04 half", "De naam eindigt op .docx"),
}
FILMS = {
    "svg": ("agenda.svg", lambda: SVG, "Dit soort bestand kan hier niet."),
    "html as mp4": ("agenda.mp4", lambda: HTML, "De naam eindigt op .mp4"),
    "picture as mp4": ("agenda.mp4", lambda: b"\x00\x00\x00\x1cftypavif\x00\x00", "De naam eindigt op .mp4"),
    "empty": ("agenda.mp4", lambda: b"", ""),
}
SOUNDS = {"html as mp3": ("bel.mp3", lambda: HTML, "De naam eindigt op .mp3")}


@dataclass(frozen=True)
class Way:
    """One screen that takes a file: `field` of the form whose names begin with `prefix`, beside what else is needed."""

    address: str
    args: tuple = ()
    prefix: str = ""
    field: str = "file"
    also: tuple = ()

    def form(self, upload):
        also = {name: content() if callable(content) else content for name, content in self.also}
        return {f"{self.prefix}{name}": value for name, value in {"title": "x", **also, self.field: upload}.items()}


def good_film():
    return SimpleUploadedFile("agenda.mp4", film_bytes(5000))


ALT = (("alt", "Een trap"),)
TIME = (("duration", "5"),)
IMAGE_WAYS = {
    "add": Way("wagtailimages:add", also=ALT),
    "chooser": Way("wagtailimages_chooser:create", prefix="image-chooser-upload-", also=ALT),
    "edit": Way("wagtailimages:edit", ("image",), also=ALT),
    **{
        f"still, {name}": Way(address, args, prefix, "thumbnail", (*TIME, ("file", good_film)))
        for name, address, args, prefix in (
            ("add", "wagtailmedia:add", ("video",), ""),
            ("chooser", "wagtailmedia:chooser_upload", ("video",), "media-chooser-upload-"),
            ("edit", "wagtailmedia:edit", ("film",), ""),
        )
    },
}
DOCUMENT_WAYS = {
    "add": Way("wagtaildocs:add"),
    "chooser": Way("wagtaildocs_chooser:create", prefix="document-chooser-upload-"),
    "edit": Way("wagtaildocs:edit", ("document",)),
}
FILM_WAYS = {
    "add": Way("wagtailmedia:add", ("video",), also=TIME),
    "chooser": Way("wagtailmedia:chooser_upload", ("video",), "media-chooser-upload-", also=TIME),
    "edit": Way("wagtailmedia:edit", ("film",), also=TIME),
}
SOUND_WAYS = {
    "add": Way("wagtailmedia:add", ("audio",), also=TIME),
    "chooser": Way("wagtailmedia:chooser_upload", ("audio",), "media-chooser-upload-", also=TIME),
}
MANY_WAYS = {"pictures": ("wagtailimages:add_multiple", PICTURES), "documents": ("wagtaildocs:add_multiple", DOCUMENTS)}


def every(ways, files):
    return [pytest.param(way, file, id=f"{name}: {kind}") for name, way in ways.items() for kind, file in files.items()]


@pytest.fixture
def cms(client, editor, photo, document, film):
    """The CMS in Dutch, with a picture, a document and a film in it."""
    client.force_login(editor)
    with translation.override("nl"):
        yield client


@pytest.fixture
def in_store(settings, photo, document, film):
    """`in_store()` is all that is stored: the rows with their files, and the files that lie in the folder."""

    def look():
        # Wagtail counts the bytes of a file when it first shows it, so that is no change.
        rows = [
            [{**row, "file_size": None} for row in model.objects.values()]
            for model in (Image, Document, Recording, UploadedFile)
        ]
        files = {path: path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
        return rows, {path: content for path, content in files.items() if path.parent.name != "images"}

    return look


@pytest.mark.parametrize(
    ("way", "file"),
    [
        *every(IMAGE_WAYS, PICTURES),
        *every(DOCUMENT_WAYS, DOCUMENTS),
        *every(FILM_WAYS, FILMS),
        *every(SOUND_WAYS, SOUNDS),
    ],
)
def test_what_must_not_come_in_is_refused_at_its_field_and_nothing_is_kept(cms, request, in_store, way, file):
    name, content, sentence = file
    kept = in_store()
    args = [request.getfixturevalue(arg).pk if arg in ("image", "document", "film") else arg for arg in way.args]

    response = cms.post(reverse(way.address, args=args), way.form(SimpleUploadedFile(name, content())))

    assert response.status_code == 200
    form = form_of(response, way)
    assert list(form.errors) == [way.field]
    assert form.errors[way.field][0].startswith(sentence)
    assert in_store() == kept


def form_of(response, way):
    """The bound form that the screen shows again."""
    for context in response.context:
        for found in (context.get("form"), context.get("creation_form"), *(context.get("uploadforms") or {}).values()):
            if getattr(found, "is_bound", False) and way.field in found.fields:
                return found
    raise AssertionError("no form on the screen")


@pytest.mark.parametrize(
    ("address", "file"),
    [pytest.param(address, file, id=kind) for address, files in MANY_WAYS.values() for kind, file in files.items()],
)
def test_of_several_at_once_the_wrong_one_is_refused_and_nothing_is_kept(cms, root_collection, in_store, address, file):
    name, content, sentence = file
    kept = in_store()
    upload = {"files[]": SimpleUploadedFile(name, content()), "collection": root_collection.pk, "title": "x"}

    answer = cms.post(reverse(address), upload)

    assert answer.status_code == 200
    assert answer.json()["success"] is False
    assert answer.json()["error_message"].startswith(sentence)
    assert in_store() == kept


@pytest.mark.parametrize("way", [*IMAGE_WAYS.values()], ids=[*IMAGE_WAYS])
def test_every_way_takes_a_picture_that_is_one(cms, request, in_store, way):
    kept = in_store()
    args = [request.getfixturevalue(arg).pk if arg in ("image", "film") else arg for arg in way.args]

    response = cms.post(reverse(way.address, args=args), way.form(SimpleUploadedFile("trap.jpg", picture_bytes())))

    assert response.status_code in (200, 302)
    assert in_store() != kept


@pytest.fixture
def image(photo):
    return photo


def test_captions_that_are_none_are_refused_in_the_chooser_as_well(cms, in_store):
    kept = in_store()
    way = Way(
        "wagtailmedia:chooser_upload", ("video",), "media-chooser-upload-", "captions", (*TIME, ("file", good_film))
    )

    response = cms.post(reverse(way.address, args=way.args), way.form(SimpleUploadedFile("a.vtt", MP4)))

    assert form_of(response, way).errors["captions"]
    assert in_store() == kept
