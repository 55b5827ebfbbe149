""" "Is it you?" before a copy is made or an account is closed: by password or second step (allauth), else by a code."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.own_data import ProofForm
from accounts.personal_data.proof import TooManyCodes, awaits_code, prove, send_code, was_proven

_acts = {}


def asked_again(name):
    """Let the view's POST through only for who showed a short while ago that it is them; else ask, and go on then.

    `name` stands in the address where a code is asked for.
    """

    def decorate(view):
        by_allauth = reauthentication_required(view, allow_get=True)

        @wraps(view)
        def gate(request, *args, **kwargs):
            if get_adapter().get_reauthentication_methods(request.user):
                return by_allauth(request, *args, **kwargs)
            if request.method == "POST" and not was_proven(request.session):
                return HttpResponseRedirect(reverse("own_data_proof", args=[name]))
            return view(request, *args, **kwargs)

        _acts[name] = gate
        return gate

    return decorate


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove_it(request, act):
    """Send a code, take it, and do what was asked for."""
    if act not in _acts:
        raise Http404
    form = ProofForm(request.POST if "code" in request.POST else None)
    if "send" in request.POST:
        return _send(request, act, form)
    if form.is_valid():
        if prove(request.session, request.user, form.cleaned_data["code"]):
            return _acts[act](request)
        form.add_error("code", _("This code is not right. Look at it once more, or ask for a new one."))
    return _page(request, form, status=400 if form.errors else 200)


def _send(request, act, form):
    try:
        send_code(request.session, request.user)
    except TooManyCodes:
        return _page(request, form, status=429, too_often=True)
    return HttpResponseRedirect(reverse("own_data_proof", args=[act]))


def _page(request, form, *, status, **context):
    context |= {"form": form, "is_sent": awaits_code(request.session)}
    return render(request, "own_data/proof.html", context, status=status)
