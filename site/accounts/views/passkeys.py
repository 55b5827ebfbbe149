"""Passkeys: allauth's pages, which say what was wrong with one, and where the person wanted to go after it."""

from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.webauthn import views as allauth


class KeepsTheForm:
    """allauth makes the form anew for the page that says what was wrong with it: it would be read a second time."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | kwargs


class AddPasskeyView(KeepsTheForm, allauth.AddWebAuthnView):
    pass


class ReauthenticateByPasskeyView(KeepsTheForm, allauth.ReauthenticateWebAuthnView):
    """Says on the page itself what was wrong. allauth sends people to the door, which sends who is signed in home."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))


class EnterByPasskeyView(allauth.LoginWebAuthnView):
    def form_invalid(self, form):
        response = super().form_invalid(form)
        response["Location"] = passthrough_next_redirect_url(self.request, response.url, "next")
        return response


add_passkey = AddPasskeyView.as_view()
reauthenticate_by_passkey = ReauthenticateByPasskeyView.as_view()
enter_by_passkey = EnterByPasskeyView.as_view()
