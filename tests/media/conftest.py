"""Uploads to test with. Nothing here is a real photo, film or voice."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.models import Collection, CollectionViewRestriction

from media.models import Document, Image, Recording
from tests.factories.people import make_person

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nDe telefoon gaat niet.\n"


def picture_bytes(form="JPEG", size=(64, 48), **options):
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Pillow.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def film_bytes(size):
    """Return what begins as a film; every four bytes behind it say where they stand, to tell slices apart."""
    rest = b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))
    return (MP4 + rest)[:size]


@pytest.fixture
def root_collection(site_pages):
    return Collection.get_first_root_node()


@pytest.fixture
def team_collection(root_collection):
    """For the trainers only."""
    collection = root_collection.add_child(name="Trainers")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get_or_create(name="trainer")[0])
    return collection


@pytest.fixture
def editor(root_collection):
    """Somebody who may do everything in the CMS."""
    return make_person("Redactie", is_staff=True, is_superuser=True)


@pytest.fixture
def add_film(root_collection):
    def add(size=5000, collection=root_collection, **fields):
        fields = {"title": "Drie agenda’s", "type": "video", "collection": collection} | fields
        return Recording.objects.create(file=ContentFile(film_bytes(size), name="agenda.mp4"), **fields)

    return add


@pytest.fixture
def film(add_film):
    return add_film()


@pytest.fixture
def photo(root_collection):
    return Image.objects.create(
        title="De trap",
        alt="Een trap met een telefoon",
        file=ContentFile(picture_bytes(), name="IMG_Fatma.JPG"),
        collection=root_collection,
    )


@pytest.fixture
def document(root_collection):
    return Document.objects.create(
        title="Spelregels", file=ContentFile(b"%PDF-1.7 regels", name="spel regels.pdf"), collection=root_collection
    )
