"""The way from the menu to somebody's own group, and to all of them where there are more."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from training.models import GroupPlace


@require_safe
@login_required
def my_groups(request):
    """Lead to the one group that somebody has a place in; list them where there are more, and say so where there is
    none.
    """
    places = GroupPlace.objects.live().of(request.user).select_related("group__training").order_by("-made_at", "pk")
    if len(places) == 1:
        return redirect("training:my_group", uuid=places[0].group.uuid)
    return render(request, "training/group/groups.html", {"places": places})
