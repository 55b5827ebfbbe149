"""Tests with real transactions leave nothing behind: tests/beginning.py."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import Page

from accounts.models import User
from tests.beginning import keep_beginning
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def everything():
    """Return {table: what stands in it, in an order of no meaning}."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
    return {model._meta.db_table: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_what_was_made_changed_and_deleted_is_as_it_was():
    before = everything()
    put_back = keep_beginning()
    make_person("Noor")
    Permission.objects.update(name="Changed")
    Group.objects.all().delete()

    put_back()

    assert everything() == before


@pytest.mark.parametrize("which", ["the first", "the one after it"])
def test_no_test_finds_what_the_one_before_it_left(which):
    assert (User.objects.count(), Page.objects.count()) == (0, 5)

    make_person("Noor")
    Page.objects.filter(depth__gt=2).delete()


def test_what_comes_after_it_gets_a_number_that_is_free():
    put_back = keep_beginning()
    make_person("Noor")
    put_back()

    assert make_person("Sam").pk
