"""What a coordinator does with all coming meetings of a group at once, instead of one after the other."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from training.domain.meetings import confirm_meeting
from training.domain.seats import locked
from training.domain.staff import assign_staff
from training.models import Meeting
from training.models.meetings import ROLE_OF
from training.planning_choices import MeetingState, StaffRole


@transaction.atomic
def put_team_on_meetings(group, *, by):
    """Let the trainers and co-trainers of the group lead each of its coming meetings; return how many times somebody
    was added, 0 when it is pressed again. All or nobody: raises Clash, and Refused for a group without a team.
    """
    group = locked(group)
    team = [(person, StaffRole.TRAINER) for person in _able(group.trainers, StaffRole.TRAINER)]
    team += [(person, StaffRole.CO_TRAINER) for person in _able(group.co_trainers, StaffRole.CO_TRAINER)]
    if not team:
        raise Refused(_("This group has no trainers and co-trainers yet. Choose them with ‘Change this group’."))
    added = 0
    for meeting in _coming(group).prefetch_related("staff"):
        there = {row.user_id for row in meeting.staff.all()}
        for person, role in team:
            if person.pk not in there:
                assign_staff(meeting, person, role, by=by)
                there.add(person.pk)
                added += 1
    return added


@transaction.atomic
def confirm_meetings(group, *, by):
    """Confirm all coming meetings and return how many were not; all or none: raises Refused where a co-trainer is
    missing.
    """
    group = locked(group)
    concepts = list(_coming(group).filter(state=MeetingState.CONCEPT))
    for meeting in concepts:
        confirm_meeting(meeting, by=by)
    return len(concepts)


def _able(people, part):
    """Those whose account is open and who have the role for it."""
    return people.filter(is_active=True, groups__name=ROLE_OF[part]).order_by("pk")


def _coming(group):
    return Meeting.objects.upcoming().filter(group=group)
