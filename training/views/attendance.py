"""Who was there: on a phone, everybody in one press and then who was not; on paper, a sheet to sign."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from training.domain.attendance import clear_mark, mark, mark_all_present, places_of, places_to_mark
from training.domain.certificate_checks import ReasonNeeded
from training.planning_choices import AttendanceStatus
from training.policies import TrainingGroupPolicy
from training.views.planning_gate import marked_meeting

LONGEST_NUMBER = 4  # digits of minutes


@require_safe
@login_required
def attendance(request, uuid):
    """Show who takes part with what is filled in, to who leads the group or its meetings."""
    return shown(request, marked_meeting(request, uuid))


def shown(request, meeting, *, status=200, **context):
    places = places_to_mark(meeting)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "places": places,
        "unmarked": sum(1 for place in places if place.mark is None and place.is_together),
        "summary": counted_in_words(places),
        "statuses": AttendanceStatus.choices,
        "walk_ins": meeting.walk_ins.select_related("noted_by"),
        "may_seat": TrainingGroupPolicy().may_change(request.user, meeting.group),
        "walk_in": "",
        **context,
    }
    return render(request, "training/planning/attendance.html", context, status=status)


def counted_in_words(places):
    """Return how many of each there are, as “9 present, 1 signed off, 2 not filled in yet”."""
    counted = Counter(place.mark.status if place.mark else "" for place in places if place.mark or place.is_together)
    words = [*AttendanceStatus.choices, ("", _("not filled in yet"))]
    return ", ".join(f"{counted[status]} {label}" for status, label in words if counted[status])


@require_POST
@login_required
def mark_all(request, uuid):
    """Everybody of whom nothing is filled in was there."""
    meeting = marked_meeting(request, uuid)
    try:
        mark_all_present(meeting, by=request.user)
    except Refused as refusal:
        return shown(request, meeting, refusal=str(refusal), status=409)
    return redirect("training:attendance", uuid=uuid)


@require_POST
@login_required
def mark_one(request, uuid, place_uuid):
    """One tap: one person, one state, saved by itself."""
    meeting = marked_meeting(request, uuid)
    place = get_object_or_404(places_of(meeting), uuid=place_uuid)
    status, minutes, reason = (request.POST.get(name, "") for name in ("status", "minutes", "reason"))
    typed = {"failed": place.pk, "minutes": minutes, "reason": reason}
    if status not in ("", *AttendanceStatus.values):
        return shown(request, meeting, refusal=_("Choose what it was."), status=422, **typed)
    try:
        if status == "":
            clear_mark(meeting, place, by=request.user, reason=reason)
        else:
            mark(meeting, place, status, by=request.user, minutes=whole_number(minutes), reason=reason)
    except Refused as refusal:
        wrong = "reason" if isinstance(refusal, ReasonNeeded) else "minutes"
        return shown(request, meeting, refusal=str(refusal), wrong=wrong, status=409, **typed)
    response = redirect("training:attendance", uuid=uuid)
    response["Location"] += f"#{place.uuid}"
    return response


def whole_number(text):
    """Return the whole number that somebody typed, None for what is none."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


@require_safe
@login_required
def sign_in_sheet(request, uuid):
    """A page to print: everybody who takes part, with a line to sign on."""
    meeting = marked_meeting(request, uuid)
    return render(
        request,
        "training/planning/sign_in_sheet.html",
        {"meeting": meeting, "group": meeting.group, "places": places_to_mark(meeting)},
    )
