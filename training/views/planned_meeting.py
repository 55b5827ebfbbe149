"""One meeting on the desk: who leads it, whether it stands, and calling it off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from training.domain.hearing import hearing_of, hearing_once_confirmed
from training.domain.meeting_before import can_be_taken_back
from training.domain.meetings import confirm_meeting
from training.domain.seen import seen_of_meeting
from training.domain.staff import Clash, assign_staff, release_staff, staff_of
from training.forms.planning import CancelForm, StaffForm, sealed
from training.planning_choices import StaffRole
from training.views.planning_gate import for_coordinators, led_meeting


@require_safe
@for_coordinators
def planned_meeting(request, uuid):
    """Show one meeting to who leads its group."""
    return shown(request, led_meeting(request, uuid))


def shown(request, meeting, *, status=200, **context):
    staff = staff_of(meeting)
    co_trainers = sum(1 for row in staff if row.role == StaffRole.CO_TRAINER and row.is_able)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "staff": staff,
        "co_trainers": co_trainers,
        "staff_form": StaffForm(
            meeting, initial={"role": StaffRole.TRAINER if co_trainers > 1 else StaffRole.CO_TRAINER}
        ),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "was": sealed(seen_of_meeting(meeting), meeting),
        "waiting": hearing_of(meeting) if can_be_taken_back(meeting) else None,
        "once_confirmed": None if meeting.is_announced or meeting.is_cancelled else hearing_once_confirmed(meeting),
        **context,
    }
    return render(request, "training/planning/meeting.html", context, status=status)


@require_POST
@for_coordinators
def confirm(request, uuid):
    """From here on people may count on it."""
    meeting = led_meeting(request, uuid)
    try:
        confirm_meeting(meeting, by=request.user)
    except Refused as refusal:
        return shown(request, meeting, refusal=str(refusal), status=409)
    messages.success(request, _("The meeting is confirmed. In five minutes it goes to everybody's calendar."))
    return redirect("training:meeting", uuid=uuid)


@require_POST
@for_coordinators
def add_staff(request, uuid):
    """Let somebody lead the meeting; where they lead another one then, a reason is asked."""
    meeting = led_meeting(request, uuid)
    form = StaffForm(meeting, request.POST)
    if not form.is_valid():
        return shown(request, meeting, staff_form=form, status=422)
    chosen = form.cleaned_data
    try:
        assign_staff(meeting, chosen["user"], chosen["role"], by=request.user, reason=chosen["reason"])
    except Clash as clash:
        form.add_error("reason", str(clash))
        return shown(request, meeting, staff_form=form, clash=clash.other, status=409)
    except Refused as refusal:
        return shown(request, meeting, staff_form=form, refusal=str(refusal), status=409)
    messages.success(request, _("Saved."))
    return redirect("training:meeting", uuid=uuid)


@require_POST
@for_coordinators
def drop_staff(request, uuid, person_uuid):
    """Somebody no longer leads the meeting."""
    meeting = led_meeting(request, uuid)
    row = get_object_or_404(meeting.staff.select_related("user"), user__uuid=person_uuid)
    try:
        release_staff(meeting, row.user, by=request.user)
    except Refused as refusal:
        return shown(request, meeting, refusal=str(refusal), status=409)
    messages.success(request, _("Saved."))
    return redirect("training:meeting", uuid=uuid)
