"""A meeting for who leads it: the plan, who comes, what to take into account."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.domain.my_meetings import who_comes
from training.views.planning_gate import marked_meeting


@require_safe
@login_required
def led_meeting(request, uuid):
    """Show the meeting to the team of its group, on screen and on paper."""
    meeting = marked_meeting(request, uuid)
    coming, away, wishes = who_comes(meeting)
    leaders = [row.user.display_name for row in meeting.staff.select_related("user").order_by("pk")]
    context = {"meeting": meeting, "group": meeting.group, "leaders": leaders}
    return render(
        request, "training/planning/led_meeting.html", {**context, "coming": coming, "away": away, "wishes": wishes}
    )
