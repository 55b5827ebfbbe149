"""The coming meetings of a group together: their team on all of them, all of them confirmed."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common.refusals import Refused
from training.domain.all_meetings import confirm_meetings, put_team_on_meetings
from training.views.planned_group import shown, to_group
from training.views.planning_gate import for_coordinators, led_group


@require_POST
@for_coordinators
def put_team(request, uuid):
    """Whoever leads the group leads its coming meetings."""
    group = led_group(request, uuid)
    try:
        added = put_team_on_meetings(group, by=request.user)
    except Refused as refusal:
        return shown(request, group, refusal=str(refusal), status=409)
    said = _("The trainers and co-trainers stand at every meeting.") if added else _("They stood at every meeting.")
    messages.success(request, said)
    return to_group(group, "meetings")


@require_POST
@for_coordinators
def confirm_all(request, uuid):
    """From here on people may count on all of them."""
    group = led_group(request, uuid)
    try:
        number = confirm_meetings(group, by=request.user)
    except Refused as refusal:
        return shown(request, group, refusal=str(refusal), status=409)
    words = ngettext(
        "%(number)s meeting is confirmed. In five minutes it goes to everybody's calendar.",
        "%(number)s meetings are confirmed. In five minutes they go to everybody's calendar.",
        number,
    )
    messages.success(request, words % {"number": number} if number else _("All meetings were confirmed already."))
    return to_group(group, "meetings")
