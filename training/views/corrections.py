"""Attendance that is not right: somebody says so of their own, who leads the group settles it; a certificate that was
issued before a change is looked at; and who was at a meeting without being on its list.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.refusals import Refused
from training.domain.attendance import mark_of
from training.domain.certificate_checks import certificate_over, let_certificate_hold
from training.domain.corrections import ask_correction, settle_correction, take_correction_back
from training.domain.walk_ins import drop_walk_in, note_walk_in, places_beside, seat_walk_in
from training.forms.after import WalkInForm
from training.models import AttendanceCorrection, Meeting
from training.planning_choices import AttendanceStatus
from training.views.attendance import shown as attendance_shown
from training.views.attendance import whole_number
from training.views.my_group import place_once_in, shown_as_it_is
from training.views.planning_gate import for_coordinators, led_meeting, led_place, marked_meeting


# ── Somebody says it of their own ──────────────────────────────────────────────
@require_POST
@login_required
def ask(request, uuid, meeting_uuid):
    """Somebody says that what was filled in of them is not right, or no longer says it."""
    place = place_once_in(request, uuid)
    meeting = get_object_or_404(Meeting.objects.select_related("group"), uuid=meeting_uuid, group=place.group)
    try:
        _ask(request, meeting, place)
    except Refused as refusal:
        typed = {"asked_at": meeting.pk, "asked_words": request.POST.get("words", "")}
        return shown_as_it_is(request, place, ask_refusal=str(refusal), status=409, **typed)
    response = redirect("training:my_group", uuid=uuid)
    response["Location"] += f"#{meeting_uuid}"
    return response


def _ask(request, meeting, place):
    if "back" in request.POST:
        for row in AttendanceCorrection.objects.open().filter(meeting=meeting, place=place):
            take_correction_back(row, by=request.user)
    else:
        ask_correction(meeting, place, words=request.POST.get("words", ""), by=request.user)


# ── Who leads the group settles it ─────────────────────────────────────────────
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settle(request, uuid, correction_uuid):
    """Show what somebody says beside what was filled in, and change it or leave it, with words back."""
    meeting = marked_meeting(request, uuid)
    rows = AttendanceCorrection.objects.select_related("place__enrolment__person", "settled_by")
    row = get_object_or_404(rows, uuid=correction_uuid, meeting=meeting)
    if request.method != "POST":
        return _settling(request, meeting, row)
    typed = {name: request.POST.get(name, "") for name in ("status", "minutes", "answer", "reason")}
    if typed["status"] not in ("leave", *AttendanceStatus.values):
        return _settling(request, meeting, row, refusal=_("Choose what it was."), status=422, typed=typed)
    values = {
        **typed,
        "status": "" if typed["status"] == "leave" else typed["status"],
        "minutes": whole_number(typed["minutes"]),
    }
    try:
        settle_correction(row, by=request.user, **values)
    except Refused as refusal:
        return _settling(request, meeting, row, refusal=str(refusal), status=409, typed=typed)
    messages.success(request, _("Saved. They get word that there is an answer."))
    return redirect("training:attendance", uuid=uuid)


def _settling(request, meeting, row, *, status=200, **context):
    row.refresh_from_db()  # somebody else may have answered meanwhile
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "row": row,
        "person": row.place.enrolment.person,
        "mark": mark_of(meeting, row.place),
        "statuses": AttendanceStatus.choices,
        "asks_why": certificate_over(meeting, row.place) is not None,
        **context,
    }
    return render(request, "training/planning/correction.html", context, status=status)


# ── A certificate that was issued before ───────────────────────────────────────
@require_POST
@for_coordinators
def certificate_holds(request, uuid):
    """The coordinator looked: the certificate says what is right."""
    place = led_place(request, uuid)
    if let_certificate_hold(place, by=request.user):
        messages.success(request, _("The certificate holds."))
    return redirect("training:finish_group", uuid=place.group.uuid)


# ── Not on the list ────────────────────────────────────────────────────────────
@require_POST
@login_required
def walk_in(request, uuid):
    """Write down the name of somebody who is there and not on the list."""
    meeting, name = marked_meeting(request, uuid), request.POST.get("name", "")
    try:
        note_walk_in(meeting, name, by=request.user)
    except Refused as refusal:
        return attendance_shown(request, meeting, walk_in=name, walk_in_refusal=str(refusal), status=409)
    return _to_walk_ins(uuid)


@require_POST
@login_required
def drop(request, uuid, walk_in_uuid):
    """It was nobody of the group: the name goes."""
    meeting = marked_meeting(request, uuid)
    for row in meeting.walk_ins.filter(uuid=walk_in_uuid):
        drop_walk_in(row)
    return _to_walk_ins(uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def seat(request, uuid, walk_in_uuid):
    """The coordinator says who it was: they take part from here on, and were there."""
    meeting = led_meeting(request, uuid)
    row = get_object_or_404(meeting.walk_ins, uuid=walk_in_uuid)
    form = WalkInForm(places_beside(meeting.group), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            place = seat_walk_in(row, by=request.user, **form.chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            name = place.enrolment.person.display_name
            messages.success(request, _("{name} takes part from now on, and was there.").format(name=name))
            return redirect("training:attendance", uuid=uuid)
    context = {"meeting": meeting, "group": meeting.group, "row": row, "form": form}
    status = 409 if form.non_field_errors() else 422 if form.errors else 200
    return render(request, "training/planning/walk_in.html", context, status=status)


def _to_walk_ins(uuid):
    response = redirect("training:attendance", uuid=uuid)
    response["Location"] += "#more"
    return response
