"""The demo's meetings, relative to the day of loading: one that was held, one this week, one that nobody may count on
yet, one later. Only in a group that has none, so that what a visitor planned stays.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.dates import AMSTERDAM
from training.demo.keys import group_key
from training.demo.people import put_person
from training.domain.attendance import mark, mark_all_present, sign_off
from training.domain.calendars import fingerprint_of
from training.domain.groups import change_group
from training.domain.meetings import NewMeeting, add_meetings, confirm_meeting
from training.domain.my_group import keep_wishes
from training.domain.places import prepare_place
from training.domain.staff import assign_staff
from training.models import Attendance, CalendarInvite, GroupPlace, Meeting, TrainingGroup
from training.planning_choices import AttendanceStatus, InviteMethod, MeetingState, StaffRole

STAFF = {
    "trainer@demo.test": StaffRole.TRAINER,
    "co-trainer@demo.test": StaffRole.CO_TRAINER,
    "sietske.hoekstra@demo.test": StaffRole.TRAINER,
}
DE_LINDE = {"place_name": "Wijkcentrum De Linde", "room": "zaal 2", "street": "Lindeplein 4", "city": "Tilburg"}
LIBRARY = {"place_name": "Bibliotheek Zuid", "street": "Zuidsingel 12", "city": "Breda"}


@dataclass(frozen=True)
class DemoMeeting:
    """`weeks` from this one; `staff` are e-mail addresses; people may count on it when it is `confirmed`."""

    title: str
    weeks: int
    place: dict
    staff: tuple
    confirmed: bool = True


@dataclass(frozen=True)
class DemoPlanning:
    """What is planned in a group; `prepared` and `waiting` are people as (address, name)."""

    slug: str
    code: str
    coordinator: str
    meetings: tuple
    values: dict
    prepared: tuple = ()
    waiting: tuple = ()
    wishes: tuple = ()
    away: tuple = ()  # (number of a meeting that is over, address, status, minutes)


BOTH = ("trainer@demo.test", "co-trainer@demo.test")
PLANNINGS = (
    DemoPlanning(
        slug="tilburg-najaar",
        code="JLMW-2026-07",
        coordinator="coordinator@demo.test",
        meetings=(
            DemoMeeting("Luisteren en doorvragen", -3, DE_LINDE, BOTH),
            DemoMeeting("Afspraken nakomen", 0, DE_LINDE, BOTH),
            DemoMeeting("Tijd geven", 2, DE_LINDE, ("trainer@demo.test",), confirmed=False),
            DemoMeeting("Er zijn en weggaan", 8, DE_LINDE, BOTH),
        ),
        values={
            "holiday_region": "zuid",
            "bring": "Een foto of een ding dat iets over jou vertelt.",
            "agreements": "We laten elkaar uitpraten.\nWat hier verteld wordt, blijft hier.",
        },
        prepared=(
            ("roos.timmermans@demo.test", "Roos Timmermans"),
            ("mohammed.azzouzi@demo.test", "Mohammed Azzouzi"),
        ),
        wishes=("yvonne.smits@demo.test", "Ik eet geen vlees. Ik zit graag dicht bij de deur."),
        away=(
            (1, "dennis.claassen@demo.test", AttendanceStatus.SIGNED_OFF, None),
            (1, "wouter@demo.test", AttendanceStatus.PARTLY, 90),
        ),
    ),
    DemoPlanning(
        slug="breda",
        code="JLMW-2026-08",
        coordinator="coordinator2@demo.test",
        meetings=(DemoMeeting("Naast elkaar staan", 1, LIBRARY, ("sietske.hoekstra@demo.test",), confirmed=False),),
        values={"holiday_region": "zuid", "capacity": 4},
        waiting=(("tineke.bakx@demo.test", "Tineke Bakx"),),
    ),
    DemoPlanning(
        slug="tilburg-zomer",
        code="JLMW-2026-05",
        coordinator="coordinator@demo.test",
        meetings=(
            DemoMeeting("Beginnen met luisteren", -8, DE_LINDE, BOTH),
            DemoMeeting("Doorvragen", -6, DE_LINDE, BOTH),
            DemoMeeting("Iets extra’s doen", -4, DE_LINDE, BOTH),
            DemoMeeting("Afscheid en dankjewel", -2, DE_LINDE, BOTH),
        ),
        values={"holiday_region": "zuid", "capacity": 8},
        away=(
            (2, "lieke.jansen@demo.test", AttendanceStatus.PARTLY, 120),
            (2, "ton.verhagen@demo.test", AttendanceStatus.ABSENT, None),
            (3, "ton.verhagen@demo.test", AttendanceStatus.SIGNED_OFF, None),
            (4, "ton.verhagen@demo.test", AttendanceStatus.ABSENT, None),
        ),
    ),
)


def load_meetings(at=None):
    """Plan the demo's meetings where a group has none, and put in who is not asked yet or waits; return how many
    meetings were made now. Nobody is mailed about them.
    """
    return sum(_load(planning, at or timezone.now()) for planning in PLANNINGS)


@transaction.atomic
def _load(planning, now):
    group = TrainingGroup.objects.filter(uuid=group_key(planning.slug)).first()
    if group is None or group.is_ended or group.meetings.exists():
        return 0
    people = {person.email: person for person in User.objects.filter(email__endswith="@demo.test")}
    by = people[planning.coordinator]
    group = change_group(group, by=by, **_values(planning, group, timezone.localdate(now)))
    _put_people(planning, group, by)
    made = [_plan(group, one, people, by, now) for one in planning.meetings]
    _fill_in(planning, group, made, people, now)
    _told_in_their_time(group)
    return len(made)


def _values(planning, group, today):
    """People may enrol for two weeks more. The code stays as it is where another group has it, and the seats where more
    people sit on them.
    """
    days = {"enrol_from": today - timedelta(weeks=4), "enrol_until": today + timedelta(weeks=2)}
    values = planning.values | days
    if not TrainingGroup.objects.filter(code=planning.code).exists():
        values["code"] = planning.code
    if values.get("capacity", group.capacity) < group.seats_taken:
        del values["capacity"]
    return values


def _put_people(planning, group, by):
    for email, name in (*planning.prepared, *planning.waiting):
        prepare_place(group, put_person(email, name), by=by)
    if planning.wishes:
        email, words = planning.wishes
        place = _place(group, email)
        if place and not place.wishes:
            keep_wishes(place, words)


def _plan(group, demo, people, by, now):
    day = _day(demo.weeks, now)
    starts_at, ends_at = (datetime.combine(day, clock, AMSTERDAM) for clock in (time(13, 30), time(16, 30)))
    row = NewMeeting(demo.title, starts_at, ends_at, break_minutes=15, **demo.place)
    meeting = add_meetings(group, [row], by=by)[0]
    for email in demo.staff:
        assign_staff(meeting, people[email], STAFF[email], by=by)
    return confirm_meeting(meeting, by=by) if demo.confirmed else meeting


def _day(weeks, now):
    """Thursday of the week that is so many away; this week a later day where Thursday is not to come any more."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    if weeks:
        return monday + timedelta(days=3, weeks=weeks)
    return min(max(monday + timedelta(days=3), today + timedelta(days=1)), monday + timedelta(days=6))


def _fill_in(planning, group, meetings, people, now):
    """Fill in who was at what is over, as it was that afternoon; Dennis can't come to the meeting after it."""
    dennis = _place(group, "dennis.claassen@demo.test")
    coming = [meeting for meeting in meetings if meeting.ends_at > now]
    for number, meeting in enumerate(meetings, start=1):
        if meeting.ends_at <= now:
            away = [row for at, *row in planning.away if at == number]
            _hold(group, meeting, away, people["trainer@demo.test"])
    if dennis and coming:
        sign_off(coming[0], dennis, by=dennis.enrolment.person)


def _hold(group, meeting, away, by):
    for email, status, minutes in away:
        place = _place(group, email)
        if place:
            mark(meeting, place, status, minutes=minutes, by=by)
    mark_all_present(meeting, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    Attendance.objects.filter(meeting=meeting).update(marked_at=meeting.ends_at)


def _place(group, email):
    places = GroupPlace.objects.together().filter(group=group, enrolment__person__email=email)
    return places.select_related("enrolment__person", "group").first()


def _told_in_their_time(group):
    """These meetings stand in everybody's calendar already; only what changes from now on is mailed."""
    for meeting in Meeting.objects.filter(group=group):
        invites = CalendarInvite.objects.filter(meeting=meeting)
        if meeting.is_announced:
            sent = {"sequence": 0, "method": InviteMethod.REQUEST, "fingerprint": fingerprint_of(meeting)}
            invites.update(unsettled_until=None, dtstamp=timezone.now(), **sent)
        else:
            invites.update(unsettled_until=None)
