from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.forms.language import LanguageForm


@require_POST
def switch_language(request):
    """Keep the language that was chosen in the footer, in the profile or in a cookie, and go back to the same page."""
    form = LanguageForm(request.POST)
    form.is_valid()
    response = HttpResponseRedirect(safe_path(form.cleaned_data.get("next"), request))
    language = form.cleaned_data.get("language")
    if not language:
        return response
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def safe_path(path, request):
    """Return `path` when it stays on this host, else the front page."""
    stays = path and url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if stays else "/"
