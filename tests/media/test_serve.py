"""`/bestanden/`: one address for every upload, whole or in slices, for who may read it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from media.models import Image
from media.ranges import SLICE, WHOLE
from tests.media.conftest import VTT, film_bytes, picture_bytes

TOP = SLICE * 2 + 500


@pytest.fixture
def long_film(add_film):
    return add_film(TOP)


def test_a_film_is_public_in_one_query(client, film, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(film.url)

    assert response.status_code == 200
    assert response.content == film_bytes(5000)
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Length"] == "5000"
    assert response.headers["Cache-Control"] == "max-age=60"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == f'inline; filename="{film.filename}"'
    assert not response.cookies


def test_a_photo_and_its_rendition_are_served(client, photo, django_assert_num_queries):
    rendition = photo.get_rendition("width-32|format-webp")

    for url, content_type in ((photo.file.url, "image/jpeg"), (rendition.url, "image/webp")):
        with django_assert_num_queries(1):
            response = client.get(url)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == content_type
        assert response.headers["Content-Disposition"].startswith("inline")
        assert response.headers["Cache-Control"] == "max-age=60"


def test_captions_and_the_still_belong_to_their_film(client, add_film):
    film = add_film(
        captions=ContentFile(VTT.encode(), name="agenda.vtt"), thumbnail=ContentFile(picture_bytes(), name="agenda.jpg")
    )

    captions, still = client.get(film.captions.url), client.get(film.poster_url)

    assert captions.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode() == VTT
    assert still.headers["Content-Type"] == "image/jpeg"


def test_a_document_is_saved_and_never_shown(client, document):
    response = client.get(document.url)

    assert document.url.startswith("/bestanden/documents/")
    assert response.content == b"%PDF-1.7 regels"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="spel_regels.pdf"'


# ── Who ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("below", [False, True])
def test_a_restricted_collection_is_for_its_groups(client, add_film, team_collection, marieke, samira, below):
    collection = team_collection.add_child(name="Beeld") if below else team_collection
    film = add_film(collection=collection)

    assert client.get(film.url).status_code == 404
    client.force_login(samira)
    assert client.get(film.url).status_code == 404
    client.force_login(marieke)
    response = client.get(film.url)
    assert response.content == film_bytes(5000)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get(film.url, headers={"Range": "bytes=0-9"}).headers["Cache-Control"] == "private, no-store"


def test_a_rendition_is_as_restricted_as_its_photo(client, photo, team_collection, marieke):
    rendition = photo.get_rendition("width-32")
    assert client.get(rendition.url).status_code == 200

    photo.collection = team_collection
    photo.save()

    assert client.get(rendition.url).status_code == 404
    assert client.get(photo.file.url).status_code == 404
    client.force_login(marieke)
    assert client.get(rendition.url).status_code == 200


def test_a_copy_from_when_it_was_public_is_not_confirmed_to_strangers(client, film, team_collection):
    etag = client.get(film.url).headers["ETag"]

    film.collection = team_collection
    film.save()

    assert client.get(film.url, headers={"If-None-Match": etag}).status_code == 404


# ── What is not there ──────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "address",
    [
        "media/onbekend.mp4",
        "..%2f..%2fmanage.py",
        "media/..%2f..%2f..%2fsecret.txt",
        "media/../media/secret.txt",
        "%2e%2e/secret.txt",
        "%2fetc%2fpasswd",
        "media%5c..%5csecret.txt",
        "media/agenda.mp4%00.jpg",
        "%00",
        "media/%ff%fe",
        "media/",
        "secret.txt",
        "media/secret.txt",
    ],
)
def test_only_what_has_a_row_exists(client, film, settings, address):
    (settings.MEDIA_ROOT / "secret.txt").write_text("geheim")
    (settings.MEDIA_ROOT / "media" / "secret.txt").write_text("geheim")
    (settings.MEDIA_ROOT.parent / "secret.txt").write_text("geheim")

    response = client.get(f"/bestanden/{address}")

    assert response.status_code == 404
    assert b"geheim" not in response.content


def test_a_row_without_its_file_is_not_found(client, film):
    default_storage.delete(film.file.name)

    assert client.get(film.url).status_code == 404


def test_a_row_of_another_kind_is_not_served(client, photo):
    name = default_storage.save("original_images/page.html", ContentFile(b"<script>"))
    Image.objects.filter(pk=photo.pk).update(file=name)

    assert client.get(f"/bestanden/{name}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_reading_is_all_that_can_be_done(film, method):
    strict = Client(enforce_csrf_checks=True)

    response = getattr(strict, method)(film.url)

    assert response.status_code == 405
    assert sorted(response.headers["Allow"].split(", ")) == ["GET", "HEAD"]


# ── Copies that readers have already ───────────────────────────────────────────
def test_a_reader_with_the_same_copy_gets_304(client, film):
    first = client.get(film.url)

    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-None-Match": f'"other", W/{first.headers["ETag"]}'},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = client.get(film.url, headers=headers)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "max-age=60"


def test_a_changed_file_has_another_etag(client, film):
    first = client.get(film.url).headers["ETag"]
    with default_storage.open(film.file.name, "wb") as file:
        file.write(film_bytes(4000))

    again = client.get(film.url, headers={"If-None-Match": first})

    assert again.status_code == 200
    assert again.headers["ETag"] != first


def test_head_tells_all_but_the_content(client, long_film):
    get, head = client.get(long_film.url), client.head(long_film.url)

    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Cache-Control", "Accept-Ranges"):
        assert head.headers[name] == get.headers[name]
    assert client.head(long_film.url, headers={"Range": "bytes=0-9"}).status_code == 200


# ── Slices ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-499", 0, 500),
        ("bytes=500-999", 500, 1000),
        (f"bytes={TOP - 1}-{TOP - 1}", TOP - 1, TOP),
        (f"bytes={TOP - 10}-{TOP + 5000}", TOP - 10, TOP),
        (f"bytes={TOP - 10}-18446744073709551615", TOP - 10, TOP),
        ("bytes=-500", TOP - 500, TOP),
        (f"bytes=-{TOP * 2}", 0, SLICE),
        ("bytes=0-", 0, SLICE),
        (f"bytes=7-{TOP}", 7, 7 + SLICE),
        (f"bytes={SLICE * 2}-", SLICE * 2, TOP),
        ("Bytes=0-0", 0, 1),
    ],
)
def test_a_range_is_answered_with_one_slice(client, long_film, asked, start, stop):
    response = client.get(long_film.url, headers={"Range": asked})

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{TOP}"
    assert response.headers["Content-Length"] == str(stop - start)
    assert response.content == film_bytes(TOP)[start:stop]
    assert response.headers["Cache-Control"] == "max-age=60"


def test_slices_together_are_the_film(client, long_film):
    whole = b""
    for _slice in range(3):
        whole += client.get(long_film.url, headers={"Range": f"bytes={len(whole)}-"}).content

    assert whole == film_bytes(TOP)


@pytest.mark.parametrize("asked", [f"bytes={TOP}-", f"bytes={TOP}-{TOP + 5}", "bytes=-0", "bytes=9999999999-"])
def test_a_range_behind_the_end_is_refused_with_the_size(client, long_film, asked):
    response = client.get(long_film.url, headers={"Range": asked})

    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{TOP}"
    assert response.content == b""


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=",
        "bytes=-",
        "bytes=9-3",
        "bytes=0-1,5-6",
        "bytes=a-b",
        "bytes=0x1-",
        "bytes=1-2-3",
        "bytes=--5",
        "bytes=٣-",
        "items=0-5",
        "0-5",
        "bytes=" + "9" * 5000 + "-",
        "\x00",
    ],
)
def test_a_range_that_makes_no_sense_is_left_aside(client, long_film, asked):
    response = client.get(long_film.url, headers={"Range": asked})

    assert response.status_code == 200
    assert "Content-Range" not in response.headers
    assert response.content == film_bytes(TOP)


def test_if_range_keeps_two_versions_apart(client, long_film):
    first = client.get(long_film.url)

    def ask(copy):
        return client.get(long_film.url, headers={"Range": "bytes=0-9", "If-Range": copy}).status_code

    assert ask(first.headers["ETag"]) == 206
    assert ask(first.headers["Last-Modified"]) == 206
    assert ask('"another"') == 200
    assert ask(f"W/{first.headers['ETag']}") == 200
    assert ask("Thu, 01 Jan 1970 00:00:00 GMT") == 200


def test_every_answer_is_one_piece_that_the_server_takes_over_at_once(client, long_film):
    for headers in ({}, {"Range": "bytes=0-"}):
        response = client.get(long_film.url, headers=headers)
        assert not response.streaming
        assert len(list(response)) == 1


def test_of_a_film_that_is_too_big_to_go_out_at_once_the_first_slice_goes(client, add_film):
    film = add_film()
    with default_storage.open(film.file.name, "r+b") as file:
        file.truncate(WHOLE + 1)

    response = client.get(film.url)

    assert response.headers["Content-Length"] == str(WHOLE + 1)
    assert len(response.content) == SLICE
    assert film.download_url == ""
