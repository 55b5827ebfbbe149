"""What a story is made of: how each piece stands on a page, what it must have, and what helpers find in a body."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils import translation
from wagtail.blocks import StreamBlockValidationError

from media.blocks import recordings_in
from media.models import Image, Recording
from stories.blocks import StoryBodyBlock, plain_words
from tests.factories.pages import block_id
from tests.media.conftest import VTT, film_bytes, picture_bytes

LETTER = {
    "salutation": "Beste Henk,",
    "text": "<p>Ik kom <b>vrijdag</b>.</p><p>Om tien uur.</p>",
    "closing": "Groet,\nMarit",
}
LINES = [("Ik", "Komt ze nog?"), ("Het loket", "Dat kan ik\nniet zien.")]


def block(kind, value, key=""):
    return {"type": kind, "id": block_id(f"{kind} {key}"), "value": value}


def items(values):
    return [block("item", value, place) for place, value in enumerate(values)]


def body_of(*blocks):
    return StoryBodyBlock().to_python(list(blocks))


def dialogue(lines):
    return block("dialogue", {"lines": items({"speaker": who, "words": words} for who, words in lines)})


def rendered(body):
    template = Template("{% load wagtailcore_tags %}{% for block in body %}{% include_block block %}{% endfor %}")
    return BeautifulSoup(template.render(Context({"body": body})), "html.parser")


def texts(soup, css):
    return [found.get_text(" ", strip=True) for found in soup.select(css)]


@pytest.fixture
def add_picture(site_pages):
    def add(title="De keuken", **fields):
        fields = {"alt": f"{title}, twee kopjes"} | fields
        return Image.objects.create(
            title=title, file=ContentFile(picture_bytes(size=(1200, 900)), name="a.jpg"), **fields
        )

    return add


@pytest.fixture
def add_recording(site_pages):
    def add(title, is_film=True, **fields):
        name = f"{title}.{'mp4' if is_film else 'mp3'}"
        fields = {"type": "video" if is_film else "audio", "duration": 5} | fields
        return Recording.objects.create(title=title, file=ContentFile(film_bytes(200), name=name), **fields)

    return add


def series(images, title="Eén keuken"):
    photos = items({"picture": image.pk, "caption": f"Foto van {image.title}"} for image in images)
    return block("series", {"title": title, "photos": photos})


# ── How each stands on a page ──────────────────────────────────────────────────
def test_a_conversation_is_a_list_of_who_says_what(db):
    soup = rendered(body_of(dialogue(LINES)))

    assert texts(soup, "dl dt") == ["Ik", "Het loket"]
    assert texts(soup, "dl dd") == ["Komt ze nog?", "Dat kan ik niet zien."]
    assert len(soup.select("dd br")) == 1


@pytest.mark.parametrize("who", ["uit mijn dossier", ""])
def test_a_quote_says_whose_it_is_when_that_is_known(db, who):
    soup = rendered(body_of(block("quote", {"words": "Weinig gemotiveerd.", "who": who})))

    assert texts(soup, "figure blockquote") == ["Weinig gemotiveerd."]
    assert texts(soup, "figcaption") == ([who] if who else [])


def test_a_letter_has_its_beginning_its_text_and_its_end(db):
    soup = rendered(body_of(block("letter", LETTER)))

    assert texts(soup, ".letter p") == ["Beste Henk,", "Ik kom vrijdag .", "Om tien uur.", "Groet, Marit"]
    assert soup.select_one(".letter b").text == "vrijdag"
    assert texts(rendered(body_of(block("letter", {"text": "<p>Kort.</p>"}))), ".letter p") == ["Kort."]


def test_a_picture_stands_there_with_its_words(add_picture):
    soup = rendered(body_of(block("picture", {"picture": add_picture().pk, "caption": "Onze keuken"})))

    assert soup.select_one("picture img")["alt"] == "De keuken, twee kopjes"
    assert texts(soup, ".picture__words") == ["Onze keuken"]


def test_a_series_is_numbered_and_all_of_one_form(add_picture):
    soup = rendered(body_of(series([add_picture("Zeven uur"), add_picture("Elf uur")])))

    assert texts(soup, ".series__title") == ["Eén keuken"]
    assert texts(soup, "ol > li .picture__number") == ["1", "2"]
    assert texts(soup, "ol > li .picture__words") == ["Foto van Zeven uur", "Foto van Elf uur"]
    assert {(image["width"], image["height"]) for image in soup.select("img")} == {("960", "720")}


def test_a_film_has_its_words_beside_it_and_never_plays_by_itself(add_recording):
    film = add_recording("Drie agenda's", transcript="Half vier.", captions=ContentFile(VTT.encode(), name="a.vtt"))
    sound = add_recording("Het belletje", is_film=False, transcript="Ring.")

    soup = rendered(body_of(block("film", film.pk), block("sound", sound.pk)))

    assert len(soup.select("video track, audio")) == 2
    assert soup.select("[autoplay]") == []
    assert texts(soup, ".player__text") == ["Half vier.", "Ring."]


@pytest.mark.parametrize(
    ("kind", "value"), [("film", 0), ("sound", 0), ("picture", {"picture": 0, "caption": "Onze keuken"})]
)
def test_of_what_was_deleted_nothing_is_left(db, kind, value):
    assert rendered(body_of(block(kind, value))).get_text(strip=True) == ""


@pytest.mark.parametrize(
    "value",
    [
        dialogue([("<script>", "<img src=x>"), ("b", "c")]),
        block("quote", {"words": "<script>alert(1)</script>", "who": "<b>"}),
        block("letter", {"salutation": "<script>", "text": "<p>x</p>", "closing": "<script>"}),
    ],
    ids=lambda value: value["type"],
)
def test_words_that_look_like_markup_stay_words(db, value):
    assert rendered(body_of(value)).select("script, img, .quote b") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_of_the_site_are_in_the_language_of_the_reader(add_picture, add_recording, language):
    body = body_of(
        block("letter", LETTER),
        block("film", add_recording("Film", transcript="x").pk),
        block("picture", {"picture": add_picture(credit="Fatma").pk}),
    )

    with translation.override(language):
        soup = rendered(body)

    assert {soup.select_one(css)["lang"] for css in (".letter", ".recording", "figcaption.picture__caption")} == {
        language
    }
    assert {found["lang"] for found in soup.select(".letter > *, .player__text, img")} == {"nl"}


# ── What each must have ────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "value",
    [
        dialogue(LINES[:1]),
        dialogue([("", "x"), ("a", "b")]),
        dialogue([("a", "x" * 601), ("a", "b")]),
        dialogue([("a", "b")] * 41),
        block("marked", "x" * 251),
        block("pause", "x" * 251),
        block("quote", {"words": "", "who": "a"}),
        block("letter", {"salutation": "a", "text": "", "closing": ""}),
        block("picture", {"picture": None, "caption": "a"}),
        block("series", {"title": "a", "photos": []}),
        block("film", None),
        block("sound", None),
    ],
    ids=lambda value: value["type"],
)
def test_what_misses_is_said_at_its_place(db, value):
    stream = StoryBodyBlock()

    with pytest.raises(StreamBlockValidationError) as caught:
        stream.clean(stream.to_python([value]))

    assert list(caught.value.block_errors) == [0]


def test_a_sound_is_no_film(add_recording):
    stream, sound = StoryBodyBlock(), add_recording("Het belletje", is_film=False)

    stream.clean(stream.to_python([block("sound", sound.pk)]))
    with pytest.raises(ValidationError):
        stream.clean(stream.to_python([block("film", sound.pk)]))


# ── What helpers find ──────────────────────────────────────────────────────────
def test_all_words_of_every_kind_are_found_in_order(add_picture, add_recording):
    body = body_of(
        block("paragraph", "<p>Ik <b>wachtte</b> &amp; keek.</p>"),
        block("marked", "Niemand kwam."),
        dialogue(LINES),
        block("quote", {"words": "Weinig gemotiveerd.", "who": "uit mijn dossier"}),
        block("letter", LETTER),
        block("picture", {"picture": add_picture().pk, "caption": "Onze keuken"}),
        series([add_picture("Zeven uur"), add_picture("Elf uur")]),
        block("film", add_recording("Film", transcript="Half vier.").pk),
        block("pause", "Wie wachtte op jou?"),
        block("note", {"title": "Henk, later", "text": "Ze bleef."}),
    )

    assert plain_words(body) == (
        "Ik wachtte & keek. Niemand kwam. Ik Komt ze nog? Het loket Dat kan ik niet zien. Weinig gemotiveerd. "
        "uit mijn dossier Beste Henk, Ik kom vrijdag. Om tien uur. Groet, Marit Onze keuken Eén keuken "
        "Foto van Zeven uur Foto van Elf uur Wie wachtte op jou? Henk, later Ze bleef."
    )
    assert plain_words(body_of()) == ""


def test_a_body_names_its_recordings_and_what_they_miss(add_recording):
    film = add_recording("Film", transcript="Half vier.")
    sound = add_recording("Geluid", is_film=False)
    body = body_of(
        block("paragraph", "<p>x</p>"), block("film", film.pk), block("sound", sound.pk), block("film", 0, "gone")
    )

    assert list(recordings_in(body)) == [film, sound]
    assert all(recording.missing_words for recording in recordings_in(body))


@pytest.mark.parametrize("count", [1, 12])
def test_a_body_costs_a_query_for_each_kind_however_long(add_picture, add_recording, count, django_assert_num_queries):
    images = [add_picture(f"{number}") for number in range(count + 1)]
    films = [add_recording(f"film {number}", transcript="x") for number in range(count)]
    sounds = [add_recording(f"sound {number}", is_film=False, transcript="x") for number in range(count)]
    stored = [
        *(block("picture", {"picture": image.pk, "caption": ""}, image.pk) for image in images),
        *(block("film", film.pk, film.pk) for film in films),
        *(block("sound", sound.pk, sound.pk) for sound in sounds),
        *(series(images[:12], f"{number}") | {"id": block_id(f"series {number}")} for number in range(count)),
    ]
    rendered(body_of(*stored))

    with django_assert_num_queries(4):  # pictures, series, films, sounds
        rendered(body_of(*stored))
