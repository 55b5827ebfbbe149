"""The coordinator's desk: this week, what waits for her, the month, her groups."""

import re
from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.domain.desk import groups_on_desk, heading, meetings_between, month_of, post_of, todos_of, week_of
from training.views.planning_gate import for_coordinators, policy

MONTH = re.compile(r"(20[2-9]\d)-(0[1-9]|1[0-2])")


@require_safe
@for_coordinators
def desk(request):
    """Show the desk; `?maand=2027-01` another month, `?trainer=` and `?plek=` less of it, `?als=lijst` as a list."""
    today = timezone.localdate()
    led = policy.led_by(request.user)
    groups, first = groups_on_desk(led), month_asked(request, today)
    week = week_of(groups, today)
    context = {
        "today": today,
        "week_number": today.isocalendar().week,
        "heading": heading(week),
        "week": week,
        "todos": todos_of(groups),
        "post": post_of(groups),
        "groups": groups,
        "is_list": request.GET.get("als") == "lijst",
        **month_context(request, led, groups, first, today),
    }
    return render(request, "training/planning/desk.html", context)


def month_context(request, led, groups, first, today):
    weeks = month_of(led, first, today=today, region=groups[0].holiday_region if groups else "")
    trainer, town = request.GET.get("trainer", ""), request.GET.get("plek", "")
    everything = {one.pk: one for _week, days in weeks for day in days for one in day.meetings}
    for _week, days in weeks:
        for day in days:
            day.meetings = [one for one in day.meetings if fits(one, trainer, town)]
    return {
        "first": first,
        "weeks": weeks,
        "listed": [one for one in meetings_between(led, first, last_of(first)) if fits(one, trainer, town)],
        "earlier": month_before(first),
        "later": month_after(first),
        "trainers": sorted({row.user for one in everything.values() for row in one.staff.all()}, key=str),
        "towns": sorted({one.city for one in everything.values() if one.city}),
        "trainer": trainer,
        "town": town,
    }


def fits(meeting, trainer, town):
    """Return whether a meeting has this trainer (public number) and this town; nothing asked: yes."""
    led_by = {str(row.user.uuid) for row in meeting.staff.all()}
    return (not trainer or trainer in led_by) and (not town or town == meeting.city)


def month_asked(request, today):
    """Return the first day of the month in the address, of this month where there is none that we understand."""
    found = MONTH.fullmatch(request.GET.get("maand", ""))
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month_before(first):
    return date(first.year - (first.month == 1), first.month - 1 or 12, 1)


def month_after(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def last_of(first):
    return date.fromordinal(month_after(first).toordinal() - 1)
