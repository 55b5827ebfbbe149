"""What the editor's screens ask of the training."""

from django import template

from training.domain.progress import publish_effect

register = template.Library()


@register.simple_tag
def effect_of_publishing(module):
    """Return the PublishEffect of `module` as it stands in the editor, or None for one that is not stored yet."""
    return publish_effect(module) if module.pk else None
