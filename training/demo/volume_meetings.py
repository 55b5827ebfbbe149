"""The meetings of made-up groups, who leads them, who was there and what stands in their calendars; in bulk."""

import uuid
from datetime import timedelta
from itertools import chain

from mail.choices import MailState
from mail.domain.outbox import message_id
from mail.models import OutboxMail
from training.domain.calendars import fingerprint_of
from training.emails import PLACE_WELCOME
from training.models import Attendance, CalendarInvite, GroupPlace, Meeting, MeetingStaff
from training.planning_choices import AttendanceSource, AttendanceStatus, InviteMethod, MeetingState, StaffRole

TITLES = (
    "Kennismaken",
    "Luisteren",
    "Doorvragen",
    "Naast elkaar staan",
    "Afspraken nakomen",
    "Tijd geven",
    "Iets extra's doen",
    "Er zijn en weggaan",
)
TOWNS = ("Tilburg", "Breda", "Eindhoven", "Den Bosch", "Utrecht", "Zwolle", "Arnhem", "Leiden")
WAS_THERE = (
    AttendanceStatus.PRESENT,
    AttendanceStatus.PARTLY,
    AttendanceStatus.SIGNED_OFF,
    AttendanceStatus.ABSENT,
)


def put_meetings(planned):
    """Store the meetings of these groups with all that hangs on them."""
    meetings = Meeting.objects.bulk_create(list(chain.from_iterable(map(_meetings, planned))))
    by_group = {}
    for meeting in meetings:
        by_group.setdefault(meeting.group_id, []).append(meeting)
    places = _places_of(planned)
    staff, marks, invites, mails = [], [], [], []
    for one in planned:
        seated = places.get(one.group.pk, [])
        staff += _staff(one, by_group[one.group.pk])
        marks += _marks(one, by_group[one.group.pk], seated)
        invites += _invites(one, by_group[one.group.pk], seated)
        mails += _mails(one, seated)
    MeetingStaff.objects.bulk_create(staff)
    Attendance.objects.bulk_create(marks, batch_size=2_000)
    CalendarInvite.objects.bulk_create(invites, batch_size=2_000)
    OutboxMail.objects.bulk_create(mails, batch_size=1_000)


def _places_of(planned):
    found = GroupPlace.objects.filter(group__in=[one.group for one in planned]).together()
    by_group = {}
    for place in found.select_related("enrolment__person").order_by("pk"):
        by_group.setdefault(place.group_id, []).append(place)
    return by_group


def _meetings(one):
    """About one in twenty is called off; of every fourth group the last one to come is still an idea."""
    for place, (starts_at, ends_at) in enumerate(one.moments()):
        meeting = Meeting(
            uuid=_key(one),
            group=one.group,
            ordinal=place + 1,
            title=TITLES[place],
            starts_at=starts_at,
            ends_at=ends_at,
            break_minutes=15,
            place_name="Buurthuis",
            city=TOWNS[one.number % len(TOWNS)],
            changed_at=one.now - timedelta(days=90),
            state=MeetingState.HELD if ends_at <= one.now else MeetingState.CONFIRMED,
        )
        if one.chance.random() < 0.05:
            meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, "De zaal is dicht."
        elif meeting.state == MeetingState.CONFIRMED and one.number % 4 == 1 and place == len(TITLES) - 1:
            meeting.state = MeetingState.CONCEPT
        yield meeting


def _key(one):
    return uuid.UUID(int=one.chance.getrandbits(128), version=4)


def _staff(one, meetings):
    for meeting in meetings:
        team = [(one.trainer, StaffRole.TRAINER), (one.co_trainer, StaffRole.CO_TRAINER)]
        for user, role in team[:1] if meeting.state == MeetingState.CONCEPT else team:
            yield MeetingStaff(
                meeting=meeting,
                user=user,
                role=role,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                is_on=not meeting.is_cancelled,
            )


def _marks(one, meetings, places):
    """Of every tenth group the newest meeting that is over is not filled in; before one, people can sign off."""
    held = [meeting for meeting in meetings if meeting.state == MeetingState.HELD]
    coming = [meeting for meeting in meetings if meeting.state == MeetingState.CONFIRMED]
    for meeting in held[:-1] if one.number % 10 == 0 else held:
        for place in places:
            status = one.chance.choices(WAS_THERE, weights=(88, 5, 4, 3))[0]
            yield _mark(meeting, place, status, AttendanceSource.TEAM, meeting.ends_at, one.trainer)
    for place in places if coming else ():
        if one.chance.random() < 0.04:
            who = place.enrolment.person
            yield _mark(coming[0], place, AttendanceStatus.SIGNED_OFF, AttendanceSource.ONESELF, one.now, who)


def _mark(meeting, place, status, source, at, by):
    minutes = 90 if status == AttendanceStatus.PARTLY else None
    return Attendance(
        meeting=meeting, place=place, status=status, minutes=minutes, source=source, marked_at=at, marked_by=by
    )


def _invites(one, meetings, places):
    """All of it stands in everybody's calendar since long."""
    people = [place.enrolment.person for place in places] + [one.trainer, one.co_trainer]
    for meeting in meetings:
        if meeting.is_announced:
            told = {"sequence": 0, "method": InviteMethod.REQUEST, "fingerprint": fingerprint_of(meeting)}
            for person in people:
                yield CalendarInvite(
                    meeting=meeting, user=person, uid=_key(one).hex, dtstamp=meeting.changed_at, **told
                )


def _mails(one, places):
    """A welcome to each, whose words are gone; one in five hundred did not arrive."""
    for place in places:
        key, refused = _key(one), one.chance.random() < 0.002
        sent_at = one.now - timedelta(days=one.chance.randint(1, 120))
        yield OutboxMail(
            uuid=key,
            key=f"{PLACE_WELCOME}:{place.uuid}",
            kind=PLACE_WELCOME,
            person=place.enrolment.person,
            to=place.enrolment.person.email,
            about=f"group:{one.group.uuid}",
            language="nl",
            message_id=message_id(key),
            state=MailState.REFUSED if refused else MailState.SENT,
            reason="550 No such user here" if refused else "",
            attempts=1,
            next_at=None,
            created_at=sent_at,
            sent_at=None if refused else sent_at,
        )
