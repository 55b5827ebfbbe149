"""What a coordinator finds on her desk: this week, what waits for her, the month, her groups. Read only."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import AMSTERDAM, days_of, on_the_wall
from mail.choices import MailState
from training.calendar.days_off import notes_on
from training.domain.not_arrived import mails_about, not_arrived
from training.domain.nudges import number_by_group
from training.domain.place_mails import about_group
from training.models import (
    Attendance,
    AttendanceCorrection,
    CalendarInvite,
    Certificate,
    GroupPlace,
    Meeting,
    ModuleProgress,
    TrainingGroup,
    WalkIn,
)
from training.planning_choices import AttendanceStatus, MeetingState, PlaceState

AHEAD = timedelta(days=21)  # so long before a meeting a missing co-trainer stands on the desk
QUIET_FOR = timedelta(days=21)  # so long without a step, and somebody stands on the desk
AFTER_THE_END = timedelta(days=3)  # so long after the last meeting a group is asked to be finished
MOST_MISSED = 5


@dataclass(frozen=True)
class Todo:
    """Something that waits for her: `when` says by when, `title` what, `why` more, `address` and `action` the way."""

    when: str
    title: str
    why: str
    action: str
    address: str
    order: datetime


@dataclass
class Day:
    """One square of the month."""

    date: date
    is_other: bool
    is_today: bool
    is_off: bool = False
    notes: list = field(default_factory=list)
    meetings: list = field(default_factory=list)


# ── Groups ─────────────────────────────────────────────────────────────────────
def groups_on_desk(groups):
    """Return the groups of a coordinator that go on, with what the table shows; three queries."""
    places = {state: Count("pk", filter=Q(state=state)) for state in PlaceState.values}
    counted = GroupPlace.objects.filter(group=OuterRef("pk")).order_by().values("group").annotate(**places)
    upcoming = Meeting.objects.filter(group=OuterRef("pk")).upcoming().values("starts_at")[:1]
    found = groups.going_on().annotate(
        next_at=Subquery(upcoming),
        **{
            f"number_{state}": Subquery(counted.values(state))
            for state in ("prepared", "invited", "waiting", "enrolled")
        },
    )
    listed = list(found.prefetch_related("trainers", "co_trainers").order_by("name"))
    for group in listed:
        group.number_asked = (group.number_prepared or 0) + (group.number_invited or 0)
    return listed


# ── Meetings ───────────────────────────────────────────────────────────────────
def meetings_between(groups, first, last):
    """Return the meetings of `groups` on these dates, called off ones as well, with who leads them and how many come;
    three queries.
    """
    begins, ends = (datetime.combine(day, time.min, AMSTERDAM) for day in (first, last + timedelta(days=1)))
    found = _with_staff(Meeting.objects.filter(group__in=groups, starts_at__lt=ends, ends_at__gt=begins))
    return say_days_off(list(found.order_by("starts_at", "pk")))


def week_of(groups, today):
    """Return the meetings of this week that stand, with `coming`, `away` (names) and `wishes` of who comes."""
    monday = today - timedelta(days=today.weekday())
    found = [one for one in meetings_between(groups, monday, monday + timedelta(days=6)) if not one.is_cancelled]
    places = GroupPlace.objects.filter(group__in={one.group_id for one in found}).together()
    by_group = {}
    for place in places.select_related("enrolment__person"):
        by_group.setdefault(place.group_id, []).append(place)
    away = _signed_off(found)
    for meeting in found:
        seated = by_group.get(meeting.group_id, [])
        meeting.seated = len(seated)
        absent = [place for place in seated if (meeting.pk, place.pk) in away]
        meeting.away = [place.enrolment.person.get_short_name() for place in absent]
        meeting.coming = meeting.seated - len(absent)
        meeting.wishes = [place.wishes["wishes"] for place in seated if place not in absent and place.wishes]
    return found


def _signed_off(meetings):
    rows = Attendance.objects.filter(meeting__in=meetings, status=AttendanceStatus.SIGNED_OFF)
    return set(rows.values_list("meeting", "place"))


def _with_staff(meetings):
    return meetings.with_team().select_related("group").prefetch_related("staff__user")


# ── The month ──────────────────────────────────────────────────────────────────
def month_of(groups, first, *, today, regions=()):
    """Return the weeks of the month that begins on `first`: lists `(number of the week, seven Days)`. A Day `is_off`
    when schools are closed in all `regions`; its notes say in which.
    """
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    meetings = meetings_between(groups, weeks[0][0], weeks[-1][-1])
    by_day = {}
    for meeting in meetings:
        for day in days_of(meeting.starts_at, meeting.ends_at):
            by_day.setdefault(day, []).append(meeting)
    return [
        (
            week[0].isocalendar().week,
            [_day(day, first, today, regions or [""], by_day.get(day, [])) for day in week],
        )
        for week in weeks
    ]


def _day(day, first, today, regions, meetings):
    off = [_off(day, region) for region in regions]
    notes = list(dict.fromkeys(note for found in off for note in found))
    return Day(day, day.month != first.month, day == today, day.weekday() >= 5 or all(off), notes, meetings)


def _off(day, region):
    return [note for note in notes_on(day, region) if note.is_off]


def say_days_off(meetings):
    """Let each meeting say in `days_off` which holidays of its own group's region it is on."""
    for meeting in meetings:
        days = days_of(meeting.starts_at, meeting.ends_at)
        found = dict.fromkeys(note.text for day in days for note in _off(day, meeting.group.holiday_region))
        meeting.days_off = list(found)
    return meetings


# ── What waits ─────────────────────────────────────────────────────────────────
def todos_of(groups, at=None):
    """Return what waits for who leads `groups`, the most pressing first; as many queries however many groups."""
    at = at or timezone.now()
    found = [
        *_without_co_trainer(groups, at),
        *_not_arrived(groups),
        *_unanswered(groups, at),
        *_to_begin(groups),
        *_to_invite(groups),
        *_not_filled_in(groups, at),
        *_not_right(groups, at),
        *_not_on_the_list(groups, at),
        *_certificates_to_check(groups, at),
        *_to_finish(groups, at),
        *_long_not_seen(groups, at),
    ]
    return sorted(found, key=lambda todo: todo.order)


def _without_co_trainer(groups, at):
    soon = _with_staff(Meeting.objects.filter(group__in=groups).upcoming(at).filter(starts_at__lt=at + AHEAD))
    for meeting in soon.filter(co_trainers=0):
        yield Todo(
            _("before {day}").format(day=_short(meeting.starts_at)),
            _("{group}: {title} has no co-trainer yet").format(group=meeting.group.name, title=meeting.title),
            _("Without a co-trainer the meeting does not take place."),
            _("Ask a co-trainer"),
            reverse("training:meeting", args=[meeting.uuid]) + "#staff",
            at,
        )


def _not_arrived(groups):
    about = {about_group(group): group for group in groups}
    for mail in not_arrived(groups)[:20]:
        yield Todo(
            _("now"),
            _("A mail to {name} did not arrive").format(name=mail.person.display_name if mail.person else mail.to),
            f"{mail.to}: {mail.reason.rstrip('.')}. {about[mail.about].name}.",
            _("Look at it"),
            reverse("training:mail_not_arrived", args=[mail.uuid]),
            mail.created_at,
        )


def _unanswered(groups, at):
    """Who was asked a day ago or longer: before that they need not have read it."""
    for group, (number, to_nudge, since) in number_by_group(groups, at).items():
        yield Todo(
            _("this week"),
            ngettext("%(number)s person has not answered yet", "%(number)s people have not answered yet", number)
            % {"number": number},
            _("Invited on {day} for {group}.").format(day=_short(since), group=group.name),
            ngettext("Remind this %(number)s", "Remind these %(number)s", to_nudge) % {"number": to_nudge}
            if to_nudge
            else _("See who"),
            reverse("training:nudge", args=[group.uuid]),
            at + timedelta(days=2),
        )


def _to_invite(groups):
    prepared = GroupPlace.objects.filter(group__in=groups, state=PlaceState.PREPARED)
    rows = dict(prepared.order_by().values_list("group").annotate(number=Count("pk")))
    for group in groups:
        if number := rows.get(group.pk):
            yield Todo(
                _("no hurry"),
                ngettext("%(number)s person is not invited yet", "%(number)s people are not invited yet", number)
                % {"number": number},
                _("They stand ready in {group}. Nobody was told.").format(group=group.name),
                _("Invite them"),
                group_address(group) + "#places",
                timezone.now() + timedelta(days=5),
            )


def _to_begin(groups):
    """A group that was made and left there: the next thing to do with it."""
    begun = set(Meeting.objects.filter(group__in=groups).order_by().values_list("group", flat=True).distinct())
    for group in groups:
        if group.pk not in begun:
            yield Todo(
                _("no hurry"),
                _("{group} has no meetings yet").format(group=group.name),
                _("You see the holidays first. Nobody is told until you confirm a meeting."),
                _("Plan meetings"),
                reverse("training:plan_series", args=[group.uuid]),
                timezone.now() + timedelta(days=5),
            )


def _not_filled_in(groups, at):
    """A meeting that is over, of which nothing is known of somebody who sat in the group by then."""
    over = Meeting.objects.filter(group__in=groups, ends_at__lt=at, ends_at__gt=at - timedelta(days=60)).announced()
    marked = Attendance.objects.filter(meeting=OuterRef(OuterRef("pk")), place=OuterRef("pk"))
    seated = GroupPlace.objects.together().filter(group=OuterRef("group"), made_at__lt=OuterRef("ends_at"))
    over = over.filter(Exists(seated.exclude(Exists(marked))))
    for meeting in over.select_related("group").order_by("starts_at")[:20]:
        yield Todo(
            _short(meeting.starts_at),
            _("{group}: who was at {title}?").format(group=meeting.group.name, title=meeting.title),
            _("Attendance is not filled in."),
            _("Fill it in"),
            reverse("training:attendance", args=[meeting.uuid]),
            at + timedelta(days=1),
        )


def _not_right(groups, at):
    """What people say of their own attendance, and nobody answered."""
    asked = AttendanceCorrection.objects.open().filter(meeting__group__in=groups)
    for row in asked.select_related("meeting__group", "place__enrolment__person")[:20]:
        yield Todo(
            _("this week"),
            _("{name} says: this is not right").format(name=row.place.enrolment.person.get_short_name()),
            _("Attendance at {title}, {group}.").format(title=row.meeting.title, group=row.meeting.group.name),
            _("Answer it"),
            reverse("training:settle_correction", args=[row.meeting.uuid, row.uuid]),
            at + timedelta(days=1),
        )


def _not_on_the_list(groups, at):
    rows = WalkIn.objects.filter(meeting__group__in=groups).select_related("meeting__group")
    for row in rows[:20]:
        yield Todo(
            _("this week"),
            _("Who is {name}?").format(name=row.shown_name),
            _("Was at {title}, {group}, and not on the list.").format(
                title=row.meeting.title, group=row.meeting.group.name
            ),
            _("Say who it is"),
            reverse("training:seat_walk_in", args=[row.meeting.uuid, row.uuid]),
            at + timedelta(days=1),
        )


def _to_finish(groups, at):
    """A group of people that came together for the last time some days ago, and that nobody brought to its end."""
    meetings = Meeting.objects.filter(group=OuterRef("pk"))
    together = GroupPlace.objects.filter(group=OuterRef("pk")).together()
    over = Exists(meetings.announced()) & ~Exists(meetings.upcoming(at - AFTER_THE_END)) & Exists(together)
    for group in TrainingGroup.objects.filter(pk__in=[one.pk for one in groups]).going_on().filter(over):
        yield Todo(
            _("this week"),
            _("{group} came together for the last time").format(group=group.name),
            _("Who gets a card and a certificate? After that the group is finished."),
            _("Finish it"),
            reverse("training:finish_group", args=[group.uuid]),
            at + timedelta(days=3),
        )


def _certificates_to_check(groups, at):
    """Of who takes part in one of these groups: the certificate may have been issued in another one before."""
    doubted = Certificate.objects.to_check().values("enrolment")
    places = GroupPlace.objects.together().filter(group__in=groups, enrolment__in=doubted)
    for place in places.select_related("group", "enrolment__person").order_by("pk")[:20]:
        yield Todo(
            _("this week"),
            _("Check the certificate of {name}").format(name=place.enrolment.person.display_name),
            _("Attendance changed after it was issued, in {group}.").format(group=place.group.name),
            _("Look at it"),
            reverse("training:finish_group", args=[place.group.uuid]),
            at + timedelta(days=2),
        )


def _long_not_seen(groups, at):
    for place in long_not_seen(groups, at)[:MOST_MISSED]:
        yield Todo(
            _("this week"),
            _("You have not seen {name} for a while").format(name=place.enrolment.person.get_short_name()),
            _("No step since {day}. Who leads {group} sees this, nobody else.").format(
                day=_short(place.last_seen), group=place.group.name
            ),
            _("Write {name} a card").format(name=place.enrolment.person.get_short_name()),
            card_address(place.enrolment.person),
            at + timedelta(days=4),
        )


def long_not_seen(groups, at=None):
    """Return the places of who began and did no step for three weeks, while the group still meets; `last_seen` says
    since when.
    """
    at = at or timezone.now()
    touched = ModuleProgress.objects.filter(enrolment=OuterRef("enrolment")).order_by("-touched_at")
    meets = Meeting.objects.filter(group=OuterRef("group")).upcoming(at)
    places = GroupPlace.objects.filter(group__in=groups, state=PlaceState.ENROLLED, enrolment__completed_at=None)
    found = places.annotate(last_seen=Subquery(touched.values("touched_at")[:1]), meets=Exists(meets))
    found = found.filter(last_seen__lt=at - QUIET_FOR, meets=True).order_by("last_seen")
    return list(found.select_related("group", "enrolment__person")[:50])


# ── Post ───────────────────────────────────────────────────────────────────────
def post_of(groups):
    """Return how many mails about these groups wait, did not arrive, and left in the last week."""
    counted = mails_about(groups).aggregate(
        waiting=Count("pk", filter=Q(next_at__isnull=False)),
        sent=Count("pk", filter=Q(state=MailState.SENT, sent_at__gt=timezone.now() - timedelta(days=7))),
    )
    counted["refused"] = not_arrived(groups).count()
    counted["unsettled"] = CalendarInvite.objects.filter(
        meeting__group__in=groups, unsettled_until__isnull=False, meeting__state=MeetingState.CONFIRMED
    ).count()
    return counted


def card_address(person):
    """Return where a card to `person` is written, with their name chosen."""
    return reverse("person_card") + f"?aan={person.uuid}"


def group_address(group):
    return reverse("training:planned_group", args=[group.uuid])


def heading(week):
    """Return the title of the desk: how many meetings this week, and how many of them wait for a co-trainer."""
    if not week:
        return _("This week: no meetings")
    number = ngettext("%(number)s meeting", "%(number)s meetings", len(week)) % {"number": len(week)}
    waiting = sum(1 for meeting in week if not meeting.co_trainers)
    if not waiting:
        return _("This week: {meetings}").format(meetings=number)
    words = ngettext("%(number)s waits for a co-trainer", "%(number)s wait for a co-trainer", waiting)
    return _("This week: {meetings}, {waiting}").format(meetings=number, waiting=words % {"number": waiting})


def _short(moment):
    return date_format(on_the_wall(moment), "MONTH_DAY_FORMAT")
