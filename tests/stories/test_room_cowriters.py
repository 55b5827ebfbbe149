"""Who reads along with a story: whom she may ask, until when, what they get, and how it comes back to her."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment

from common.refusals import Refused
from mail.kinds import kind_of
from mail.models import OutboxMail
from stories.choices import StoryState
from stories.domain.cowriters import invite_co_writer
from stories.models import CoWriter, StoryRelease, Storyteller
from tests.factories.people import make_person
from tests.factories.stories import add_story
from tests.standing import standing

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@standing
def draft(noor, site_pages):
    return add_story(site_pages.stories, "De waterkoker", storyteller="Noor", owner=noor, live=False)


@pytest.fixture
def her(browser_of, noor):
    return browser_of(noor)


def at(name, story):
    return reverse(name, args=[story.translation_key])


def release_of(story):
    return StoryRelease.objects.get(story=story)


def newest(story):
    return release_of(story).latest_hash


def invite(story, person, days=30):
    return CoWriter.objects.create(story=story, person=person, until=TODAY() + timedelta(days=days))


# ── Who reads along ────────────────────────────────────────────────────────────
@pytest.fixture
def inviting(her, draft):
    def ask(person, until=None):
        until = f"{TODAY() + timedelta(days=30):%Y-%m-%d}" if until is None else until
        return her.post(at("co_writers", draft), {"person": getattr(person, "uuid", person), "until": until})

    return ask


def test_her_team_trainers_coordinators_and_her_person_can_be_asked(
    her, draft, noor, samira, marieke, ilse, roel, petra
):
    anna = make_person("Anna")
    Storyteller.objects.update(support=anna)
    someone = make_person("Fatma", "co-trainer")

    people = set(her.get(at("co_writers", draft)).context["form"].fields["person"].queryset)

    assert people == {anna, marieke, ilse, roel}
    noor.co_trained_groups.get().co_trainers.add(someone)
    assert someone in her.get(at("co_writers", draft)).context["form"].fields["person"].queryset


def test_who_is_asked_gets_a_mail_without_a_word_of_the_story(inviting, draft, marieke):
    assert [inviting(marieke).status_code for _n in range(2)] == [302, 302]

    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.person, mail.about) == ("co-writer", marieke, f"story:{draft.translation_key}")
    assert at("told_story", draft) in mail.words["text"]
    assert "waterkoker" not in str(mail.words).lower()
    assert "raam" not in str(mail.words)


def test_a_participant_or_a_stranger_cannot_be_asked(inviting, samira, stranger, petra):
    assert [inviting(person).status_code for person in (samira, stranger, petra, "x", "\0", "")] == [400] * 6
    assert not CoWriter.objects.exists()


def test_the_act_itself_refuses_who_is_no_colleague_and_what_was_taken_away(draft, noor, samira, marieke):
    with pytest.raises(Refused):
        invite_co_writer(draft, person=samira, until=TODAY(), by=noor)
    with pytest.raises(Refused):
        invite_co_writer(draft, person=marieke, until=TODAY(), by=marieke)
    StoryRelease.objects.update(withdrawn_at=timezone.now(), state=StoryState.WITHDRAWN)
    with pytest.raises(Refused):
        invite_co_writer(draft, person=marieke, until=TODAY(), by=noor)

    assert not CoWriter.objects.exists()


@pytest.mark.parametrize("until", ["", "x", "\0", "2020-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_said_at_its_field(inviting, marieke, until):
    answer = inviting(marieke, until)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["until"])


def test_taking_back_closes_it_at_once_and_stops_the_mail(her, inviting, draft, marieke, browser_of):
    inviting(marieke)
    browser = browser_of(marieke)
    assert browser.get(at("told_story", draft)).status_code == 200

    url = reverse("take_back", args=[draft.translation_key, marieke.uuid])
    assert [her.post(url).status_code for _n in range(2)] == [302, 404]

    assert browser.get(at("told_story", draft)).status_code == 404
    assert OutboxMail.objects.get().state == "cancelled"


def test_a_mail_to_who_may_not_see_it_any_more_is_not_wanted(inviting, marieke):
    inviting(marieke)
    mail = OutboxMail.objects.get()
    assert kind_of(mail.kind).still_wanted(mail)

    CoWriter.objects.update(until=TODAY() - timedelta(days=1))

    assert not kind_of(mail.kind).still_wanted(mail)


def test_who_read_it_says_so_and_it_comes_back_to_her(browser_of, draft, noor, marieke):
    invite(draft, marieke)

    posts = [browser_of(marieke).post(at("read_along", draft), {"remark": "Mooi begin."}) for _n in range(2)]

    assert [post.status_code for post in posts] == [302, 302]
    assert release_of(draft).state == StoryState.READ_BACK
    assert [(comment.text, comment.user) for comment in Comment.objects.all()] == [("Mooi begin.", marieke)]
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.person) == ("story-read-back", noor)
    assert "Mooi" not in str(mail.words)
    assert "waterkoker" not in str(mail.words).lower()


def test_what_was_agreed_is_not_undone_by_who_reads_it(browser_of, her, draft, marieke):
    invite(draft, marieke)
    her.post(at("read_back", draft), {"words_hash": newest(draft)})

    browser_of(marieke).post(at("read_along", draft), {})

    assert release_of(draft).state == StoryState.RESTING


@pytest.mark.parametrize(("remark", "status"), [("x" * 50_000, 400), ("<script>alert(1)</script>", 302), ("a\0b", 302)])
def test_a_remark_is_words_and_not_too_many(browser_of, her, draft, marieke, remark, status):
    invite(draft, marieke)

    answer = browser_of(marieke).post(at("read_along", draft), {"remark": remark})

    assert answer.status_code == status
    assert "<script>alert" not in her.get(at("told_story", draft)).content.decode()


def test_she_puts_a_remark_away(her, draft, marieke):
    remark = Comment.objects.create(page_id=draft.pk, user=marieke, text="Wie is Piet?", contentpath="title")

    for pk in (remark.pk, remark.pk, "x", "9" * 30, 7_777_777):
        assert her.post(at("remark_seen", draft), {"remark": pk}).status_code == 302

    assert "Wie is Piet?" not in her.get(at("told_story", draft)).content.decode()
    remark.refresh_from_db()
    assert remark.resolved_at


def test_somebody_elses_remark_stays(her, draft, noor, site_pages):
    other = add_story(site_pages.stories, "Van Fatma", live=False)
    remark = Comment.objects.create(page_id=other.pk, user=noor, text="x", contentpath="title")

    her.post(at("remark_seen", draft), {"remark": remark.pk})

    remark.refresh_from_db()
    assert remark.resolved_at is None
