""" "Is it you?" for who has no password and no second step: a code by mail. What it is for: accounts/proof.py."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.views import BaseReauthenticateView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import httpkit
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.proof import ProofForm
from accounts.proof import TooManyCodes, awaits_code, prove, send_code


@method_decorator(login_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class ReauthenticateByCodeView(BaseReauthenticateView):
    """Send a code, take it, and go on where the person was, with what they had sent there."""

    form_class = ProofForm
    template_name = "account/reauthenticate_by_code.html"

    def post(self, request, *args, **kwargs):
        return self.send() if "send" in request.POST else super().post(request, *args, **kwargs)

    def send(self):
        try:
            send_code(self.request.session, self.request.user)
        except TooManyCodes:
            return self.page(ProofForm(), status=429, too_often=True)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_reauthenticate_by_code")))

    def form_valid(self, form):
        if prove(self.request, form.cleaned_data["code"]):
            return super().form_valid(form)
        form.add_error("code", _("This code is not right. Look at it once more, or ask for a new one."))
        return self.form_invalid(form)

    def form_invalid(self, form):
        return self.page(form, status=400)

    def page(self, form, *, status, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_sent": awaits_code(self.request.session)}


reauthenticate_by_code = ReauthenticateByCodeView.as_view()


def asked_again(view):
    """Let the view's POST through only for who showed a short while ago that it is them; else ask, and go on then.

    Having come in a moment ago does not count here: what these views give away or close can't be taken back.
    """
    return reauthentication_required(view, allow_get=True)


def asked_before_a_password(view):
    """Ask of who chooses a first password whether it is them: allauth's own page for it asks nobody.

    Elsewhere what was sent is kept in the session meanwhile; a password would lie there for all to read who can read
    the database. So it is typed once more, in the case that the proof ended while it was being thought up.
    """

    @wraps(view)
    def gate(request, *args, **kwargs):
        try:
            return asked(request, *args, **kwargs)
        except ReauthenticationRequired:
            way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
            return HttpResponseRedirect(httpkit.add_query_params(way, {"next": request.path}))

    asked = reauthentication_required(
        view, app="allauth.account", enabled=lambda request: not request.user.has_usable_password()
    )
    return login_required(gate)
