"""Where the modules use a story, and what stands there when it is taken away."""

from django.utils.translation import gettext as _

from stories.models import StoryPage
from training.models import ModulePage


def instead_of(story):
    """Yield a sentence for each module that had `story` in a step: what people read there from now on.

    It names no word of `story` itself. Progress is not touched: a step stays a step.
    """
    for module, step in steps_with(story):
        reserve = StoryPage.objects.for_members().filter(pk=step.reserve_story_id).first()
        if reserve:
            yield _("In “%(module)s” people now read “%(story)s”, told by %(name)s.") % {
                "module": module.title,
                "story": reserve.title,
                "name": reserve.storyteller,
            }
        else:
            yield _("In “%(module)s” the step says kindly that a story was taken away.") % {"module": module.title}


def steps_with(story):
    """Yield `(module, step)` for each step of a module online that leads with `story`, in the order of the training."""
    for module in ModulePage.objects.live().order_by("path"):
        yield from ((module, step) for step in module.step_list if step.story_id == story.pk)
