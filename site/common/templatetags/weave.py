"""Threads in templates. The only module that calls text safe: weave.py and weave_marks.py write numbers and their own
class names.

{% load weave %}
{% brand_mark %}  {% brand_mark turned=True %}  {% seam %}  {% door_cloth %}
{% swatch storyteller.swatch_seed story.drawing size="large" %}    list, small, medium or large
{% seal card.pk you=True %}
{% cloth modules size="wide" %}    wide or small; each module has number, steps_done, steps_total, state
{% meeting_mark meeting.is_complete %}  {% seats taken asked capacity %}  {% module_mark cell %}    a cell as a module
"""

from itertools import count

from django import template
from django.utils.safestring import SafeString

from common import weave, weave_marks

register = template.Library()

COUNTER = "weave_ids"


def with_own_id(context, svg):
    """Put the next free id of this page into the SVG.

    An include renders with a render_context of its own, and a StreamField block with a whole new context. What they
    share with the page is the request; without one, the lowest layer of the render_context.
    """
    request = context.get("request")
    shared = request.__dict__ if request is not None else context.render_context.dicts[0]
    ids = shared.setdefault(COUNTER, count(1))
    return SafeString(svg.replace(weave.ID, f"w{next(ids)}"))


@register.simple_tag
def brand_mark(turned=False):
    return SafeString(weave.brand_mark(turned=turned))


@register.simple_tag(takes_context=True)
def seam(context):
    return with_own_id(context, weave.seam())


@register.simple_tag(takes_context=True)
def swatch(context, seed, drawing="", size="small"):
    return with_own_id(context, weave.swatch(str(seed), str(drawing or ""), size))


@register.simple_tag(takes_context=True)
def seal(context, seed, you=False):
    return with_own_id(context, weave.seal(str(seed), you=bool(you)))


@register.simple_tag(takes_context=True)
def door_cloth(context):
    return with_own_id(context, weave.door_cloth())


@register.simple_tag(takes_context=True)
def cloth(context, modules, size="wide"):
    return with_own_id(context, weave.cloth(tuple(column(module) for module in modules), size))


def column(module):
    """Return what the cloth needs of a module, an object or a dict; its state is todo, busy or done."""
    read = module.get if isinstance(module, dict) else lambda name: getattr(module, name, None)
    done, total, state = read("steps_done") or 0, read("steps_total") or 0, read("state")
    share = 1 if state == "done" else done / total if total else 0
    return weave.Column(number=read("number") or 1, done=share, busy=state == "busy")


@register.simple_tag
def meeting_mark(complete):
    return SafeString(weave_marks.meeting_mark(complete=bool(complete)))


@register.simple_tag
def seats(taken, asked, capacity):
    return SafeString(weave_marks.seats(int(taken or 0), int(asked or 0), int(capacity)))


@register.simple_tag
def module_mark(module):
    """A module that is begun shows at least one tenth: something is woven."""
    one = column(module)
    return SafeString(weave_marks.module_mark(max(round(one.done * 10), int(one.busy))))
