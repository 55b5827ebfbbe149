"""Who was there, tapped on a phone: each tap is saved at once and says so, and says so too when it is not."""

import pytest

from tests.e2e.conftest import PHONE
from tests.e2e.planning_screens import HELD, meeting

pytestmark = pytest.mark.browser


@pytest.fixture
def roll(open_device, server):
    """Marieke's phone, on the roll of a meeting that is over and of which nothing is filled in."""
    server.execute("DELETE FROM training_attendance")
    page = open_device("marieke", viewport=PHONE)
    page.goto(f"{meeting(server, HELD)}aanwezig/")
    return page


def statuses(server):
    return sorted(row[0] for row in server.execute("SELECT status FROM training_attendance"))


def changes(server):
    return server.execute("SELECT COUNT(*) FROM training_attendancechange")[0][0]


def first(page):
    return page.locator(".roll__item").first


def tap(page, status):
    first(page).locator("summary").click()
    first(page).locator(f"button[value={status}]").click()


def test_a_tap_is_saved_without_leaving_the_page(roll, server):
    here = []
    roll.on("framenavigated", lambda frame: here.append(frame.url))
    tap(roll, "absent")
    first(roll).locator(".roll__mark").wait_for()

    assert (statuses(server), here) == (["absent"], [])
    assert "niet geweest" in first(roll).locator("summary").inner_text()
    assert "niet geweest" in roll.locator("[data-roll-said]").inner_text()


def test_without_internet_it_says_so_at_the_name_and_the_same_tap_saves_later(roll, server):
    roll.context.set_offline(True)
    tap(roll, "present")
    first(roll).locator(".roll__failed").wait_for()
    assert statuses(server) == []

    roll.context.set_offline(False)
    first(roll).locator("button[value=present]").click()
    first(roll).locator(".roll__mark").wait_for()
    assert statuses(server) == ["present"]


def test_what_is_refused_is_said_on_top_and_the_minutes_are_still_there(roll, server):
    first(roll).locator("summary").click()
    first(roll).locator("input[name=minutes]").fill("900")
    with roll.expect_navigation():
        first(roll).locator(".state-button[value=partly]").click()

    assert statuses(server) == []
    assert roll.locator("#errors").is_visible()
    assert first(roll).locator("input[name=minutes]").input_value() == "900"


def test_two_quick_taps_are_saved_once(roll, server):
    before = changes(server)
    first(roll).locator("summary").click()
    first(roll).locator("button[value=signed_off]").dblclick()
    first(roll).locator(".roll__after").wait_for()

    assert (statuses(server), changes(server) - before) == (["signed_off"], 1)
