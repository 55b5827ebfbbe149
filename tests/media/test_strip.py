"""A photo keeps its pixels and its colours, and loses where, when and with what it was taken."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageCms, PngImagePlugin

from media.models import Image, Recording
from media.strip import stripped
from tests.media.conftest import film_bytes, picture_bytes

SECRET = b"Kerkstraat 12"
GPS = 0x8825


def exif(orientation=1):
    data = Pillow.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET.decode()  # the description
    data.get_ifd(GPS).update({1: "N", 2: (51.0, 33.0, 26.0), 3: "E", 4: (5.0, 5.0, 28.0), 27: SECRET})
    return data.tobytes()


def segment(marker, payload):
    return b"\xff" + bytes([marker]) + (len(payload) + 2).to_bytes(2, "big") + payload


def photo_of_a_phone(orientation=1):
    """Return a JPEG with all that a phone may write: EXIF with GPS, XMP, IPTC, a comment, a film behind the end."""
    jpeg = picture_bytes(exif=exif(orientation), comment=SECRET)
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x5a\0" + bytes([len(SECRET)]) + SECRET)
    return jpeg[:2] + xmp + iptc + jpeg[2:] + film_bytes(100) + SECRET


def with_words(form):
    """Return a picture of `form` with SECRET in every place that Pillow can put it."""
    options = {"comment": SECRET} if form == "GIF" else {"exif": exif(), "xmp": b"<x:xmpmeta>" + SECRET}
    if form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Location", SECRET.decode())
        words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        options = {"exif": exif(), "pnginfo": words}
    return picture_bytes(form, **options)


def stored(file):
    with default_storage.open(file.name) as content:
        return content.read()


def test_a_phones_photo_is_stored_without_its_place(root_collection):
    raw = photo_of_a_phone()
    assert raw.count(SECRET) == 6
    assert Pillow.open(BytesIO(raw)).getexif().get_ifd(GPS)

    photo = Image.objects.create(title="De trap", alt="Een trap", file=SimpleUploadedFile("IMG_Fatma.jpg", raw))

    rendition = photo.get_rendition("width-32")
    for file in (photo.file, rendition.file):
        content = stored(file)
        assert SECRET not in content
        with Pillow.open(BytesIO(content)) as picture:
            assert dict(picture.getexif()) == {}
            about = {key for key in picture.info if not key.startswith(("jfif", "progress"))}
            assert about == set()
    assert b"Exif" not in stored(photo.file) + stored(rendition.file)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_of_picture_is_stripped(root_collection, form):
    raw = with_words(form)
    assert SECRET in raw

    photo = Image.objects.create(title="De trap", alt="Een trap", file=ContentFile(raw, name=f"trap.{form.lower()}"))

    assert SECRET not in stored(photo.file)
    assert SECRET not in stored(photo.get_rendition("width-32|format-jpeg").file)
    with Pillow.open(BytesIO(stored(photo.file))) as picture:
        assert picture.format == form
        assert dict(picture.getexif()) == {}


def test_the_name_of_the_file_says_nothing(photo):
    assert photo.file.name.startswith("original_images/")
    assert photo.file.name.endswith(".jpg")
    assert "fatma" not in photo.file.name.lower()
    assert "fatma" not in photo.get_rendition("width-32").file.name.lower()


def test_a_photo_that_was_taken_sideways_stands_upright(root_collection):
    photo = Image.objects.create(
        title="De trap", alt="Een trap", file=ContentFile(photo_of_a_phone(orientation=6), name="trap.jpg")
    )

    photo.refresh_from_db()
    assert (photo.width, photo.height) == (48, 64)
    with Pillow.open(BytesIO(stored(photo.file))) as picture:
        assert picture.size == (48, 64)
        top, bottom = picture.getpixel((24, 5)), picture.getpixel((24, 58))
    assert top[0] > 200 > bottom[0]  # red was left, and a quarter turn brings it up
    assert bottom[2] > 200 > top[2]


def test_the_size_is_of_what_is_stored(root_collection):
    photo = Image(title="De trap", alt="Een trap", file=SimpleUploadedFile("trap.jpg", photo_of_a_phone()))
    photo._set_image_file_metadata()
    photo.save()

    assert photo.file_size == len(stored(photo.file))


def test_the_colour_profile_stays(root_collection):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    photo = stripped(ContentFile(picture_bytes(icc_profile=profile), name="trap.jpg"))

    with Pillow.open(photo) as picture:
        assert picture.info["icc_profile"] == profile


def test_what_is_see_through_stays_so():
    target = BytesIO()
    Pillow.new("RGBA", (10, 10), (255, 0, 0, 0)).save(target, "PNG")

    with Pillow.open(stripped(ContentFile(target.getvalue(), name="trap.png"))) as picture:
        assert picture.getpixel((5, 5))[3] == 0


def test_of_a_moving_picture_the_first_frame_stays():
    target = BytesIO()
    frames = [Pillow.new("RGB", (10, 10), colour) for colour in ("red", "green", "blue")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])

    with Pillow.open(stripped(ContentFile(target.getvalue(), name="trap.gif"))) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((5, 5))[0] > 200


def test_the_same_photo_gives_the_same_bytes_and_is_encoded_once():
    once = stripped(ContentFile(photo_of_a_phone(), name="trap.jpg"))

    assert stripped(once) is once
    assert stripped(ContentFile(photo_of_a_phone(), name="trap.jpg")).read() == once.read()


def test_a_file_that_is_saved_from_code_is_stripped_as_well(photo, film):
    photo.file.save("nieuw.jpg", File(BytesIO(photo_of_a_phone(orientation=6)), name="nieuw.jpg"))
    film.thumbnail = SimpleUploadedFile("still.jpg", photo_of_a_phone())
    film.save()

    photo.refresh_from_db()
    assert (photo.width, photo.height) == (48, 64)
    assert SECRET not in stored(photo.file) + stored(Recording.objects.get().thumbnail)


def test_what_is_no_photo_is_never_stored(root_collection, settings):
    with pytest.raises(ValidationError):
        Image(title="Een pagina").file.save("page.jpg", ContentFile(b"<html><script>", name="page.jpg"))

    assert not list(settings.MEDIA_ROOT.rglob("*.jpg"))
