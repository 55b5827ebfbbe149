"""How a picture stands on a page, and how the file behind an address is made by who first asks for it."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template
from django.utils import translation
from PIL import Image as Pillow

from media.domain import pictures
from media.domain.pictures import CUT, FORMS, LARGE, SIZES, WHOLE, Shown, make_rendition, name_of
from media.models import Image, Rendition
from tests.media.conftest import picture_bytes


@pytest.fixture
def add_picture(root_collection):
    def add(size=(2000, 1000), **fields):
        fields = {"title": "De keuken", "alt": "Een keuken met twee kopjes"} | fields
        file = ContentFile(picture_bytes(size=size), name="keuken.jpg")
        return Image.objects.create(file=file, collection=root_collection, **fields)

    return add


@pytest.fixture
def kitchen(add_picture):
    return add_picture(credit="Fatma")


def html_of(image, options=""):
    template = Template("{% load pictures %}{% picture image " + options + " %}")
    return BeautifulSoup(template.render(Context({"image": image})), "html.parser")


def widths(srcset):
    return [int(part.split()[1].removesuffix("w")) for part in srcset.split(", ")]


def addresses(soup):
    found = [each.get(name, "") for each in soup.select("source, img, a") for name in ("src", "srcset", "href")]
    return [part.split()[0] for each in found for part in each.split(", ") if part]


# ── On the page ────────────────────────────────────────────────────────────────
def test_a_picture_has_its_formats_sizes_and_room(kitchen):
    soup = html_of(kitchen)

    assert [source["type"] for source in soup.select("source")] == ["image/avif", "image/webp"]
    assert [widths(each["srcset"]) for each in soup.select("source, img")] == [[480, 960, 1440]] * 3
    image = soup.img
    assert (image["width"], image["height"]) == ("1440", "720")
    assert (image["alt"], image["loading"], image["lang"]) == ("Een keuken met twee kopjes", "lazy", "nl")
    assert image["src"].endswith(".w960.jpg")
    assert {each["sizes"] for each in soup.select("source, img")} == {image["sizes"]}


def test_a_picture_at_the_top_of_a_page_does_not_wait(kitchen):
    assert "loading" not in html_of(kitchen, "at_once=True").img.attrs


def test_it_says_who_made_it_and_leads_to_a_larger_one_by_a_plain_link(kitchen):
    with translation.override("nl"):
        soup = html_of(kitchen, "caption='Onze keuken'")

    maker, larger = translated("Made by %(name)s", name="Fatma"), translated("Larger view")
    assert soup.figcaption.get_text(" ", strip=True) == (f"Onze keuken {maker} {larger} : Een keuken met twee kopjes")
    [link] = soup.select("a")
    assert link["href"] == f"/bestanden/{name_of(kitchen, LARGE, 'jpg')}"


def translated(msgid, **values):
    with translation.override("nl"):
        return translation.gettext(msgid) % values


def test_every_address_is_the_one_view_and_says_nothing(kitchen):
    found = addresses(html_of(kitchen, "'series'")) + addresses(html_of(kitchen))

    assert len(found) > 10
    assert all(re.fullmatch(r"/bestanden/images/[0-9a-f]{24}\.[0-9a-z.]+\.(avif|webp|jpg)", each) for each in found)
    assert not re.search(r"style=|<script|\son\w+=", str(html_of(kitchen)))


def test_decoration_is_silent(add_picture):
    soup = html_of(add_picture(alt="", is_decoration=True))

    assert soup.img["alt"] == ""
    assert soup.select("a, figcaption") == []


def test_of_a_picture_that_was_deleted_nothing_is_left(db):
    assert html_of(None, "caption='Onze keuken'").get_text(strip=True) == ""


def test_words_that_look_like_markup_stay_words(add_picture):
    soup = html_of(add_picture(alt='"><script>', credit="<b>"), "caption=image.credit number=image.alt")

    assert soup.img["alt"] == '"><script>'
    assert soup.select("script, b") == []


@pytest.mark.parametrize(
    ("size", "names", "found", "box"),
    [
        ((2000, 1000), WHOLE, [480, 960, 1440], (1440, 720)),
        ((1440, 10), WHOLE, [480, 960, 1440], (1440, 10)),
        ((700, 900), WHOLE, [480, 700], (700, 900)),
        ((300, 200), WHOLE, [300], (300, 200)),
        ((1, 1), WHOLE, [1], (1, 1)),
        ((2000, 1000), CUT, [480, 960], (960, 720)),
        ((2000, 300), CUT, [400], (400, 300)),
        ((3, 900), CUT, [3], (3, 2)),
    ],
)
def test_nothing_is_blown_up(db, size, names, found, box):
    shown = Shown(Image(width=size[0], height=size[1], file="original_images/a.jpg"), names)

    assert widths(shown.srcset) == found
    assert (shown.width, shown.height) == box


@pytest.mark.parametrize(
    ("size", "names", "is_larger"),
    [
        ((2000, 1000), WHOLE, True),
        ((1000, 1000), WHOLE, False),
        ((800, 600), CUT, False),
        ((800, 300), CUT, True),
    ],
)
def test_a_link_stands_there_when_there_is_more_to_see(db, size, names, is_larger):
    shown = Shown(Image(width=size[0], height=size[1], alt="x", file="original_images/a.jpg"), names)

    assert bool(shown.large_address) is is_larger


@pytest.mark.parametrize("count", [1, 30])
def test_pictures_cost_no_query_however_many(add_picture, count, django_assert_num_queries):
    images = [add_picture((64, 48), title=f"{number}") for number in range(count)]
    html_of(images[0], "'series'")

    with django_assert_num_queries(0):
        for image in images:
            html_of(image), html_of(image, "'series'")


# ── The file behind the address ────────────────────────────────────────────────
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", SIZES)
def test_who_first_asks_for_a_size_gets_it_made(client, kitchen, size, form):
    address = f"/bestanden/{name_of(kitchen, size, form)}"

    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "max-age=60"
    with Pillow.open(BytesIO(response.content)) as picture:
        assert picture.format == {"jpg": "JPEG"}.get(form, form.upper())
        assert picture.size == SIZES[size].box(kitchen)
    assert [rendition.url for rendition in Rendition.objects.all()] == [address]


def test_the_second_time_it_is_there(client, kitchen, django_assert_num_queries):
    address = f"/bestanden/{name_of(kitchen, 'w480', 'webp')}"
    first = client.get(address)

    with django_assert_num_queries(1):
        second = client.get(address)

    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]


def test_every_address_on_a_page_leads_to_a_picture(client, kitchen):
    found = {*addresses(html_of(kitchen)), *addresses(html_of(kitchen, "'series'"))}

    assert {client.get(address).status_code for address in found} == {200}
    assert Rendition.objects.count() == len(found)


def test_see_through_becomes_white_where_the_format_knows_no_such_thing(client, root_collection):
    target = BytesIO()
    Pillow.new("RGBA", (20, 20), (255, 0, 0, 0)).save(target, "PNG")
    image = Image.objects.create(title="x", alt="x", file=ContentFile(target.getvalue(), name="x.png"))

    response = client.get(f"/bestanden/{name_of(image, 'w480', 'jpg')}")

    with Pillow.open(BytesIO(response.content)) as picture:
        assert min(picture.getpixel((5, 5))) > 250


def test_a_cut_picture_keeps_what_the_focal_point_is_on(client, add_picture):
    image = add_picture((1200, 300))  # red to the left, blue to the right
    address = name_of(image, "c480", "jpg")
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 1100, 150, 20, 20
    image.save()

    assert name_of(image, "c480", "jpg") != address
    with Pillow.open(BytesIO(client.get(f"/bestanden/{name_of(image, 'c480', 'jpg')}").content)) as picture:
        assert picture.size[1] == 300
        assert all(picture.getpixel((across, 150))[2] > 200 for across in (5, 395))
    assert client.get(f"/bestanden/{address}").status_code == 404  # the form before that was never asked for


@pytest.mark.parametrize("point", [(9_000, 9_000, 10, 10), (0, 0, 0, 0), (2**31 - 1, 2**31 - 1, 2**31 - 1, 2**31 - 1)])
def test_a_focal_point_beside_the_picture_does_no_harm(client, kitchen, point):
    kitchen.focal_point_x, kitchen.focal_point_y, kitchen.focal_point_width, kitchen.focal_point_height = point
    kitchen.save()

    assert client.get(f"/bestanden/{name_of(kitchen, 'c480', 'jpg')}").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "images/{stem}.w500.jpg",
        "images/{stem}.w480.png",
        "images/{stem}.w480.svg",
        "images/{stem}.c480.jpg",
        "images/00000000.{stem}.w480.jpg",
        "images/{stem}.00000000.w480.jpg",
        "images/{stem}.w480.jpg\n",
        "images/{stem}/../{stem}.w480.jpg",
        "images/onbekend.w480.jpg",
        "images/.w480.jpg",
        "original_images/{stem}.w480.jpg",
    ],
)
def test_no_other_name_makes_a_file(client, kitchen, settings, name):
    stem = kitchen.file.name.split("/")[1].split(".")[0]

    response = client.get("/bestanden/" + name.format(stem=stem).replace("\n", "%0A"))

    assert response.status_code == 404
    assert not Rendition.objects.exists()
    assert not (settings.MEDIA_ROOT / "images").exists()


def test_who_may_not_read_the_picture_makes_nothing(client, kitchen, team_collection, samira, marieke):
    kitchen.collection = team_collection
    kitchen.save()
    address = f"/bestanden/{name_of(kitchen, 'w480', 'jpg')}"

    for person in (None, samira):
        if person:
            client.force_login(person)
        assert client.get(address).status_code == 404
    assert not Rendition.objects.exists()

    client.force_login(marieke)
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(address).status_code == 404


def test_a_picture_whose_file_is_gone_is_missing_and_no_error(client, kitchen, caplog):
    kitchen.file.storage.delete(kitchen.file.name)

    assert client.get(f"/bestanden/{name_of(kitchen, 'w480', 'jpg')}").status_code == 404
    assert "can't be made" in caplog.text


def test_a_full_disk_is_a_missing_picture_and_no_error(client, kitchen, monkeypatch, caplog):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    assert client.get(f"/bestanden/{name_of(kitchen, 'w480', 'jpg')}").status_code == 404
    assert not Rendition.objects.exists()


def test_two_who_ask_at_once_leave_one_file(kitchen, settings, monkeypatch):
    other = []

    def meanwhile(image, *args, **options):
        monkeypatch.undo()
        other.append(make_rendition(kitchen, "w480", "jpg"))
        return image.generate_rendition_file(*args, **options)

    monkeypatch.setattr(Image, "generate_rendition_file", meanwhile)

    mine = make_rendition(kitchen, "w480", "jpg")

    assert [mine] == other == list(Rendition.objects.all())
    assert [path.name for path in (settings.MEDIA_ROOT / "images").iterdir()] == [mine.file.name.split("/")[1]]


def test_a_picture_takes_its_sizes_along_when_it_is_deleted(kitchen, settings, django_capture_on_commit_callbacks):
    for size in SIZES:
        make_rendition(kitchen, size, "webp")

    with django_capture_on_commit_callbacks(execute=True):
        kitchen.delete()

    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_rendition_specs_are_all_known_to_wagtail(kitchen):
    assert all(
        pictures.Filter(f"{size.resize}|{form}").operations for size in SIZES.values() for form in FORMS.values()
    )
