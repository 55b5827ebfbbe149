"""What a storyteller says of themselves, on a page of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stories.domain.telling import may_begin
from stories.forms.cowriters import to_mend
from stories.forms.teller import TellerForm
from stories.models import Storyteller
from stories.policies import people_around_teller


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_teller(request):
    """The form for who tells stories themselves: a proxy decides about stories and not about this."""
    teller = Storyteller.objects.filter(account=request.user).select_related("support", "proxy").first()
    if teller is None:
        if not may_begin(request.user):
            raise Http404
        teller = Storyteller(account=request.user, name=request.user.display_name)
    people = people_around_teller(request.user, teller)
    form = TellerForm(request.POST if request.method == "POST" else None, instance=teller, people=people)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. Stories that are online keep the name they have."))
        return redirect("room")
    form.to_mend = to_mend(form)
    return render(request, "stories/room/teller.html", {"form": form}, status=400 if form.errors else 200)
