"""One reminder before each meeting, at the moment that the group sets; its coordinator sees beforehand who gets it."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from mail.domain.outbox import queue_mail
from mail.models import OutboxMail
from training.domain.calendars import group_url, organizer_of, when_words
from training.domain.place_mails import about_group
from training.emails import MEETING_REMINDER
from training.models import Attendance, GroupPlace, Meeting
from training.planning_choices import AttendanceStatus, MeetingState

AT_ONCE = 20  # meetings; a chore does a small piece
LONGEST_AHEAD = timedelta(days=30)
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


def reminders_of(meeting):
    """Return a Reminder for everybody who would get one: who takes part and has not signed off, by name."""
    away = Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.SIGNED_OFF).values("place")
    places = GroupPlace.objects.filter(group=meeting.group_id).together().exclude(pk__in=away)
    found = places.filter(enrolment__person__is_active=True).select_related("group", "enrolment__person")
    return sorted((Reminder(place, reminder_at(meeting)) for place in found), key=lambda one: one.name.casefold())


def remind_now_and_then():
    """Remind once a minute: a chore of the mail worker, whose rounds are shorter than anybody needs for this."""
    if time.monotonic() < _clock["next"]:
        return 0
    _clock["next"] = time.monotonic() + 60
    return remind()


def remind(at=None):
    """Queue the reminders that are due, each once; return how many. Run twice, or by two workers, it makes none more,
    for each has one key.
    """
    at, number = at or timezone.now(), 0
    for meeting in _due(at):
        with transaction.atomic():
            there = _sent_of(meeting)
            for one in reminders_of(meeting):
                if _key(meeting, one.place) not in there:
                    _queue(meeting, one.place)
                    number += 1
    return number


def still_wanted(mail):
    """Return whether a reminder is still true: the meeting stands at the time that it names, and the person comes."""
    _kind, meeting_key, place_key, version = mail.key.split(":")
    meeting = Meeting.objects.announced().filter(uuid=meeting_key).select_related("group").first()
    if meeting is None or str(int(meeting.starts_at.timestamp())) != version or meeting.has_begun:
        return False
    return any(str(one.place.uuid) == place_key for one in reminders_of(meeting))


def _due(at):
    """The meetings whose reminder is due, and that have somebody who has not got one yet: asked by one query each."""
    soon = Meeting.objects.filter(state=MeetingState.CONFIRMED, starts_at__gt=at, starts_at__lte=at + LONGEST_AHEAD)
    found = soon.select_related("group").order_by("starts_at")
    due = [meeting for meeting in found if meeting.group.remind_days and reminder_at(meeting) <= at]
    return [meeting for meeting in due if _is_unfinished(meeting)][:AT_ONCE]


def _is_unfinished(meeting):
    there = _sent_of(meeting)
    return any(_key(meeting, one.place) not in there for one in reminders_of(meeting))


def _sent_of(meeting):
    prefix = f"{MEETING_REMINDER}:{meeting.uuid}:"
    return set(OutboxMail.objects.filter(key__startswith=prefix).values_list("key", flat=True))


def _key(meeting, place):
    """A meeting at another time is another reminder; the old one lapses by itself."""
    return f"{MEETING_REMINDER}:{meeting.uuid}:{place.uuid}:{int(meeting.starts_at.timestamp())}"


def _queue(meeting, place):
    person, contact = place.enrolment.person, organizer_of(meeting.group)
    with translation.override(person.language):
        when = when_words(meeting)
    queue_mail(
        MEETING_REMINDER,
        to=person.email,
        key=_key(meeting, place),
        person=person,
        about=about_group(meeting.group),
        context={
            "meeting": meeting,
            "when": when,
            "group": meeting.group,
            "group_url": group_url(meeting.group),
            "bring": meeting.group.bring,
        },
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
    )
