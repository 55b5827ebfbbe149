"""The room itself: whose it is, the line of each state, where a story is, and the question before a consent ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.choices import StoryState
from stories.domain import room as room_domain
from stories.domain.consent import release_story
from stories.domain.cowriters import ask_second_eyes
from stories.domain.publishing import agree_with_words, end_expired_stories, pause_story
from stories.domain.room import lines_of, story_at
from stories.domain.states import day, standing_of
from stories.models import CoWriter, StoryDesk, StoryEvent, StoryPage, StoryRelease, Storyteller
from tests.factories.people import make_person
from tests.factories.stories import add_story, checked, make_terms
from tests.standing import standing

pytestmark = pytest.mark.django_db

ROOM = "/vertellers/"
ROOM_QUERIES = 11  # session, person; stories with tellers, their people and who reads along; where they are used
TODAY = timezone.localdate


@standing
def draft(noor, site_pages):
    return add_story(site_pages.stories, "De waterkoker", storyteller="Noor", owner=noor, live=False)


@standing
def online(noor, site_pages):
    return add_story(site_pages.stories, "Eén keer vaker", storyteller="Noor", owner=noor)


def fresh(story, user):
    return story_at(user, story.translation_key)


def line_for(story, user):
    standing = standing_of(fresh(story, user))
    return f"{standing.label} {standing.next}"


def until(story, days):
    end = TODAY() + timedelta(days=days)
    StoryRelease.objects.filter(story=story).update(open_until=end, training_until=end)
    return end


# ── Whose room it is ───────────────────────────────────────────────────────────
def test_who_tells_finds_it_from_their_account_without_any_role(browser_of, noor, marieke, stranger, draft):
    proxy = make_person("Zus van Henk")
    Storyteller.objects.create(name="Henk", proxy=proxy)
    noor.groups.clear()

    pages = {one: browser_of(one).get("/account/").content.decode() for one in (noor, proxy, marieke, stranger)}

    assert [f'href="{ROOM}"' in pages[one].split("<footer")[0] for one in pages] == [True, True, False, False]


def test_the_room_is_for_who_tells_and_who_speaks_for_a_storyteller(
    browser_of, noor, samira, marieke, ilse, petra, stranger
):
    proxy = make_person("Zus van Henk")
    Storyteller.objects.create(name="Henk", proxy=proxy)

    assert [browser_of(person).get(ROOM).status_code for person in (noor, proxy)] == [200, 200]
    others = [samira, marieke, ilse, petra, stranger]
    assert [browser_of(person).get(ROOM).status_code for person in others] == [404] * 5
    assert browser_of(None).get(ROOM).url.startswith("/account/inloggen/")


def test_who_was_asked_to_read_along_finds_the_way_back_until_the_day_is_over(browser_of, marieke, draft):
    asked = CoWriter.objects.create(story=draft, person=marieke, until=TODAY())
    page = browser_of(marieke).get(ROOM).content.decode()

    assert reverse("told_story", args=[draft.translation_key]) in page
    assert reverse("tell_new") not in page
    CoWriter.objects.filter(pk=asked.pk).update(until=TODAY() - timedelta(days=1))
    assert browser_of(marieke).get(ROOM).status_code == 404


def test_nobody_elses_story_stands_in_it(browser_of, noor, draft, site_pages):
    add_story(site_pages.stories, "Van Fatma", storyteller="Fatma", live=False)
    page = browser_of(noor).get(ROOM).content.decode()

    assert "De waterkoker" in page
    assert "Van Fatma" not in page


def test_a_room_without_a_story_is_kind_and_has_one_button(browser_of, noor):
    page = browser_of(noor).get(ROOM).content.decode()

    assert "Nog geen verhaal." in page
    assert page.count(f'href="{reverse("tell_new")}"') == 1
    assert not Storyteller.objects.filter(account=noor).exists()


def test_her_persons_number_stands_on_top_of_every_page(browser_of, noor, marieke, draft):
    Storyteller.objects.filter(account=noor).update(support=marieke, support_phone="06 1234 5679")
    key = [draft.translation_key]
    pages = [ROOM, *(reverse(name, args=key) for name in ("told_story", "tell", "read_back", "release_story"))]

    shown = [browser_of(noor).get(page).content.decode() for page in [*pages, reverse("co_writers", args=key)]]

    assert all('<div class="helpline">' in page and 'href="tel:0612345679"' in page for page in shown)
    assert all("Mijn leven<br>is jouw werk" in page and "selvage--storyteller" in page for page in shown)


def test_without_a_person_of_her_own_it_is_the_sites_number(browser_of, noor, site_pages):
    from home.models import ContactSettings

    ContactSettings.objects.update_or_create(defaults={"name": "Ilse Verbruggen", "phone": "(000) 123"})

    assert "Bel Ilse: (000) 123" in browser_of(noor).get(ROOM).content.decode()


def test_a_co_trainer_has_her_room_in_the_menu_and_others_have_not(browser_of, noor, samira, marieke):
    def menu(person):
        return "Mijn kamer" in browser_of(person).get("/mijn/").content.decode()

    assert [menu(person) for person in (noor, samira, marieke)] == [True, False, False]


def test_a_proxy_reads_for_whom_she_decides(browser_of, draft):
    proxy = make_person("Zus van Noor")
    Storyteller.objects.update(proxy=proxy)
    pages = [ROOM, *(reverse(name, args=[draft.translation_key]) for name in ("told_story", "tell", "release_story"))]

    shown = [browser_of(proxy).get(page).content.decode() for page in pages]

    assert ["Je beslist voor Noor. Dat wordt opgeschreven." in page for page in shown] == [True] * 4


# ── One sentence for each state ────────────────────────────────────────────────
def test_a_draft(draft, noor):
    assert line_for(draft, noor) == "In de maak. Niemand wacht. Ga verder wanneer jij wilt."


def test_a_draft_beside_what_is_online(online, noor):
    page = online.get_latest_revision_as_object()
    page.strapline = "Nieuw"
    page.save_revision(user=noor)

    assert line_for(online, noor) == (
        "In de maak. Niemand wacht. Ga verder wanneer jij wilt. Wat online staat, blijft zo tot jij de nieuwe woorden "
        "plaatst."
    )


def test_to_read_back_names_who_waits(draft, noor, marieke):
    page = draft.get_latest_revision_as_object()
    page.strapline = "Anders"
    page.save_revision(user=marieke)

    assert line_for(draft, noor) == "Nalezen. Marieke las je verhaal en wacht op jou: klopt het zo?"


def test_resting(draft, noor):
    agree_with_words(draft, by=noor)

    expected = day(TODAY() + timedelta(days=7))
    assert line_for(draft, noor) == (
        f"Laten liggen. De woorden kloppen. Laat het liggen tot {expected} en kies dan wie het mag lezen. "
        "Eerder mag ook."
    )
    StoryRelease.objects.update(resting_until=TODAY())
    assert (
        line_for(draft, noor)
        == "Laten liggen. Het heeft lang genoeg gelegen. Het wacht op jou: kies wie het mag lezen."
    )


def test_ready_says_who_is_waited_for(draft, noor, marieke):
    release_story(draft, terms=make_terms(), by=noor)
    assert line_for(draft, noor) == (
        "Klaar om te plaatsen. Iemand anders moet nog kijken of niemand te herkennen is. Kies wie."
    )

    CoWriter.objects.create(story=draft, person=marieke, until=TODAY())
    ask_second_eyes(draft, person=marieke, by=noor)
    assert line_for(draft, noor) == (
        "Klaar om te plaatsen. Het wacht op Marieke, die kijkt of niemand te herkennen is."
    )

    checked(draft)
    assert line_for(draft, noor) == (
        "Klaar om te plaatsen. Alles is gedaan. Het wacht op jou: druk op ‘Plaats’ wanneer je wilt."
    )


def test_online(online, noor):
    assert line_for(online, noor) == (
        f"Online. Niemand wacht. Het blijft staan tot en met {day(TODAY() + timedelta(days=365))}."
    )


def test_online_and_asked(online, noor):
    end = until(online, 20)

    assert (
        line_for(online, noor) == f"Online. Wij wachten op jou. Zeg je niets, dan gaat het na {day(end)} vanzelf weg."
    )


def test_paused(online, noor):
    pause_story(online, by=noor)

    assert line_for(online, noor) == "Op pauze. Niemand kan het nu lezen. Zet het weer online wanneer jij wilt."


def test_ended_from_the_day_itself_and_not_from_the_nightly_work(online, noor):
    until(online, -1)
    sentence = (
        "Afgelopen. Je toestemming is voorbij, dus niemand kan het lezen. Wil je het terug? Geef het dan opnieuw vrij."
    )

    assert line_for(online, noor) == sentence
    end_expired_stories()
    assert line_for(online, noor) == sentence


def test_taken_away(online, noor):
    StoryRelease.objects.filter(story=online).update(
        state=StoryState.WITHDRAWN, withdrawn_at=timezone.now(), open_until=None, training_until=None
    )

    assert line_for(online, noor) == "Weggehaald. Niemand kan het nog lezen of horen."


def test_every_state_has_a_sentence():
    from stories.domain.states import LABELS, NEXT

    assert set(LABELS) == set(NEXT) == set(StoryState)


# ── Facts ──────────────────────────────────────────────────────────────────────
def test_where_it_is_says_who_reads_it(draft, online, noor, marieke):
    CoWriter.objects.create(story=draft, person=marieke, until=TODAY())
    where = {line.story.pk: line.where for line in lines_of(noor)}

    assert where[draft.pk] == ["Nog nergens.", "Jij en Marieke zien het, verder niemand."]
    assert where[online.pk] == ["Op de website, voor iedereen.", "In de training, voor wie meedoet."]


def test_it_names_the_module_that_uses_it(noor, module, story, browser_of):
    Storyteller.objects.filter(tellings__story=story).update(account=noor)

    page = browser_of(noor).get(ROOM).content.decode()

    assert "In module ‘Luisteren’, stap" in page


def test_what_asks_something_of_her_stands_first(online, noor, site_pages):
    add_story(site_pages.stories, "Nieuwer", storyteller="Noor", owner=noor, live=False)
    assert [line.title for line in lines_of(noor)] == ["Nieuwer", "Eén keer vaker"]

    until(online, 20)

    assert [line.title for line in lines_of(noor)] == ["Eén keer vaker", "Nieuwer"]


def test_an_invitation_that_is_over_is_not_counted(draft, noor, marieke):
    CoWriter.objects.create(story=draft, person=marieke, until=TODAY() - timedelta(days=1))

    assert lines_of(noor)[0].where == ["Nog nergens.", "Alleen jij ziet het."]


def test_who_decides_in_her_place_is_named_among_who_sees_it(draft, noor):
    Storyteller.objects.filter(account=noor).update(proxy=make_person("Zus"))

    assert lines_of(noor)[0].where == ["Nog nergens.", "Jij en Zus zien het, verder niemand."]


def test_how_often_it_was_read_stands_there_when_something_counts(browser_of, noor, online, monkeypatch):
    assert "Gelezen" not in browser_of(noor).get(ROOM).content.decode()
    monkeypatch.setattr(room_domain, "_panels", [lambda user: {"reads": {online.pk: 214}}])

    assert "<dt>Gelezen</dt><dd>214 keer.</dd>" in browser_of(noor).get(ROOM).content.decode()


def test_what_happened_stands_there_in_plain_words(browser_of, noor, online):
    page = browser_of(noor).get(reverse("told_story", args=[online.translation_key]))

    assert [event.what for event in page.context["history"]] == [
        event.get_act_display() for event in StoryEvent.objects.of_story(online).order_by("-at", "-pk")
    ]
    assert page.context["history"][-1].who == "jou"


# ── "May your story stay for another year?" ────────────────────────────────────
@pytest.fixture
def ending(online):
    until(online, 20)
    return online


def stay(browser_of, person, story, answer, end=None):
    end = end or StoryRelease.objects.get(story=story).until
    return browser_of(person).post(
        reverse("story_stays", args=[story.translation_key]), {"answer": answer, "until": f"{end:%Y-%m-%d}"}
    )


@pytest.mark.parametrize(("days", "asked"), [(31, False), (30, True), (0, True)])
def test_it_is_asked_from_thirty_days_before_the_end(browser_of, noor, online, days, asked):
    until(online, days)

    assert ("Mag je verhaal nog een jaar blijven staan?" in browser_of(noor).get(ROOM).content.decode()) is asked


def test_yes_is_one_year_more_also_when_pressed_twice(browser_of, noor, ending):
    end = StoryRelease.objects.get(story=ending).until

    assert [stay(browser_of, noor, ending, "yes", end).status_code for _n in range(2)] == [302, 302]
    assert StoryRelease.objects.get(story=ending).until == end + timedelta(days=365)


def test_no_lets_it_stand_until_its_day_and_asks_no_more(browser_of, noor, ending):
    end = StoryRelease.objects.get(story=ending).until
    stay(browser_of, noor, ending, "no")

    page = browser_of(noor).get(ROOM).content.decode()
    assert "Mag je verhaal nog een jaar" not in page
    assert f"Jij laat het stoppen: het gaat na {day(end)} vanzelf weg." in page
    assert StoryPage.objects.open().filter(pk=ending.pk).exists()


def test_she_may_change_her_mind(browser_of, noor, ending):
    stay(browser_of, noor, ending, "no")
    stay(browser_of, noor, ending, "yes")

    assert StoryRelease.objects.get(story=ending).until == TODAY() + timedelta(days=385)
    assert StoryDesk.objects.get(story=ending).ends_on is None


@pytest.mark.parametrize("fields", [{}, {"answer": "perhaps"}, {"answer": "no", "until": "x"}, {"answer": "\0"}])
def test_another_answer_is_no_answer(browser_of, noor, ending, fields):
    answer = browser_of(noor).post(reverse("story_stays", args=[ending.translation_key]), fields)

    assert answer.status_code == 400
    assert StoryRelease.objects.get(story=ending).until == TODAY() + timedelta(days=20)


@pytest.mark.parametrize("until", ["2026-02-31", "0000-00-00", "x" * 5000, "\0"])
def test_a_day_that_is_none_extends_nothing(browser_of, noor, ending, until):
    url = reverse("story_stays", args=[ending.translation_key])

    assert browser_of(noor).post(url, {"answer": "yes", "until": until}).status_code == 302
    assert StoryRelease.objects.get(story=ending).until == TODAY() + timedelta(days=20)


# ── Pause ──────────────────────────────────────────────────────────────────────
def test_pause_and_back_are_one_press_each_and_pressing_twice_is_the_same(browser_of, noor, online):
    browser, key = browser_of(noor), [online.translation_key]

    assert [browser.post(reverse("pause_story", args=key)).status_code for _n in range(2)] == [302, 302]
    assert not StoryPage.objects.open().filter(pk=online.pk).exists()
    assert [browser.post(reverse("resume_story", args=key)).status_code for _n in range(2)] == [302, 302]
    assert StoryPage.objects.open().filter(pk=online.pk).exists()
    assert [event.act for event in StoryEvent.objects.of_story(online)][-2:] == ["paused", "resumed"]


def test_back_online_after_the_consent_ended_is_refused_with_a_sentence(browser_of, noor, online):
    from stories.models import ConsentEvent

    browser, key = browser_of(noor), [online.translation_key]
    browser.post(reverse("pause_story", args=key))
    later = timezone.localdate() + timedelta(days=367)
    with pytest.MonkeyPatch.context() as moved:
        moved.setattr(timezone, "localdate", lambda *args: later)
        answer = browser.post(reverse("resume_story", args=key))

    assert ConsentEvent.objects.of_story(online).exists()
    assert answer.status_code == 409
    assert not StoryPage.objects.get(pk=online.pk).live


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [1, 8])
def test_the_room_asks_as_much_of_eight_stories_as_of_one(
    browser_of, noor, site_pages, number, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(room_domain, "_panels", [])  # what others show there is theirs to count
    for n in range(number):
        add_story(site_pages.stories, f"Verhaal {n}", storyteller="Noor", owner=noor, live=bool(n % 2))
    browser = browser_of(noor)
    browser.get(ROOM)

    with django_assert_num_queries(ROOM_QUERIES):
        browser.get(ROOM)
