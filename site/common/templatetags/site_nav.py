from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context, address, label, css="main-nav__link"):
    """A link of the menu that says when it is this very page ("page") or a page below it ("true").

    No template of its own: there are six of them on every page.
    """
    path = context["request"].path
    here = "page" if path == address else "true" if address != "/" and path.startswith(address) else ""
    current = format_html(' aria-current="{}"', here) if here else ""
    return format_html('<a class="{}" href="{}"{}>{}</a>', css, address, current, label)
