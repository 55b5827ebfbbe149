"""Taking a story back: at once, for good, and gone from everything, as often as it is cut off."""

from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Comment, Page

from accounts.personal_data.compacting import clear_traces
from common import chores
from home.models import ContactSettings
from mail.domain.outbox import queue_mail
from mail.models import OutboxMail
from media.models import Image
from stories.choices import StoryAct
from stories.domain import erasing
from stories.domain.erasing import erase_due_stories, erase_story
from stories.domain.publishing import pause_story, resume_story
from stories.domain.shelves import shelf_of
from stories.domain.staying import ask_about_endings
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryEvent, StoryPage, StoryRelease, Withdrawal
from tests.factories.own_data import places_with
from tests.factories.pages import block_id
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording, put_online, storyteller_of
from tests.media.conftest import picture_bytes

WORD = "kanarievink"  # planted in everything of the story that goes
CONTROL = "waterkoker"  # planted in another story, which stays


@pytest.fixture(autouse=True)
def contact(db):
    return ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})[0]


@pytest.fixture
def fatma(db, marieke):
    fatma = make_person("Fatma", "co-trainer")
    storyteller = storyteller_of(fatma)
    storyteller.support = marieke
    storyteller.save()
    return fatma


@pytest.fixture
def told(site_pages, fatma):
    """Fatma's story with a sound and a picture of its own, online; the planted word is in all of it."""
    story = add_story(site_pages.stories, f"De {WORD}", owner=fatma, words=f"<p>Een {WORD} zong.</p>", live=False)
    add_story(site_pages.stories, f"De {CONTROL}", words=f"<p>Een {CONTROL} floot.</p>")
    sound = make_recording(
        WORD,
        transcript=f"De {WORD} zingt.",
        collection=shelf_of(story),
        file=ContentFile(f"geluid van een {WORD}".encode(), name="geluid.mp3"),
    )
    picture = Image.objects.create(
        title=f"{WORD}",
        alt=f"Een {WORD} op een tak",
        file=ContentFile(picture_bytes(), name="vogel.jpg"),
        collection=shelf_of(story),
    )
    page = story.get_latest_revision_as_object()
    page.recording, page.portrait = sound, picture
    page.body = [*page.body.get_prep_value(), {"type": "marked", "id": block_id("zin"), "value": f"Dat was de {WORD}."}]
    page.save_revision(user=fatma, log_action=True)
    Comment.objects.create(page=story, user=fatma, text=f"Heet die {WORD} zo?", contentpath="body")
    picture.get_rendition("width-100|format-jpeg")
    return put_online(story, by=fatma)


def uploads(story):
    recording, picture = story.recording, story.portrait
    return [recording.file.url, picture.file.url, picture.renditions.first().file.url]


def statuses(client, addresses):
    return [client.get(address).status_code for address in addresses]


# ── At once ────────────────────────────────────────────────────────────────────
def test_nobody_reads_sees_or_hears_it_from_that_moment(told, fatma, client):
    addresses = [told.address, f"{told.address}print/", *uploads(told)]
    assert statuses(client, addresses) == [200] * 5

    withdraw_story(told, by=fatma)

    assert statuses(client, [*addresses, f"{told.address}kort/"]) == [410] * 6
    assert statuses(client, ["/verhalen/nooit/", "/verhalen/nooit/print/"]) == [404] * 2
    assert "Hanna Vos" in client.get(told.address).content.decode()
    for list_of in ("/verhalen/", "/"):
        words = client.get(list_of).content.decode()
        assert (WORD in words, CONTROL in words) == (False, True)


def test_on_pause_its_sound_and_pictures_rest_as_well(told, fatma, client):
    addresses = [told.address, *uploads(told)]
    pause_story(told, by=fatma)
    assert statuses(client, addresses) == [410] * 4
    resume_story(told, by=fatma)
    assert statuses(client, addresses) == [200] * 4


def test_her_person_is_told_without_a_reason_or_a_word_and_nobody_else(told, fatma, marieke):
    queue_mail("story-may-stay", to="iemand@example.test", key="x:1:2:3", about=f"story:{told.translation_key}")

    withdrawal = withdraw_story(told, by=fatma)
    withdraw_story(told, by=fatma)

    mails = {mail.to: (mail.kind, mail.state, mail.text) for mail in OutboxMail.objects.all()}
    assert {to: found[:2] for to, found in mails.items()} == {
        fatma.email: ("story-away-receipt", "waiting"),
        marieke.email: ("story-away", "waiting"),
        "iemand@example.test": ("story-may-stay", "cancelled"),
    }
    assert [WORD in found[2] for found in mails.values()] == [False] * 3
    assert str(withdrawal.uuid) in mails[fatma.email][2]


# ── By hand ────────────────────────────────────────────────────────────────────
def test_as_few_clicks_as_giving_two(told, fatma, browser_of):
    browser = browser_of(fatma)
    page = f"/vertellers/verhaal/{told.translation_key}/weg/"

    choices = browser.get(page)
    done = browser.post(page, {"act": "away"}, follow=True)

    receipt = Withdrawal.objects.get()
    assert [button["value"] for button in buttons(choices)] == ["pause", "away"]
    assert done.redirect_chain == [(f"/vertellers/weg/{receipt.uuid}/", 302)]
    assert browser.get(page).url == f"/vertellers/weg/{receipt.uuid}/"
    assert f"De {WORD}" in done.content.decode()


def buttons(answer):
    return BeautifulSoup(answer.content, "html.parser").select('main button[name="act"]')


@pytest.mark.parametrize("name", [None, "samira", "noor", "marieke", "ilse", "petra"])
def test_nobody_else_comes_near(request, told, fatma, browser_of, name):
    browser = browser_of(request.getfixturevalue(name) if name else None)
    refused, unsent = (404, 404) if name else (302, 403)  # 403: signed out, with what was typed
    page = f"/vertellers/verhaal/{told.translation_key}/weg/"
    assert [browser.get(page).status_code, browser.post(page, {"act": "away"}).status_code] == [refused, unsent]
    assert StoryPage.objects.open().filter(pk=told.pk).exists()

    receipt = f"/vertellers/weg/{withdraw_story(told, by=fatma).uuid}/"
    asked = [browser.get(receipt), browser.get(f"{receipt}woorden/"), browser.post(f"{receipt}wis/")]
    assert [answer.status_code for answer in asked] == [refused, refused, unsent]
    assert Withdrawal.objects.get().erased_at is None


def test_her_words_are_hers_until_she_erases_them(told, fatma, browser_of):
    browser = browser_of(fatma)
    receipt = f"/vertellers/weg/{withdraw_story(told, by=fatma).uuid}/"
    sound = told.recording.file.url

    words = browser.get(f"{receipt}woorden/")
    assert f"Een {WORD} zong." in words.content.decode()
    assert words["Content-Disposition"].startswith("attachment")
    assert browser.get(sound).status_code == 200

    browser.post(f"{receipt}wis/")
    browser.post(f"{receipt}wis/")
    assert [browser.get(f"{receipt}woorden/").status_code, browser.get(sound).status_code] == [410, 410]
    after = browser.get(receipt)
    assert (after.status_code, WORD in after.content.decode()) == (200, False)


@pytest.mark.parametrize("together", [False, True])
def test_told_together_the_button_says_whose_words_go_as_well(told, fatma, noor, browser_of, together):
    receipt = withdraw_story(told, by=fatma)
    if together:
        receipt.storytellers.add(storyteller_of(noor))

    page = browser_of(fatma).get(f"/vertellers/weg/{receipt.uuid}/").content.decode()

    assert ("Je vertelde dit samen met iemand anders." in page) is together


def test_a_press_on_nothing_says_so(told, fatma, browser_of):
    page = f"/vertellers/verhaal/{told.translation_key}/weg/"
    answer = browser_of(fatma).post(page, {"act": "x\0"})
    assert (answer.status_code, StoryPage.objects.open().filter(pk=told.pk).exists()) == (400, True)


# ── For good ───────────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_afterwards_the_word_is_nowhere_and_its_control_is_found(told, fatma):
    withdraw_story(told, by=fatma)
    assert places_with(WORD) != []

    erase_story(told.translation_key)
    clear_traces()

    assert places_with(WORD) == []
    assert places_with(CONTROL) != []


def test_within_a_day_the_worker_does_it(told, fatma):
    withdrawal = withdraw_story(told, by=fatma)
    assert erase_due_stories(timezone.now()) == 0

    assert withdrawal.erase_at <= timezone.now() + timedelta(days=1)
    assert erase_due_stories(timezone.now() + timedelta(days=1)) == 1
    assert erase_due_stories(timezone.now() + timedelta(days=1)) == 0
    assert not Page.objects.filter(pk=told.pk).exists()
    assert list(StoryEvent.objects.filter(story_key=told.translation_key).values_list("act", flat=True))[-2:] == [
        StoryAct.WITHDRAWN,
        StoryAct.ERASED,
    ]
    assert "erase stories" in chores.run_all()


STEPS = ["erase_uploads", "forget_quotes", "erase_page", "erase_log_lines", "_finish"]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_goes_on(told, fatma, step, monkeypatch):
    withdrawal = withdraw_story(told, by=fatma)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(erasing, step, killed)
        with pytest.raises(KeyboardInterrupt):
            erase_story(told.translation_key)
    call_command("erase_story", str(told.translation_key), stdout=StringIO())

    withdrawal.refresh_from_db()
    assert (withdrawal.title, withdrawal.erased_at is None) == ("", False)
    assert not Page.objects.filter(pk=told.pk).exists()
    assert not Image.objects.filter(title=WORD).exists()


def test_a_backup_that_brings_it_back_is_erased_again(told, fatma):
    assert erasing.erase_again(told.translation_key)
    assert not erasing.erase_again(told.translation_key)
    assert not Page.objects.filter(pk=told.pk).exists()


def test_what_another_page_shows_as_well_stays(told, fatma, site_pages):
    shared = make_recording("Gedeeld")
    other = add_story(site_pages.stories, "Een ander", recording=shared)
    page = StoryPage.objects.get(pk=told.pk).get_latest_revision_as_object()
    page.film = shared
    page.save_revision(user=fatma)
    put_online(told, by=fatma)

    withdraw_story(told, by=fatma)
    erase_story(told.translation_key)

    assert StoryPage.objects.get(pk=other.pk).recording == shared


# ── Before the end ─────────────────────────────────────────────────────────────
def test_thirty_days_before_the_end_she_is_asked_once(told, fatma):
    end = StoryRelease.objects.get(story=told).until

    StoryRelease.objects.exclude(story=told).update(open_until=end + timedelta(days=99))

    asked = [ask_about_endings(end - timedelta(days=days)) for days in (31, 30, 29, 1)]

    assert asked == [0, 1, 0, 0]
    mail = OutboxMail.objects.get(kind="story-may-stay")
    assert (mail.to, WORD in mail.text) == (fatma.email, False)
