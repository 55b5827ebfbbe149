"""Acts on groups: making, changing, opening and closing, calling off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.calendars import unsettle_meeting
from training.domain.meetings import call_off, in_one_line
from training.domain.overbooking import note_more_seats
from training.domain.place_mails import tell_group_cancelled
from training.domain.places import cancel_places, promote_waiting
from training.domain.seats import locked
from training.domain.seen import refuse_unseen_group
from training.domain.versions import note_change, refuse_other_version
from training.models import Meeting, TrainingGroup
from training.planning_choices import GroupState

# What a coordinator fills in; the rest follows from acts.
FIELDS = (
    "name",
    "code",
    "capacity",
    "minimum",
    "waiting",
    "enrol_from",
    "enrol_until",
    "cancel_until_hours",
    "holiday_region",
    "remind_days",
    "attendance_percent",
    "bring",
    "agreements",
)
TOGETHER = ("capacity", "minimum", "enrol_from", "enrol_until")  # what has to fit together
TEAM = ("coordinators", "trainers", "co_trainers")
# From which states somebody may bring a group to another one; it ends by acts of its own.
WAYS = {
    GroupState.OPEN: [GroupState.CONCEPT, GroupState.CLOSED],
    GroupState.CLOSED: [GroupState.CONCEPT, GroupState.OPEN],
}


@transaction.atomic
def add_group(training, *, by, **values):
    """Make a group in concept, led by `by`, and return it: nobody is told. Raises Refused for what can't be."""
    team = {name: values.pop(name) for name in TEAM if name in values}
    group = TrainingGroup(training=training, **_known(values))
    _check(group)
    group.save()
    for name, people in team.items():
        getattr(group, name).set(people)
    group.coordinators.add(by)
    return group


@transaction.atomic
def change_group(group, *, by, version=None, why_more="", **values):
    """Change what a coordinator fills in of a group and return it as it stands now.

    More seats than before go to who waits, at once; of a full group `why_more` is asked. `version` is what the person
    saw, where a form showed it. Raises ChangedMeanwhile, WhyNeeded, Refused for what can't be, and
    TrainingGroup.DoesNotExist when somebody deleted it.
    """
    group = locked(group)
    if version is not None:
        refuse_other_version(group, version)
    team = {name: values.pop(name) for name in TEAM if name in values}
    note_more_seats(group, values.get("capacity"), why=why_more, by=by)
    for name, value in _known(values).items():
        setattr(group, name, value)
    note_change(group, by=by)
    _check(group)
    group.save()
    _put_team(group, team)
    promote_waiting(group, by=by)
    return group


def rename_group(group, name):
    """Give `group` another name and return it as it stands now. Raises Refused and TrainingGroup.DoesNotExist."""
    return change_group(group, by=None, name=name)


@transaction.atomic
def put_group_state(group, state, *, by):
    """Open a group for who wants to come, or close it, and return it. Raises Refused where there is no such way."""
    group, state = locked(group), GroupState(state)
    if group.state == state:
        return group
    if group.state not in WAYS.get(state, []):
        raise Refused(_("That can't be done with a group that is {state}.").format(state=group.get_state_display()))
    group.state = state
    group.save(update_fields=["state"])
    promote_waiting(group, by=by)
    return group


@transaction.atomic
def cancel_group(group, *, by, reason, seen=None):
    """Call a whole group off and return it: everybody gets one mail that explains it, and each meeting that was still
    to come goes out of their calendars. `seen` is what the person saw (seen_with_people). Raises OtherThanSeen, and
    Refused without a reason and for a group that has ended.
    """
    group = locked(group)
    if group.state == GroupState.CANCELLED:
        return group
    if group.is_ended:
        raise Refused(_("This group has ended already."))
    refuse_unseen_group(group, seen)
    reason = in_one_line(reason)
    if not reason:
        raise Refused(_("Say why the group is called off: people read it."))
    for meeting in Meeting.objects.filter(group=group).upcoming():
        call_off(meeting, by=by, reason=reason)
    group.state = GroupState.CANCELLED
    group.save(update_fields=["state"])
    for place, sat_in_it in cancel_places(group, by=by):
        tell_group_cancelled(place, reason=reason, sat_in_it=sat_in_it)
    return group


@transaction.atomic
def copy_group(group, *, by, name):
    """Make a group as `group` was, without its people and meetings, and return it: last year's as this year's start.
    Pressed again it is the one that was just made, as long as nothing was done with it.
    """
    locked(group)
    values = {field: getattr(group, field) for field in FIELDS if field not in ("name", "code")}
    values |= {"enrol_from": None, "enrol_until": None, "name": name}
    if made := _untouched(group.training, values, by=by).exclude(pk=group.pk).first():
        return made
    team = {field: list(getattr(group, field).all()) for field in ("trainers", "co_trainers")}
    return add_group(group.training, by=by, **values, **team)


def _untouched(training, values, *, by):
    """The groups of `by` with these values that nobody is in and that have no meeting."""
    found = TrainingGroup.objects.filter(training=training, state=GroupState.CONCEPT, coordinators=by, **values)
    return found.filter(places=None, meetings=None)


@transaction.atomic
def hand_over(group, *, to, by):
    """Let coordinator `to` lead the group with `by`, or in their place when `by` leaves it after this; return it."""
    group = locked(group)
    _put_team(group, {"coordinators": [*group.coordinators.all(), to]})
    group.save(update_fields=note_change(group, by=by))
    return group


def _put_team(group, team):
    if not team:
        return
    if "coordinators" in team and not team["coordinators"]:
        raise Refused(_("A group has at least one coordinator."))
    for name, people in team.items():
        getattr(group, name).set(people)
    for meeting in Meeting.objects.filter(group=group).upcoming():
        unsettle_meeting(meeting)


def _known(values):
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} is not filled in here.")
    if "name" in values:
        values["name"] = " ".join(without_controls(values["name"] or "").split())
    return values


def mistakes_in(*, seats_taken, capacity, minimum, enrol_from, enrol_until):
    """Return `{field: sentence}` of what can't be together; a number that is no number at all is asked elsewhere."""
    found = {}
    if capacity is not None and capacity < seats_taken:
        found["capacity"] = _("{number} seats are taken. A group can't have fewer than that.").format(
            number=seats_taken
        )
    if minimum is not None and capacity is not None and minimum > capacity:
        found["minimum"] = _("The fewest people can't be more than the seats.")
    if (enrol_until or date.max) < (enrol_from or date.min):
        found["enrol_until"] = _("Enrolling ends after it begins.")
    return found


def _check(group):
    """Say in a sentence what the database would refuse."""
    for sentence in mistakes_in(
        seats_taken=group.seats_taken, **{name: getattr(group, name) for name in TOGETHER}
    ).values():
        raise Refused(sentence)
    try:
        group.clean_fields(exclude=["training"])
        group.validate_unique()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
