"""One group on the desk: who takes part and how far they are, its places, its meetings, and what to do with it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from training.domain.counted import meetings_come_to
from training.domain.enrolling import days_to_enrol
from training.domain.group_order import in_order, not_seen, order_asked, ways_to_order
from training.domain.group_people import meetings_of, places_by_state, places_in, rows_of, table_of, team_of
from training.domain.groups import copy_group, hand_over, put_group_state
from training.domain.not_arrived import with_returned
from training.domain.place_invitations import invite_again, invite_prepared, take_invitations_back
from training.domain.places import decline_place, move_place, promote_place, withdraw_place
from training.domain.seen import seen_of_group
from training.domain.unsent import number_of_invitations
from training.forms.planning import CancelForm, CopyForm, HandOverForm, MoveForm, sealed
from training.models import TrainingPage
from training.planning_choices import GroupState
from training.views.importing import table_file
from training.views.planning_gate import for_coordinators, led_group, led_place


@require_safe
@for_coordinators
def planned_group(request, uuid):
    """Show one group to who leads it; `?op=gezien` its people in another order, `?op=-gezien` the other way round."""
    return shown(request, led_group(request, uuid))


def shown(request, group, *, status=200, **context):
    modules, meetings = TrainingPage.with_modules([group.training])[0].modules, meetings_of(group)
    standing = [meeting for meeting in meetings if not meeting.is_cancelled]
    coming = [meeting for meeting in standing if not meeting.has_begun]
    order = order_asked(request.GET.get("op", ""))
    places = places_in(group)
    rows = in_order(rows_of(places, modules, standing), order)
    context = {
        "group": group,
        "team": team_of(group),
        "modules": modules,
        "meetings": meetings,
        "standing": standing,
        "rows": rows,
        "order": order,
        "orders": ways_to_order(order),
        "quiet": not_seen(rows, standing),
        "enrolling": days_to_enrol(group),
        "asked": group.seats_taken - len(rows),
        "places": with_returned(group, places_by_state(places)),
        "unsent_invitations": number_of_invitations(group),
        "next": coming[0] if coming else None,
        "number_unstaffed": sum(1 for meeting in coming if not meeting.is_complete),
        "number_concept": sum(1 for meeting in coming if not meeting.is_announced),
        "copy_form": CopyForm(initial={"name": group.name}),
        "hand_over_form": HandOverForm(group),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "was": sealed(seen_of_group(group, meetings), group),
        **context,
    }
    return render(request, "training/planning/group.html", context, status=status)


@require_safe
@for_coordinators
def overview_file(request, uuid, kind):
    """The people of the group beside each other, as CSV or XLSX: the same as on the screen, in its order."""
    group = led_group(request, uuid)
    modules = TrainingPage.with_modules([group.training])[0].modules
    standing = [meeting for meeting in meetings_of(group) if not meeting.is_cancelled]
    rows = in_order(rows_of(places_in(group), modules, standing), order_asked(request.GET.get("op", "")))
    table = table_of(rows, modules, standing)
    return table_file(slugify(group.code) or "groep", kind, *table)


# ── The group ──────────────────────────────────────────────────────────────────
@require_POST
@for_coordinators
def invite(request, uuid):
    """Invite everybody who stands ready, once; or take back what has not left yet."""
    group = led_group(request, uuid)
    if "back" in request.POST:
        number = take_invitations_back(group, by=request.user)
        words = ngettext("%(number)s invitation was taken back.", "%(number)s invitations were taken back.", number)
    else:
        number = invite_prepared(group, by=request.user)
        words = ngettext(
            "%(number)s person is invited. The mail leaves in five minutes; until then you can take it back.",
            "%(number)s people are invited. The mails leave in five minutes; until then you can take them back.",
            number,
        )
    said = words % {"number": number} if number else _("Everybody was invited already.")
    messages.success(request, said, extra_tags="places")
    return to_group(group, "places")


@require_POST
@for_coordinators
def put_state(request, uuid):
    """Open the group for who wants to come, or close it."""
    state = request.POST.get("state", "")
    said = _("The group is open.") if state == GroupState.OPEN else _("The group is closed.")
    return _act(request, led_group(request, uuid), put_group_state, state, by=request.user, said=said)


@require_POST
@for_coordinators
def copy(request, uuid):
    """Make a group like this one, without its people and meetings."""
    group, form = led_group(request, uuid), CopyForm(request.POST)
    if not form.is_valid():
        return shown(request, group, copy_form=form, status=422)
    made = copy_group(group, by=request.user, name=form.cleaned_data["name"])
    messages.success(request, _("{group} is made. Nobody was told.").format(group=made.name))
    return to_group(made)


@require_POST
@for_coordinators
def hand_group_over(request, uuid):
    """Let another coordinator lead the group as well."""
    group = led_group(request, uuid)
    form = HandOverForm(group, request.POST)
    if not form.is_valid():
        return shown(request, group, hand_over_form=form, status=422)
    hand_over(group, to=form.cleaned_data["to"], by=request.user)
    messages.success(request, _("{name} leads this group as well.").format(name=form.cleaned_data["to"].display_name))
    return to_group(group)


# ── One place ──────────────────────────────────────────────────────────────────
ACTS = {"promote": promote_place, "decline": decline_place, "withdraw": withdraw_place, "invite": invite_again}
SAID = {
    "promote": gettext_lazy("{name} has the free seat and hears of it."),
    "decline": gettext_lazy("{name} is taken out."),
    "withdraw": gettext_lazy("{name} is taken out and hears of it."),
    "invite": gettext_lazy("{name} is invited again. The mail leaves in five minutes; the old link works no longer."),
}


@require_POST
@for_coordinators
def change_place(request, uuid):
    """Give somebody a free seat, end their place, or ask them once more."""
    place = led_place(request, uuid)
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        return shown(request, place.group, refusal=_("Choose what to do."), status=422)
    said = SAID[request.POST["act"]].format(name=place.enrolment.person.display_name)
    return _act(request, place.group, lambda _group, by: act(place, by=by), by=request.user, anchor="places", said=said)


@for_coordinators
def move(request, uuid):
    """Move somebody to another group of the same training."""
    place = led_place(request, uuid)
    form = MoveForm(request.user, place, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            move_place(place, by=request.user, to_group=form.cleaned_data["to"], counts_along=form.brings_along)
        except Refused as refusal:
            form.add_error("to", str(refusal))
        else:
            said = _("They are in {group} now.").format(group=form.cleaned_data["to"].name)
            messages.success(request, said, extra_tags="places")
            return to_group(place.group, "places")
    context = {"place": place, "group": place.group, "form": form, "there": meetings_come_to(place)}
    status = 422 if form.errors else 200
    return render(request, "training/planning/move.html", context, status=status)


def to_group(group, anchor=""):
    response = redirect("training:planned_group", uuid=group.uuid)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


def _act(request, group, act, *args, said, anchor="", **options):
    """Carry the act out and go back to the group; what can't be is said there and nothing is changed."""
    try:
        act(group, *args, **options)
    except Refused as refusal:
        return shown(request, group, refusal=str(refusal), status=409)
    except ValueError:
        return shown(request, group, refusal=_("Choose what to do."), status=422)
    messages.success(request, said, extra_tags=anchor)
    return to_group(group, anchor)
