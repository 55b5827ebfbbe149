"""Acts on groups."""

from django.core.exceptions import ValidationError
from django.db import transaction

from common.refusals import Refused
from common.text import without_controls
from training.models import TrainingGroup


def rename_group(group, name):
    """Give `group` another name and return it as it stands now. Raises Refused for a name that a group can't have, and
    TrainingGroup.DoesNotExist when somebody deleted it.
    """
    name = _group_name(name)
    with transaction.atomic(savepoint=False):
        group = TrainingGroup.objects.select_for_update().get(pk=group.pk)
        group.name = name
        group.save(update_fields=["name"])
    return group


def _group_name(name):
    """Return `name` on one line, as the model takes it."""
    try:
        return TrainingGroup._meta.get_field("name").clean(" ".join(without_controls(name).split()), None)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
