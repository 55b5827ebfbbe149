"""What lies on the shelf of a story is its storyteller's; readers get what the story shows, as long as it does."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from media.models import Image
from stories.domain.erasing import erase_story
from stories.domain.publishing import pause_story
from stories.domain.shelves import shelf_of
from stories.domain.withdrawal import withdraw_story
from tests.factories.stories import add_story, make_recording, put_online
from tests.media.conftest import picture_bytes

pytestmark = pytest.mark.django_db


def picture(name, **fields):
    file = ContentFile(picture_bytes(), name=f"{name}.jpg")
    return Image.objects.create(title=name, alt="Een foto.", file=file, **fields)


def statuses(browser, *files):
    return [browser.get(file.url).status_code for file in files]


@pytest.fixture
def told(site_pages, noor):
    """Noor's story, online with a portrait that she takes out in the next version."""
    portrait = picture("portret", uploaded_by_user=noor)
    return put_online(add_story(site_pages.stories, "De foto", owner=noor, live=False, portrait=portrait), by=noor)


def test_a_picture_that_she_took_out_of_her_story_is_no_longer_there(told, noor, samira, client, browser_of):
    old, new = told.portrait, picture("nieuw", uploaded_by_user=noor)
    small = old.get_rendition("width-100|format-jpeg")
    assert statuses(client, old.file, small.file) == [200, 200]
    page = told.get_latest_revision_as_object()
    page.portrait = new
    page.save_revision(user=noor)
    assert statuses(client, old.file) == [200]  # the version that is online still shows it

    put_online(told, by=noor)

    assert statuses(client, new.file, old.file, small.file) == [200, 404, 404]
    assert statuses(browser_of(samira), new.file, old.file) == [200, 404]
    assert statuses(browser_of(noor), old.file) == [200]


def test_a_recording_that_was_never_in_it_is_heard_by_who_works_on_it(told, noor, client, browser_of):
    take = make_recording("Opname 2", collection=shelf_of(told))
    assert statuses(client, take.file) == [404]
    assert statuses(browser_of(noor), take.file) == [200]


def test_what_another_story_shows_as_well_stays_there_while_one_is_on_pause(site_pages, told, noor, client):
    other = add_story(site_pages.stories, "Nog een", owner=noor, live=False, portrait=told.portrait)
    put_online(other, by=noor)
    pause_story(told, by=noor)
    assert statuses(client, told.portrait.file) == [200]
    pause_story(other, by=noor)
    assert statuses(client, told.portrait.file) == [410]


def test_a_picture_that_only_her_newest_draft_shows_goes_with_the_story(told, noor):
    page = told.get_latest_revision_as_object()
    page.portrait = picture("nieuw", uploaded_by_user=noor)
    page.save_revision(user=noor)
    withdraw_story(told, by=noor)
    erase_story(told.translation_key)
    assert not Image.objects.exists()


# ── A planted picture ──────────────────────────────────────────────────────────
PLANTED, CONTROL = (18, 130, 52), (131, 20, 122)  # of a green and a purple that nothing else here has


def painted(name, colour, **fields):
    """A picture of one colour, with what is made of it to be shown."""
    bytes_ = BytesIO()
    Pillow.new("RGB", (1200, 900), colour).save(bytes_, "PNG")
    made = Image.objects.create(title=name, alt="Vlak.", file=ContentFile(bytes_.getvalue(), name="a.png"), **fields)
    for form in ("jpeg", "webp", "avif"):
        made.get_rendition(f"width-400|format-{form}")
    return made


def files_painted(colour):
    """Return how many stored files show `colour`, whatever their names."""
    return sum(shows(path, colour) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def shows(path, colour):
    try:
        with Pillow.open(path) as picture:
            middle = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    except UnidentifiedImageError:
        return False
    return all(abs(here - there) < 12 for here, there in zip(middle, colour, strict=True))


def test_of_a_planted_picture_no_file_is_left_and_its_control_is_there(site_pages, noor):
    pictures = {colour: painted(name, colour) for name, colour in (("weg", PLANTED), ("blijft", CONTROL))}
    stories = {
        colour: put_online(add_story(site_pages.stories, made.title, owner=noor, live=False, portrait=made), by=noor)
        for colour, made in pictures.items()
    }
    assert (files_painted(PLANTED), files_painted(CONTROL)) == (4, 4)

    withdraw_story(stories[PLANTED], by=noor)
    erase_story(stories[PLANTED].translation_key)

    assert (files_painted(PLANTED), files_painted(CONTROL)) == (0, 4)
    assert [one.title for one in Image.objects.all()] == ["blijft"]
