"""Coming in, also by another way than the door itself, and going out."""

from allauth.account import views as allauth
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import ConfirmEmailView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse


def enter(request):
    """The door. Whom the editor sends here although they are signed in has no right to be there: led back to it, their
    browser would go round and round.
    """
    wanted = request.GET.get("next", "")
    is_no_editor = request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin")
    if is_no_editor and wanted.startswith(reverse("wagtailadmin_home")):
        raise PermissionDenied
    return allauth.login(request)


def let_in(request, person):
    """Sign `person` in as the door does (the list of devices, how long they stay) and return the answer to give."""
    request.session.flush()  # somebody else may have been signed in here
    return perform_login(request, Login(user=person, redirect_url=reverse("training:home"), email=person.email))


class LeaveView(LogoutView):
    """Signing out also empties what the browser kept of this site, words that were not sent yet included."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ConfirmAddressView(ConfirmEmailView):
    """Opening the link in a mail changes nothing, the button does: so it does not sign out who reads somebody else's
    mail either. allauth signs them out at once, with what they were writing in another tab.
    """

    def post(self, *args, **kwargs):
        """A link that has ended meanwhile, perhaps by a first press, says so; allauth's page is not found."""
        try:
            return super().post(*args, **kwargs)
        except Http404:
            return self.get(*args, **kwargs)

    def logout_other_user(self, confirmation):
        if self.request.method == "POST":
            super().logout_other_user(confirmation)


leave = LeaveView.as_view()
confirm_address = ConfirmAddressView.as_view()
