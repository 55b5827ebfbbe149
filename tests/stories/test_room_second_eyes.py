"""The second pair of eyes answers: the storyteller, and who decides for her, hear of it, and her room says what is true
of who waits for whom.
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Comment

from accounts.roles import sync_roles
from mail.domain.outbox import queue_mail
from mail.kinds import kind_of
from mail.models import OutboxMail
from stories.domain.checking import note_change_asked, sync_check
from stories.domain.consent import release_story
from stories.domain.cowriters import ask_second_eyes, invite_co_writer, put_remark_away, take_invitation_back
from stories.domain.publishing import publish_story
from stories.domain.room import story_at
from stories.domain.states import standing_of
from stories.domain.withdrawal import withdraw_story
from stories.models import StoryRelease, Storyteller
from stories.models.checking import TICKS
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_terms, storyteller_of
from tests.standing import standing

pytestmark = pytest.mark.django_db

REMARK = "De straat staat er nog in."
WORDS = "<p>Op de Kerkstraat.</p>"


@standing
def story(site_pages, noor, marieke):
    """Noor's story, released, with Marieke reading along; no mail waits."""
    story = add_story(site_pages.stories, "De waterkoker", storyteller="Noor", live=False, owner=noor, words=WORDS)
    invite(story, noor, marieke)
    release_story(story, terms=make_terms(), by=noor)
    OutboxMail.objects.all().delete()
    return story


def invite(story, by, person):
    return invite_co_writer(story, by=by, person=person, until=timezone.localdate() + timedelta(days=30))


def at(name, story):
    return reverse(name, args=[story.translation_key])


def hash_of(story):
    return StoryRelease.objects.get(story=story).latest_hash


def look(browser, story):
    return browser.post(at("check_story", story), dict.fromkeys(TICKS, "on") | {"words_hash": hash_of(story)})


def say(browser, story, remark=REMARK):
    return browser.post(at("read_along", story), {"remark": remark})


def change(story, by, title="Het hek"):
    page = story.get_latest_revision_as_object()
    page.title = title
    return page.save_revision(user=by)


def queued():
    return sorted((mail.kind, mail.person.email) for mail in OutboxMail.objects.select_related("person"))


def wanted(kind):
    return [kind_of(mail.kind).still_wanted(mail) for mail in OutboxMail.objects.filter(kind=kind)]


def says(story, person):
    with translation.override("en"):
        return standing_of(story_at(person, story.translation_key)).next


@standing
def proxy(story, noor):
    proxy = make_person("Femke")
    Storyteller.objects.filter(account=noor).update(proxy=proxy)
    return proxy


# ── She is told ────────────────────────────────────────────────────────────────
def test_she_and_who_decides_for_her_hear_once_that_somebody_looked(browser_of, story, noor, marieke, proxy):
    assert [look(browser_of(marieke), story).status_code for _n in range(2)] == [302, 302]

    assert queued() == sorted([("story-checked", noor.email), ("story-checked", proxy.email)])
    assert wanted("story-checked") == [True, True]


def test_the_mail_names_who_looked_and_no_word_of_the_story(browser_of, story, noor, marieke, proxy):
    look(browser_of(marieke), story)
    say(browser_of(marieke), story)

    for mail in OutboxMail.objects.all():
        words = " ".join(mail.words.values())
        assert marieke.display_name in words
        assert at("told_story", story) in words
        assert ("Noor" in words) == (mail.person == proxy)
        assert [secret for secret in ("waterkoker", "kerkstraat", "straat staat") if secret in words.lower()] == []


def test_a_storyteller_without_an_account_hears_it_by_her_proxy(site_pages, browser_of, marieke):
    femke = make_person("Femke")
    story = add_story(site_pages.stories, "Het hek", storyteller="Ans", live=False, owner=femke)
    Storyteller.objects.filter(pk=storyteller_of(femke).pk).update(account=None, proxy=femke)
    invite(story, femke, marieke)
    OutboxMail.objects.all().delete()

    say(browser_of(marieke), story)
    look(browser_of(marieke), story)

    assert queued() == [("story-checked", femke.email), ("story-read-back", femke.email)]


def test_nobody_is_mailed_whose_account_is_closed(browser_of, story, noor, marieke, proxy):
    proxy.is_active = False
    proxy.save()

    look(browser_of(marieke), story)

    assert queued() == [("story-checked", noor.email)]


def test_asking_for_a_change_reaches_her_although_she_heard_before_that_it_was_read(browser_of, story, noor, marieke):
    say(browser_of(marieke), story, remark="")
    say(browser_of(marieke), story)

    assert queued() == [("story-change", noor.email), ("story-read-back", noor.email)]
    assert REMARK in browser_of(noor).get(at("told_story", story)).content.decode()


def test_the_same_remark_twice_is_one_and_after_it_was_put_away_a_new_one(browser_of, story, noor, marieke):
    for _n in range(2):
        say(browser_of(marieke), story)
    assert (Comment.objects.count(), len(queued())) == (1, 1)
    put_remark_away(story, Comment.objects.get().pk, by=noor)

    say(browser_of(marieke), story)

    assert (Comment.objects.filter(resolved_at=None).count(), len(queued())) == (1, 2)


def test_what_is_said_in_the_workflow_of_the_cms_reaches_her_room_and_her_mail(browser_of, story, noor, marieke):
    sync_roles()
    state = sync_check().start(story, noor)
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", state.current_task_state_id])

    browser_of(marieke).post(address, {"comment": REMARK})

    assert queued() == [("story-change", noor.email)]
    assert [(one.user, one.text) for one in Comment.objects.all()] == [(marieke, REMARK)]
    assert REMARK in browser_of(noor).get(at("told_story", story)).content.decode()


def test_approval_in_the_cms_tells_her_as_well(browser_of, story, noor, marieke):
    sync_roles()
    state = sync_check().start(story, noor)
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.current_task_state_id])

    browser_of(marieke).post(address, dict.fromkeys(TICKS, "on") | {"words_hash": hash_of(story)})

    assert queued() == [("story-checked", noor.email)]


# ── Asked once more right before it leaves ─────────────────────────────────────
def told_of_check(browser_of, story, marieke):
    look(browser_of(marieke), story)
    assert wanted("story-checked") == [True]


def test_the_words_changed(browser_of, story, noor, marieke):
    told_of_check(browser_of, story, marieke)
    change(story, noor)
    assert wanted("story-checked") == [False]


def test_she_put_it_online_already(browser_of, story, noor, marieke):
    told_of_check(browser_of, story, marieke)
    publish_story(story, by=noor)
    assert wanted("story-checked") == [False]


def test_she_does_not_decide_about_it_any_more(browser_of, story, noor, marieke):
    told_of_check(browser_of, story, marieke)
    say(browser_of(marieke), story)
    Storyteller.objects.filter(account=noor).update(account=make_person("Iemand anders"))
    assert (wanted("story-checked"), wanted("story-change")) == ([False], [False])


def test_she_put_the_remark_away(browser_of, story, noor, marieke):
    say(browser_of(marieke), story)
    assert wanted("story-change") == [True]
    put_remark_away(story, Comment.objects.get().pk, by=noor)
    assert wanted("story-change") == [False]


def test_she_took_it_away(browser_of, story, noor, marieke):
    told_of_check(browser_of, story, marieke)
    say(browser_of(marieke), story)
    withdraw_story(story, by=noor)
    mails = OutboxMail.objects.filter(kind__in=["story-checked", "story-change"])
    assert [mail.state == "cancelled" or not kind_of(mail.kind).still_wanted(mail) for mail in mails] == [True, True]


# ── What her room says ─────────────────────────────────────────────────────────
def test_nobody_is_waited_for_before_they_were_asked(story, noor, marieke):
    assert says(story, noor) == "We wait for you: ask Marieke to look whether nobody can be recognised."

    ask_second_eyes(story, person=marieke, by=noor)

    assert says(story, noor) == "It waits for Marieke, who looks whether nobody can be recognised."


def test_only_who_was_asked_is_waited_for(story, noor, marieke, ilse):
    invite(story, noor, ilse)
    assert says(story, noor) == "We wait for you: ask Marieke or Ilse to look whether nobody can be recognised."

    ask_second_eyes(story, person=ilse, by=noor)

    assert says(story, noor) == "It waits for Ilse, who looks whether nobody can be recognised."


def test_who_wrote_the_words_is_not_offered(browser_of, story, noor, marieke, ilse):
    change(story, marieke)
    release_story(story, terms=make_terms(), by=noor)
    assert says(story, noor).startswith("Somebody else still has to look")
    assert str(marieke.uuid) not in browser_of(noor).get(at("told_story", story)).content.decode()

    invite(story, noor, ilse)

    assert says(story, noor) == "We wait for you: ask Ilse to look whether nobody can be recognised."


def test_what_they_ask_to_look_at_is_hers_to_answer(browser_of, story, noor, marieke):
    ask_second_eyes(story, person=marieke, by=noor)
    say(browser_of(marieke), story)
    assert says(story, noor) == "Marieke asks you to look at something once more. We wait for you."

    put_remark_away(story, Comment.objects.get().pk, by=noor)
    ask_second_eyes(story, person=marieke, by=noor)

    assert says(story, noor) == "It waits for Marieke, who looks whether nobody can be recognised."
    assert [mail.kind for mail in OutboxMail.objects.order_by("pk")] == ["story-check", "story-change", "story-check"]


def test_who_is_asked_again_after_it_was_closed_gets_a_mail_again(story, noor, marieke):
    ask_second_eyes(story, person=marieke, by=noor)
    take_invitation_back(story, person=marieke, by=noor)
    assert says(story, noor).startswith("Somebody else still has to look")

    invite(story, noor, marieke)
    assert says(story, noor).startswith("We wait for you: ask Marieke")
    ask_second_eyes(story, person=marieke, by=noor)

    waiting = OutboxMail.objects.filter(state="waiting").order_by("pk")
    assert [mail.kind for mail in waiting] == ["co-writer", "story-check"]
    assert says(story, noor) == "It waits for Marieke, who looks whether nobody can be recognised."


def test_a_mail_of_another_story_says_nothing_here(site_pages, story, noor, marieke):
    """Queued by hand with the key of another: what is asked goes by whole keys."""
    other = add_story(site_pages.stories, "Het hek", storyteller="Noor", live=False, owner=noor)
    key = f"story-check:{other.translation_key}:{marieke.uuid}:1:0:{hash_of(story)[:16]}"
    context = {"teller": "Noor", "path": "/"}
    queue_mail("story-check", to=marieke.email, person=marieke, key=key, context=context)

    assert says(story, noor).startswith("We wait for you")


def test_her_list_has_the_button_until_somebody_was_asked(browser_of, story, noor, marieke):
    def buttons():
        page = BeautifulSoup(browser_of(noor).get(reverse("room")).content, "html.parser")
        return [link["href"] for link in page.select(".room-story__next a")]

    assert buttons() == [at("told_story", story)]

    ask_second_eyes(story, person=marieke, by=noor)

    assert buttons() == []


@pytest.mark.parametrize(
    ("comment", "kept"),
    [("x" * 50_000, ["x" * 2000]), ("a\0b", ["ab"]), (7, ["7"]), ("", []), (" \0 ", [])],
    ids=["long", "nul", "number", "empty", "nothing"],
)
def test_what_the_editors_own_button_sends_is_words_and_not_too_many(story, noor, marieke, comment, kept):
    """It comes past the form of the workflow, as Wagtail's extra data."""
    task_state = sync_check().start(story, noor).current_task_state
    task_state.comment = comment

    note_change_asked(task_state, by=marieke)

    assert [one.text for one in Comment.objects.all()] == kept
