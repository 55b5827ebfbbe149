"""Calling off and taking back: a page says who hears of it, and the button on that page does it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.refusals import Refused
from training.domain import groups, meetings
from training.domain.hearing import foresee, foresee_group, why_nobody
from training.domain.seen import (
    OtherThanSeen,
    refuse_unseen_group,
    refuse_unseen_meeting,
    seen_of_meeting,
    seen_with_people,
)
from training.forms.planning import CancelForm, sealed, seen_in, version_in
from training.views import planned_group, planned_meeting
from training.views.planning_gate import for_coordinators, led_group, led_meeting


# ── One meeting ────────────────────────────────────────────────────────────────
@require_POST
@for_coordinators
def cancel_meeting(request, uuid):
    """Show who hears that the meeting is called off; pressed there, call it off."""
    meeting = led_meeting(request, uuid)
    if meeting.is_cancelled:
        return redirect("training:meeting", uuid=uuid)
    try:
        return _off_or_shown(request, meeting)
    except Refused as refusal:
        form = CancelForm(request.POST, auto_id="cancel_%s")
        return planned_meeting.shown(request, meeting, refusal=str(refusal), cancel_form=form, status=409)


def _off_or_shown(request, meeting):
    reason, seen = request.POST.get("reason", ""), seen_in(request.POST, meeting)
    try:
        if "confirm" in request.POST:
            meetings.cancel_meeting(meeting, by=request.user, reason=reason, seen=seen)
            return _meeting_is_off(request, meeting)
        refuse_unseen_meeting(meeting, seen or None)
    except OtherThanSeen as other:
        now = led_meeting(request, meeting.uuid)
        return _who_hears(request, now, reason, refusal=str(other), changes=other.changes, status=409)
    return _who_hears(request, meeting, reason)


def _who_hears(request, meeting, reason, *, status=200, **context):
    """As the meeting is now, whatever somebody saw of it."""
    after, hearing = foresee(meetings.cancel_meeting, meeting, by=request.user, reason=reason)
    context |= {"meeting": meeting, "group": meeting.group, "hearing": hearing, "reason": after.cancel_reason}
    unheard = "" if meeting.is_announced else _("The meeting is still in concept: nobody knew of it yet.")
    context |= {"why_nobody": unheard or why_nobody(meeting), "was": sealed(seen_of_meeting(meeting), meeting)}
    return render(request, "training/planning/call_meeting_off.html", context, status=status)


def _meeting_is_off(request, meeting):
    if meeting.is_announced:
        said = _("The meeting is called off. In five minutes it goes out of everybody's calendar.")
    else:
        said = _("The meeting is called off. Nobody knew of it yet.")
    messages.success(request, said)
    return redirect("training:meeting", uuid=meeting.uuid)


@require_POST
@for_coordinators
def take_meeting_back(request, uuid):
    """Let a meeting be as it was before a change that nobody was told of yet."""
    meeting = led_meeting(request, uuid)
    try:
        meetings.take_meeting_back(meeting, version=version_in(request.POST), by=request.user)
    except Refused as refusal:
        meeting = led_meeting(request, uuid)
        return planned_meeting.shown(request, meeting, refusal=str(refusal), status=409)
    messages.success(request, _("Taken back. The meeting is as it was, and nobody gets a mail about it."))
    return redirect("training:meeting", uuid=uuid)


# ── A group ────────────────────────────────────────────────────────────────────
@require_POST
@for_coordinators
def cancel_group(request, uuid):
    """Show who hears that the whole group is called off; pressed there, call it off."""
    group = led_group(request, uuid)
    try:
        return _group_off_or_shown(request, group)
    except Refused as refusal:
        form, group = CancelForm(request.POST, auto_id="cancel_%s"), led_group(request, uuid)
        return planned_group.shown(request, group, refusal=str(refusal), cancel_form=form, status=409)


def _group_off_or_shown(request, group):
    reason, seen = request.POST.get("reason", ""), seen_in(request.POST, group)
    try:
        if "confirm" in request.POST:
            groups.cancel_group(group, by=request.user, reason=reason, seen=seen)
            return _group_is_off(request, group)
        refuse_unseen_group(group, seen or None)
    except OtherThanSeen as other:
        now = led_group(request, group.uuid)
        return _who_hears_of_group(request, now, reason, refusal=str(other), changes=other.changes, status=409)
    return _who_hears_of_group(request, group, reason)


def _who_hears_of_group(request, group, reason, *, status=200, **context):
    was = sealed(seen_with_people(group), group)
    hearing = foresee_group(groups.cancel_group, group, by=request.user, reason=reason)
    context |= {"group": group, "hearing": hearing, "reason": meetings.in_one_line(reason), "was": was}
    return render(request, "training/planning/call_group_off.html", context, status=status)


def _group_is_off(request, group):
    messages.success(request, _("The group is called off. In five minutes everybody hears of it."))
    return planned_group.to_group(group)
