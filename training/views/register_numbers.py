"""Somebody's own register numbers: fill in, allow, take back, remove; and what happened with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.refusals import Refused
from training.domain.register_numbers import (
    LEAVE,
    OtherWords,
    Unusual,
    keep_number,
    own_registers,
    passages_of,
    remove_number,
    withdraw_leave,
)
from training.forms.registers import NumberForm
from training.models.registers import WORDS_OF_LEAVE
from training.planning_choices import Register


@require_safe
@login_required
def register_numbers(request):
    """Show somebody their own numbers, and who read them."""
    return shown(request)


def shown(request, refused=None, *, status=200):
    """Show every register, the one of the `refused` form as it was typed."""
    forms = [(own, NumberForm(own)) for own in own_registers(request.user)]
    if refused:
        forms = [(own, refused[1] if own.register == refused[0] else form) for own, form in forms]
    context = {"registers": forms, "passages": passages_of(request.user), "refused": refused and refused[1]}
    context |= {"leave": LEAVE, "version": WORDS_OF_LEAVE}
    return render(request, "training/group/register_numbers.html", context, status=status)


@require_POST
@login_required
def keep_register_number(request, register):
    """Keep a number, or do with it what the pressed button says."""
    if register not in Register.values:
        raise Http404
    if "withdraw" in request.POST:
        withdraw_leave(request.user, register)
        return back(request, _("From now on your number is not passed on."))
    if "remove" in request.POST:
        remove_number(request.user, register)
        return back(request, _("Your number is removed."))
    own = next(one for one in own_registers(request.user) if one.register == register)
    form = NumberForm(own, request.POST)
    if form.is_valid():
        try:
            keep_number(request.user, register, **form.cleaned_data)
        except Refused as refusal:
            form.asks_sure = isinstance(refusal, Unusual) or form.cleaned_data["is_sure"]
            form.add_error("may_pass_on" if isinstance(refusal, OtherWords) else "number", str(refusal))
        else:
            return back(request, _("Saved."))
    return shown(request, (own.register, form), status=422)


def back(request, words):
    messages.success(request, words)
    return redirect("training:register_numbers")
