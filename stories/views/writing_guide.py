"""How to write your story, in plain words: the same page from the room and from the CMS."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.policies import has_role
from stories.domain.telling import may_begin
from stories.models import CoWriter
from stories.policies import TEAM


@require_safe
@login_required
def writing_guide(request):
    """For who tells, who writes along, and who works here."""
    user = request.user
    if not (has_role(user, *TEAM) or may_begin(user) or CoWriter.objects.invited().filter(person=user).exists()):
        raise Http404
    return render(request, "stories/writing_guide.html")
