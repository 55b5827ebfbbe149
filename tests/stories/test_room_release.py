"""From words to a reader: reading back, releasing, a second pair of eyes, putting online."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mail.models import OutboxMail
from stories.choices import PUBLISHING, StoryState
from stories.domain.consent import release_story
from stories.models import ConsentEvent, CoWriter, StoryEvent, StoryPage, StoryRelease, Storyteller
from tests.factories.people import make_person
from tests.factories.stories import add_story, checked, make_recording, make_terms
from tests.standing import standing

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
STORY_PAGES = ("told_story", "tell", "read_back", "release_story", "check_story", "co_writers")
STORY_ACTS = (
    *("tell", "tell_autosave", "pause_story", "resume_story", "story_stays", "throw_away", "remark_seen"),
    *("read_back", "release_story", "check_story", "publish_story", "co_writers", "ask_check", "read_along"),
    "write_out",
)


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


def change(story, by, words="Nieuwe woorden"):
    page = story.get_latest_revision_as_object()
    page.strapline = words
    page.save_revision(user=by)


def invite(story, person, days=30):
    return CoWriter.objects.create(story=story, person=person, until=TODAY() + timedelta(days=days))


def answers(story, **changed):
    """What the form for a release sends when everything is answered."""
    fields = dict.fromkeys((purpose.value for purpose in PUBLISHING), "yes") | {
        "words_hash": newest(story),
        "name_form": "first_name",
        "fee": "agreed",
        "until": f"{TODAY() + timedelta(days=365):%d-%m-%Y}",
    }
    return fields | changed


# ── Whose screens ──────────────────────────────────────────────────────────────
def test_nobody_else_finds_any_of_it_whatever_their_role(browser_of, draft, samira, marieke, ilse, petra, stranger):
    others = [samira, marieke, ilse, petra, stranger, make_person("Fatma", "co-trainer")]

    for person in others:
        browser = browser_of(person)
        assert {name: browser.get(at(name, draft)).status_code for name in STORY_PAGES} == dict.fromkeys(
            STORY_PAGES, 404
        )
        assert {name: browser.post(at(name, draft)).status_code for name in STORY_ACTS} == dict.fromkeys(
            STORY_ACTS, 404
        )
    visitor = browser_of(None)
    assert {visitor.get(at(name, draft)).status_code for name in STORY_PAGES} == {302}
    assert {visitor.post(at(name, draft)).status_code for name in STORY_ACTS} == {403, 401}


def test_who_reads_along_reads_and_checks_and_decides_nothing(browser_of, draft, marieke):
    invite(draft, marieke)
    browser = browser_of(marieke)

    got = {name: browser.get(at(name, draft)).status_code for name in STORY_PAGES}
    assert got == dict.fromkeys(STORY_PAGES, 404) | {"told_story": 200, "check_story": 200}
    may = {"read_along", "check_story", "write_out"}
    assert {browser.post(at(name, draft)).status_code for name in STORY_ACTS if name not in may} == {404}


def test_an_invitation_that_is_over_closes_at_once(browser_of, draft, marieke):
    invite(draft, marieke, days=0)
    browser = browser_of(marieke)
    assert browser.get(at("told_story", draft)).status_code == 200

    CoWriter.objects.update(until=TODAY() - timedelta(days=1))

    assert [browser.get(at(name, draft)).status_code for name in ("told_story", "check_story")] == [404, 404]
    assert browser.post(at("read_along", draft)).status_code == 404


def test_what_was_taken_away_is_no_longer_there_for_who_read_along(browser_of, draft, marieke):
    invite(draft, marieke)
    StoryRelease.objects.update(withdrawn_at=timezone.now(), state=StoryState.WITHDRAWN)

    assert browser_of(marieke).get(at("told_story", draft)).status_code == 404


def test_the_consent_and_the_history_are_hers_alone(browser_of, her, draft, marieke):
    invite(draft, marieke)
    release_story(draft, terms=make_terms(), by=Storyteller.objects.get().account)

    assert "history" in her.get(at("told_story", draft)).context
    along = browser_of(marieke).get(at("told_story", draft))
    assert "history" not in along.context
    assert "line" not in along.context
    assert "Toestemming" not in along.content.decode()


# ── Reading back ───────────────────────────────────────────────────────────────
def test_she_reads_her_words_as_readers_will_and_agrees(her, draft):
    page = her.get(at("read_back", draft)).content.decode()
    assert "Ik zat bij het raam en wachtte" in page

    posts = [her.post(at("read_back", draft), {"words_hash": newest(draft)}).status_code for _n in range(2)]

    assert posts == [302, 302]
    assert release_of(draft).state == StoryState.RESTING
    assert [event.act for event in StoryEvent.objects.of_story(draft)] == ["begun", "agreed"]


@pytest.mark.parametrize("words_hash", ["", "x" * 64, "\0"])
def test_agreeing_with_other_words_is_refused(her, draft, words_hash):
    answer = her.post(at("read_back", draft), {"words_hash": words_hash})

    assert answer.status_code == 409
    assert "Het verhaal is veranderd terwijl je las." in answer.content.decode()
    assert release_of(draft).state == StoryState.DRAFT


def test_what_a_co_writer_changed_between_is_not_agreed_with(her, draft, marieke):
    seen = newest(draft)
    change(draft, marieke, "Iets heel anders")

    answer = her.post(at("read_back", draft), {"words_hash": seen})

    assert answer.status_code == 409
    assert "Iets heel anders" in answer.content.decode()
    assert release_of(draft).state == StoryState.READ_BACK


# ── Releasing ──────────────────────────────────────────────────────────────────
def test_nothing_is_chosen_beforehand_but_the_day(her, draft):
    page = her.get(at("release_story", draft)).content.decode()

    assert " checked" not in page
    assert f'value="{TODAY() + timedelta(days=365):%Y-%m-%d}"' in page


def test_each_purpose_is_said_by_itself(her, draft):
    answer = her.post(at("release_story", draft), answers(draft, social="no", print="no", fee="paid"))

    said = {event.purpose: event.is_given for event in ConsentEvent.objects.of_story(draft).exclude(purpose="making")}
    assert answer.url == at("told_story", draft)
    assert said == {"website": True, "training": True, "read_aloud": True, "print": False, "social": False}
    assert release_of(draft).state == StoryState.READY
    event = ConsentEvent.objects.get(purpose="website")
    assert (event.fee, event.name_form, event.until) == ("paid", "first_name", TODAY() + timedelta(days=365))


def test_resting_is_advice_that_can_be_passed(her, draft):
    her.post(at("read_back", draft), {"words_hash": newest(draft)})
    her.post(at("release_story", draft), answers(draft))

    assert release_of(draft).state == StoryState.READY


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"website": ""}, "website"),
        ({"website": "perhaps"}, "website"),
        ({"name_form": ""}, "name_form"),
        ({"fee": "\0"}, "fee"),
        ({"until": ""}, "until"),
        ({"until": "31-02-2027"}, "until"),
        ({"until": "1-1-2020"}, "until"),
        ({"until": "1-1-9999"}, "until"),
        ({"until": "\0"}, "until"),
        (dict.fromkeys((purpose.value for purpose in PUBLISHING), "no"), "website"),
    ],
)
def test_what_is_not_answered_is_said_at_its_field_and_nothing_is_released(her, draft, changed, field):
    answer = her.post(at("release_story", draft), answers(draft, **changed))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert release_of(draft).state == StoryState.DRAFT


def test_releasing_words_that_were_changed_meanwhile_is_refused_and_the_answers_stay(her, draft, marieke):
    fields = answers(draft)
    change(draft, marieke)

    answer = her.post(at("release_story", draft), fields)

    assert answer.status_code == 409
    assert answer.content.decode().count(" checked") == 7
    assert not release_of(draft).is_released
    again = her.post(at("release_story", draft), fields | {"words_hash": answer.context["form"]["words_hash"].value()})
    assert again.status_code == 302


def test_a_story_without_a_word_is_not_released(her, noor, site_pages):
    empty = add_story(site_pages.stories, "Leeg", owner=noor, live=False, body=[])

    answers_of_page = [her.get(at("release_story", empty)), her.post(at("release_story", empty), answers(empty))]

    assert [answer.status_code for answer in answers_of_page] == [409, 409]
    assert "Er staat nog niets in je verhaal." in answers_of_page[0].content.decode()


def test_a_voice_in_the_story_is_asked_about_and_no_is_no(her, noor, site_pages):
    told = add_story(site_pages.stories, "Met stem", owner=noor, live=False, recording=make_recording())

    refused = her.post(at("release_story", told), answers(told, with_voice="no"))

    assert list(refused.context["form"].errors) == ["with_voice"]
    assert her.post(at("release_story", told), answers(told, with_voice="yes")).status_code == 302
    assert ConsentEvent.objects.get(purpose="website").with_voice


def test_under_sixteen_a_guardian_says_yes_as_well_and_it_stays_in_the_training(her, draft):
    Storyteller.objects.update(turns_16_on=TODAY() + timedelta(days=30))
    inside = {"website": "no", "social": "no"}

    alone = her.post(at("release_story", draft), answers(draft, **inside))
    public = her.post(at("release_story", draft), answers(draft, guardian_agreed="on"))
    both = her.post(at("release_story", draft), answers(draft, guardian_agreed="on", **inside))

    assert [list(answer.context["form"].errors) for answer in (alone, public)] == [["guardian_agreed"], ["website"]]
    assert both.status_code == 302
    assert ConsentEvent.objects.get(purpose="training").guardian_agreed


def test_a_proxy_releases_and_it_is_written_down(browser_of, draft):
    proxy = make_person("Zus")
    Storyteller.objects.update(proxy=proxy)

    browser_of(proxy).post(at("release_story", draft), answers(draft))

    assert StoryEvent.objects.get(act="released").as_proxy


# ── The second pair of eyes ────────────────────────────────────────────────────
TICKS = dict.fromkeys(("names", "places", "dates", "photo", "voice"), "on")


@standing
def released(draft, noor):
    release_story(draft, terms=make_terms(), by=noor)
    return draft


def test_she_asks_who_reads_along_to_look(her, released, marieke):
    assert at("co_writers", released) in her.get(at("told_story", released)).content.decode()
    invite(released, marieke)

    posts = [her.post(at("ask_check", released), {"person": marieke.uuid}).status_code for _n in range(2)]

    assert posts == [302, 302]
    assert [(mail.kind, mail.person) for mail in OutboxMail.objects.all()] == [("story-check", marieke)]


@pytest.mark.parametrize("person", ["", "x", "\0", "00000000-0000-0000-0000-000000000007"])
def test_asking_nobody_is_said(her, released, person):
    assert her.post(at("ask_check", released), {"person": person}).status_code == 400


def test_asking_who_wrote_the_words_is_refused(her, draft, noor, marieke):
    invite(draft, marieke)
    change(draft, marieke)
    release_story(draft, terms=make_terms(), by=noor)

    answer = her.post(at("ask_check", draft), {"person": marieke.uuid})

    assert answer.status_code == 409
    assert "eigen" in answer.context["refusal"]


def test_who_checks_goes_by_the_list_for_exactly_these_words(browser_of, released, marieke):
    invite(released, marieke)
    browser = browser_of(marieke)

    half = browser.post(at("check_story", released), {"words_hash": newest(released), "names": "on"})
    posts = [browser.post(at("check_story", released), TICKS | {"words_hash": newest(released)}) for _n in range(2)]

    assert (half.status_code, set(half.context["form"].errors)) == (400, {"places", "dates", "photo", "voice"})
    assert [post.status_code for post in posts] == [302, 302]
    assert (release_of(released).is_checked, release_of(released).checked_by) == (True, marieke)
    assert StoryEvent.objects.filter(act="checked").count() == 1


def test_words_that_changed_while_checking_are_not_checked(browser_of, released, noor, marieke):
    invite(released, marieke)
    seen = newest(released)
    change(released, noor, "Iets heel anders")

    answer = browser_of(marieke).post(at("check_story", released), TICKS | {"words_hash": seen})

    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Iets heel anders" in body
    assert " checked" not in body
    assert not release_of(released).is_checked


def test_nobody_checks_their_own_words(browser_of, draft, noor, marieke):
    invite(draft, marieke)
    change(draft, marieke)

    answer = browser_of(marieke).post(at("check_story", draft), TICKS | {"words_hash": newest(draft)})

    assert answer.status_code == 409
    assert browser_of(noor).post(at("check_story", draft), TICKS).status_code == 404


# ── Putting online ─────────────────────────────────────────────────────────────
def test_she_puts_it_online_and_reads_where_it_is(her, released):
    checked(released)
    page = her.get(at("told_story", released)).content.decode()
    assert ">Plaats</button>" in page

    posts = [her.post(at("publish_story", released), {"words_hash": newest(released)}) for _n in range(2)]

    assert [post.status_code for post in posts] == [302, 302]
    assert StoryPage.objects.open().filter(pk=released.pk).exists()
    assert StoryEvent.objects.filter(act="published").count() == 1
    page = her.get(at("told_story", released)).content.decode()
    assert 'href="/verhalen/de-waterkoker/"' in page
    assert "Haal mijn verhaal weg" in page


def test_what_is_not_released_or_checked_is_refused_with_what_is_missing(her, draft, noor):
    def sentence():
        answer = her.post(at("publish_story", draft), {"words_hash": newest(draft)})
        return answer.status_code, answer.context["refusal"]

    first = sentence()
    release_story(draft, terms=make_terms(), by=noor)
    second = sentence()

    assert first == (409, "De verteller heeft deze woorden nog niet vrijgegeven.")
    assert (second[0], second[1] != first[1]) == (409, True)
    assert not StoryPage.objects.get(pk=draft.pk).live


@pytest.mark.parametrize("words_hash", ["", "x", "\0"])
def test_other_words_are_not_put_online(her, released, words_hash):
    checked(released)

    assert her.post(at("publish_story", released), {"words_hash": words_hash}).status_code == 409
    assert not StoryPage.objects.get(pk=released.pk).live


def test_the_whole_way_in_the_room(her, browser_of, noor, marieke, site_pages):
    """From nothing to a reader, with no other screen than the room's own."""
    address = her.get(reverse("tell_new")).url
    form = her.get(address).context["form"]
    words = {f"p-story-{name}": form[name].value() for name in ("writer", "based_on", "edit_no")}
    her.post(address, words | {"p-story-title": "De trap", "p-story-text": "Veertien treden.\n\nElke nacht."})
    story = StoryPage.objects.get(title="De trap")
    until = f"{TODAY() + timedelta(days=30):%Y-%m-%d}"
    her.post(at("co_writers", story), {"person": marieke.uuid, "until": until})
    browser_of(marieke).post(at("read_along", story), {"remark": "Wie is Piet?"})
    assert "Wie is Piet?" in her.get(at("told_story", story)).content.decode()
    her.post(at("read_back", story), {"words_hash": newest(story)})
    her.post(at("release_story", story), answers(story))
    her.post(at("ask_check", story), {"person": marieke.uuid})
    browser_of(marieke).post(at("check_story", story), TICKS | {"words_hash": newest(story)})
    her.post(at("publish_story", story), {"words_hash": newest(story)})

    assert "Veertien treden." in browser_of(None).get("/verhalen/de-trap/").content.decode()
    assert [mail.kind for mail in OutboxMail.objects.order_by("pk")] == [
        "co-writer",
        "story-read-back",
        "story-check",
        "story-checked",
    ]
