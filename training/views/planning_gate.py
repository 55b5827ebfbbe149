"""Who comes to the desk: a coordinator, to the groups she leads; for everybody else nothing is there."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from training.domain.not_arrived import mails_about
from training.models import GroupPlace, Meeting
from training.policies import TrainingGroupPolicy, meetings_marked_by

policy = TrainingGroupPolicy()


def for_coordinators(view):
    """Let in who may list groups and leads them; the others get 404, before anything is asked about a group."""

    @wraps(view)
    @login_required
    def gated(request, *args, **kwargs):
        if not policy.may_plan(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gated


def led_group(request, uuid):
    """Return the group with this number when who asks leads it. Raises Http404."""
    return get_object_or_404(policy.led_by(request.user).select_related("training"), uuid=uuid)


def led_meeting(request, uuid):
    """Return a meeting of a group that who asks leads. Raises Http404."""
    meetings = Meeting.objects.filter(group__in=policy.led_by(request.user)).select_related("group", "changed_by")
    return get_object_or_404(meetings, uuid=uuid)


def led_place(request, uuid):
    """Return a place in a group that who asks leads. Raises Http404."""
    places = GroupPlace.objects.filter(group__in=policy.led_by(request.user))
    return get_object_or_404(places.select_related("group", "enrolment__person"), uuid=uuid)


def led_mail(request, uuid):
    """Return a mail, without its words, about a group that who asks leads. Raises Http404."""
    return get_object_or_404(mails_about(policy.led_by(request.user)).select_related("person"), uuid=uuid)


def marked_meeting(request, uuid):
    """Return a meeting whose attendance who asks may fill in: its coordinators and trainers."""
    return get_object_or_404(meetings_marked_by(request.user).select_related("group__training"), uuid=uuid)
