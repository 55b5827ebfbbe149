"""Planned pages go online one at a time: one that can't holds up no other, and is a to-do for who works on it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from accounts.roles import sync_roles
from common import chores, scheduling
from common.scheduling import REFUSED, publish_due
from home.models import ContentPage
from tests.factories.pages import add_page
from tests.factories.stories import add_story
from tests.words import dutch

PAST = timedelta(minutes=-5)


@pytest.fixture(autouse=True)
def rights(site_pages):
    sync_roles()


def planned(page, when=PAST):
    """Plan the newest version of `page`."""
    page.go_live_at = timezone.now() + when
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    return page


@pytest.fixture
def welcome(site_pages):
    return planned(add_page(site_pages.home, ContentPage(title="Welkom", slug="welkom", live=False)))


@pytest.fixture
def story(site_pages, noor, welcome):
    """A story without a release, planned before the other page."""
    return planned(add_story(site_pages.stories, "Niet vrijgegeven", owner=noor, live=False), timedelta(hours=-1))


def online(*pages):
    return [ContentPage.objects.filter(pk=page.pk, live=True).exists() for page in pages]


@pytest.mark.parametrize("run", [publish_due, lambda: call_command("publish_scheduled")], ids=["chore", "command"])
def test_one_that_is_refused_stops_no_other(story, welcome, run):
    run()

    assert online(welcome) == [True]
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_an_error_stops_no_other_either(story, welcome, monkeypatch, caplog):
    def fail(page):
        if page.pk == story.pk:
            raise ZeroDivisionError("not today")

    monkeypatch.setattr(scheduling, "refuse_unfinished", fail)

    publish_due()

    assert online(welcome) == [True]
    assert "not today" in caplog.text


def test_what_is_planned_for_later_waits(site_pages):
    later = planned(add_page(site_pages.home, ContentPage(title="Later", slug="later", live=False)), timedelta(hours=1))

    assert (publish_due(), online(later)) == (0, [False])


def test_what_ends_goes_offline(site_pages):
    page = add_page(site_pages.home, ContentPage(title="Oud", slug="oud", expire_at=timezone.now() + PAST))

    assert (publish_due(), publish_due(), online(page)) == (1, 0, [False])
    page.refresh_from_db()
    assert page.expired


def test_the_refusal_is_a_to_do_for_her_and_for_nobody_else(browser_of, noor, petra, story):
    publish_due()

    entry = PageLogEntry.objects.get(action=REFUSED)
    hers, others = (browser_of(person).get("/cms/").content.decode() for person in (noor, petra))
    assert entry.page_id == story.pk
    assert dutch("The storyteller has not released these words yet.") in hers
    assert "Niet vrijgegeven" not in others


def test_a_dry_run_changes_nothing(story, welcome, capsys):
    call_command("publish_scheduled", dryrun=True)

    assert online(welcome) == [False]
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 2


def test_the_worker_does_it_by_itself():
    assert chores._chores["put planned pages online"] is publish_due
