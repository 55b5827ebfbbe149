"""The meetings that concern somebody: the next one they come to, and those that they lead."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from common.dates import AMSTERDAM, on_the_wall
from common.names import sort_key
from training.domain.aftercare import LOOKS_BACK
from training.models import Aftercare, Attendance, GroupPlace, Meeting, MeetingStaff
from training.planning_choices import TOGETHER, AttendanceStatus, StaffRole

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


def meetings_behind(user, at=None):
    """Return the meetings of the last two weeks that `user` led, the oldest first, with how many `people` and how many
    are `marked`, whether they `co_trained` it and whether they `told` how it was; one query.
    """
    now = at or timezone.now()
    led = Meeting.objects.announced().led_by(user).filter(ends_at__lte=now, ends_at__gt=now - LONGEST_OPEN)
    together = Q(group__places__state__in=TOGETHER)
    marked = together & Q(attendance__place=F("group__places"))
    hers = MeetingStaff.objects.filter(meeting=OuterRef("pk"), user=user, role=StaffRole.CO_TRAINER)
    counted = led.annotate(
        people=Count("group__places", filter=together, distinct=True),
        marked=Count("attendance", filter=marked, distinct=True),
        co_trained=Exists(hers),
        told=Exists(Aftercare.objects.filter(meeting=OuterRef("pk"), person=user)),
    )
    return list(counted.select_related("group").order_by("starts_at"))


def not_filled_in(behind):
    """Return those of `meetings_behind` where not everybody is marked yet."""
    return [meeting for meeting in behind if meeting.marked < meeting.people]


def not_told(behind, at=None):
    """Return those of `meetings_behind` about which a co-trainer is asked how it was: from the day after on, as long as
    the mail would ask it.
    """
    midnight = datetime.combine(on_the_wall(at or timezone.now()).date(), time.min, AMSTERDAM)
    asked = [meeting for meeting in behind if midnight - LOOKS_BACK < meeting.ends_at <= midnight]
    return [meeting for meeting in asked if meeting.co_trained and not meeting.told]


def who_comes(meeting):
    """Return `(names of who comes, names of who signed off, wishes of who comes)`; two queries."""
    places = GroupPlace.objects.filter(group=meeting.group_id).together().select_related("enrolment__person")
    away = set(
        Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.SIGNED_OFF).values_list("place", flat=True)
    )
    found = sorted(places, key=lambda place: sort_key(place.enrolment.person.display_name))
    coming = [place for place in found if place.pk not in away]
    return (
        [place.enrolment.person.display_name for place in coming],
        [place.enrolment.person.display_name for place in found if place.pk in away],
        [place.wishes["wishes"] for place in coming if place.wishes],
    )
