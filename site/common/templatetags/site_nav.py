from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_items(context, css, with_sign_out=False):
    """The items of the menu, of which one says when it is this very page ("page") or a page below it ("true").

    No template of its own: it stands on every page twice.
    """
    request = context["request"]
    user = getattr(request, "user", None)  # there is none where a request is refused before it is known whose it is
    if user and user.is_authenticated:
        links = [(address_of("training:home"), _("My training"))]
        if "co-trainer" in user.roles:
            links.append((address_of("room"), _("My room")))
        links += [("/verhalen/", _("Stories")), (address_of("account"), user.get_short_name())]
        if with_sign_out:
            links.append((address_of("account_logout"), _("Sign out")))
    else:
        links = [
            ("/verhalen/", _("Stories")),
            ("/training/", _("The training")),
            (address_of("account_login"), _("Sign in")),
        ]
    return format_html_join(
        "",
        '<li><a class="{}" href="{}"{}>{}</a></li>\n',
        ((css, address, current(request.path, address), label) for address, label in links),
    )


def current(path, address):
    here = "page" if path == address else "true" if address != "/" and path.startswith(address) else ""
    return format_html(' aria-current="{}"', here) if here else ""


@cache
def address_of(name):
    """Return the address of a view without arguments; it stays the same as long as the site runs."""
    return reverse(name)
