"""Somebody's own group: when and where, who comes, what was agreed; coming or not, wishes, leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.refusals import Refused
from training.domain.attendance import come_after_all, sign_off
from training.domain.ended_places import ended_place_of, why_called_off
from training.domain.former_group import former_group_of, group_after, place_before
from training.domain.my_group import keep_wishes, my_group_of, withdraw_oneself
from training.domain.places import accept_place, decline_place
from training.models import GroupPlace, Meeting
from training.planning_choices import GroupState
from training.policies import TrainingGroupPolicy, groups_in_team_of


def place_in(request, uuid):
    """Return the live GroupPlace of who asks, in the group with this number. Raises Http404 for everybody else."""
    places = GroupPlace.objects.live().of(request.user).filter(group__uuid=uuid)
    place = places.select_related("group__training", "enrolment__person").first()
    if place is None:
        raise Http404
    return place


@require_safe
@login_required
def my_group(request, uuid):
    """Show the group to who has a place in it. Who leads it is led on: calendars give everybody this address. For
    everybody else it is not there.
    """
    try:
        place = place_once_in(request, uuid)
    except Http404:
        return _to_team(request, uuid)
    return shown_as_it_is(request, place)


def place_once_in(request, uuid):
    """Return the same, or the place from which who asks was moved to another group. Raises Http404."""
    try:
        return place_in(request, uuid)
    except Http404:
        if before := place_before(request.user, uuid):
            return before
        raise


def shown_as_it_is(request, place, **context):
    """Show the group of a place; after a move only what was, and nothing of what comes there."""
    if place.is_live:
        return shown(request, my_group_of(place), **context)
    status = context.pop("status", 200)
    context |= {"mine": former_group_of(place), "place": place, "group": place.group, "now": group_after(place)}
    return render(request, "training/group/former.html", context, status=status)


def _to_team(request, uuid):
    group = groups_in_team_of(request.user).filter(uuid=uuid).first()
    if group is None:
        return _left(request, uuid)
    if TrainingGroupPolicy().may_change(request.user, group):
        return redirect("training:planned_group", uuid=uuid)
    return redirect("training:home")


def _left(request, uuid):
    """Say to who had a place here that the group was called off or that they left: their mails lead here."""
    place = ended_place_of(request.user, uuid)
    if place is None:
        raise Http404
    is_off = place.group.state == GroupState.CANCELLED
    context = {"place": place, "group": place.group, "reason": why_called_off(place.group) if is_off else ""}
    return render(request, "training/group/left.html", context)


@require_POST
@login_required
def come(request, uuid, meeting_uuid):
    """Somebody comes to a meeting, or can't; pressed again it is the same."""
    place = place_in(request, uuid)
    meeting = get_object_or_404(
        Meeting.objects.announced().select_related("group"), uuid=meeting_uuid, group=place.group
    )
    act = sign_off if request.POST.get("come") == "no" else come_after_all
    try:
        act(meeting, place, by=request.user)
    except Refused as refusal:
        return shown(request, my_group_of(place), refusal=str(refusal), status=409)
    return _to_group(uuid, meeting_uuid)


@require_POST
@login_required
def answer(request, uuid):
    """Somebody who is asked for this group says yes or no here as well as by the link in the mail."""
    place, said = place_in(request, uuid), request.POST.get("answer")
    if said not in ("yes", "no"):
        return shown(request, my_group_of(place), refusal=_("Choose yes or no."), status=422)
    try:
        if said == "yes":
            accept_place(place, by=request.user)
            return redirect("training:my_group", uuid=uuid)
        decline_place(place, by=request.user)
    except Refused as refusal:
        return shown(request, my_group_of(place), refusal=str(refusal), status=409)
    messages.success(request, _("You won't come. Thank you for saying so."))
    return redirect("training:home")


@require_POST
@login_required
def wishes(request, uuid):
    """Keep what the people who lead the meetings can take into account."""
    place, words = place_in(request, uuid), request.POST.get("wishes", "")
    try:
        keep_wishes(place, words)
    except Refused as refusal:
        return shown(request, my_group_of(place), wishes=words, wishes_refusal=str(refusal), status=422)
    return _to_group(uuid, "wishes")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request, uuid):
    """Ask once whether somebody leaves the group, and do it by the button."""
    mine = my_group_of(place_in(request, uuid))
    if request.method != "POST":
        return render(request, "training/group/leave.html", {"mine": mine, "group": mine.group})
    try:
        withdraw_oneself(mine.place, until=mine.withdraw_until)
    except Refused as refusal:
        return shown(request, mine, refusal=str(refusal), status=409)
    messages.success(request, _("You are no longer in the group {group}.").format(group=mine.group.name))
    return redirect("training:home")


def _to_group(uuid, anchor):
    response = redirect("training:my_group", uuid=uuid)
    response["Location"] += f"#{anchor}"
    return response


def shown(request, mine, *, status=200, **context) -> HttpResponse:
    context.setdefault("wishes", mine.place.wishes.get("wishes", ""))
    return render(
        request,
        "training/group/group.html",
        {"mine": mine, "place": mine.place, "group": mine.group, **context},
        status=status,
    )
