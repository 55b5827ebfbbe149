"""The reminders of a group: who gets which, when and in what words, before anything goes out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.refusals import Refused
from training.domain.reminders_ahead import keep_remind_days, reminders_ahead, words_of
from training.forms.planning import RemindForm, version_in
from training.views.planning_gate import for_coordinators, led_group


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def reminders(request, uuid):
    """Show what goes out; `?dagen=7` as it would be with another day, which a button then keeps."""
    group = led_group(request, uuid)
    if request.method == "POST":
        return _kept(request, group)
    if "dagen" in request.GET:
        return _looked_at(request, group, request.GET)
    return _shown(request, group, RemindForm(initial={"dagen": group.remind_days}), group.remind_days)


def _kept(request, group):
    form = RemindForm(request.POST)
    if not form.is_valid():
        return _shown(request, group, form, group.remind_days, status=422)
    days = form.cleaned_data["dagen"]
    try:
        keep_remind_days(group, days, version=version_in(request.POST), by=request.user)
    except Refused as refusal:
        group = led_group(request, group.uuid)
        return _shown(request, group, form, days, refusal=str(refusal), status=409)
    messages.success(request, _("Saved. This is how reminders go from now on."))
    return redirect("training:reminders", uuid=group.uuid)


def _looked_at(request, group, typed):
    form = RemindForm(typed)
    if form.is_valid():
        return _shown(request, group, form, form.cleaned_data["dagen"])
    return _shown(request, group, form, group.remind_days, status=422)


def _shown(request, group, form, days, *, status=200, **context):
    ahead = reminders_ahead(group, days)
    first = next((one.meeting for one in ahead if one.to), ahead[0].meeting if ahead else None)
    context |= {
        "group": group,
        "form": form,
        "days": days,
        "is_other": days != group.remind_days,
        "ahead": ahead,
        "at_once": sum(len(one.to) for one in ahead if one.is_now),
        "words": words_of(first, sender=request.user) if first else None,
    }
    return render(request, "training/planning/reminders.html", context, status=status)
