"""Sign-in, sign-out, forgotten password (allauth's pages that this site uses, no others) and the language switch."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts.views.language import switch_language

urlpatterns = [
    path("inloggen/", allauth.login, name="account_login"),
    path("uitloggen/", allauth.logout, name="account_logout"),
    path("wachtwoord/", allauth.password_reset, name="account_reset_password"),
    path("wachtwoord/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    # The key may hold a hyphen, the person's number does not.
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/klaar/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("dicht/", allauth.account_inactive, name="account_inactive"),
    path("aanmelden/", allauth.signup, name="account_signup"),
    path("taal/", switch_language, name="switch_language"),
]
