"""Recordings of a story: whose they are and who writes them out; and throwing a draft away with all of it."""

import uuid
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.models import Collection, PageLogEntry, Revision

from mail.models import OutboxMail
from media.models import Recording
from stories.domain.shelves import recordings_of
from stories.models import CoWriter, StoryEvent, StoryPage
from tests.factories.people import make_person
from tests.factories.stories import add_story, storyteller_of
from tests.stories.room_pages import MP3, OpenPage, sound, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(noor, site_pages):
    return noor


@pytest.fixture
def desk(noor, browser_of):
    """An open page for a story that is not there yet."""
    return OpenPage(browser_of(noor), uuid.uuid4())


# ── Recordings ─────────────────────────────────────────────────────────────────
def test_a_recording_lies_on_the_shelf_of_her_story(desk, noor):
    answer = desk.press("De waterkoker", act="record", recording=sound())

    recording = recordings_of(desk.story).get()
    assert answer.url == reverse("tell", args=[desk.key])
    assert (recording.title, recording.uploaded_by_user, recording.collection.name) == (
        "Opname 1",
        noor,
        str(desk.key),
    )
    assert "opname" not in Path(recording.file.name).name  # the name a phone gave says too much
    assert desk.story.get_latest_revision_as_object().recording == recording


def test_a_recording_alone_is_a_story(desk):
    desk.press(act="record", recording=sound())

    assert desk.story.title == "Verhaal zonder titel"


def test_only_she_and_who_reads_along_hear_it(desk, noor, browser_of, samira, marieke, ilse, petra):
    desk.press("De waterkoker", act="record", recording=sound())
    url = recordings_of(desk.story).get().url

    everybody = [None, samira, marieke, ilse, petra, make_person("Fatma", "co-trainer")]
    assert [browser_of(person).get(url).status_code for person in everybody] == [404] * 6
    assert browser_of(noor).get(url).status_code == 200
    CoWriter.objects.create(story=desk.story, person=marieke, until="2999-01-01")
    assert browser_of(marieke).get(url).status_code == 200
    CoWriter.objects.update(until="2020-01-01")
    assert browser_of(marieke).get(url).status_code == 404


def test_a_recording_that_is_taken_away_is_gone_with_its_file(desk):
    desk.press("De waterkoker", act="record", recording=sound())
    recording = recordings_of(desk.story).get()
    path = Path(recording.file.path)
    assert path.exists()

    page = desk.browser.get(reverse("tell", args=[desk.key]))
    fresh = OpenPage(desk.browser, desk.key, "page-2", page.context["form"]["based_on"].value())
    fresh.press("De waterkoker", act=f"remove:{recording.pk}")

    assert not Recording.objects.exists()
    assert desk.story.get_latest_revision_as_object().recording is None


def test_somebody_elses_recording_stays(desk, noor, browser_of):
    other = OpenPage(browser_of(make_person("Fatma", "co-trainer")), uuid.uuid4())
    other.press("Van Fatma", act="record", recording=sound())
    desk.types("De waterkoker", "Een.")

    desk.press("De waterkoker", "Een.", act=f"remove:{Recording.objects.get().pk}")

    assert Recording.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kwaad.mp3", b"<html><script>alert(1)</script>", "De naam eindigt op .mp3"),
        ("kwaad.html", b"<html>", "Dit soort bestand kan hier niet"),
        ("leeg.mp3", b"", "In dit bestand staat niets."),
    ],
)
def test_what_is_no_recording_is_said_at_its_field_and_the_text_is_kept(desk, name, content, sentence):
    answer = desk.press("De waterkoker", "Mijn tekst.", act="record", recording=sound(name, content))

    assert answer.status_code == 400
    assert sentence in " ".join(answer.context["recording_form"].errors["recording"])
    assert "Mijn tekst." in answer.content.decode()
    assert text_of(desk.story) == ["<p>Mijn tekst.</p>"]
    assert not Recording.objects.exists()


def test_thirty_megabytes_fit_and_more_than_sixty_do_not(desk):
    assert desk.press("Lang", act="record", recording=sound(content=MP3 + b"\0" * 30 * 2**20)).status_code == 302

    answer = desk.press("Lang", act="record", recording=sound(content=MP3 + b"\0" * 61 * 2**20))

    assert answer.status_code == 400
    assert Recording.objects.count() == 1


def test_an_eleventh_recording_is_refused_and_leaves_no_file(desk, settings):
    for _n in range(10):
        desk.press("Veel", act="record", recording=sound())
    files = len(list(Path(settings.MEDIA_ROOT).rglob("*.mp3")))

    answer = desk.press("Veel", act="record", recording=sound())

    assert answer.status_code == 409
    assert "10 opnames" in answer.content.decode()
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.mp3"))) == files == 10


def test_asking_her_person_to_write_it_out_invites_and_mails_her(desk, noor, marieke):
    teller = storyteller_of(noor)
    teller.support = marieke
    teller.save()
    desk.press("De waterkoker", "Geheim woord.", act="record", recording=sound())
    desk.press("De waterkoker", "Geheim woord.", act="help")
    desk.press("De waterkoker", "Geheim woord.", act="help")

    assert [one.person for one in CoWriter.objects.all()] == [marieke]
    mails = OutboxMail.objects.order_by("pk")
    assert [(mail.kind, mail.person) for mail in mails] == [("co-writer", marieke), ("story-help", marieke)]
    assert all("Geheim" not in str(mail.words) and "waterkoker" not in str(mail.words) for mail in mails)


def test_who_reads_along_writes_it_out(desk, noor, marieke, browser_of):
    desk.press("De waterkoker", act="record", recording=sound())
    CoWriter.objects.create(story=desk.story, person=marieke, until="2999-01-01")
    recording, url = recordings_of(desk.story).get(), reverse("write_out", args=[desk.key])

    answer = browser_of(marieke).post(url, {"pk": recording.pk, "words": "Het was\n\ndinsdag."})

    recording.refresh_from_db()
    assert (answer.status_code, recording.transcript) == (302, "Het was\n\ndinsdag.")
    assert browser_of(marieke).post(url, {"pk": 999_999, "words": "x"}).status_code == 404
    assert browser_of(marieke).post(url, {"pk": "x" * 40, "words": "x"}).status_code == 400


# ── Throwing away ──────────────────────────────────────────────────────────────
def test_a_draft_is_thrown_away_in_one_step_with_all_of_it(desk):
    desk.press("Plantwoord", "Plantwoord.", act="record", recording=sound())
    story, path = desk.story, Path(recordings_of(desk.story).get().file.path)

    answer = desk.browser.post(reverse("throw_away", args=[desk.key]))

    assert answer.url == "/vertellers/"
    assert not StoryPage.objects.exists()
    assert not Recording.objects.exists()
    assert not Revision.objects.filter(object_id=str(story.pk)).exists()
    assert not Collection.objects.filter(name=str(desk.key)).exists()
    assert {entry.label for entry in PageLogEntry.objects.filter(page_id=story.pk)} == {""}
    assert path.parent.exists()
    assert [event.act for event in StoryEvent.objects.all()] == ["begun", "erased"]
    assert desk.browser.post(reverse("throw_away", args=[desk.key])).status_code == 404


def test_its_file_goes_with_it(desk, django_capture_on_commit_callbacks):
    desk.press("Plantwoord", act="record", recording=sound())
    path = Path(recordings_of(desk.story).get().file.path)

    with django_capture_on_commit_callbacks(execute=True):
        desk.browser.post(reverse("throw_away", args=[desk.key]))

    assert not path.exists()


def test_its_number_makes_no_other_story_later(desk):
    desk.press("De trap", "Een.")
    desk.browser.post(reverse("throw_away", args=[desk.key]))

    assert desk.browser.get(reverse("tell", args=[desk.key])).status_code == 404
    assert desk.press("De trap", "Een.").status_code == 404


def test_a_story_that_was_online_is_not_thrown_away(noor, browser_of, site_pages):
    story = add_story(site_pages.stories, "De stoel", owner=noor)

    answer = browser_of(noor).post(reverse("throw_away", args=[story.translation_key]))

    assert answer.status_code == 409
    assert StoryPage.objects.filter(pk=story.pk, live=True).exists()
