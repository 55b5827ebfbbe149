"""Reading cards along; who does not gets the same 404 as for a page that is not there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.refusals import Refused
from stories import card_policies
from stories.domain.card_checking import hold_back, pass_on
from stories.forms.cards import HoldBackForm
from stories.views.cards import ON_A_PAGE

PASS_ON, HOLD_BACK = "pass-on", "hold-back"


@never_cache
@require_safe
@login_required
def cards_to_check(request):
    """List the cards that this person reads along now."""
    cards = Paginator(readable_by(request.user).with_people(), ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "cards/to_check.html", {"cards": cards})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_card(request, uuid):
    """Show one card to read along, or deliver it or hold it back."""
    row = get_object_or_404(readable_by(request.user).with_people(), uuid=uuid)
    if request.method == "POST":
        return act_on(request, row)
    return show(request, row, HoldBackForm())


def readable_by(user):
    if not card_policies.reads_cards_along(user):
        raise Http404
    return card_policies.cards_to_check(user)


def act_on(request, row):
    act = request.POST.get("act")
    form = HoldBackForm(request.POST if act == HOLD_BACK else None)
    if act not in (PASS_ON, HOLD_BACK):
        return show(request, row, form, refusal=_("We did not understand which button you pressed."), status=400)
    if act == HOLD_BACK and not form.is_valid():
        return show(request, row, form, status=400)
    try:
        messages.success(request, decide(row, form, act, request.user))
    except Refused as refused:
        return show(request, row, form, refusal=str(refused), status=409)
    return redirect("cards_to_check")


def decide(row, form, act, by):
    if act == PASS_ON:
        pass_on(row, by=by)
        return _("The card is delivered.")
    hold_back(row, reason=form.cleaned_data["reason"], by=by)
    return _("The card is not delivered. The sender reads why.")


def show(request, row, form, *, refusal="", status=200):
    return render(request, "cards/check.html", {"card": row, "form": form, "refusal": refusal}, status=status)
