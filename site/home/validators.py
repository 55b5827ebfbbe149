"""Rules on values that people send to the site's own forms."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from common.text import without_controls

MAX_PATH = 500
SECRET_PARTS = {"key", "token", "code", "secret", "uidb36"}  # what our addresses call what nobody else may see


def place_on(value, hosts):
    """Return the path of `value`, an address on one of `hosts`, without its query; "" for an empty one.

    The secret of a link that works once (a new password, an invitation) is cut out of it. Raises ValidationError for an
    address elsewhere, or none at all.
    """
    value = " ".join(without_controls(value).split())
    if not value:
        return ""
    if not any(url_has_allowed_host_and_scheme(value, host) for host in hosts):
        raise ValidationError(_("Write an address of this site, such as /verhalen/, or leave it empty."))
    path = urlsplit(value).path or "/"
    if not path.startswith("/") or path.startswith("//") or len(path) > MAX_PATH:
        raise ValidationError(_("Write an address of this site, such as /verhalen/, or leave it empty."))
    return _without_secrets(path)


def _without_secrets(path):
    try:
        parts = resolve(path).captured_kwargs
    except Resolver404:
        return path
    for name, value in parts.items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), "…")
    return path
