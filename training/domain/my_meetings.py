"""The meetings that concern somebody: the next one they come to, and those that they lead."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from training.models import Attendance, GroupPlace, Meeting
from training.planning_choices import TOGETHER, AttendanceStatus

MOST_LED = 5
LONGEST_OPEN = timedelta(days=14)  # so long somebody is asked who was there


def next_meeting_of(user, at=None):
    """Return the next meeting of the groups that `user` takes part in, with `signed_off`, or None; one query."""
    mine = GroupPlace.objects.of(user).filter(state__in=TOGETHER)
    away = Attendance.objects.filter(
        meeting=OuterRef("pk"), place__enrolment__person=user, status=AttendanceStatus.SIGNED_OFF
    )
    found = Meeting.objects.announced().upcoming(at).filter(group__in=mine.order_by().values("group"))
    return found.annotate(signed_off=Exists(away)).select_related("group").first()


def meetings_to_lead(user, at=None):
    """Return the next meetings that `user` leads, concepts as well: they may be asked already; one query."""
    led = Meeting.objects.upcoming(at or timezone.now()).led_by(user)
    return list(led.select_related("group")[:MOST_LED])


def meetings_to_fill_in(user, at=None):
    """Return the meetings of the last two weeks that `user` led and where not everybody is marked yet, the oldest
    first; one query.
    """
    now = at or timezone.now()
    led = Meeting.objects.announced().led_by(user).filter(ends_at__lte=now, ends_at__gt=now - LONGEST_OPEN)
    together = Q(group__places__state__in=TOGETHER)
    marked = together & Q(attendance__place=F("group__places"))
    counted = led.annotate(
        people=Count("group__places", filter=together, distinct=True),
        marked=Count("attendance", filter=marked, distinct=True),
    )
    return list(counted.filter(marked__lt=F("people")).select_related("group").order_by("starts_at"))


def who_comes(meeting):
    """Return `(names of who comes, names of who signed off, wishes of who comes)`; two queries."""
    places = GroupPlace.objects.filter(group=meeting.group_id).together().select_related("enrolment__person")
    away = set(
        Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.SIGNED_OFF).values_list("place", flat=True)
    )
    found = sorted(places, key=lambda place: place.enrolment.person.display_name.casefold())
    coming = [place for place in found if place.pk not in away]
    return (
        [place.enrolment.person.display_name for place in coming],
        [place.enrolment.person.display_name for place in found if place.pk in away],
        [place.wishes["wishes"] for place in coming if place.wishes],
    )
