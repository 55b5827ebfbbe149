"""How it was for a co-trainer: a page of her own after each meeting that she led, and what her person reads of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from training.domain.aftercare import (
    LONGEST_WORDS,
    aftercare_of,
    opened_by,
    take_aftercare_back,
    trusted_by,
    write_aftercare,
)
from training.models import Aftercare
from training.policies import co_trains, meetings_told_about_by


@require_safe
@login_required
@never_cache
def aftercare_list(request):
    """Show the meetings about which somebody may write, and what was written to them; for the rest it is not there."""
    mine = list(meetings_told_about_by(request.user).select_related("group").order_by("-starts_at")[:10])
    received = (
        Aftercare.objects.read_by(request.user).select_related("person", "meeting__group").order_by("-written_at")
    )
    received = list(received)
    if not mine and not received and not co_trains(request.user):
        raise Http404
    written = set(Aftercare.objects.filter(person=request.user).values_list("meeting", flat=True))
    for meeting in mine:
        meeting.was_written = meeting.pk in written
    return render(request, "training/after/list.html", {"mine": mine, "received": received})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def aftercare(request, uuid):
    """Ask a co-trainer how a meeting was, with above the field who reads it, and keep what she says."""
    meeting = told_meeting(request, uuid)
    if request.method != "POST":
        return shown(request, meeting, **_kept(aftercare_of(meeting, request.user)))
    typed = {name: request.POST.get(name, "") for name in ("words", "phone")}
    typed["wants_call"] = "call" in request.POST
    try:
        write_aftercare(meeting, request.user, reader_key=request.POST.get("reader", ""), **typed)
    except Refused as refusal:
        return shown(request, meeting, refusal=str(refusal), status=409, **typed)
    messages.success(request, _("It is on its way. You can take it back at any time."))
    return redirect("training:aftercare", uuid=uuid)


@require_POST
@login_required
def take_back(request, uuid):
    """What she wrote is gone, for her person as well."""
    meeting = told_meeting(request, uuid)
    take_aftercare_back(meeting, request.user)
    messages.success(request, _("It is gone. Nobody can read it any more."))
    return redirect("training:aftercare", uuid=uuid)


@require_safe
@login_required
@never_cache
def read_aftercare(request, uuid):
    """Show what somebody wrote to their person, and to nobody else."""
    rows = Aftercare.objects.read_by(request.user).select_related("person", "meeting__group")
    row = opened_by(request.user, get_object_or_404(rows, uuid=uuid))
    phone = row.words.get("phone", "")
    link = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return render(request, "training/after/read.html", {"row": row, "meeting": row.meeting, "phone_link": link})


def told_meeting(request, uuid):
    return get_object_or_404(meetings_told_about_by(request.user).select_related("group"), uuid=uuid)


def shown(request, meeting, *, status=200, **context):
    written = aftercare_of(meeting, request.user)
    trusted = trusted_by(request.user)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "trusted": trusted,
        "written": written,
        "reads_it": bool(written and trusted and written.reader_id == trusted.person.pk),
        "longest": LONGEST_WORDS,
        **context,
    }
    return render(request, "training/after/write.html", context, status=status)


def _kept(row):
    if row is None:
        return {"words": "", "phone": "", "wants_call": False}
    return {name: row.words.get(name, "") for name in ("words", "phone")} | {"wants_call": row.wants_call}
