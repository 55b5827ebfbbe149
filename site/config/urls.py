"""Every address of the site. Wagtail's page tree comes last, so an address of our own wins from a page of that name."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

# One door: Wagtail's own sign-in pages never lock and ask no second factor, so they lead to allauth before its
# includes.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password", query_string=True)

urlpatterns = [
    path("cms/login/", to_sign_in),
    path("cms/password_reset/", to_password_reset),
    path("_util/login/", to_sign_in),
    path("cms/", include("wagtail.admin.urls")),
    path("account/", include("accounts.urls")),
    path("bestanden/", include("media.urls")),
    path("mijn/gegevens/", include("accounts.own_data_urls")),
    path("", include("training.urls")),
    path("", include("stories.urls")),
    path("", include("home.urls")),
    path("", include("wagtail.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("voorbeeld/", include("accounts.demo_urls")))
    urlpatterns.insert(0, path("voorbeeld/post/", include("mail.demo_urls")))

handler400 = "home.views.errors.bad_request"
handler403 = "home.views.errors.forbidden"
handler404 = "home.views.errors.not_found"
handler429 = "home.views.errors.too_many_requests"  # allauth asks for it
handler500 = "home.views.errors.server_error"
