"""The people of a group in the order that was asked for, the same on the screen and in the file, without script; and
whom nobody saw for a while, for who leads the group alone.
"""

import datetime
import io

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.people import make_person
from tests.words import dutch
from training.domain.places import enrol_oneself
from training.models import ModuleProgress

BY_NAME = ["Wouter van der Heijden", "Anna de Jong", "Łukasz Nowak"]


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel(datetime.datetime(2027, 2, 2, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def three(small_group, module):
    """Anna did most and was here last, Wouter did least and was here long ago, Łukasz never began."""
    small_group.capacity = 5
    small_group.save()
    for name, steps, days_ago in (("Anna de Jong", 3, 2), ("Wouter van der Heijden", 1, 30), ("Łukasz Nowak", 0, None)):
        place = enrol_oneself(small_group, make_person(name, email=f"{name.split()[0].casefold()}@example.test"))
        if days_ago:
            seen = timezone.now() - datetime.timedelta(days=days_ago)
            progress = {"steps_total": 5, "steps_done": steps, "started_at": seen, "touched_at": seen}
            ModuleProgress.objects.create(enrolment=place.enrolment, module_key=module.key, **progress)
    return small_group


@pytest.fixture
def browser(browser_of, ilse):
    return browser_of(ilse)


ORDERS = [
    ("naam", BY_NAME),
    ("-naam", BY_NAME[::-1]),
    ("gezien", ["Łukasz Nowak", "Wouter van der Heijden", "Anna de Jong"]),
    ("-gezien", ["Anna de Jong", "Wouter van der Heijden", "Łukasz Nowak"]),
    ("modules", ["Łukasz Nowak", "Wouter van der Heijden", "Anna de Jong"]),
    ("-modules", ["Anna de Jong", "Wouter van der Heijden", "Łukasz Nowak"]),
    ("", BY_NAME),
    ("wachtwoord", BY_NAME),
    ("--naam", BY_NAME),
    ("naam\x00", BY_NAME),
    ("x" * 5000, BY_NAME),
]


@pytest.mark.parametrize(("asked", "names"), ORDERS)
def test_the_screen_and_both_files_stand_in_the_order_that_was_asked(browser, three, asked, names):
    address = f"/planning/groepen/{three.uuid}/"
    page = browser.get(address, {"op": asked})
    csv = browser.get(f"{address}overzicht.csv", {"op": asked}).content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(browser.get(f"{address}overzicht.xlsx", {"op": asked}).content)).active

    assert [row.name for row in page.context["rows"]] == names
    assert [line.split(";")[0].strip('"') for line in csv.splitlines()[1:]] == names
    assert [cell.value for cell in sheet["A"][1:]] == names


def test_each_order_is_a_link_and_the_one_now_turns_round(browser, three):
    page = browser.get(f"/planning/groepen/{three.uuid}/?op=gezien")
    words = page.content.decode()

    assert [(way.address, is_now) for way, is_now in page.context["orders"]] == [
        ("naam", False),
        ("-gezien", True),
        ("modules", False),
    ]
    assert 'href="?op=-gezien#people" aria-current="true"' in words
    assert "overzicht.csv?op=gezien" in words
    assert words.count("aria-sort=") == 1


def test_the_other_order_costs_no_query_more(browser, three, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(order):
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"/planning/groepen/{three.uuid}/", {"op": order})
        return len(captured)

    cost("naam")
    assert cost("naam") == cost("-modules") == cost("gezien")


# ── Not seen for a while ───────────────────────────────────────────────────────


def test_who_was_not_seen_is_named_with_the_line_why_while_the_group_meets(browser, three, a_meeting):
    address = f"/planning/groepen/{three.uuid}/"
    before = browser.get(address).context["quiet"]
    a_meeting(three, days=9)
    page = browser.get(address)

    assert before == []
    assert [row.name for row in page.context["quiet"]] == ["Wouter van der Heijden"]
    wouter = page.context["quiet"][0].place.enrolment.person
    words = page.content.decode()
    assert dutch(OF_QUIET) in words
    assert f'href="/mijn/kaartjes/schrijf/?aan={wouter.uuid}"' in words


OF_QUIET = (
    "You see this because you lead the group. Only who leads it sees this: it is to call or write somebody, and"
    " nobody gets a mail by itself."
)


def test_who_has_finished_is_missed_by_nobody(browser, three, a_meeting):
    a_meeting(three, days=9)
    three.places.get(enrolment__person__display_name__startswith="Wouter").enrolment.__class__.objects.update(
        completed_at=timezone.now()
    )

    assert browser.get(f"/planning/groepen/{three.uuid}/").context["quiet"] == []


@pytest.mark.parametrize("who", ["samira", "noor", "marieke", "roel", "petra", "stranger"])
def test_nobody_else_reads_when_somebody_was_here(request, browser_of, three, a_meeting, who):
    a_meeting(three, days=9)
    browser = browser_of(request.getfixturevalue(who))
    address = f"/planning/groepen/{three.uuid}/"

    assert [browser.get(f"{address}{more}").status_code for more in ("", "?op=gezien", "overzicht.csv?op=gezien")] == [
        404,
        404,
        404,
    ]
