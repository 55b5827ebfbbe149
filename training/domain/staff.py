"""Who leads a meeting: nobody is in two places at once, unless somebody says why they are."""

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from common.dates import on_the_wall, span_words
from common.policies import has_role
from common.refusals import Refused
from common.text import without_controls
from training.domain.calendars import unsettle_meeting
from training.domain.seats import locked
from training.domain.versions import note_change
from training.models import MeetingStaff
from training.models.meetings import ROLE_OF
from training.planning_choices import StaffRole

LONGEST_REASON = 200


class Clash(Refused):
    """Somebody leads another meeting at that time; `other` is that Meeting."""

    def __init__(self, user, other):
        self.other = other
        super().__init__(
            _("{name} leads another meeting then: {group}, {when}.").format(
                name=user.display_name, group=other.group.name, when=span_words(other.starts_at, other.ends_at)
            )
        )


@transaction.atomic
def assign_staff(meeting, user, role, *, by, reason=""):
    """Let `user` lead `meeting` as `role` and return the MeetingStaff; they belong to the group's team from then on.

    Raises Clash when they lead another meeting at that time and no `reason` says why that is all right.
    """
    group = locked(meeting.group)
    meeting.refresh_from_db()
    if meeting.is_cancelled:
        raise Refused(_("This meeting is called off."))
    if not has_role(user, ROLE_OF[StaffRole(role)]):
        raise Refused(
            _("{name} can't lead it as {role}: that is not their role here.").format(
                name=user.display_name, role=StaffRole(role).label
            )
        )
    row = MeetingStaff.objects.filter(meeting=meeting, user=user).first() or MeetingStaff(meeting=meeting, user=user)
    row.role, row.starts_at, row.ends_at = StaffRole(role), meeting.starts_at, meeting.ends_at
    keep_apart([row], reason=reason)
    team = group.trainers if row.role == StaffRole.TRAINER else group.co_trainers
    if not team.filter(pk=user.pk).exists():
        team.add(user)
        group.save(update_fields=note_change(group, by=by))  # a form of the group that is open would take them out
    unsettle_meeting(meeting)
    return row


@transaction.atomic
def release_staff(meeting, user, *, by):
    """`user` no longer leads `meeting`. Raises Refused when a confirmed meeting would be left without a co-trainer."""
    locked(meeting.group)
    meeting.refresh_from_db()
    row = MeetingStaff.objects.filter(meeting=meeting, user=user).first()
    if row is None:
        return
    others = MeetingStaff.objects.filter(meeting=meeting, role=StaffRole.CO_TRAINER).exclude(pk=row.pk)
    if meeting.is_announced and row.role == StaffRole.CO_TRAINER and not others.exists():
        raise Refused(_("A meeting that is confirmed has at least one co-trainer. Ask another one first."))
    unsettle_meeting(meeting)
    row.delete()


def staff_of(meeting):
    """Return who leads the meeting, each with `is_able`: whether they still can; two queries."""
    rows, able = meeting.staff.select_related("user").order_by("role", "pk"), meeting.staff.able().values_list("pk")
    able, found = {pk for (pk,) in able}, list(rows)
    for row in found:
        row.is_able = row.pk in able
    return found


def move_staff(meeting, *, reason=""):
    """Take who leads the meeting along to its new time, under the lock of its group. Raises Clash."""
    rows = list(meeting.staff.select_related("user"))
    for row in rows:
        row.starts_at, row.ends_at = meeting.starts_at, meeting.ends_at
    keep_apart(rows, reason=reason)


def keep_apart(rows, *, reason=""):
    """Write `rows` of MeetingStaff after looking for clashes, with the people locked in one order: whoever else plans
    them waits. Raises Clash.
    """
    people = sorted({row.user_id for row in rows})
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    reason = " ".join(without_controls(reason).split())[:LONGEST_REASON]
    for row in rows:
        others = MeetingStaff.objects.busy(row.user, row.starts_at, row.ends_at).exclude(meeting=row.meeting_id)
        other = others.select_related("meeting__group").first()
        if other and not reason:
            raise Clash(row.user, other.meeting)
        row.reason_for_clash = reason if other else ""
        _write(row)


def _write(row):
    """The database refuses a double booking as well; that says what the question above it would have said."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        day = date_format(on_the_wall(row.starts_at), "DATE_FORMAT")
        raise Refused(
            _("{name} leads another meeting on {day}.").format(name=row.user.display_name, day=day)
        ) from clash
