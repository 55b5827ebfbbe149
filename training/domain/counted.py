"""Which attendance counts for somebody in a group: what was filled in there, and what they bring along from the group
that they were moved from, where its meeting has the same number.
"""

from dataclasses import dataclass, field

from training.domain.attendance import minutes_present
from training.models import Attendance, GroupPlace, Meeting
from training.planning_choices import AttendanceStatus, MeetingState

WAS_THERE = [AttendanceStatus.PRESENT, AttendanceStatus.PARTLY]
TOOK_PLACE = [MeetingState.CONFIRMED, MeetingState.HELD]


@dataclass(frozen=True)
class Marks:
    """The marks of people at the meetings of their group, and those that they bring along."""

    own: dict = field(default_factory=dict)  # {(place, meeting): Attendance}
    along: dict = field(default_factory=dict)  # {(place, number of the meeting): Attendance}, meeting and group fetched

    def at(self, place, meeting):
        """Return what was filled in for this meeting, or None."""
        return self.own.get((place.pk, meeting.pk))

    def elsewhere(self, place, meeting):
        """Return the mark of the meeting with this number in the group before, if they were there, or None."""
        return self.along.get((place.pk, meeting.ordinal))

    def counted(self, place, meeting):
        """Return the mark that counts, or None: their own, or the one elsewhere if that is longer."""
        here, there = self.at(place, meeting), self.elsewhere(place, meeting)
        return there if there and minutes_present(here, meeting) < self.minutes(place, meeting) else here

    def came_to(self, place, meetings):
        """Return the meetings at which they were: the one in the group before where that one counts."""
        counted = [(one, self.counted(place, one)) for one in meetings]
        came = [(one, mark) for one, mark in counted if mark and mark.status in WAS_THERE]
        there = [one if mark.meeting_id == one.pk else mark.meeting for one, mark in came]
        return sorted(there, key=lambda meeting: meeting.starts_at)

    def minutes(self, place, meeting):
        """Return the net minutes that count, once: who was there in both groups was there for the longer of the two."""
        here, there = minutes_present(self.at(place, meeting), meeting), self.elsewhere(place, meeting)
        return max(here, min(_minutes_of(there), meeting.net_minutes)) if there else here


def marks_of(places):
    """Return the Marks of `places`: one query, and for who brings attendance along two more (one for each group that
    somebody was moved from before that).
    """
    own = {(one.place_id, one.meeting_id): one for one in Attendance.objects.filter(place__in=places)}
    return Marks(own, _along(places))


def meetings_come_to(place):
    """Return the meetings at which the person of `place` was in its group, the first one first; one query."""
    there = {"attendance__place": place, "attendance__status__in": WAS_THERE}
    return list(Meeting.objects.filter(group=place.group_id, state__in=TOOK_PLACE, **there).order_by("starts_at"))


def _along(places):
    earlier = _earlier_places(places)
    if not earlier:
        return {}
    rows = Attendance.objects.filter(place__in=earlier, status__in=WAS_THERE, meeting__state__in=TOOK_PLACE)
    found = {}
    for row in sorted(rows.select_related("meeting__group"), key=_minutes_of):  # the longest of a number comes last
        found[(earlier[row.place_id], row.meeting.ordinal)] = row
    return found


def _earlier_places(places):
    """Return `{earlier place: place now}`, by number, of who brings attendance along."""
    found, later = {}, {place.pk: place.pk for place in places if place.counts_along}
    while later:
        rows = GroupPlace.objects.filter(moved_to__in=later).values_list("pk", "moved_to", "counts_along")
        step = [(pk, later[moved_to], counts) for pk, moved_to, counts in rows]
        found |= {pk: now for pk, now, _counts in step}
        later = {pk: now for pk, now, counts in step if counts}
    return found


def _minutes_of(row):
    return minutes_present(row, row.meeting)
