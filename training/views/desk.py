"""The coordinator's desk: this week, what waits for her, the month, her groups."""

import re
from datetime import date
from urllib.parse import quote

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.names import sort_key
from mail.domain.health import is_stuck
from training.domain.desk import groups_on_desk, heading, month_of, post_of, todos_of, week_of
from training.domain.unsent import unsent_of
from training.models import Meeting
from training.planning_choices import Region
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
        "unsent": unsent_of(groups),
        "mail_is_stuck": is_stuck(),
        "groups": groups,
        "led_before": not groups and led.exists(),
        "is_list": request.GET.get("als") == "lijst",
        **month_context(request, led, groups, first, today),
    }
    return render(request, "training/planning/desk.html", context)


def month_context(request, led, groups, first, today):
    regions = [region for region in Region if any(group.holiday_region == region for group in groups)]
    weeks = month_of(led, first, today=today, regions=regions)
    trainer, town = request.GET.get("trainer", ""), request.GET.get("plek", "")
    for _week, days in weeks:
        for day in days:
            day.meetings = [one for one in day.meetings if fits(one, trainer, town)]
    return {
        "first": first,
        "weeks": weeks,
        "listed": listed_in(weeks),
        "regions": [region.label for region in regions],
        "without_region": [group for group in groups if not group.holiday_region],
        "earlier": month_before(first),
        "later": month_after(first),
        **choices_of(led),
        "kept": "".join(f"&{name}={quote(value)}" for name, value in (("trainer", trainer), ("plek", town)) if value),
        "trainer": trainer,
        "town": town,
    }


def listed_in(weeks):
    """Return the meetings of the month itself, each once, in their order."""
    days = [day for _week, days in weeks for day in days if not day.is_other]
    return list({meeting.pk: meeting for day in days for meeting in day.meetings}.values())


def choices_of(led):
    """Return by whom and by which town the month may be narrowed, the same in every month; one query."""
    rows = Meeting.objects.filter(group__in=led).order_by()
    found = list(rows.values_list("city", "staff__user__uuid", "staff__user__display_name").distinct())
    people = {(str(number), name) for _city, number, name in found if number}
    return {
        "trainers": sorted(people, key=lambda person: sort_key(person[1])),
        "towns": sorted({city for city, _number, _name in found if city}, key=str.casefold),
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
