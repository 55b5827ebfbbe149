"""The link in an invitation to a group: opening it changes nothing, a button answers."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.refusals import Refused
from training.domain.place_invitations import answer_invitation, read_invitation
from training.models import Meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place_invitation(request, token):
    """Ask whether somebody takes their place, and write the answer down, once."""
    try:
        if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
            return _answered(request, token)
        invitation = read_invitation(token)
    except Refused as ended:
        return render(request, "training/group/link_ended.html", {"sentence": str(ended)}, status=410)
    if request.method == "POST":
        return _asked(
            request, invitation, note=request.POST.get("note", ""), refusal=_("Choose yes or no."), status=422
        )
    return _asked(request, invitation)


def _asked(request, invitation, *, status=200, **context):
    group = invitation.place.group
    meetings = Meeting.objects.announced().upcoming().filter(group=group)
    context |= {"invitation": invitation, "group": group, "meetings": meetings}
    return render(request, "training/group/invitation.html", context, status=status)


def _answered(request, token):
    """No redirect: the link works no longer, and who has no session here yet sees what came of it."""
    says_yes = request.POST.get("answer") == "yes"
    place = answer_invitation(token, says_yes=says_yes, note=request.POST.get("note", ""))
    return render(request, "training/group/answered.html", {"group": place.group, "says_yes": says_yes})
