"""Looking after reactions; who does not gets the same 404 as for a page that is not there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from stories.domain.moderating import hold_back, let_show, reactions_to_look_at, reported_numbers
from stories.forms.reactions import HoldReactionForm
from stories.talk_policies import looks_after_reactions, reactions_looked_after

SHOW, HOLD_BACK = "show", "hold-back"
ON_A_PAGE = 25


@never_cache
@require_safe
@login_required
def reactions_to_check(request):
    """List the reactions: those that wait or are reported first, then the newest."""
    if not looks_after_reactions(request.user):
        raise Http404
    reported = reported_numbers()
    rows = Paginator(reactions_to_look_at(request.user, reported=reported), ON_A_PAGE).get_page(
        request.GET.get("pagina")
    )
    return render(request, "reactions/to_check.html", {"reactions": rows, "reported": reported})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_reaction(request, uuid):
    """Show one reaction with what can be done with it, or do that."""
    found = reactions_looked_after(request.user).select_related("author", "page", "checked_by")
    row = get_object_or_404(found, uuid=uuid)
    if request.method == "POST":
        return act_on(request, row)
    return show(request, row, HoldReactionForm())


def act_on(request, row):
    act = request.POST.get("act")
    form = HoldReactionForm(request.POST if act == HOLD_BACK else None)
    if act not in (SHOW, HOLD_BACK):
        return show(request, row, form, refusal=_("We did not understand which button you pressed."), status=400)
    if act == HOLD_BACK and not form.is_valid():
        return show(request, row, form, status=400)
    try:
        messages.success(request, decide(row, form, act, request.user))
    except Refused as refused:
        return show(request, row, form, refusal=str(refused), status=409)
    return redirect("reactions_to_check")


def decide(row, form, act, by):
    if act == SHOW:
        let_show(row, by=by)
        return _("Everybody can read the reaction now.")
    hold_back(row, reason=form.cleaned_data["reason"], by=by)
    return _("Nobody reads the reaction any more. Its writer reads why.")


def show(request, row, form, *, refusal="", status=200):
    context = {
        "reaction": row,
        "form": form,
        "refusal": refusal,
        "events": row.events.select_related("by").order_by("at"),
    }
    return render(request, "reactions/check.html", context, status=status)
