"""Erasing the account of somebody who tells: with it goes all that she told, and the name that she told it under."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import Comment

from accounts.choices import DeletionState
from accounts.models import User
from accounts.personal_data.closing import ask_deletion, undo_deletion
from accounts.personal_data.compacting import clear_traces
from accounts.personal_data.erasing import erase_now
from mail.models import OutboxMail
from media.models import Image, Recording
from stories.choices import ReactionState, Talk
from stories.domain.cowriters import ask_read_back, ask_second_eyes, invite_co_writer
from stories.domain.erasing import erase_due_stories, erase_story
from stories.domain.publishing import pause_story
from stories.domain.recordings import add_recording
from stories.domain.sentences import sentences_of
from stories.domain.telling import Typed, WrittenElsewhere, keep_typed
from stories.domain.thanks import CardWords, thank_storyteller
from stories.domain.withdrawal import withdraw_story
from stories.models import (
    ConsentEvent,
    PageChoices,
    Reaction,
    StoryEvent,
    StoryPage,
    Storyteller,
    Telling,
    ThankYou,
    Withdrawal,
)
from tests.factories.own_data import places_with
from tests.factories.people import make_person
from tests.factories.stories import add_story, checked, make_recording, put_online, storyteller_of
from tests.media.conftest import picture_bytes

WORD = "kanarievink"  # planted in everything that goes
CONTROL = "waterkoker"  # in what others wrote, which stays
SENTENCE = f"Een {WORD} zong voor het raam."


@pytest.fixture
def fatma(db, marieke, noor):
    fatma = make_person(f"Fatma {WORD}", "co-trainer", email=f"{WORD}@example.test")
    teller = storyteller_of(fatma, name=f"Fatma {WORD}")
    teller.name_line, teller.about, teller.likes = f"{WORD}, 41", f"Ik hou van een {WORD}.", f"een {WORD}"
    teller.support, teller.support_phone, teller.support_hours = marieke, "06 00 00 00 00", f"na de {WORD}"
    teller.save()
    return fatma


@pytest.fixture
def life(site_pages, fatma, marieke, samira):
    """All that Fatma has here: a story online, one on pause, one that was taken away and one that nobody read."""
    online = tell(site_pages, fatma, "online")
    with_others(online, fatma=fatma, marieke=marieke, samira=samira)
    pause_story(tell(site_pages, fatma, "op pauze"), by=fatma)
    withdraw_story(tell(site_pages, fatma, "weggehaald"), by=fatma)
    draft(site_pages, fatma, marieke)
    add_story(site_pages.stories, f"De {CONTROL}", words=f"<p>Een {CONTROL} floot.</p>")
    return online


def tell(site_pages, fatma, place):
    """A story with sound and picture, online."""
    fields = {"storyteller": f"Fatma {WORD}", "owner": fatma, "words": f"<p>{SENTENCE}</p>", "live": False}
    story = add_story(site_pages.stories, f"De {WORD} {place}", **fields)
    page = story.get_latest_revision_as_object()
    page.recording, page.portrait = sound(fatma, place), picture(fatma, place)
    page.save_revision(user=fatma, log_action=True)
    return put_online(story, by=fatma)


def sound(fatma, place):
    file = ContentFile(f"geluid van een {WORD}".encode(), name=f"{place}.mp3")
    return make_recording(f"{WORD} {place}", transcript=f"De {WORD} zingt.", file=file, uploaded_by_user=fatma)


def picture(fatma, place):
    made = Image.objects.create(
        title=f"{WORD} {place}",
        alt=f"Een {WORD}",
        file=ContentFile(picture_bytes(), name=f"{place}.jpg"),
        uploaded_by_user=fatma,
    )
    made.get_rendition("width-100|format-jpeg")
    return made


def with_others(story, *, fatma, marieke, samira):
    """What people do around a story: cards, reactions, remarks, and half-saved work of who writes along."""
    day = timezone.localdate() + timezone.timedelta(days=30)
    invite_co_writer(story, person=marieke, until=day, by=fatma)
    ask_read_back(story, remark=f"Heet die {WORD} zo?", by=marieke)
    FormState.objects.create(
        user=marieke,
        data=f"body=Een {WORD}",
        content_type=ContentType.objects.get_for_model(StoryPage),
        object_id=str(story.pk),
        last_updated_at=timezone.now(),
    )
    key = sentences_of(story)[0].key
    thank_storyteller(story, CardWords("Dank je.", key), storyteller=storyteller_of(fatma), by=samira, token=fatma.uuid)
    PageChoices.objects.create(page=story, talk=Talk.ON)
    first = {"page": story, "author": samira, "state": ReactionState.SHOWN, "words": {"text": f"Over de {WORD}."}}
    answered = Reaction.objects.create(**first)
    theirs = {"author": fatma, "as_storyteller": storyteller_of(fatma), "from_name": f"Fatma {WORD}"}
    Reaction.objects.create(**first | theirs | {"parent": answered})
    Comment.objects.create(page=story, user=fatma, text=f"De {WORD} mag weg.", contentpath="body")


def draft(site_pages, fatma, marieke):
    """A story that was never online, typed on two phones, with a recording and a picture that only it shows."""
    key = "5b6c1d7e-0000-4000-8000-000000000001"
    keep_typed(key, Typed(f"Nog een {WORD}", f"Een {WORD}.", writer="a"), by=fatma)
    with pytest.raises(WrittenElsewhere):
        keep_typed(key, Typed(f"Anders: {WORD}", f"Op de andere telefoon: {WORD}.", writer="b"), by=fatma)
    add_recording(key, ContentFile(f"geluid van een {WORD}".encode(), name="klad.mp3"), by=fatma)
    story = StoryPage.objects.get(translation_key=key)
    page = story.get_latest_revision_as_object()
    page.portrait = picture(fatma, "klad")
    page.save_revision(user=fatma)
    picture(fatma, "los")  # uploaded, and never shown
    sound(fatma, "los")
    day = timezone.localdate() + timezone.timedelta(days=30)
    invite_co_writer(story, person=marieke, until=day, by=fatma)
    ask_second_eyes(story, person=marieke, by=fatma)
    checked(story)


@pytest.mark.django_db(transaction=True)  # clearing SQLite's file can't be done inside one
def test_nothing_is_left_of_what_she_told_nor_of_the_name_she_told_it_under(life, fatma):
    assert places_with(WORD)
    request = erase_now(fatma.uuid)
    clear_traces()
    assert request.state == DeletionState.DONE
    assert places_with(WORD) == []
    assert len(places_with(CONTROL)) > 3
    assert not User.objects.filter(uuid=fatma.uuid).exists()
    assert not Storyteller.objects.filter(tellings=None, account=None).exists()
    assert StoryPage.objects.count() == 1


def test_what_others_need_stays(life, fatma, marieke, samira):
    key = life.translation_key
    erase_now(fatma.uuid)
    card = ThankYou.objects.get(sender=samira)
    assert (card.words, card.quote, card.receiver, card.to_storyteller) == ({"text": "Dank je."}, {}, None, None)
    assert Withdrawal.objects.filter(erased_at=None).count() == 0
    assert Withdrawal.objects.exclude(title="").count() == 0
    assert ConsentEvent.objects.filter(story_key=key).exists()
    assert StoryEvent.objects.filter(story_key=key).last().act == "erased"
    assert OutboxMail.objects.filter(key__startswith="story-away:").count() == 0


def test_a_picture_that_another_page_shows_stays(life, fatma, site_pages):
    shown = Image.objects.get(title=f"{WORD} los")
    other = add_story(site_pages.stories, "De stoel", live=False, portrait=shown)
    erase_now(fatma.uuid)
    assert list(Image.objects.all()) == [shown]
    assert not Recording.objects.exists()
    other.refresh_from_db()
    assert other.portrait == shown


def test_in_the_days_to_think_nobody_reads_it_and_coming_back_she_decides(site_pages, fatma, client, browser_of):
    told, waiting = tell(site_pages, fatma, "online"), tell(site_pages, fatma, "op pauze")
    pause_story(waiting, by=fatma)
    other = add_story(site_pages.stories, "De stoel")

    _request, token = ask_deletion(fatma)
    pages = [story.address for story in (told, waiting, other)]
    assert [client.get(page).status_code for page in pages] == [410, 410, 200]

    undo_deletion(token)
    fatma.refresh_from_db()
    assert client.get(told.address).status_code == 410
    browser_of(fatma).post(f"/vertellers/verhaal/{told.translation_key}/verder/")
    assert [client.get(page).status_code for page in pages] == [200, 410, 200]


def test_who_told_with_her_takes_her_words_along_until_they_go(site_pages, fatma, noor, browser_of, client):
    together = tell(site_pages, fatma, "samen")
    Telling.objects.create(story=together, storyteller=storyteller_of(noor))
    own = add_story(site_pages.stories, "Van Noor", owner=noor)

    erase_now(fatma.uuid)

    taken = Withdrawal.objects.get()
    receipt = f"/vertellers/weg/{taken.uuid}/"
    assert client.get(together.address).status_code == 410
    assert [mail.to for mail in OutboxMail.objects.filter(kind="story-away-receipt")] == [noor.email]
    assert SENTENCE in browser_of(noor).get(f"{receipt}woorden/").content.decode()
    assert list(Storyteller.objects.filter(account=noor)) == list(Storyteller.objects.filter(tellings__story=together))

    assert erase_due_stories(at=taken.erase_at) == 1
    assert list(StoryPage.objects.all()) == [own]
    assert not Image.objects.filter(title__contains=WORD).exists()
    assert not Recording.objects.filter(title__contains=WORD).exists()


def test_who_told_with_her_and_is_gone_herself_keeps_nothing_back(site_pages, fatma, noor):
    Telling.objects.create(story=tell(site_pages, fatma, "samen"), storyteller=storyteller_of(noor))
    User.objects.filter(pk=noor.pk).update(is_active=False)

    erase_now(fatma.uuid)

    assert not StoryPage.objects.exists()


def test_the_number_of_her_person_goes_with_that_person(fatma, marieke):
    erase_now(marieke.uuid)
    teller = storyteller_of(fatma)
    assert (teller.support, teller.support_phone, teller.support_hours) == (None, "", "")
    assert teller.name == f"Fatma {WORD}"


# ── What two of her stories show ───────────────────────────────────────────────
def test_what_two_stories_show_goes_with_the_last_one(site_pages, fatma, client):
    shown = picture(fatma, "twee keer")
    drafts = [
        add_story(site_pages.stories, title, owner=fatma, live=False, portrait=shown) for title in ("Een", "Twee")
    ]
    one, two = [put_online(draft, by=fatma) for draft in drafts]
    withdraw_story(one, by=fatma)
    assert client.get(shown.file.url).status_code == 200
    withdraw_story(two, by=fatma)
    assert client.get(shown.file.url).status_code == 410
    erase_story(one.translation_key)
    erase_story(two.translation_key)
    assert not Image.objects.exists()


def test_what_lay_with_the_story_that_goes_stays_with_the_other(site_pages, fatma, client):
    shown = picture(fatma, "twee keer")
    one = put_online(add_story(site_pages.stories, "Een", owner=fatma, live=False, portrait=shown), by=fatma)
    two = put_online(add_story(site_pages.stories, "Twee", owner=fatma, live=False, portrait=shown), by=fatma)
    withdraw_story(one, by=fatma)
    erase_story(one.translation_key)
    assert client.get(shown.file.url).status_code == 200
    assert StoryPage.objects.get(pk=two.pk).portrait == shown
