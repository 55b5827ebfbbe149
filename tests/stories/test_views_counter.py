"""How often a story is read: a number a day, without knowing by whom, and for its storyteller to see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from stories.domain import counting
from stories.domain.counting import add_view, reads_in_room, write_views
from stories.domain.erasing import erase_story
from stories.domain.publishing import pause_story
from stories.domain.withdrawal import withdraw_story
from stories.models import CoWriter, PageViews
from tests.factories.stories import teller_of
from tests.stories.beside import STORY, nl_number, part, talk_on

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"}


@pytest.fixture(autouse=True)
def nothing_counted():
    counting._counts.clear()
    yield
    counting._counts.clear()


def numbers():
    write_views()
    return list(PageViews.objects.order_by("day").values_list("number", flat=True))


def test_readers_are_counted_and_nothing_is_kept_about_them(client, browser_of, samira, story):
    for visitor in (client, client, browser_of(samira)):
        visitor.get(STORY, headers=PHONE)

    assert numbers() == [3]
    assert [field.name for field in PageViews._meta.fields] == ["id", "page", "day", "number"]
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "curl/8.0"},
        {"User-Agent": ""},
        PHONE | {"Sec-Purpose": "prefetch;prerender"},
        PHONE | {"Purpose": "prefetch"},
        PHONE | {"X-Moz": "prefetch"},
    ],
)
def test_machines_and_pages_loaded_ahead_are_not_counted(client, story, headers):
    client.get(STORY, headers=headers)

    assert numbers() == []


def test_head_is_not_reading(client, story):
    client.head(STORY, headers=PHONE)

    assert numbers() == []


def test_who_tells_it_and_who_writes_along_are_not_counted(browser_of, samira, daan, story):
    CoWriter.objects.create(story=story, person=daan, until=timezone.localdate() + timedelta(days=3))

    for person in (teller_of(story), daan, samira):
        browser_of(person).get(STORY, headers=PHONE)

    assert numbers() == [1]


def test_a_story_for_who_takes_part_is_counted_once(client, browser_of, samira, story):
    PageViewRestriction.objects.create(page=story.page_ptr, restriction_type="login")

    client.get(STORY, headers=PHONE)  # to the door
    browser_of(samira).get(STORY, headers=PHONE)

    assert numbers() == [1]


def test_counts_of_a_day_are_added_up_and_days_stand_apart(story):
    today = timezone.localdate()
    for day, times in ((today, 2), (today - timedelta(days=1), 1), (today, 3)):
        for _time in range(times):
            add_view(story.pk, day)
        write_views()

    assert list(PageViews.objects.order_by("day").values_list("day", "number")) == [
        (today - timedelta(days=1), 1),
        (today, 5),
    ]


@pytest.mark.parametrize("pages", [1, 12])
def test_writing_costs_the_same_for_many(site_pages, pages):
    from tests.factories.stories import add_story

    for number in range(pages):
        add_view(add_story(site_pages.stories, f"Verhaal {number}").pk, timezone.localdate())

    with CaptureQueriesContext(connection) as asked:
        assert write_views() == pages
    assert len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 3


def test_what_can_not_be_written_now_is_written_later(story, monkeypatch):
    add_view(story.pk, timezone.localdate())
    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_to_table", lambda taken: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_views()

    assert numbers() == [1]


def test_views_of_a_page_that_is_gone_are_forgotten(story):
    add_view(story.pk, timezone.localdate())
    add_view(story.pk + 1000, timezone.localdate())

    assert write_views() == 1


def test_counting_asks_nothing_for_visitors(client, story):
    client.get(STORY)

    asked = []
    for headers in ({}, PHONE):
        with CaptureQueriesContext(connection) as queries:
            client.get(STORY, headers=headers)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_storyteller_sees_it_and_readers_only_if_she_wants(client, samira, story, reserve_story):
    add_view(story.pk, timezone.localdate() - timedelta(days=40))
    add_view(story.pk, timezone.localdate())
    write_views()

    hidden = part(client.get(STORY), ".views")
    talk_on(story, "off", shows_views=True)

    assert (hidden, part(client.get(STORY), ".views")) == (
        [],
        [nl_number("%(number)s time.", "%(number)s times.", 2)],
    )
    assert [reads_in_room(one) for one in (teller_of(story), teller_of(reserve_story), samira)] == [
        {"reads": {story.pk: 2}},
        {"reads": {}},
        {"reads": {}},
    ]


def test_a_pause_keeps_the_count_and_taking_away_erases_it(story):
    add_view(story.pk, timezone.localdate())
    write_views()
    pause_story(story, by=teller_of(story))
    paused = PageViews.objects.count()

    withdraw_story(story, by=teller_of(story))
    erase_story(story.translation_key)

    assert (paused, PageViews.objects.count()) == (1, 0)


def test_the_clock_starts_with_the_first_view_and_once(story, settings, monkeypatch):
    started = []

    class Timer:
        def __init__(self, seconds, act):
            self.seconds, self.act = seconds, act

        def start(self):
            started.append((self.seconds, self.act, self.daemon))

    settings.VIEWS_WRITTEN_AFTER = 30
    monkeypatch.setattr(counting.threading, "Timer", Timer)
    for _view in range(3):
        add_view(story.pk, timezone.localdate())

    assert started == [(30, counting.write_and_close, True)]
