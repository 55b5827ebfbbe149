"""Who may do what with a group: the coordinator who leads it; an administrator reads names; nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from tests.factories.groups import make_group
from tests.factories.people import make_person
from training.models import TrainingGroup
from training.policies import TrainingGroupPolicy

CAST = ("samira", "daan", "noor", "marieke", "ilse", "roel", "stranger", "petra")
policy = TrainingGroupPolicy()


@pytest.fixture
def cast(samira, daan, noor, marieke, ilse, roel, stranger, petra):
    people = dict(zip(CAST, (samira, daan, noor, marieke, ilse, roel, stranger, petra), strict=True))
    server = User.objects.create_superuser("server@example.test", "x", display_name="Server")
    return people | {"superuser": server, "visitor": AnonymousUser()}


def who(cast, may):
    return {name for name, person in cast.items() if may(person)}


def test_who_sees_which_groups(cast, group, other_group):
    seen = {name: set(policy.visible_to(person)) for name, person in cast.items()}

    assert {name: groups for name, groups in seen.items() if groups} == {
        "ilse": {group}, "roel": {other_group}, "petra": {group, other_group},
    }  # fmt: skip


def test_who_may_do_what_with_a_group(cast, group):
    assert {
        "list": who(cast, policy.may_list),
        "add": who(cast, policy.may_add),
        "view": who(cast, lambda person: policy.may_view(person, group)),
        "change": who(cast, lambda person: policy.may_change(person, group)),
        "delete": who(cast, lambda person: policy.may_delete(person, group)),
        "count people": who(cast, lambda person: group in policy.led_by(person)),
    } == {
        "list": {"ilse", "roel", "petra"},
        "add": {"ilse", "roel"},
        "view": {"ilse", "petra"},
        "change": {"ilse"},
        "delete": set(),
        "count people": {"ilse"},
    }


def test_lists_and_pages_agree(cast, group, other_group):
    differ = [
        (name, one)
        for name, person in cast.items()
        for one in (group, other_group)
        if policy.may_view(person, one) != (one in policy.visible_to(person))
    ]

    assert differ == []


def test_a_coordinator_whose_role_was_taken_leads_nothing(ilse, group):
    ilse.groups.clear()
    ilse = User.objects.get(pk=ilse.pk)

    assert [list(policy.visible_to(ilse)), policy.may_list(ilse), policy.may_change(ilse, group)] == [[], False, False]


def test_an_administrator_who_also_leads_changes_only_what_she_leads(group, other_group):
    both = make_person("Allebei", "administrator", "coordinator")
    group.coordinators.add(both)

    assert set(policy.visible_to(both)) == {group, other_group}
    assert [policy.may_change(both, one) for one in (group, other_group)] == [True, False]


@pytest.mark.parametrize("groups", [1, 3])
def test_the_rows_of_a_list_are_answered_without_a_query(ilse, training, groups, django_assert_num_queries):
    for number in range(1, groups):
        make_group(training, f"Groep {number}", coordinators=[ilse])
    rows = list(TrainingGroup.objects.prefetch_related("coordinators"))
    ilse = User.objects.get(pk=ilse.pk)

    with django_assert_num_queries(1):  # her roles
        assert [policy.may_change(ilse, row) and policy.may_view(ilse, row) for row in rows] == [True] * groups
