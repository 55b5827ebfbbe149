"""What the CMS's screens about stories ask."""

from django import template

from stories.choices import StoryState
from stories.domain.checking import newest_words as words_of
from stories.domain.states import LABELS

register = template.Library()


@register.simple_tag
def newest_words(story):
    return words_of(story)


@register.filter
def state_label(release):
    """Return where a story is, in the words of its storyteller's room."""
    return LABELS[StoryState(release.state)]
