"""Where the training uses a story: what its storyteller reads of it in her room (stories/domain/room.py)."""

from django.utils.translation import gettext as _

from training.models import ModulePage


def places_of_stories(stories):
    """Return `{pk of a story: [sentence]}` for the steps of modules online; one query, or none."""
    found = {story.pk: [] for story in stories}
    if found:
        for module in ModulePage.objects.live_all_the_way().order_by("path"):
            for step in module.step_list:
                _note(found, module, step)
    return found


def _note(found, module, step):
    names = {"module": module.title, "step": step.title}
    if step.story_id in found:
        found[step.story_id].append(_("In module “%(module)s”, step “%(step)s”.") % names)
    if step.reserve_story_id in found:
        found[step.reserve_story_id].append(_("In module “%(module)s”, in reserve.") % names)
