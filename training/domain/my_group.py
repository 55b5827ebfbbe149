"""What somebody sees of their own group, and what they may do there."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.names import sort_key
from common.refusals import Refused
from common.text import without_controls
from training.domain.called_off import heard_of
from training.domain.counted import marks_of
from training.domain.place_mails import turn_of
from training.domain.places import withdraw_place
from training.domain.seats import locked
from training.models import AttendanceCorrection, GroupPlace, Meeting, PlaceEvent
from training.planning_choices import AttendanceStatus, PlaceState

LONGEST_WISHES = 1_000
GIVE_BACK = timedelta(days=7)  # so long who came off the waiting list may say that it doesn't suit any more


@dataclass
class MyGroup:
    """A place with its group, as the person sees it. `meetings` have `signed_off` and `leaders`; each also
    `mark` (an Attendance or None), `elsewhere` (one that they bring along, or None) and `said` (AttendanceCorrections).
    """

    place: object
    group: object
    meetings: list
    turn: int | None = None
    people: list = field(default_factory=list)
    withdraw_until: object = None

    @property
    def upcoming(self):
        return [meeting for meeting in self.meetings if meeting.ends_at > timezone.now()]

    @property
    def past(self):
        return [meeting for meeting in self.meetings if meeting.ends_at <= timezone.now()]

    @property
    def may_withdraw(self):
        return may_withdraw(self.place, self.withdraw_until)


def my_group_of(place):
    """Return the MyGroup of `place`: five queries, whatever the number of people and meetings; one more when a meeting
    is over, and two for who brings attendance along from another group.
    """
    group = place.group
    meetings = list(
        heard_of(Meeting.objects.filter(group=group, state__in=["confirmed", "held", "cancelled"]))
        .prefetch_related("staff__user")
        .order_by("starts_at", "pk")
    )
    is_over = any(meeting.ends_at <= timezone.now() for meeting in meetings)
    marks, asked = marks_of([place]), corrections_of(place) if is_over else {}
    for meeting in meetings:
        meeting.mark, meeting.elsewhere = marks.at(place, meeting), marks.elsewhere(place, meeting)
        meeting.signed_off = bool(meeting.mark) and meeting.mark.status == AttendanceStatus.SIGNED_OFF
        meeting.said = asked.get(meeting.pk, [])
        meeting.is_asked = any(row.is_open for row in meeting.said)
        meeting.leaders = [row.user.display_name for row in meeting.staff.all()]
    first = next((meeting.starts_at for meeting in meetings if not meeting.is_cancelled), None)
    return MyGroup(
        place,
        group,
        meetings,
        turn=turn_of(place) if place.state == PlaceState.WAITING else None,
        people=people_together(place) if place.is_together else [],
        withdraw_until=group.withdraw_until(first),
    )


def corrections_of(place):
    """Return `{number of a meeting: [AttendanceCorrection]}` of what the person of `place` said, in their order."""
    found = {}
    for row in AttendanceCorrection.objects.filter(place=place).select_related("settled_by"):
        found.setdefault(row.meeting_id, []).append(row)
    return found


def people_together(place):
    """Return the names of who sits in the group with `place`, without its own person."""
    others = GroupPlace.objects.filter(group=place.group_id).together().exclude(pk=place.pk)
    return sorted(others.values_list("enrolment__person__display_name", flat=True), key=sort_key)


def may_withdraw(place, until, at=None):
    """True while somebody may leave by themselves: the deadline is for those who said yes, and who waited got their
    seat without being asked. A query for who takes part, once it has passed.
    """
    at = at or timezone.now()
    if not place.is_live or place.state == PlaceState.FINISHED:
        return False
    return not place.is_together or until is None or at < until or _just_seated(place, at)


def _just_seated(place, at):
    seated = PlaceEvent.objects.of_place(place).filter(from_state=PlaceState.WAITING, to_state=PlaceState.ENROLLED)
    return seated.filter(at__gt=at - GIVE_BACK).exists()


def withdraw_oneself(place, *, until):
    """Leave the group by oneself; return the GroupPlace. Raises Refused after the deadline: then somebody is called."""
    if not may_withdraw(place, until):
        raise Refused(_("You can't withdraw here any more. Call who leads your group: then it is arranged together."))
    return withdraw_place(place, by=place.enrolment.person)


@transaction.atomic
def keep_wishes(place, words):
    """Keep what can be taken into account at the meetings, nothing where it is empty; return the place."""
    locked(place.group)
    place.refresh_from_db()
    text = without_controls(words).strip()
    if len(text) > LONGEST_WISHES:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_WISHES))
    place.wishes = {"wishes": text} if text else {}
    place.save(update_fields=["wishes"])
    return place
