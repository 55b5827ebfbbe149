import pytest

from common.refusals import Refused
from training.domain.groups import rename_group
from training.models import TrainingGroup


def test_renaming_writes_the_name_and_nothing_else(group, other_group):
    before = TrainingGroup.objects.values().get(pk=group.pk)
    group.training_id = None  # what a caller has in its hands is not what is written

    renamed = rename_group(group, "Tilburg voorjaar")

    assert (renamed, renamed.name, renamed.training_id) == (group, "Tilburg voorjaar", before["training_id"])
    assert TrainingGroup.objects.values().get(pk=group.pk) == before | {"name": "Tilburg voorjaar", "version": 2}
    assert TrainingGroup.objects.get(pk=other_group.pk).name == "Breda najaar"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Tilburg \t voorjaar\n", "Tilburg voorjaar"), ("Til\x00burg\x0b", "Tilburg"), ("x" * 80, "x" * 80)],
)
def test_a_name_stands_on_one_line(group, typed, kept):
    assert rename_group(group, typed).name == kept


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "x" * 81])
def test_a_name_that_a_group_can_not_have_is_refused(group, typed):
    with pytest.raises(Refused) as refused:
        rename_group(group, typed)

    assert str(refused.value) != ""
    assert TrainingGroup.objects.get(pk=group.pk).name == "Tilburg najaar"


def test_a_group_that_is_gone_is_not_there(group):
    TrainingGroup.objects.all().delete()

    with pytest.raises(TrainingGroup.DoesNotExist):
        rename_group(group, "Tilburg voorjaar")
