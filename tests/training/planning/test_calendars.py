"""What stands in people's calendars follows what the site knows, some quiet minutes later, and never without need."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from mail.models import OutboxMail
from training.domain.calendars import settle_invites
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.places import enrol_oneself, withdraw_place
from training.models import CalendarFeed, CalendarInvite, GroupPlace, Meeting

CALENDAR = ("calendar-request", "calendar-cancel")


def settle_later(minutes=6):
    """Let the quiet minutes pass, and settle; return what went out: `{(name, kind, sequence)}`."""
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    settle_invites(timezone.now() + datetime.timedelta(minutes=minutes))
    new = OutboxMail.objects.filter(kind__in=CALENDAR).exclude(pk__in=before).select_related("person")
    return sorted((mail.person.display_name, mail.kind, int(mail.key.split(":")[2])) for mail in new)


@pytest.fixture
def planned(small_group, people, a_meeting):
    """A group with one participant and one confirmed meeting that everybody's calendar has."""
    person = people(1)[0]
    enrol_oneself(small_group, person)
    meeting = a_meeting(small_group)
    assert settle_later() == [
        ("Deelnemer 1", "calendar-request", 0),
        ("Ilse Verbruggen", "calendar-request", 0),
        ("Noor", "calendar-request", 0),
    ]
    return Meeting.objects.get(pk=meeting.pk)


def test_nothing_goes_before_the_quiet_minutes_are_over(small_group, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group)

    assert settle_later(minutes=4) == []


def test_nothing_is_said_twice(planned):
    assert settle_later() == []


def test_a_concept_is_in_nobodys_calendar(small_group, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group, confirmed=False)

    assert settle_later() == []


def test_three_quick_changes_are_one_mail_with_the_last_state(planned, ilse):
    for room in ("1", "2", "3"):
        planned = change_meeting(planned, version=planned.version, by=ilse, room=room)

    assert settle_later() == [
        ("Deelnemer 1", "calendar-request", 1),
        ("Ilse Verbruggen", "calendar-request", 1),
        ("Noor", "calendar-request", 1),
    ]
    ics = OutboxMail.objects.filter(key__endswith=":1", person=ilse).get().words["ics"]
    event = Calendar.from_ical(ics).walk("VEVENT")[0]
    assert (event["LOCATION"], event["SEQUENCE"]) == ("3, Tilburg", 1)


def test_a_note_that_changes_sends_nothing(planned, ilse):
    change_meeting(planned, version=planned.version, by=ilse, note="Koffie bestellen", plan="Eerst kennismaken")

    assert settle_later() == []


def test_a_change_that_is_put_back_in_time_sends_nothing(planned, ilse):
    changed = change_meeting(planned, version=planned.version, by=ilse, room="9")
    change_meeting(changed, version=changed.version, by=ilse, room="")

    assert settle_later() == []


def test_called_off_goes_out_of_every_calendar_under_the_same_number(planned, ilse):
    uids = set(CalendarInvite.objects.values_list("uid", flat=True))
    cancel_meeting(planned, by=ilse, reason="De zaal is dicht.")

    assert settle_later() == [
        ("Deelnemer 1", "calendar-cancel", 1),
        ("Ilse Verbruggen", "calendar-cancel", 1),
        ("Noor", "calendar-cancel", 1),
    ]
    assert set(CalendarInvite.objects.values_list("uid", flat=True)) == uids
    assert settle_later() == []


def test_who_leaves_gets_it_out_of_the_calendar_alone(planned):
    place = GroupPlace.objects.get(group=planned.group)
    withdraw_place(place, by=place.enrolment.person)

    assert settle_later() == [("Deelnemer 1", "calendar-cancel", 1)]


def test_who_was_never_told_needs_no_calling_off(small_group, people, a_meeting):
    person = people(1)[0]
    enrol_oneself(small_group, person)
    a_meeting(small_group)
    withdraw_place(GroupPlace.objects.get(enrolment__person=person), by=person)

    assert settle_later() == [("Ilse Verbruggen", "calendar-request", 0), ("Noor", "calendar-request", 0)]


def test_who_follows_the_address_alone_gets_no_mail(small_group, people, a_meeting):
    person = people(1)[0]
    CalendarFeed.objects.create(user=person, by_mail=False)
    enrol_oneself(small_group, person)
    a_meeting(small_group)

    assert [name for name, _kind, _number in settle_later()] == ["Ilse Verbruggen", "Noor"]


def test_a_closed_account_gets_none(planned, ilse):
    person = GroupPlace.objects.get(group=planned.group).enrolment.person
    person.is_active = False
    person.save()
    change_meeting(planned, version=planned.version, by=ilse, room="3")

    assert [name for name, _kind, _number in settle_later()] == ["Ilse Verbruggen", "Noor"]


def test_a_meeting_in_the_past_changes_without_a_mail(planned, ilse):
    with time_machine.travel(planned.ends_at + datetime.timedelta(hours=1), tick=False):
        change_meeting(planned, version=planned.version, by=ilse, room="4", reason="Andere zaal")

        assert settle_later() == []


def test_past_the_change_of_the_clock_it_is_the_same_time_on_the_wall(
    small_group, people, a_meeting, ilse, time_machine
):
    """28 March 2027, when the clock goes an hour forward, lies between the two."""
    time_machine.move_to(datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC))
    enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group)
    from common.dates import moment_of

    starts, ends = datetime.datetime(2027, 4, 1, 9, 30), datetime.datetime(2027, 4, 1, 12, 30)
    change_meeting(meeting, version=meeting.version, by=ilse, starts_at=moment_of(starts), ends_at=moment_of(ends))
    settle_later()

    mail = OutboxMail.objects.filter(kind="calendar-request", person=ilse).get()
    event = Calendar.from_ical(mail.words["ics"]).walk("VEVENT")[0]
    assert event["DTSTART"].to_ical() == b"20270401T093000"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert Meeting.objects.get(pk=meeting.pk).starts_at.isoformat() == "2027-04-01T07:30:00+00:00"
    assert "09.30–12.30" in mail.words["text"]


def test_what_is_called_off_asks_nobody_to_say_that_they_can_not_come(planned, ilse, client):
    cancel_meeting(planned, by=ilse, reason="De zaal is dicht.")
    settle_later()
    mail = OutboxMail.objects.get(kind="calendar-cancel", person__display_name="Deelnemer 1")
    told = Calendar.from_ical(mail.ics).walk("VEVENT")[0]["DESCRIPTION"]

    assert ["De zaal is dicht." in told, "http" in told] == [True, False]


def test_who_left_reads_that_they_are_no_longer_expected(planned, ilse):
    place = GroupPlace.objects.get(group=planned.group)
    withdraw_place(place, by=ilse)
    settle_later()
    told = Calendar.from_ical(OutboxMail.objects.get(kind="calendar-cancel").ics).walk("VEVENT")[0]["DESCRIPTION"]

    assert "http" not in told
