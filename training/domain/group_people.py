"""The people of a group beside each other: how far each is, when they came, what is still to do. Read only."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.dates import on_the_wall
from common.names import sort_key
from training.domain.counted import marks_of
from training.models import GroupPlace, Meeting, ModuleProgress, PlaceInvitation, TrainingGroup
from training.planning_choices import LIVE, TOGETHER, AttendanceStatus, PlaceState

# Who does not take part (yet), in the order in which they are shown.
BESIDE = [
    *(PlaceState.PREPARED, PlaceState.INVITED, PlaceState.WAITING, PlaceState.DECLINED, PlaceState.WITHDRAWN),
]


@dataclass
class Cell:
    """How somebody stands in one module: `state` is todo, busy or done."""

    module: object
    state: str = "todo"
    steps_done: int = 0
    steps_total: int = 0

    @property
    def words(self):
        if self.state == "done":
            return _("done")
        return _("step {number}").format(number=self.steps_done + 1) if self.state == "busy" else _("not yet")


@dataclass
class Mark:
    """Whether somebody was, or comes, at one meeting; `is_strong` for what a coordinator has to see."""

    meeting: object
    words: str
    is_strong: bool = False


@dataclass
class Row:
    """One person of the group."""

    place: object
    modules: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    last_seen: object = None

    @property
    def name(self):
        return self.place.enrolment.person.display_name

    @property
    def done(self):
        return sum(1 for cell in self.modules if cell.state == "done")

    @property
    def summary(self):
        """The row in one sentence, for a narrow screen and for who listens."""
        total = len(self.modules)
        words = _("Done with {done} of {total}.").format(done=self.done, total=total)
        busy = next((cell for cell in self.modules if cell.state == "busy"), None)
        if busy:
            words += " " + _("Busy with {module} ({step}).").format(module=busy.module.name_in_picture, step=busy.words)
        return words


@dataclass
class Team:
    """Who leads a group, by name; one person may stand in several lists."""

    coordinators: list
    trainers: list
    co_trainers: list


def team_of(group):
    """Return the Team of `group`: one query."""
    lists = ("coordinators", "trainers", "co_trainers")
    rows = {name: getattr(TrainingGroup, name).through.objects.filter(traininggroup=group) for name in lists}
    inside = {name: Exists(found.filter(user=OuterRef("pk"))) for name, found in rows.items()}
    # Their keys first: asked of every user one by one, PostgreSQL took 0.3 s with 10,000 of them.
    keys = QuerySet.union(*(found.values("user") for found in rows.values()))
    people = list(User.objects.filter(pk__in=keys).annotate(**inside))
    people.sort(key=lambda person: sort_key(person.display_name))
    return Team(**{name: [person for person in people if getattr(person, name)] for name in lists})


def places_in(group):
    """Return the places of who takes part and of who does not (yet), with their people; one query."""
    return list(
        GroupPlace.objects.filter(group=group, state__in={*TOGETHER, *BESIDE}).select_related("enrolment__person")
    )


def rows_of(places, modules, meetings):
    """Return a Row for everybody of `places` who takes part, by name: two queries, however many people, modules and
    meetings; two more when somebody brings attendance along from another group.
    """
    places = [place for place in places if place.state in TOGETHER]
    progress = _progress_of(places)
    marks = marks_of(places)
    rows = [_row(place, modules, meetings, progress, marks) for place in places]
    return sorted(rows, key=lambda row: sort_key(row.name))


def _progress_of(places):
    found = ModuleProgress.objects.filter(enrolment__in=[place.enrolment_id for place in places])
    return {(one.enrolment_id, one.module_key): one for one in found}


def _row(place, modules, meetings, progress, marks):
    found = [(module, progress.get((place.enrolment_id, module.key))) for module in modules]
    touched = [one.touched_at for _module, one in found if one]
    return Row(
        place,
        modules=[_cell(module, one) for module, one in found],
        marks=[_mark(meeting, marks.counted(place, meeting)) for meeting in meetings],
        last_seen=max(touched, default=None),
    )


def _cell(module, progress):
    if progress is None:
        return Cell(module)
    state = "done" if progress.completed_at else "busy"
    return Cell(module, state, progress.steps_done, progress.steps_total)


def _mark(meeting, attendance):
    if meeting.is_cancelled:
        return Mark(meeting, _("called off"))
    if attendance is None:
        return Mark(meeting, _("not filled in") if meeting.has_begun else _("comes"))
    words = attendance.get_status_display()
    if attendance.status == AttendanceStatus.PARTLY:
        minutes = ngettext("%(number)s minute", "%(number)s minutes", attendance.minutes)
        words = f"{words}, {minutes % {'number': attendance.minutes}}"
    if attendance.meeting_id != meeting.pk:
        words = _("{words} in {group}").format(words=words, group=attendance.meeting.group.name)
    return Mark(meeting, words, is_strong=attendance.status != AttendanceStatus.PRESENT)


def places_by_state(places):
    """Return `[(label, places)]` of who does not take part (yet), those that wait in their turn; one query."""
    found = [place for place in places if place.state in BESIDE]
    found.sort(key=lambda place: (place.queue_no or 0, sort_key(place.enrolment.person.display_name)))
    notes = _notes_of(found)
    for place in found:
        place.may_change = place.state in LIVE
        place.note = notes.get(place.pk, "")
    return [(state.label, [place for place in found if place.state == state]) for state in BESIDE if _has(found, state)]


def _notes_of(places):
    """What people wrote with their answer, by the number of the place."""
    answered = PlaceInvitation.objects.filter(place__in=places, used_at__isnull=False).order_by("used_at")
    return {one.place_id: one.note.get("note", "") for one in answered}


def _has(places, state):
    return any(place.state == state for place in places)


def meetings_of(group):
    """Return the meetings of a group in their order, with how many lead them; one query."""
    return list(Meeting.objects.filter(group=group).with_team().order_by("starts_at", "pk"))


# ── As a table ─────────────────────────────────────────────────────────────────
def table_of(rows, modules, meetings):
    """Return `(heading, lines)` of the overview for a file: the same words as on the screen, and when each was here."""
    heading = [
        _("Name"),
        *(module.name_in_picture for module in modules),
        *(
            f"{meeting.ordinal}, {date_format(on_the_wall(meeting.starts_at), 'SHORT_DATE_FORMAT')}"
            for meeting in meetings
        ),
        _("Last here"),
    ]
    lines = [
        [row.name, *(cell.words for cell in row.modules), *(mark.words for mark in row.marks), _day(row.last_seen)]
        for row in rows
    ]
    return heading, lines


def _short(moment):
    return date_format(on_the_wall(moment), "SHORT_DATE_FORMAT")


def _day(moment):
    return on_the_wall(moment).date() if moment else None
