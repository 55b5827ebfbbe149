from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_items(context, css, with_sign_out=False):
    """The items of the menu, of which one says when it is this very page ("page") or a page below it ("true").

    The menu at the bottom, with the way out, has more of them. No template of its own: it stands on every page twice.
    """
    request = context["request"]
    user = getattr(request, "user", None)  # there is none where a request is refused before it is known whose it is
    links = links_of(user, everything=with_sign_out) if user and user.is_authenticated else links_of_visitors()
    return format_html_join(
        "",
        '<li><a class="{}" href="{}"{}>{}</a></li>\n',
        ((css, address, current(request.path, address), label) for address, label in links),
    )


def links_of_visitors():
    return [
        ("/verhalen/", _("Stories")),
        ("/training/", _("The training")),
        (address_of("account_login"), _("Sign in")),
    ]


def links_of(user, *, everything):
    """Return `(address, label)` of each way for who is signed in; no query, their roles came with them."""
    desk = [(address_of("training:desk"), _("This week"))] if "coordinator" in user.roles else []
    group = [] if user.roles else [(address_of("training:my_groups"), _("My group"))]
    room = [(address_of("room"), _("My room"))] if "co-trainer" in user.roles else []
    more = [*ways_of(user), (address_of("account_logout"), _("Sign out"))] if everything else []
    return [
        (address_of("training:home"), _("My training")),
        *desk,
        *group,
        *room,
        ("/verhalen/", _("Stories")),
        (address_of("account"), user.get_short_name()),
        *more,
    ]


def ways_of(user):
    """What the menu at the top has no place for."""
    looks_after = user.roles & {"trainer", "coordinator"}
    checking = (("cards_to_check", _("Cards to read along")), ("reactions_to_check", _("Look after reactions")))
    group = (("training:my_groups", _("My group")),) if user.roles else ()
    own = (*group, ("my_cards", _("Your cards")), ("shelf", _("What you keep")))
    return [(address_of(name), label) for name, label in (*own, *(checking if looks_after else ()))]


def current(path, address):
    here = "page" if path == address else "true" if address != "/" and path.startswith(address) else ""
    return format_html(' aria-current="{}"', here) if here else ""


@cache
def address_of(name):
    """Return the address of a view without arguments; it stays the same as long as the site runs."""
    return reverse(name)
