"""Moved to another group, attendance counts there where meetings have the same number, if the coordinator says so."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.words import dutch
from training.domain.attendance import mark
from training.domain.calendars import settle_invites
from training.domain.finishing import issue_certificates, standings_of
from training.domain.group_people import meetings_of, places_in, rows_of
from training.domain.places import enrol_oneself, move_place
from training.models import Certificate, GroupPlace, Meeting


@pytest.fixture
def place(small_group, people):
    return enrol_oneself(small_group, people(1)[0])


@pytest.fixture
def new_group(training, ilse):
    return make_group(training, "Eindhoven", coordinators=[ilse])


@pytest.fixture
def series(a_meeting):
    """`series(group)` are four meetings: two that are over and two to come, with the numbers 1 to 4."""
    return lambda group: [a_meeting(group, days=days, title=f"Deel {days}") for days in (-9, -2, 5, 12)]


@pytest.fixture
def two_groups(place, small_group, new_group, series, ilse):
    """In the first group they were at the first meeting, and for an hour at the second."""
    first, second = series(small_group), series(new_group)
    mark(first[0], place, "present", by=ilse)
    mark(first[1], place, "partly", minutes=60, by=ilse)
    return first, second


def minutes(group):
    return [(one.minutes, one.all_minutes) for one in standings_of(group)]


def words(group):
    meetings = meetings_of(group)
    return [[mark.words for mark in row.marks] for row in rows_of(places_in(group), [], meetings)]


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


# ── Counting ───────────────────────────────────────────────────────────────────
def test_ticked_it_counts_and_the_overview_says_where(two_groups, place, new_group, small_group, ilse):
    move_place(place, new_group, by=ilse, counts_along=True)

    assert (minutes(new_group), minutes(small_group)) == ([(225, 330)], [])
    assert words(new_group) == [["present in Tilburg najaar", "partly, 60 minutes in Tilburg najaar", "comes", "comes"]]


def test_without_the_tick_it_does_not(two_groups, place, new_group, ilse):
    there = move_place(place, new_group, by=ilse)

    assert (there.counts_along, minutes(new_group)) == (False, [(0, 330)])
    assert words(new_group) == [["not filled in", "not filled in", "comes", "comes"]]
    assert place.attendance.count() == 2


def test_in_both_it_counts_once_and_the_longer_one(two_groups, place, new_group, ilse):
    there = move_place(place, new_group, by=ilse, counts_along=True)
    mark(two_groups[1][0], there, "present", by=ilse)
    mark(two_groups[1][1], there, "present", by=ilse)

    assert minutes(new_group) == [(330, 330)]


def test_absent_here_and_present_there_counts_what_was_there(two_groups, place, new_group, ilse):
    there = move_place(place, new_group, by=ilse, counts_along=True)
    mark(two_groups[1][0], there, "absent", by=ilse)

    assert minutes(new_group) == [(225, 330)]


def test_never_more_than_the_meeting_here_takes(two_groups, place, new_group, ilse):
    here = two_groups[1][0]
    Meeting.objects.filter(pk=here.pk).update(ends_at=here.starts_at + datetime.timedelta(minutes=75))
    move_place(place, new_group, by=ilse, counts_along=True)

    assert minutes(new_group) == [(60 + 60, 60 + 165)]


def test_another_number_and_a_meeting_called_off_count_nothing(two_groups, place, new_group, ilse):
    first, second = two_groups
    Meeting.objects.filter(pk=first[0].pk).update(state="cancelled")
    Meeting.objects.filter(pk=second[1].pk).update(ordinal=9)
    move_place(place, new_group, by=ilse, counts_along=True)

    assert minutes(new_group) == [(0, 330)]


def test_moved_on_it_comes_along_as_long_as_each_move_says_so(two_groups, place, new_group, training, series, ilse):
    third = make_group(training, "Oss", coordinators=[ilse])
    series(third)
    second = move_place(place, new_group, by=ilse, counts_along=True)
    move_place(second, third, by=ilse, counts_along=True)
    assert minutes(third) == [(225, 330)]

    GroupPlace.objects.filter(pk=second.pk).update(counts_along=False)
    assert minutes(third) == [(0, 330)]


def test_the_certificate_names_the_days_on_which_they_were_there(two_groups, place, new_group, ilse):
    first, second = two_groups
    there = move_place(place, new_group, by=ilse, counts_along=True)
    mark(second[1], there, "present", by=ilse)
    Meeting.objects.filter(pk=first[0].pk).update(
        starts_at=timezone.now() - datetime.timedelta(days=40), ends_at=timezone.now() - datetime.timedelta(days=39.9)
    )
    new_group.attendance_percent = 50
    new_group.save()

    assert issue_certificates(new_group, by=ilse) == 1
    snapshot = Certificate.objects.get().snapshot
    days = [timezone.localtime(Meeting.objects.get(pk=one.pk).starts_at).day for one in (first[0], second[1])]
    assert [int(day.split()[0]) for day in snapshot["dates"]] == days


# ── On the screen ──────────────────────────────────────────────────────────────
def test_the_form_shows_what_they_came_to_and_takes_the_tick(two_groups, place, new_group, ilse):
    browser, address = signed_in(ilse), reverse("training:move_place", args=[place.uuid])
    page = browser.get(address).content.decode()
    browser.post(address, {"to": new_group.pk, "counts_along": "on"})

    assert ["1. Deel -9" in page, "2. Deel -2" in page, "3. Deel 5" in page] == [True, True, False]
    assert GroupPlace.objects.get(group=new_group).counts_along is True


def test_a_refused_move_keeps_the_tick(two_groups, place, new_group, ilse):
    new_group.capacity = 1
    new_group.save()
    enrol = GroupPlace.objects.get(pk=place.pk)
    from tests.factories.people import make_person
    from training.domain.places import prepare_place

    prepare_place(new_group, make_person("Eerder"), by=ilse)
    answer = signed_in(ilse).post(
        reverse("training:move_place", args=[place.uuid]), {"to": new_group.pk, "counts_along": "on"}
    )

    assert (answer.status_code, "checked" in answer.content.decode()) == (422, True)
    enrol.refresh_from_db()
    assert enrol.state == "enrolled"


def test_they_see_that_it_counts(two_groups, place, new_group, ilse):
    there = move_place(place, new_group, by=ilse, counts_along=True)
    page = signed_in(there.enrolment.person).get(reverse("training:my_group", args=[new_group.uuid])).content.decode()

    said = dutch("You were at this meeting in the group %(group)s: that counts.", group="Tilburg najaar")
    assert page.count(said) == 2


# ── Calendars follow ───────────────────────────────────────────────────────────
def test_what_is_to_come_there_goes_and_what_is_to_come_here_comes(two_groups, place, new_group, ilse):
    person = place.enrolment.person

    def calendar_mails():
        mails = OutboxMail.objects.filter(person=person, kind__startswith="calendar-")
        return sorted((mail.kind, mail.key.split(":")[1]) for mail in mails)

    settle_invites(timezone.now() + datetime.timedelta(minutes=6))
    before = calendar_mails()
    invited = {str(one.meeting_id): one.uid for one in person.calendar_invites.all()}
    move_place(place, new_group, by=ilse)
    settle_invites(timezone.now() + datetime.timedelta(minutes=12))
    after = [mail for mail in calendar_mails() if mail not in before]

    first, second = two_groups
    to_go = sorted(str(invited[str(one.pk)]) for one in first[2:])
    to_come = sorted(str(person.calendar_invites.get(meeting=one).uid) for one in second[2:])
    assert len(before) == 2
    assert after == [*(("calendar-cancel", uid) for uid in to_go), *(("calendar-request", uid) for uid in to_come)]


# ── What it costs ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [1, 5])
def test_bringing_along_costs_two_queries_for_everybody_together(
    small_group, new_group, series, ilse, django_assert_num_queries, number
):
    from tests.factories.people import make_person

    type(small_group).objects.update(capacity=20)
    small_group.refresh_from_db()
    (first, *_rest), _second = series(small_group), series(new_group)
    for one in range(number):
        place = enrol_oneself(small_group, make_person(f"Mens {one}"))
        mark(first, place, "present", by=ilse)
        move_place(place, new_group, by=ilse, counts_along=True)
    meetings = meetings_of(new_group)

    with django_assert_num_queries(5):
        rows_of(places_in(new_group), [], meetings)
