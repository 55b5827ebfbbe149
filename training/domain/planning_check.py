"""Do the counters and copies of planning say what the rows say? Read only: nothing is repaired in silence."""

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.choices import Role
from accounts.models import User
from training.models import GroupPlace, Meeting, MeetingStaff, TrainingGroup
from training.planning_choices import MeetingState, PlaceState


def differences():
    """Yield a sentence for each row that says something else than those it was counted or copied from."""
    yield from _seats()
    yield from _queues()
    yield from _staff()
    yield from _led_by_nobody()


def _seats():
    held = GroupPlace.objects.filter(group=OuterRef("pk"), seat_held=True).order_by().values("group")
    counted = TrainingGroup.objects.annotate(held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0))
    for group in counted.exclude(seats_taken=F("held")).order_by("pk"):
        yield f"group {group.uuid}: {group.seats_taken} seats are taken by the counter, {group.held} by the places"


def _queues():
    late = GroupPlace.objects.filter(state=PlaceState.WAITING, queue_no__gte=F("group__next_queue_no"))
    for place in late.select_related("group").order_by("pk"):
        yield f"place {place.uuid}: number {place.queue_no} is not given out yet by group {place.group.uuid}"
    without = GroupPlace.objects.filter(state=PlaceState.WAITING, queue_no=None).order_by("pk")
    for place in without:
        yield f"place {place.uuid}: waits without a number"


def _staff():
    other_time = ~Q(starts_at=F("meeting__starts_at")) | ~Q(ends_at=F("meeting__ends_at"))
    for row in MeetingStaff.objects.filter(other_time).select_related("meeting").order_by("pk"):
        yield f"meeting {row.meeting.uuid}: who leads it is copied at another time ({row.pk})"
    off = Q(is_on=True, meeting__state=MeetingState.CANCELLED)
    standing = [state for state in MeetingState.values if state != MeetingState.CANCELLED]
    for row in MeetingStaff.objects.filter(off | Q(is_on=False, meeting__state__in=standing)).order_by("pk"):
        yield f"meeting {row.meeting_id}: who leads it counts as {'there' if row.is_on else 'not there'} ({row.pk})"
    lonely = Meeting.objects.filter(state=MeetingState.CONFIRMED).exclude(staff__role="co_trainer").order_by("pk")
    for meeting in lonely:
        yield f"meeting {meeting.uuid}: confirmed without a co-trainer"


def _led_by_nobody():
    """Who has the role and an open account; from the server another coordinator gets it (hand_over_group)."""
    able = User.objects.filter(is_active=True, groups__name=Role.COORDINATOR).order_by().values("pk")
    for group in TrainingGroup.objects.going_on().exclude(coordinators__in=able).order_by("pk"):
        yield f"group {group.uuid}: nobody leads it"
