"""Which modules belong to a theme: what the page of a theme shows beside its stories (stories/domain/themes.py)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from training.models import ModulePage
from training.models.content import ModuleTag


@dataclass(frozen=True)
class ModuleBeside:
    """A module by its name, with the address of its place on the public page of its training: who takes part goes on
    from there, and nobody else meets a closed door.
    """

    title: str
    address: str


def modules_beside(theme, stories):
    """Return `modules`: those that anybody may know of, with one of `stories` in a step or `theme` as a tag, in the
    order of the training; one query.
    """
    tagged = ModuleTag.objects.filter(content_object=OuterRef("pk"), tag__name__iexact=theme.name)
    modules = ModulePage.objects.open().for_reading().annotate(is_tagged=Exists(tagged)).order_by("path")
    numbers = {story.pk for story in stories}
    return {"modules": [beside(one) for one in modules if one.is_tagged or _tells(one, numbers)]}


def beside(module):
    above, _slash, slug = module.address.rstrip("/").rpartition("/")
    return ModuleBeside(module.title, f"{above}/#module-{slug}")


def _tells(module, numbers):
    return any(step.story_id in numbers for step in module.step_list)
