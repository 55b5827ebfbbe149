"""How a film and a sound stand on a page."""

import re

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from media.models import Recording
from tests.media.conftest import VTT, picture_bytes


def player(recording):
    return render_to_string("components/player.html", {"recording": recording})


@pytest.fixture
def whole_film(add_film):
    return add_film(
        captions=ContentFile(VTT.encode(), name="agenda.vtt"),
        thumbnail=ContentFile(picture_bytes(), name="agenda.jpg"),
        transcript="Stem: half vier.\r\nGeluid: een klok.\r\n\r\n \r\nStem: <b>vier</b> uur.\n",
        note="Dewi bestaat niet.",
        width=960,
        height=540,
    )


@pytest.fixture
def sound(root_collection):
    return Recording.objects.create(
        title="Het belletje", type="audio", file=ContentFile(b"ID3", name="bel.mp3"), collection=root_collection
    )


def test_a_film_has_its_still_its_captions_and_its_words(whole_film):
    html = player(whole_film)

    [video] = re.findall(r"<video[^>]*>", html)
    for part in ("controls", 'preload="metadata"', "playsinline", 'width="960"', 'height="540"', 'lang="nl"'):
        assert part in video
    assert f'poster="{whole_film.thumbnail.url}"' in video
    assert f'<source src="{whole_film.url}" type="video/mp4">' in html
    assert f'kind="captions" srclang="nl" label="Dutch" src="{whole_film.captions.url}" default' in html.replace(
        "Nederlands", "Dutch"
    )
    assert "<p>Stem: half vier.<br>Geluid: een klok.</p><p>Stem: &lt;b&gt;vier&lt;/b&gt; uur.</p>" in html
    assert '<p class="player__note" lang="nl">Dewi bestaat niet.</p>' in html


def test_of_a_sound_nothing_is_fetched_before_somebody_presses_play(sound):
    html = player(sound)

    [audio] = re.findall(r"<audio[^>]*>", html)
    assert 'preload="none"' in audio
    assert f'<source src="{sound.url}" type="audio/mpeg">' in html
    assert "<video" not in html
    assert "<details" not in html


def test_nothing_plays_by_itself_and_nothing_is_inline(whole_film, sound):
    html = player(whole_film) + player(sound)

    assert not re.search(r"autoplay|style=|<script|<style|\son\w+=", html)


def test_every_address_is_the_one_view(whole_film):
    addresses = re.findall(r'(?:src|href|poster)="([^"]*)"', player(whole_film))

    assert len(addresses) == 4
    assert all(address.startswith("/bestanden/") for address in addresses)


def test_who_can_not_play_it_can_download_it(client, sound):
    assert f'<a href="{sound.url}" download>' in player(sound)

    sound.file.storage.delete(sound.file.name)
    assert "download" not in player(sound)
