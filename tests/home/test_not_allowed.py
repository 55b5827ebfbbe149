"""Opening an address that only takes what a button sends."""

import pytest
from django.urls import reverse

from tests.words import dutch

pytestmark = pytest.mark.django_db
HEADING = "There is nothing to see here"


@pytest.fixture
def address():
    return reverse("switch_language")


def test_it_is_a_page_in_words_that_says_what_takes_it(client, site_pages, address):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert f"<h1>{dutch(HEADING)}</h1>" in answer.content.decode()


def test_a_script_that_wants_no_page_gets_none(client, site_pages, address):
    answer = client.get(address, headers={"accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")


def test_another_method_is_answered_as_before(client, site_pages, address):
    assert [client.put(address).status_code, client.head(address).status_code] == [405, 405]
