"""The base of every policy refuses."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common.policies import Policy, has_role
from training.models import TrainingGroup


class Nothing(Policy):
    model = TrainingGroup


class Everything(Nothing):
    def visible_to(self, user):
        return TrainingGroup.objects.all()


def test_a_policy_that_says_nothing_refuses_everything(ilse, group):
    policy = Nothing()

    assert list(policy.visible_to(ilse)) == []
    assert [policy.may_list(ilse), policy.may_add(ilse)] == [False] * 2
    assert [ask(ilse, group) for ask in (policy.may_view, policy.may_change, policy.may_delete)] == [False] * 3


def test_what_a_list_has_may_be_viewed_and_no_more(ilse, group, django_assert_num_queries):
    policy = Everything()

    with django_assert_num_queries(1):
        assert policy.may_view(ilse, group)
    assert not policy.may_change(ilse, group)
    assert not policy.may_view(ilse, TrainingGroup(pk=group.pk + 1))


@pytest.mark.parametrize(
    ("roles", "answer"),
    [(["coordinator"], True), (["trainer", "coordinator"], True), (["trainer"], False), ([], False)],
)
def test_a_role_is_asked_by_its_name(ilse, roles, answer):
    assert has_role(ilse, *roles) is answer


def test_nobody_and_a_closed_account_have_no_role(ilse):
    ilse.is_active = False

    assert [has_role(person, "coordinator") for person in (AnonymousUser(), ilse)] == [False, False]
