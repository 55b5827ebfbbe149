"""Planning meetings: say what repeats, look at each of them with its holidays, change what doesn't fit, keep them."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import minutes_between, on_the_wall
from common.refusals import Refused
from training.calendar.days_off import notes_on
from training.domain.meetings import NewMeeting, add_meetings
from training.domain.series import rows, total_minutes
from training.forms.series import RowFormSet, SeriesForm
from training.views.planned_group import to_group
from training.views.planning_gate import for_coordinators, led_group

PREFIX = "row"


@for_coordinators
def plan_series(request, uuid):
    """First the form, then the rows; keeping them makes meetings in concept: nobody is told."""
    group = led_group(request, uuid)
    if request.method != "POST":
        return shown(request, group, SeriesForm())
    form = SeriesForm(request.POST)
    if not form.is_valid():
        return shown(request, group, form, status=422)
    try:
        if "look" in request.POST:
            return first_look(request, group, form)
        return keep(request, group, form)
    except Refused as refusal:
        return shown(request, group, form, refusal=str(refusal), status=422)


def first_look(request, group, form):
    asked = form.cleaned_data
    found = rows(
        asked["first"],
        asked["starts"],
        asked["ends"],
        asked["break_minutes"],
        asked["every_weeks"],
        asked["number"],
        region=group.holiday_region,
        skip_days_off=asked["skip"],
        over_midnight=True,
    )
    initial = [
        {
            "keep": not row.problem and not (asked["skip"] and row.is_off),
            "starts_at": row.starts_at or f"{row.starts:%d-%m-%Y %H:%M}",
            "ends_at": row.ends_at or f"{row.ends:%d-%m-%Y %H:%M}",
        }
        for row in found
    ]
    formset = RowFormSet(prefix=PREFIX, initial=initial)
    for row_form, row in zip(formset.forms, found, strict=True):
        row_form.notes, row_form.problem = row.notes, row.problem
    kept = [row for row, first in zip(found, initial, strict=True) if first["keep"]]
    return shown(request, group, form, formset=formset, minutes=total_minutes(kept))


def keep(request, group, form):
    formset = RowFormSet(request.POST, prefix=PREFIX)
    kept = [one for one in formset.forms if one.is_bound and one.data.get(one.add_prefix("keep"))]
    is_right = formset.is_valid()
    for row_form in formset.forms:
        starts_at = getattr(row_form, "cleaned_data", {}).get("starts_at")
        row_form.notes = notes_on(on_the_wall(starts_at).date(), group.holiday_region) if starts_at else []
    if not is_right or not kept:
        refusal = "" if kept else _("Keep at least one meeting.")
        return shown(request, group, form, formset=formset, refusal=refusal, status=422)
    made = add_meetings(
        group, [_new(form, one, place, len(kept)) for place, one in enumerate(kept, 1)], by=request.user
    )
    words = ngettext("%(number)s meeting is planned.", "%(number)s meetings are planned.", len(made))
    messages.success(request, words % {"number": len(made)} + " " + _("Nobody was told yet."))
    return to_group(group, "meetings")


def _new(form, row_form, place, number):
    title = form.cleaned_data["title"]
    times = {name: row_form.cleaned_data[name] for name in ("starts_at", "ends_at")}
    if minutes_between(**times) <= form.cleaned_data["break_minutes"]:
        raise Refused(_("The break must be shorter than the meeting."))
    return NewMeeting(f"{title} {place}" if number > 1 else title, **times, **form.what_they_share())


def shown(request, group, form, *, status=200, **context):
    context = {"group": group, "form": form, **context}
    return render(request, "training/planning/series.html", context, status=status)
