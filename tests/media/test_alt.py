"""A picture has words for who can't see it or says that it adds nothing: in the form, the model and the database."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from media.models import Image
from tests.media.conftest import picture_bytes

WRONG = [
    ({"alt": "", "is_decoration": False}, {"alt": ["no_words"]}),
    ({"alt": "   ", "is_decoration": False}, {"alt": ["no_words"]}),
    ({"alt": "Een trap", "is_decoration": True}, {"is_decoration": ["words_and_decoration"]}),
]
RIGHT = [{"alt": "Een trap", "is_decoration": False}, {"alt": "", "is_decoration": True}]


def codes(error):
    return {name: [each.code for each in errors] for name, errors in error.error_dict.items()}


def form_data(words):
    """What a browser sends: an empty box to tick is not sent at all."""
    upload = SimpleUploadedFile("trap.jpg", picture_bytes())
    ticked = {"is_decoration": "on"} if words["is_decoration"] else {}
    return {"title": "De trap", "file": upload, "alt": words["alt"], **ticked}


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_the_model_says_at_its_field_what_misses(photo, words, said):
    photo.alt, photo.is_decoration = words["alt"], words["is_decoration"]

    with pytest.raises(ValidationError) as caught:
        photo.full_clean()

    assert codes(caught.value) == said


@pytest.mark.parametrize(("words", "said"), WRONG[::2])
def test_the_database_keeps_no_picture_without_either(root_collection, words, said):
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.create(title="De trap", file=ContentFile(picture_bytes(), name="a.jpg"), **words)


@pytest.mark.parametrize("words", RIGHT)
def test_either_is_enough(client, editor, words):
    client.force_login(editor)

    client.post(reverse("wagtailimages:add"), form_data(words))

    photo = Image.objects.get()
    assert {"alt": photo.alt, "is_decoration": photo.is_decoration} == words
    photo.full_clean()


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_the_form_says_it_in_one_sentence_and_keeps_nothing(client, editor, settings, words, said):
    client.force_login(editor)

    response = client.post(reverse("wagtailimages:add"), form_data(words))

    assert codes(ValidationError(response.context["form"].errors.as_data())) == said
    assert not Image.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_the_chooser_on_a_page_asks_the_same(client, editor):
    client.force_login(editor)
    form = {f"image-chooser-upload-{name}": value for name, value in form_data(WRONG[0][0]).items()}

    response = client.post(reverse("wagtailimages_chooser:create"), form)

    assert response.json()["step"] == "reshow_creation_form"
    assert not Image.objects.exists()


def test_an_older_picture_without_words_can_not_be_saved_without_them(client, editor, photo):
    client.force_login(editor)

    client.post(reverse("wagtailimages:edit", args=[photo.pk]), {"title": "De trap", "alt": ""})

    photo.refresh_from_db()
    assert photo.alt == "Een trap met een telefoon"


# ── The focal point ────────────────────────────────────────────────────────────
def test_the_focal_point_is_set_in_the_editor(client, editor, photo):
    client.force_login(editor)
    screen = client.get(reverse("wagtailimages:edit", args=[photo.pk])).content.decode()
    for part in ("x", "y", "width", "height"):
        assert f'name="focal_point_{part}"' in screen
        assert f'class="focal_point_{part}"' in screen
    point = {
        f"focal_point_{part}": value for part, value in zip(("x", "y", "width", "height"), (50, 20, 10, 8), strict=True)
    }

    client.post(reverse("wagtailimages:edit", args=[photo.pk]), {"title": "De trap", "alt": "Een trap"} | point)

    photo.refresh_from_db()
    assert {name: getattr(photo, name) for name in point} == point
