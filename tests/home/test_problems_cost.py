"""What problem reports cost in queries, however many there are."""

import pytest
from django.test import Client

from home.choices import ProblemState
from home.models import ProblemReport
from tests.factories.enrolments import enrol
from tests.factories.people import make_person
from tests.home.problems import INBOX, MINE, browser_of, make_report, opened, page_of, receipt_of, shown

SIZES = pytest.mark.parametrize("size", [1, 24])


@pytest.fixture
def many(samira, group, training, petra, ilse):
    """Make `size` reports of everybody in her group, in each state, and of visitors."""

    def made(size):
        for number in range(size):
            person = make_person(f"Deelnemer {number}")
            enrol(person, training, group=group)
            for state in ProblemState.values:
                make_report(person, state=state, by=petra)
            make_report(samira)
            make_report()

    return made


def at_work(person):
    """Return a browser in which `person` did something before: the first request notes when."""
    browser = browser_of(person)
    browser.get("/probleem/")
    return browser


@SIZES
@pytest.mark.parametrize(
    ("who", "stand"), [("petra", ""), ("petra", "beantwoord"), ("ilse", ""), ("ilse", "beantwoord")]
)
def test_the_inbox_costs_five_queries(request, many, django_assert_num_queries, size, who, stand):
    """Session, person with roles, how many, these, contact."""
    many(size)
    browser = at_work(request.getfixturevalue(who))

    with django_assert_num_queries(5):
        response = browser.get(INBOX, {"stand": stand})

    assert (response.status_code, len(shown(response)) >= size) == (200, True)


@SIZES
@pytest.mark.parametrize("who", ["petra", "ilse"])
def test_a_report_costs_four_queries(request, many, samira, django_assert_num_queries, size, who):
    """Session, person with roles, report, contact."""
    many(size)
    browser, report = at_work(request.getfixturevalue(who)), make_report(samira)

    with django_assert_num_queries(4):
        browser.get(page_of(report))


@SIZES
def test_reading_ones_own_costs_four_or_five(many, samira, django_assert_num_queries, size):
    many(size)
    browser, report = browser_of(samira), make_report(samira)

    with django_assert_num_queries(4):  # session, person, report, contact
        browser.get(receipt_of(report))
    with django_assert_num_queries(5):  # session, person, how many, these, contact
        browser.get(MINE)


def test_opening_the_form_costs_a_visitor_the_contact_alone(site_pages, django_assert_num_queries):
    browser = Client()

    for address in ("/probleem/", "/probleem/?soort=worry"):
        with django_assert_num_queries(1):
            browser.get(address)


def test_sending_one_costs_the_same_with_many_before(many, samira, django_assert_max_num_queries):
    many(24)
    browser = browser_of(samira)
    page = opened(browser) | {"words": "De vijfentwintigste."}

    # session, person, the same report?, what was sent this hour (2) and one more (6), the report (4), who reads it (4),
    # and for each of the two a mail (4)
    with django_assert_max_num_queries(27):
        assert browser.post("/probleem/", page).status_code == 302
    assert ProblemReport.objects.of(samira).count() == 25
