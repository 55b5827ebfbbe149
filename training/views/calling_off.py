"""Calling off and taking back: a page says who hears of it, and the button on that page does it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.refusals import Refused
from training.domain import groups, meetings
from training.domain.hearing import foresee, foresee_group, why_nobody
from training.forms.planning import CancelForm, version_in
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
        if "confirm" not in request.POST:
            return _who_hears(request, meeting)
        meetings.cancel_meeting(meeting, by=request.user, **_typed(request))
    except meetings.ChangedMeanwhile as changed:
        return _who_hears(request, changed.meeting, refusal=str(changed), status=409)
    except Refused as refusal:
        form = CancelForm(request.POST, auto_id="cancel_%s")
        return planned_meeting.shown(request, meeting, refusal=str(refusal), cancel_form=form, status=409)
    messages.success(request, _("The meeting is called off. In five minutes it goes out of everybody's calendar."))
    return redirect("training:meeting", uuid=uuid)


def _who_hears(request, meeting, *, status=200, **context):
    """As the meeting is now, whatever version somebody saw."""
    reason = request.POST.get("reason", "")
    after, hearing = foresee(meetings.cancel_meeting, meeting, by=request.user, reason=reason)
    context |= {"meeting": meeting, "group": meeting.group, "hearing": hearing, "reason": after.cancel_reason}
    context["why_nobody"] = why_nobody(meeting)
    return render(request, "training/planning/call_meeting_off.html", context, status=status)


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
        if "confirm" not in request.POST:
            return _who_hears_of_group(request, group)
        groups.cancel_group(group, by=request.user, **_typed(request))
    except Refused as refusal:
        form, group = CancelForm(request.POST, auto_id="cancel_%s"), led_group(request, uuid)
        return planned_group.shown(request, group, refusal=str(refusal), cancel_form=form, status=409)
    messages.success(request, _("The group is called off. In five minutes everybody hears of it."))
    return planned_group.to_group(group)


def _who_hears_of_group(request, group):
    hearing = foresee_group(groups.cancel_group, group, by=request.user, reason=_typed(request)["reason"])
    context = {"group": group, "hearing": hearing, "reason": meetings.in_one_line(request.POST.get("reason", ""))}
    return render(request, "training/planning/call_group_off.html", context)


def _typed(request):
    return {"reason": request.POST.get("reason", ""), "version": version_in(request.POST)}
