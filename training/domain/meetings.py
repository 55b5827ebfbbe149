"""Acts on meetings: planning, changing, confirming, calling off. Calendars follow by themselves."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.calendars import unsettle_meeting
from training.domain.meeting_before import can_be_taken_back, kept_of, put_back, remember
from training.domain.seats import locked
from training.domain.seen import refuse_unseen_meeting
from training.domain.staff import keep_apart, move_staff
from training.domain.versions import refuse_other_version
from training.models import Meeting
from training.planning_choices import MeetingFormat, MeetingKind, MeetingState, StaffRole

MOST_IN_A_GROUP = 200
LONGEST = timedelta(days=2)
LONGEST_REASON = 300
# What a coordinator may change; the rest follows from acts.
CHANGEABLE = (
    "kind",
    "format",
    "title",
    "starts_at",
    "ends_at",
    "break_minutes",
    "place_name",
    "street",
    "postcode",
    "city",
    "room",
    "route",
    "join_url",
    "plan",
    "note",
)


@dataclass(frozen=True)
class NewMeeting:
    """What a meeting begins with; `starts_at` and `ends_at` are aware."""

    title: str
    starts_at: datetime
    ends_at: datetime
    break_minutes: int = 0
    kind: str = MeetingKind.TRAINING
    format: str = MeetingFormat.ON_SITE
    place_name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    room: str = ""
    route: str = ""
    join_url: str = ""


@transaction.atomic
def add_meetings(group, rows, *, by):
    """Plan the meetings of `rows` (NewMeeting) and return them, in concept: nobody is told yet. Pressed again it makes
    none: one with the same title at the same time is the one that stands there.

    Raises Refused for a group that has ended, or a meeting that would not be one.
    """
    group = locked(group)
    if group.is_ended:
        raise Refused(_("This group has ended. No meeting can be added."))
    there = {(one.title, one.starts_at): one for one in group.meetings.exclude(state=MeetingState.CANCELLED)}
    new = [row for row in rows if (row.title, row.starts_at) not in there]
    if group.meetings.count() + len(new) > MOST_IN_A_GROUP:
        raise Refused(_("A group has {number} meetings at most.").format(number=MOST_IN_A_GROUP))
    last = group.meetings.aggregate(last=Max("ordinal"))["last"] or 0
    made = [_add(group, row, last + place, by=by) for place, row in enumerate(new, start=1)]
    there |= {(row.title, row.starts_at): one for row, one in zip(new, made, strict=True)}
    return [there[row.title, row.starts_at] for row in rows]


@transaction.atomic
def change_meeting(meeting, *, version, by, reason="", why_clash="", **values):
    """Change `values` of a meeting (names of CHANGEABLE) and return it as it is now.

    `version` is what the person saw. `reason` is asked for a meeting that has begun: nobody's calendar follows then.
    Raises ChangedMeanwhile, Clash for who leads it, and Refused for what can't be.
    """
    locked(meeting.group)
    meeting = Meeting.objects.select_related("group", "changed_by").get(pk=meeting.pk)
    refuse_other_version(meeting, version)
    if meeting.is_cancelled:
        raise Refused(_("This meeting is called off."))
    if meeting.has_begun and not reason.strip():
        raise Refused(_("This meeting has begun already. Say why you change it."))
    if values.get("starts_at", meeting.starts_at) <= timezone.now() and not reason.strip():
        raise Refused(_("That moment is over. Look at the date once more; is it right, then say why you change it."))
    before, times = kept_of(meeting), (meeting.starts_at, meeting.ends_at)
    for name, value in values.items():
        if name not in CHANGEABLE:
            raise ValueError(f"{name} is not changed here.")
        setattr(meeting, name, value)
    _write(meeting, by=by)
    if (meeting.starts_at, meeting.ends_at) != times:
        move_staff(meeting, reason=why_clash)
    _tell(meeting, before)
    return meeting


@transaction.atomic
def confirm_meeting(meeting, *, by):
    """People may count on the meeting from here on: their calendars get it. Raises Refused without a co-trainer."""
    locked(meeting.group)
    meeting = Meeting.objects.select_related("group").get(pk=meeting.pk)
    if meeting.is_announced:
        return meeting
    if meeting.is_cancelled:
        raise Refused(_("This meeting is called off."))
    if not co_trainers_of(meeting):
        raise Refused(_("A meeting needs at least one co-trainer before it is confirmed."))
    before = kept_of(meeting)
    meeting.state = MeetingState.CONFIRMED
    _write(meeting, by=by)
    _tell(meeting, before)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, by, reason, seen=None):
    """Call a meeting off and return it; the row stays, with the reason for everybody who would come.

    `seen` is what the person saw (seen_of_meeting). Raises OtherThanSeen, and Refused without a reason or for one that
    is over.
    """
    locked(meeting.group)
    meeting = Meeting.objects.select_related("group", "changed_by").get(pk=meeting.pk)
    if meeting.is_cancelled:
        return meeting
    refuse_unseen_meeting(meeting, seen)
    call_off(meeting, by=by, reason=reason)
    return meeting


def call_off(meeting, *, by, reason):
    """The same under a lock that is held already."""
    reason = in_one_line(reason)
    if not reason:
        raise Refused(_("Say why the meeting is called off: people read it."))
    if meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over. It can't be called off any more."))
    before = kept_of(meeting)
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, reason
    _write(meeting, by=by)
    meeting.staff.update(is_on=False)
    _tell(meeting, before)


def in_one_line(reason):
    """Return a typed reason as people read it: one line, of 300 signs at most."""
    return " ".join(without_controls(reason).split())[:LONGEST_REASON]


@transaction.atomic
def take_meeting_back(meeting, *, version, by):
    """Let a meeting be again as calendars have it, while the mails about a change wait, and return it.

    Raises ChangedMeanwhile, Clash for who leads another meeting by now, and Refused when the mails are on their way.
    """
    group = locked(meeting.group)
    meeting = Meeting.objects.select_related("group", "changed_by").get(pk=meeting.pk)
    if not can_be_taken_back(meeting):
        raise Refused(_("The mails have left already. Change the meeting once more; then people hear of that."))
    refuse_other_version(meeting, version)
    if group.is_ended:
        raise Refused(_("This group has ended. Nothing about its meetings can be taken back."))
    why_clash = put_back(meeting)
    _write(meeting, by=by)
    rows = list(meeting.staff.select_related("user"))
    for row in rows:
        row.starts_at, row.ends_at, row.is_on = meeting.starts_at, meeting.ends_at, not meeting.is_cancelled
    keep_apart(rows, reason=why_clash)
    meeting.before_change = None
    meeting.save(update_fields=["before_change"])
    unsettle_meeting(meeting)
    return meeting


def co_trainers_of(meeting):
    """Return how many co-trainers lead the meeting and can do so; with one the screen warns."""
    return meeting.staff.able().filter(role=StaffRole.CO_TRAINER).count()


def _add(group, row, ordinal, *, by):
    meeting = Meeting(group=group, ordinal=ordinal, changed_by=by, **asdict(row))
    _check(meeting)
    meeting.save()
    return meeting


def _tell(meeting, before):
    """Let calendars follow in a few minutes; until then the change can be taken back."""
    unsettle_meeting(meeting)
    remember(meeting, before)


def _write(meeting, *, by):
    meeting.version += 1
    meeting.changed_at, meeting.changed_by = timezone.now(), by
    _check(meeting)
    meeting.save()


def _check(meeting):
    """Say in a sentence what the database would refuse."""
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The end comes after the beginning."))
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise Refused(_("A meeting takes two days at most."))
    try:
        meeting.clean_fields(exclude=["group", "changed_by"])
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
