"""Words for what the database keeps about accounts."""

import json

from django import template
from django.utils.translation import gettext as _

from accounts.choices import Role

register = template.Library()

# What a browser says of itself, in the order in which to look: every Edge says Chrome too, and every Chrome Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def device_name(user_agent):
    """Return what people call the device behind a browser's own name, as "Firefox, Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    device = next((name for mark, name in DEVICES if mark in user_agent), "")
    return ", ".join(part for part in (browser, device) if part) or _("An unknown device")


@register.filter
def as_json(value):
    """Return `value` as JSON, for a data attribute: the template escapes it."""
    return json.dumps(value)


@register.filter
def role_label(name):
    """Return a role's name in the reader's language; nothing for a group that is no role."""
    return Role(name).label if name in Role.values else ""
