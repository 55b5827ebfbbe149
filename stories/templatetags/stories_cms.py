"""What the CMS's screens about stories ask."""

from django import template

from stories.domain.checking import newest_words as words_of

register = template.Library()


@register.simple_tag
def newest_words(story):
    return words_of(story)
