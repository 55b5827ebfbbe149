"""What a coordinator finds on her desk: this week, what waits for her, the month, her groups. Read only."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import AMSTERDAM, days_of, on_the_wall
from mail.choices import MailState
from mail.models import OutboxMail
from training.calendar.days_off import notes_on
from training.models import Attendance, CalendarInvite, GroupPlace, Meeting, ModuleProgress
from training.planning_choices import AttendanceStatus, MeetingState, PlaceState

AHEAD = timedelta(days=21)  # so long before a meeting a missing co-trainer stands on the desk
QUIET_FOR = timedelta(days=21)  # so long without a step, and somebody stands on the desk
ANSWER_IN = timedelta(days=1)  # so long after the invitation an answer is waited for
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
    notes: list = field(default_factory=list)
    meetings: list = field(default_factory=list)

    @property
    def is_off(self):
        return self.date.weekday() >= 5 or any(note.is_off for note in self.notes)


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
    return list(found.order_by("starts_at", "pk"))


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
def month_of(groups, first, *, today, region=""):
    """Return the weeks of the month that begins on `first`: lists `(number of the week, seven Days)`."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    meetings = meetings_between(groups, weeks[0][0], weeks[-1][-1])
    by_day = {}
    for meeting in meetings:
        for day in days_of(meeting.starts_at, meeting.ends_at):
            by_day.setdefault(day, []).append(meeting)
    return [
        (
            week[0].isocalendar().week,
            [Day(day, day.month != first.month, day == today, _off(day, region), by_day.get(day, [])) for day in week],
        )
        for week in weeks
    ]


def _off(day, region):
    return [note for note in notes_on(day, region) if note.is_off]


# ── What waits ─────────────────────────────────────────────────────────────────
def todos_of(groups, at=None):
    """Return what waits for who leads `groups`, the most pressing first; as many queries however many groups."""
    at = at or timezone.now()
    found = [
        *_without_co_trainer(groups, at),
        *_not_arrived(groups),
        *_unanswered(groups, at),
        *_to_invite(groups),
        *_not_filled_in(groups, at),
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
    about = {f"group:{group.uuid}": group for group in groups}
    refused = OutboxMail.objects.without_words().filter(about__in=about, state=MailState.REFUSED)
    for mail in refused.select_related("person").order_by("-created_at")[:20]:
        yield Todo(
            _("now"),
            _("A mail to {name} did not arrive").format(name=mail.person.display_name if mail.person else mail.to),
            f"{mail.to}: {mail.reason} {about[mail.about].name}.",
            _("Look at it"),
            reverse("outbox") + "?stand=geweigerd",
            mail.created_at,
        )


def _unanswered(groups, at):
    """Who was asked a day ago or longer: before that they need not have read it."""
    asked = GroupPlace.objects.filter(
        group__in=groups,
        state=PlaceState.INVITED,
        invitations__made_at__lt=at - ANSWER_IN,
        invitations__withdrawn_at=None,
    )
    rows = asked.values("group").annotate(number=Count("pk"), since=Min("invitations__made_at")).order_by()
    by_group = {row["group"]: row for row in rows}
    for group in groups:
        if row := by_group.get(group.pk):
            yield Todo(
                _("this week"),
                ngettext(
                    "%(number)s person has not answered yet", "%(number)s people have not answered yet", row["number"]
                )
                % {"number": row["number"]},
                _("Invited on {day} for {group}.").format(day=_short(row["since"]), group=group.name),
                _("See who"),
                group_address(group) + "#places",
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


def _long_not_seen(groups, at):
    for place in long_not_seen(groups, at)[:MOST_MISSED]:
        yield Todo(
            _("this week"),
            _("You have not seen {name} for a while").format(name=place.enrolment.person.get_short_name()),
            _("No step since {day}. Who leads {group} sees this, nobody else.").format(
                day=_short(place.last_seen), group=place.group.name
            ),
            _("Write {name} a card").format(name=place.enrolment.person.get_short_name()),
            reverse("person_card"),
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
    about = [f"group:{group.uuid}" for group in groups]
    mails = OutboxMail.objects.filter(about__in=about)
    counted = mails.aggregate(
        waiting=Count("pk", filter=Q(next_at__isnull=False)),
        refused=Count("pk", filter=Q(state=MailState.REFUSED)),
        sent=Count("pk", filter=Q(state=MailState.SENT, sent_at__gt=timezone.now() - timedelta(days=7))),
    )
    counted["unsettled"] = CalendarInvite.objects.filter(
        meeting__group__in=groups, unsettled_until__isnull=False, meeting__state=MeetingState.CONFIRMED
    ).count()
    return counted


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
