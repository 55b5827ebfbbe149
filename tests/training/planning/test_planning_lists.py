"""What the lists of the menu Planning cost: the same for many rows as for a few, filtered and searched as well."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.groups import make_group
from tests.factories.people import make_person
from training.domain.places import prepare_place

pytestmark = pytest.mark.django_db

LISTS = {
    "groepen": ("", "?stand=concept", "?q=Groep"),
    "bijeenkomsten": ("", "?stand=confirmed", "?q=Luisteren"),
    "plaatsen": ("", "?stand=prepared", "?q=Deelnemer"),
}


@pytest.fixture
def grow(training, ilse, roel, a_meeting):
    """`grow(3)` makes three more groups of Ilse, each with a meeting and somebody in it."""
    made = []

    def grown(number):
        for _time in range(number):
            group = make_group(training, f"Groep {len(made)}", coordinators=[ilse, roel])
            made.append(group)
            a_meeting(group, days=7 + len(made))
            prepare_place(group, make_person(f"Deelnemer {len(made)}"), by=ilse)

    return grown


@pytest.mark.parametrize(("name", "query"), [(name, query) for name, queries in LISTS.items() for query in queries])
def test_a_list_costs_the_same_for_more_rows(client, ilse, grow, name, query):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/cms/planning/{name}/{query}")
        return len(captured), page.status_code, len(page.context["object_list"])

    client.force_login(ilse)
    grow(2)
    cost()
    few = cost()
    grow(5)
    many = cost()

    assert (many[:2], many[2] >= few[2] + 5) == ((few[0], 200), True)
    assert few[0] <= 20
