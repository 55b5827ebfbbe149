"""One door: signing in and everything about one's own account, invitations, people and roles."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.views import invitation, people, profile
from accounts.views.door import confirm_address, enter, leave
from accounts.views.language import switch_language
from accounts.views.mail_wishes import mail_wishes, stop_mail
from accounts.views.passkeys import add_passkey, enter_by_passkey, reauthenticate_by_passkey
from accounts.views.proof import asked_before_a_password, reauthenticate_by_code

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

password = [
    path("", allauth.password_reset, name="account_reset_password"),
    path("verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    # The key may hold a hyphen, the person's number does not.
    re_path(
        r"^nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("klaar/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("wijzigen/", allauth.password_change, name="account_change_password"),
    path("kiezen/", asked_before_a_password(allauth.password_set), name="account_set_password"),
]

second_step = [
    path("", mfa.index, name="mfa_index"),
    # The picture to scan holds the secret, so it stands in the page itself and has no address.
    path("app/", csp_update({"img-src": ["data:"]})(totp.activate_totp), name="mfa_activate_totp"),
    path("app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("herstelcodes/bestand/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sleutels/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("sleutels/nieuw/", add_passkey, name="mfa_add_webauthn"),
    path("sleutels/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("sleutels/<int:pk>/weg/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", profile.account, name="account"),
    path("profiel/", profile.profile, name="profile"),
    path("post/", mail_wishes, name="mail_wishes"),
    path("post/niet-meer/<str:token>/", stop_mail, name="stop_mail"),
    path("inloggen/", enter, name="account_login"),
    path("inloggen/code/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/opnieuw/", to_sign_in, name="account_request_login_code"),
    path("inloggen/sleutel/", enter_by_passkey, name="mfa_login_webauthn"),
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("uitloggen/", leave, name="account_logout"),
    path("nog-eens/", allauth.reauthenticate, name="account_reauthenticate"),
    path("nog-eens/code/", reauthenticate_by_code, name="account_reauthenticate_by_code"),
    path("nog-eens/tweede-stap/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("nog-eens/sleutel/", reauthenticate_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("wachtwoord/", include(password)),
    path("veilig/", include(second_step)),
    path("adressen/", login_required(allauth.email), name="account_email"),
    path("adressen/verstuurd/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^adressen/bevestig/(?P<key>[-:\w]+)/$", confirm_address, name="account_confirm_email"),
    path("apparaten/", sessions.list_usersessions, name="usersessions_list"),
    path("dicht/", allauth.account_inactive, name="account_inactive"),
    path("aanmelden/", allauth.signup, name="account_signup"),
    path("taal/", switch_language, name="switch_language"),
    path("uitnodiging/<str:token>/", invitation.accept, name="invitation"),
    path("uitnodigingen/", invitation.invitations, name="invitations"),
    path("uitnodigingen/<uuid:uuid>/intrekken/", invitation.withdraw, name="withdraw_invitation"),
    path("uitnodigingen/<uuid:uuid>/opnieuw/", invitation.resend, name="resend_invitation"),
    path("mensen/", people.people, name="people"),
    path("mensen/<uuid:uuid>/", people.person, name="person"),
]
