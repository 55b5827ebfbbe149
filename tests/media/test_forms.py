"""Putting pictures, films and documents in through the CMS."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import UploadedFile

from media.models import NO_WORDS, Document, Image, Recording
from tests.media.conftest import VTT, film_bytes, picture_bytes
from tests.media.test_strip import SECRET, photo_of_a_phone, stored
from tests.media.test_validators import HTML, REFUSED_PICTURES, short


@pytest.fixture
def cms(client, editor, settings):
    """The CMS as the editor sees it."""
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ImageForm"
    settings.WAGTAILMEDIA = settings.WAGTAILMEDIA | {"MEDIA_FORM_BASE": "media.forms.RecordingForm"}
    client.force_login(editor)
    return client


@pytest.fixture
def film_form(root_collection):
    return {
        "title": "Drie agenda’s",
        "file": SimpleUploadedFile("agenda.mp4", film_bytes(5000)),
        "captions": SimpleUploadedFile("agenda.vtt", VTT.encode()),
        "thumbnail": SimpleUploadedFile("still.jpg", photo_of_a_phone()),
        "transcript": "Stem: half vier.",
        "note": "Dewi bestaat niet.",
        "duration": "53",
        "collection": root_collection.pk,
        "tags": "",
    }


def problems(response, field):
    return [error.code for error in response.context["form"].errors.as_data().get(field, [])]


def test_a_film_is_added_with_all_that_belongs_to_it(cms, film_form, settings, django_capture_on_commit_callbacks):
    response = cms.post(reverse("wagtailmedia:add", args=["video"]), film_form)

    assert response.status_code == 302
    film = Recording.objects.get()
    assert film.missing_words == ""
    assert stored(film.captions).decode() == VTT
    assert SECRET not in stored(film.thumbnail)
    assert film.transcript == "Stem: half vier."

    old = [film.captions.name, film.thumbnail.name]
    film_form |= {
        "captions": SimpleUploadedFile("agenda.vtt", b"WEBVTT\n\nnieuw"),
        "thumbnail": SimpleUploadedFile("still.png", picture_bytes("PNG")),
    }
    del film_form["file"]
    with django_capture_on_commit_callbacks(execute=True):
        cms.post(reverse("wagtailmedia:edit", args=[film.pk]), film_form)
    film.refresh_from_db()
    assert stored(film.captions) == b"WEBVTT\n\nnieuw"
    assert film.thumbnail.name.endswith(".png")
    assert not any(default_storage.exists(name) for name in old)

    with django_capture_on_commit_callbacks(execute=True):
        cms.post(reverse("wagtailmedia:delete", args=[film.pk]))
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_the_form_for_a_film_explains_its_fields_and_that_for_sound_asks_less(cms):
    film, sound = (cms.get(reverse("wagtailmedia:add", args=[kind])) for kind in ("video", "audio"))

    for page, fields in (
        (film, "title file captions transcript note thumbnail duration width height tags"),
        (sound, "title file transcript note duration tags"),
    ):
        assert list(page.context["form"].fields) == fields.split()
    html = film.content.decode()
    for name in ("captions", "transcript", "thumbnail"):
        assert str(Recording._meta.get_field(name).help_text).replace("'", "&#x27;") in html


@pytest.mark.parametrize(
    ("field", "name", "content", "code"),
    [
        ("file", "agenda.mp4", b"Een gewone tekst", "not_what_it_says"),
        ("captions", "agenda.vtt", b"geen ondertitels", "not_captions"),
        ("thumbnail", "still.jpg", HTML, "not_a_picture"),
    ],
    ids=short,
)
def test_a_film_that_is_none_is_refused_at_its_field(cms, film_form, field, name, content, code):
    film_form[field] = SimpleUploadedFile(name, content)

    response = cms.post(reverse("wagtailmedia:add", args=["video"]), film_form)

    assert problems(response, field) == [code]
    assert not Recording.objects.exists()


def test_a_photo_is_added_without_its_place(cms):
    upload = SimpleUploadedFile("IMG_Fatma.jpg", photo_of_a_phone(orientation=6))
    form = {"title": "De trap", "alt": "Een trap met een telefoon", "file": upload}

    cms.post(reverse("wagtailimages:add"), form)

    photo = Image.objects.get()
    content = stored(photo.file)
    assert SECRET not in content
    assert (photo.width, photo.height, photo.file_size) == (48, 64, len(content))


def test_several_photos_wait_for_their_words_and_are_added_then(cms, root_collection):
    upload = {"files[]": SimpleUploadedFile("IMG_Fatma.jpg", photo_of_a_phone()), "collection": root_collection.pk}

    answer = cms.post(reverse("wagtailimages:add_multiple"), upload).json()

    assert answer["success"]
    assert not Image.objects.exists()
    waiting = UploadedFile.objects.get()
    assert SECRET not in stored(waiting.file)

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    details = {f"uploaded-image-{waiting.pk}-title": "De trap"}
    refused = cms.post(address, details).json()
    assert not refused["success"]
    assert escape(str(NO_WORDS)) in refused["form"]
    assert not Image.objects.exists()

    details[f"uploaded-image-{waiting.pk}-alt"] = "Een trap met een telefoon"
    assert cms.post(address, details).json()["success"]
    photo = Image.objects.get()
    assert photo.alt == "Een trap met een telefoon"
    assert SECRET not in stored(photo.file)
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize(("name", "content", "code"), REFUSED_PICTURES, ids=short)
def test_a_picture_that_is_none_is_refused_at_its_field(cms, name, content, code):
    response = cms.post(reverse("wagtailimages:add"), {"title": "x", "file": SimpleUploadedFile(name, content)})

    assert problems(response, "file") == [code]
    assert not Image.objects.exists()


def test_a_document_is_checked(cms):
    page = cms.post(reverse("wagtaildocs:add"), {"title": "Regels", "file": SimpleUploadedFile("regels.pdf", HTML)})
    assert problems(page, "file") == ["not_what_it_says"]

    cms.post(reverse("wagtaildocs:add"), {"title": "Regels", "file": SimpleUploadedFile("regels.pdf", b"%PDF-1.7")})

    document = Document.objects.get()
    assert cms.get(document.url).content == b"%PDF-1.7"
    assert document.url in cms.get(reverse("wagtaildocs:index")).content.decode()
