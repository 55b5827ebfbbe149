"""The private address of somebody's calendar: who gets what there, how often, and what nobody else ever reads of it."""

import datetime
import io
import logging

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.training.planning.test_calendars import settle_later
from training.domain.calendar_feed import feed_address, feed_of, meetings_in_calendar, rotate_feed
from training.domain.groups import cancel_group
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.models import GroupPlace, Meeting, TrainingGroup
from training.planning_choices import PlaceState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


@pytest.fixture
def samira_comes(small_group, people):
    person = people(1)[0]
    enrol_oneself(small_group, person)
    return person


def path_of(person):
    return feed_address(feed_of(person)).removeprefix("http://localhost:8000")


def events(client, person):
    answer = client.get(path_of(person))
    assert answer.status_code == 200
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


# ── Who has what ───────────────────────────────────────────────────────────────
def test_a_role_that_was_taken_away_takes_its_meetings_along(client, small_group, ilse, noor, a_meeting):
    a_meeting(small_group)
    before = [len(events(client, person)) for person in (ilse, noor)]
    for person in (ilse, noor):
        person.groups.clear()

    assert (before, [len(events(client, person)) for person in (ilse, noor)]) == ([1, 1], [0, 0])


def test_who_left_the_group_finds_it_no_longer_there(client, small_group, samira_comes, a_meeting):
    a_meeting(small_group)
    assert list(events(client, samira_comes)) == ["Luisteren (Tilburg najaar)"]
    withdraw_place(GroupPlace.objects.get(enrolment__person=samira_comes), by=samira_comes)

    assert events(client, samira_comes) == {}


@pytest.mark.parametrize("state", sorted(set(PlaceState.values) - {"enrolled", "finished"}))
def test_who_does_not_sit_in_the_group_has_nothing_of_it(client, small_group, samira_comes, a_meeting, state):
    a_meeting(small_group)
    held = state in ("prepared", "invited")
    GroupPlace.objects.filter(enrolment__person=samira_comes).update(state=state, seat_held=held)

    assert events(client, samira_comes) == {}


def test_called_off_it_stays_for_thirty_days(client, small_group, samira_comes, a_meeting, ilse):
    meeting = a_meeting(small_group, days=60)
    settle_later()
    cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    event = events(client, samira_comes)["Luisteren (Tilburg najaar)"]

    assert (str(event["STATUS"]), "De zaal is dicht." in event["DESCRIPTION"]) == ("CANCELLED", True)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=29, hours=23), tick=False):
        assert len(events(client, samira_comes)) == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=30, minutes=1), tick=False):
        assert events(client, samira_comes) == {}


def test_a_group_that_is_called_off_stays_so_for_thirty_days(client, small_group, samira_comes, a_meeting, ilse, noor):
    """In the calendars of who sat in it and of its team; who only stood ready or waited never had it."""
    a_meeting(small_group, days=60)
    ready = make_person("Klaargezet")
    prepare_place(small_group, ready, by=ilse)
    waits = make_person("Wacht")
    enrol_oneself(small_group, waits)
    left = make_person("Ging weg")
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=3)
    enrol_oneself(TrainingGroup.objects.get(pk=small_group.pk), left)
    settle_later()
    withdraw_place(GroupPlace.objects.get(enrolment__person=left), by=left)
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")
    team = (samira_comes, ilse, noor)

    def said(person):
        return [
            (str(one["STATUS"]), "Te weinig mensen." in one["DESCRIPTION"]) for one in events(client, person).values()
        ]

    assert [said(person) for person in team] == [[("CANCELLED", True)]] * 3
    assert [said(person) for person in (ready, waits, left)] == [[]] * 3
    with time_machine.travel(timezone.now() + datetime.timedelta(days=29, hours=23), tick=False):
        assert [len(said(person)) for person in team] == [1, 1, 1]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=30, minutes=1), tick=False):
        assert [said(person) for person in team] == [[]] * 3


def test_what_they_were_at_stays_when_the_rest_of_the_group_is_called_off(
    client, small_group, samira_comes, a_meeting, ilse
):
    a_meeting(small_group, days=-7, title="Kennismaken")
    a_meeting(small_group, days=7)
    settle_later()
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")

    assert [str(one["STATUS"]) for one in events(client, samira_comes).values()] == ["CONFIRMED", "CANCELLED"]


def test_moved_past_the_change_of_the_clock_it_is_the_same_time_on_the_wall(
    client, small_group, samira_comes, a_meeting, ilse
):
    """28 March 2027, when the clock goes an hour forward, lies between the two."""
    from common.dates import moment_of

    with time_machine.travel(datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC), tick=False):
        meeting = a_meeting(small_group, days=24)
        times = [moment_of(datetime.datetime(2027, 4, 1, hour, 30)) for hour in (9, 12)]
        change_meeting(meeting, version=meeting.version, by=ilse, starts_at=times[0], ends_at=times[1])
        event = events(client, samira_comes)["Luisteren (Tilburg najaar)"]
        browser = client
        browser.force_login(samira_comes)
        page = browser.get(f"/groep/{small_group.uuid}/").content.decode()

    assert [event[name].to_ical() for name in ("DTSTART", "DTEND")] == [b"20270401T093000", b"20270401T123000"]
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert 'donderdag 1 april 2027, <span class="nowrap">09.30–12.30 uur</span>' in page


# ── What a program does ────────────────────────────────────────────────────────
def test_a_program_that_has_it_already_gets_nothing_again(client, small_group, samira_comes, a_meeting):
    a_meeting(small_group)
    first = client.get(path_of(samira_comes))
    by_tag = client.get(path_of(samira_comes), headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    by_date = client.get(path_of(samira_comes), headers={"If-Modified-Since": first["Last-Modified"]})

    assert [(one.status_code, one.content) for one in (by_tag, by_date)] == [(304, b"")] * 2
    assert {one["Cache-Control"] for one in (first, by_tag, by_date)} == {"private, no-cache"}
    assert {one["Referrer-Policy"] for one in (first, by_tag, by_date)} == {"no-referrer"}
    assert {one["ETag"] for one in (first, by_tag, by_date)} == {first["ETag"]}


@pytest.mark.parametrize("change", ["left", "named"])
def test_what_no_meeting_tells_changes_it_as_well(client, small_group, samira_comes, a_meeting, change):
    """Leaving, and another name of the group, stand in no meeting: a date of theirs would say that nothing changed."""
    a_meeting(small_group)
    first = client.get(path_of(samira_comes))
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=5)):
        if change == "left":
            withdraw_place(GroupPlace.objects.get(enrolment__person=samira_comes), by=samira_comes)
        else:
            type(small_group).objects.filter(pk=small_group.pk).update(name="Tilburg winter")
        asked = client.get(path_of(samira_comes), headers={"If-Modified-Since": first["Last-Modified"]})

        assert asked.status_code == 200


def test_after_too_many_times_it_asks_to_wait_and_nobody_else_does(client, samira_comes, ilse, monkeypatch):
    monkeypatch.setattr("training.views.calendar.OF_ONE", 2)
    answers = [client.get(path_of(samira_comes)) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert "Wacht" in answers[2].content.decode()
    assert client.get(path_of(ilse)).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1, seconds=1)):
        assert client.get(path_of(samira_comes)).status_code == 200


def test_who_tries_addresses_has_to_wait_and_who_has_one_does_not(client, samira_comes, monkeypatch):
    monkeypatch.setattr("training.views.calendar.OF_NOBODY", 2)
    tries = [client.get(f"/agenda/{token}.ics").status_code for token in ("x", "y:z", "q")]

    assert (tries, client.get(path_of(samira_comes)).status_code) == ([404, 404, 429], 200)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_there(client, samira_comes, method):
    assert getattr(client, method)(path_of(samira_comes)).status_code == 405


def test_of_a_closed_account_nothing_is_there(client, samira_comes):
    path = path_of(samira_comes)
    type(samira_comes).objects.filter(pk=samira_comes.pk).update(is_active=False)

    assert client.get(path).status_code == 404


# ── What nobody else reads ─────────────────────────────────────────────────────
@pytest.fixture
def log(settings):
    """What the site's own handler writes, while a test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    for known in logging.getLogger().handlers:
        for hidden in known.filters:
            handler.addFilter(hidden)
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    before, logger.level = logger.level, logging.DEBUG
    yield written
    logger.level = before
    logger.removeHandler(handler)


def test_the_address_stands_in_no_log(client, samira_comes, log, monkeypatch):
    """Opened, asked too often, changed, sent to another way, and when it fails."""
    path = path_of(samira_comes)
    token = path.split("/")[-1].removesuffix(".ics")
    monkeypatch.setattr("training.views.calendar.OF_ONE", 1)
    answers = [client.get(path).status_code for _time in range(2)]
    answers.append(client.post(path).status_code)
    rotate_feed(samira_comes)
    answers.append(client.get(path).status_code)
    monkeypatch.setattr("training.views.calendar.person_behind", lambda token: 1 / 0)
    client.raise_request_exception = False
    answers.append(client.get(path).status_code)
    logging.getLogger("django.request").error("It went wrong at %s", "/niets/")

    assert answers == [200, 429, 405, 404, 500]
    assert (token in log.getvalue(), "ZeroDivisionError" in log.getvalue(), "/niets/" in log.getvalue()) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize("path", ["/groep/uitnodiging/{}/", "/uitnodiging/{}/", "/post/niet-meer/{}/"])
def test_nor_does_any_other_link_that_opens_something(client, log, path):
    client.get(path.format("een-heel-geheim-woord"))
    logging.getLogger("django.request").warning("Not Found: %s", path.format("een-heel-geheim-woord"))

    assert ("geheim" in log.getvalue(), "…" in log.getvalue()) == (False, True)


# ── What it costs ──────────────────────────────────────────────────────────────
def test_it_costs_the_same_with_more_meetings_groups_and_people(
    client, training, small_group, ilse, roel, samira_comes, a_meeting
):
    def cost(person):
        with CaptureQueriesContext(connection) as captured:
            number = len(events(client, person))
        return len(captured), number

    a_meeting(small_group)
    for person in (samira_comes, ilse):
        cost(person)
    small = [cost(person) for person in (samira_comes, ilse)]
    for number in range(3):
        a_meeting(small_group, days=14 + number, title=f"Meer {number}")
        other = make_group(training, f"Elders {number}", coordinators=[ilse, roel])
        a_meeting(other, days=20 + number, title=f"Daar {number}")
        type(other).objects.filter(pk=other.pk).update(state="open", enrol_from="2026-01-01")
        enrol_oneself(type(other).objects.get(pk=other.pk), make_person(f"Iemand {number}"))
    for person in (samira_comes, ilse):
        cost(person)
    large = [cost(person) for person in (samira_comes, ilse)]

    assert [queries for queries, _number in large] == [queries for queries, _number in small]
    assert [number for _queries, number in (*small, *large)] == [1, 1, 4, 7]
    assert small[0][0] <= 20


def test_each_meeting_stands_in_it_once_however_often_it_concerns_somebody(client, small_group, ilse, a_meeting):
    """Ilse coordinates the group, takes part in it and leads the meeting."""
    meeting = a_meeting(small_group)
    enrol_oneself(small_group, ilse)

    assert [one.pk for one in meetings_in_calendar(ilse)] == [meeting.pk]
    assert Meeting.objects.count() == 1
