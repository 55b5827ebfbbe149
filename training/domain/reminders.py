"""One reminder before each meeting, at the moment that the group sets; its coordinator sees beforehand who gets it."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone, translation

from accounts.domain.mail_wishes import stop_address, without_who_stopped
from accounts.models import User
from common.names import sort_key
from home.models import ContactSettings
from mail.domain.outbox import queue_mail
from mail.models import OutboxMail
from training.domain.calendars import group_url, organizer_of, when_words
from training.domain.place_mails import about_group
from training.emails import MEETING_REMINDER
from training.models import Attendance, GroupPlace, Meeting
from training.planning_choices import AttendanceStatus, MeetingState

AT_ONCE = 4  # meetings, about a hundred mails: a sign-in code that comes meanwhile waits a second for them
DAY = timedelta(days=1)
LONGEST_AHEAD = 30 * DAY
_clock = {"next": 0}  # when this worker looks again, by its own clock


@dataclass(frozen=True)
class Reminder:
    """What somebody gets about a meeting, and when."""

    place: GroupPlace
    at: object

    @property
    def name(self):
        return self.place.enrolment.person.display_name


def reminder_at(meeting):
    """Return the moment at which the reminder of a meeting is due."""
    return meeting.starts_at - timedelta(days=meeting.group.remind_days)


def is_reminded(user):
    """True for who takes part in a group: reminders can come to them."""
    return GroupPlace.objects.together().of(user).exists()


def reminders_of(meeting):
    """Return a Reminder for everybody who would get one, by name: who takes part, has not signed off from the meeting
    and did not turn reminders off.
    """
    found = _places_of(meeting).select_related("group", "enrolment__person")
    return sorted((Reminder(place, reminder_at(meeting)) for place in found), key=lambda one: sort_key(one.name))


def _places_of(meeting):
    away = Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.SIGNED_OFF).values("place")
    places = GroupPlace.objects.filter(group=meeting.group_id).together().exclude(pk__in=away)
    return places.filter(enrolment__person__in=_want_them())


def _want_them():
    return without_who_stopped(User.objects.filter(is_active=True), MEETING_REMINDER)


def remind_now_and_then():
    """Remind once a minute, and go on at once while there is more: a chore of the mail worker, whose rounds are shorter
    than anybody needs for this.
    """
    if time.monotonic() < _clock["next"]:
        return 0
    number = remind()
    _clock["next"] = time.monotonic() + (0 if number else 60)
    return number


def remind(at=None):
    """Queue the reminders that are due of AT_ONCE meetings, each once; return how many. Run twice, by two workers, or
    after one that died halfway, it makes what is missing and none more, for each has one key.
    """
    number = 0
    for meeting in _due(at or timezone.now()):
        contact, there = organizer_of(meeting.group), sent_of(meeting)
        for one in reminders_of(meeting):
            if key_of(meeting, one.place) not in there:
                _queue(meeting, one.place, contact)
                number += 1
    return number


def still_wanted(mail):
    """Return whether a reminder is still true: the meeting stands at the time that it names, and the person comes."""
    _kind, meeting_key, place_key, version = mail.key.split(":")
    meeting = Meeting.objects.announced().filter(uuid=meeting_key).select_related("group").first()
    if meeting is None or str(int(meeting.starts_at.timestamp())) != version or meeting.has_begun:
        return False
    return _places_of(meeting).filter(uuid=place_key).exists()


def _due(at):
    """The meetings whose reminder is due, and that have somebody who has not got one yet, AT_ONCE at most: four
    queries, however many meetings and people.
    """
    soon = Meeting.objects.filter(state=MeetingState.CONFIRMED, starts_at__gt=at, starts_at__lte=at + LONGEST_AHEAD)
    found = soon.select_related("group").order_by("starts_at")
    due = [meeting for meeting in found if meeting.group.remind_days and reminder_at(meeting) <= at]
    wanted = _keys_by_meeting(due) if due else {}
    made = _made(due, at) if due else set()
    return [meeting for meeting in due if wanted[meeting.pk] - made][:AT_ONCE]


def _keys_by_meeting(meetings):
    """Return `{number of the meeting: keys of the reminders that it needs}`; two queries."""
    places = GroupPlace.objects.filter(group__in={meeting.group_id for meeting in meetings}).together()
    away = Attendance.objects.filter(meeting__in=meetings, status=AttendanceStatus.SIGNED_OFF)
    signed_off, by_group = set(away.values_list("meeting", "place")), {}
    for group, *place in places.filter(enrolment__person__in=_want_them()).values_list("group", "pk", "uuid"):
        by_group.setdefault(group, []).append(place)
    return {
        meeting.pk: {
            _key(meeting, uuid) for pk, uuid in by_group.get(meeting.group_id, ()) if (meeting.pk, pk) not in signed_off
        }
        for meeting in meetings
    }


def _made(meetings, at):
    """The keys of the reminders of the groups of these meetings that were made since the first of them was due."""
    about = {about_group(meeting.group) for meeting in meetings}
    mails = OutboxMail.objects.filter(about__in=about, kind=MEETING_REMINDER, created_at__gt=at - LONGEST_AHEAD - DAY)
    return set(mails.values_list("key", flat=True))


def sent_of(meeting):
    """Return the keys of the reminders of a meeting that were made, at whatever time it was planned then."""
    prefix = f"{MEETING_REMINDER}:{meeting.uuid}:"
    return set(OutboxMail.objects.filter(key__startswith=prefix).values_list("key", flat=True))


def key_of(meeting, place):
    """Return the key of one reminder: a meeting at another time is another one, and the old one lapses by itself."""
    return _key(meeting, place.uuid)


def _key(meeting, place_uuid):
    return f"{MEETING_REMINDER}:{meeting.uuid}:{place_uuid}:{int(meeting.starts_at.timestamp())}"


def _queue(meeting, place, contact):
    person = place.enrolment.person
    queue_mail(
        MEETING_REMINDER,
        to=person.email,
        key=key_of(meeting, place),
        person=person,
        about=about_group(meeting.group),
        context=written_with(meeting, person.language) | {"stop_address": stop_address(person, MEETING_REMINDER)},
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
    )


def written_with(meeting, language):
    """Return what a reminder of `meeting` is written with, but who it is for."""
    with translation.override(language):
        when = when_words(meeting)
    group = meeting.group
    return {
        "meeting": meeting,
        "when": when,
        "group": group,
        "group_url": group_url(group),
        "bring": group.bring,
        "contact": ContactSettings.current(),
    }
