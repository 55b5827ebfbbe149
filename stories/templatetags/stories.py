"""`{% load stories %}{% beside_story page as beside %}`: what a page of a story shows around its words."""

from django import template

from stories.domain.beside import about
from stories.domain.thanks import thanks_beside

register = template.Library()


@register.simple_tag(takes_context=True)
def beside_story(context, story):
    """Return `about`, `shown_cards` and `addressees` of a story that is read; three queries. A preview has none yet."""
    user = context["request"].user
    return {"about": about(story)} | thanks_beside(story, user)
