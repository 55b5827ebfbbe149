"""The cast that is put back is the cast that the acts make: every row of every table."""

import contextlib
import inspect

import pytest
from django.db import connection, transaction

from tests import conftest, standing
from tests.factories.modules import add_module
from tests.factories.people import make_person
from tests.standing import made_and_before, rows_of, written_down
from training.models import GroupPlace

pytestmark = [pytest.mark.django_db, pytest.mark.own_cast]


def the_cast():
    """Make every fixture of tests/conftest.py that stands, each once."""
    values = {}
    for name, fixture in vars(conftest).items():
        made = getattr(fixture, "_fixture_function", None)
        if getattr(made, "stands", False):
            values[name] = made(**{other: values.get(other) for other in inspect.signature(made).parameters})
    return values


@contextlib.contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def all_rows():
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if "_fts" not in table]
    return {table: rows_of(table) for table in tables}


@pytest.fixture
def kept(db):
    """The World that the acts make, and every row of the database with it."""
    with undone():
        values, before = made_and_before(the_cast)
        return written_down(before, values), all_rows()


def test_every_row_that_the_acts_make_is_put_back(kept):
    world, rows = kept

    world.put_back()

    assert all_rows() == rows
    assert {"home_homepage", "stories_storypage", "wagtailcore_revision", "accounts_user"} <= {*rows}


def test_the_people_and_pages_are_those_of_the_rows(kept):
    values = kept[0].put_back()

    assert [*values] == [name for name in vars(conftest) if name in values]
    for name in ("training", "story", "module", "group", "samira", "petra"):
        assert type(values[name]).objects.get(pk=values[name].pk) == values[name]
    assert values["group"].training is values["training"]  # as the fixtures give it
    assert GroupPlace.objects.filter(enrolment=values["enrolment"], group=values["group"]).exists()


def test_what_a_test_does_to_them_is_gone_for_the_next(kept):
    with undone():
        samira = kept[0].put_back()["samira"]
        samira.display_name = "Iemand anders"
        samira.save()

    assert kept[0].put_back()["samira"].display_name == "Samira El Amrani"
    assert type(samira).objects.get(pk=samira.pk).display_name == "Samira El Amrani"


def test_a_test_goes_on_from_there(kept):
    values = kept[0].put_back()

    assert make_person("Nog iemand").pk > max(value.pk for name, value in values.items() if name in ("samira", "petra"))
    assert add_module(values["training"], "Daarna").path > values["module"].path


def test_a_story_that_is_put_back_is_found_by_search(kept):
    story = kept[0].put_back()["story"]

    assert story in type(story).objects.search("raam").get_queryset()
    assert story in type(story).objects.open()


# ── Which tests ────────────────────────────────────────────────────────────────


def test_a_mark_makes_everything_anew(request):
    assert standing.BEGUN not in request.node.stash
    assert not standing.with_real_transactions(request)


@pytest.fixture
def own(training):
    return training


@standing.standing
def on_own(own):
    return own


@pytest.fixture
def samira(samira):
    return samira


@standing.standing
def petra(petra):
    return petra


def test_what_asks_for_more_than_the_cast_does_not_stand(request, on_own, group, samira, petra):
    stands = {name for name in request.fixturenames if standing.stands(request, name)}

    assert stands == {"site_pages", "training", "group"}
