from django import template

register = template.Library()


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context, address, label, css="main-nav__link"):
    """A link of the menu that says when it is this very page ("page") or a page below it ("true")."""
    path = context["request"].path
    here = "page" if path == address else "true" if address != "/" and path.startswith(address) else ""
    return {"address": address, "label": label, "css": css, "here": here}
