from django.conf import settings
from django.utils import translation
from django.utils.translation import get_supported_language_variant


class LanguageMiddleware:
    """Dutch first: English only for who chose it, in the profile or (signed out) with the button in the footer.

    The browser's own list of languages is not asked: many Dutch phones say English, and the content is Dutch.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        translation.activate(settings.LANGUAGE_CODE)
        return response


def chosen_language(request):
    """Return the code of the language this person reads the interface in."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    wanted = request.user.language if signed_in else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    try:
        return get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE
