"""Coming into an open group by oneself: its address is what a coordinator sends around."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.refusals import Refused
from training.domain.enrolling import place_elsewhere, why_closed, why_elsewhere
from training.domain.places import enrol_oneself
from training.models import GroupPlace, Meeting, TrainingGroup
from training.planning_choices import GroupState, PlaceState


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join_group(request, uuid):
    """Show an open group with its dates, and let somebody in by the button; a group in concept is not there."""
    group = get_object_or_404(TrainingGroup.objects.select_related("training"), uuid=uuid)
    if GroupPlace.objects.live().of(request.user).filter(group=group).exists():
        return redirect("training:my_group", uuid=uuid)
    if group.state == GroupState.CONCEPT:
        raise Http404
    if request.method != "POST":
        return shown(request, group)
    try:
        place = enrol_oneself(group, request.user)
    except Refused as refusal:
        group.refresh_from_db()
        return shown(request, group, refusal=str(refusal), status=409)
    if place.state == PlaceState.ENROLLED:
        messages.success(request, _("You take part in {group}.").format(group=group.name))
    return redirect("training:my_group", uuid=uuid)


def shown(request, group, *, status=200, **context):
    is_open = group.takes_people_on()
    elsewhere = place_elsewhere(request.user, group) if is_open else None
    context = {
        "group": group,
        "is_open": is_open and not elsewhere,
        "why_closed": why_elsewhere(elsewhere) if elsewhere else "" if is_open else why_closed(group),
        "elsewhere": elsewhere,
        "is_full": not group.seats_free or group.places.in_queue().exists(),
        "meetings": Meeting.objects.announced().upcoming().filter(group=group),
        **context,
    }
    return render(request, "training/group/join.html", context, status=status)
