"""Who was at a meeting: every mark is an act of its own, and each change is kept. Why somebody was away is asked
nowhere.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.names import sort_key
from common.refusals import Refused
from training.domain.certificate_checks import certificate_over, certificates_over, check_again
from training.domain.seats import locked
from training.models import Attendance, AttendanceChange, AttendanceCorrection, GroupPlace, Meeting, PlaceEvent
from training.planning_choices import TOGETHER, AttendanceSource, AttendanceStatus, PlaceState


@transaction.atomic
def mark(meeting, place, status, *, by, minutes=None, source=AttendanceSource.TEAM, reason=""):
    """Write down whether the person of `place` was at `meeting` and return the Attendance; the same again is nothing.

    `minutes` is for who was there partly, `reason` for a change after a certificate was issued: that one is then to be
    looked at again. Raises Refused for a meeting that is called off or has not begun (to sign off is possible before),
    for minutes that can't be, for somebody of another group, and ReasonNeeded.
    """
    locked(meeting.group)
    meeting = Meeting.objects.select_related("group").get(pk=meeting.pk)
    status = AttendanceStatus(status)
    minutes = _minutes(meeting, status, minutes)
    _refuse(meeting, place, status)
    return _write(meeting, place, status, minutes, by=by, source=source, reason=reason)


@transaction.atomic
def mark_all_present(meeting, *, by):
    """Write down that everybody was there of whom nothing was filled in yet; return how many. Who has a certificate
    that was issued after the meeting is left: that asks for a reason, one by one.
    """
    locked(meeting.group)
    meeting = Meeting.objects.select_related("group").get(pk=meeting.pk)
    unmarked = [one for one in unmarked_places(meeting) if not certificate_over(meeting, one)]
    for place in unmarked:
        _refuse(meeting, place, AttendanceStatus.PRESENT)
        _write(meeting, place, AttendanceStatus.PRESENT, None, by=by, source=AttendanceSource.TEAM)
    return len(unmarked)


def unmarked_places(meeting):
    """Return the places of who takes part and of whom nothing was filled in at `meeting`."""
    return meeting.group.places.together().exclude(attendance__meeting=meeting)


@transaction.atomic
def clear_mark(meeting, place, *, by, reason=""):
    """Take a mark back: nothing is filled in then. Raises ReasonNeeded after a certificate was issued, and Refused for
    a meeting that is called off.
    """
    locked(meeting.group)
    if Meeting.objects.get(pk=meeting.pk).is_cancelled:
        raise Refused(_("This meeting is called off. Nobody was there."))
    there = Attendance.objects.filter(meeting=meeting, place=place).first()
    if there:
        check_again(meeting, place, reason=reason, by=by)
        _log(meeting, place, there.status, "", None, by=by)
        there.delete()


def sign_off(meeting, place, *, by):
    """Somebody says that they can't come, before the meeting ends; return the Attendance."""
    if meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over. Ask who leads the group to change it."))
    return mark(meeting, place, AttendanceStatus.SIGNED_OFF, by=by, source=AttendanceSource.ONESELF)


def come_after_all(meeting, place, *, by):
    """Somebody who had signed off comes; who leads the meeting marks it when they are there."""
    if meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over. Ask who leads the group to change it."))
    if Attendance.objects.filter(meeting=meeting, place=place, status=AttendanceStatus.SIGNED_OFF).exists():
        clear_mark(meeting, place, by=by)


def minutes_present(attendance, meeting):
    """Return the net minutes that somebody was there, 0 where nothing was filled in."""
    if attendance is None:
        return 0
    if attendance.status == AttendanceStatus.PARTLY:
        return min(attendance.minutes, meeting.net_minutes)
    return meeting.net_minutes if attendance.status == AttendanceStatus.PRESENT else 0


def _minutes(meeting, status, minutes):
    if status != AttendanceStatus.PARTLY:
        return None
    if not minutes or not 0 < int(minutes) <= meeting.net_minutes:
        raise Refused(_("Fill in how many minutes they were there: 1 to {most}.").format(most=meeting.net_minutes))
    return int(minutes)


def _refuse(meeting, place, status):
    if meeting.is_cancelled:
        raise Refused(_("This meeting is called off. Nobody was there."))
    if not place.is_together and was_moved_after(meeting, place):
        return
    if place.group_id != meeting.group_id or not place.is_together:
        raise Refused(_("This person does not take part in this group."))
    if not meeting.has_begun and status != AttendanceStatus.SIGNED_OFF:
        raise Refused(_("This meeting has not begun. Until then you can only sign somebody off."))


def _write(meeting, place, status, minutes, *, by, source, reason=""):
    row = Attendance.objects.filter(meeting=meeting, place=place).first() or Attendance(meeting=meeting, place=place)
    before = row.status
    if (before, row.minutes) == (status, minutes):
        return row
    check_again(meeting, place, reason=reason, by=by)
    row.status, row.minutes, row.source, row.marked_by, row.marked_at = status, minutes, source, by, timezone.now()
    row.save()
    _log(meeting, place, before, status, minutes, by=by)
    return row


def _log(meeting, place, before, after, minutes, *, by):
    AttendanceChange.objects.create(
        meeting_key=meeting.uuid,
        place_key=place.uuid,
        from_status=before,
        to_status=after,
        minutes=minutes,
        by_key=by and by.uuid,
    )


def places_of(meeting):
    """Return the queryset of the places of who takes part, and of who did when the meeting began and was moved to
    another group since: what is wrong of them can still be mended.
    """
    moved = PlaceEvent.objects.filter(
        place_key=OuterRef("uuid"), from_state__in=TOGETHER, to_state=PlaceState.MOVED, at__gt=meeting.starts_at
    )
    who = Q(state__in=TOGETHER) | Q(Exists(moved), state=PlaceState.MOVED)
    return GroupPlace.objects.filter(who, group=meeting.group_id)


def was_moved_after(meeting, place):
    """Return whether the person of `place` was moved to another group after the meeting had begun."""
    gone_at = moved_at(place) if place.group_id == meeting.group_id else None
    return gone_at is not None and meeting.starts_at < gone_at


def moved_at(place):
    """Return when the person of `place`, who took part, was moved to another group; None when they were not."""
    if place.state != PlaceState.MOVED:
        return None
    moved = PlaceEvent.objects.of_place(place).filter(from_state__in=TOGETHER, to_state=PlaceState.MOVED)
    return moved.order_by("-at").values_list("at", flat=True).first()


def mark_of(meeting, place):
    """Return what was filled in of one person at `meeting`, or None."""
    return Attendance.objects.filter(meeting=meeting, place=place).first()


def places_to_mark(meeting):
    """Return the places of `places_of`, by name, each with its `mark` at this meeting (an Attendance or None), the
    open `correction` that they asked, and `asks_why`: a certificate was issued since. Four queries.
    """
    marks = {row.place_id: row for row in Attendance.objects.filter(meeting=meeting)}
    asked = {row.place_id: row for row in AttendanceCorrection.objects.open().filter(meeting=meeting)}
    issued = set(certificates_over(meeting).values_list("enrolment", flat=True))
    places = places_of(meeting).select_related("enrolment__person", "group")
    found = sorted(places, key=lambda place: sort_key(place.enrolment.person.display_name))
    for place in found:
        place.mark, place.correction = marks.get(place.pk), asked.get(place.pk)
        place.asks_why = place.enrolment_id in issued
    return found
