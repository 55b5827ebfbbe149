"""The month on the desk: the holidays of each group's own region, and the narrowed month that stays narrowed."""

import datetime

import pytest
import time_machine

from tests.factories.groups import make_group
from tests.words import dutch
from training.models import Meeting

DESK = "/planning/"


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with time_machine.travel(datetime.datetime(2027, 2, 2, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def browser(browser_of, ilse):
    return browser_of(ilse)


@pytest.fixture
def in_region(training, ilse):
    """`in_region("zuid")` is a group of Ilse's in the south."""

    def made(region):
        group = make_group(training, f"Groep {region}", coordinators=[ilse])
        group.holiday_region = region
        group.save()
        return group

    return made


def days_off(page):
    """`{day: (its notes, whether it is off)}` of the days that have a note."""
    days = [day for _week, days in page.context["weeks"] for day in days if day.notes and not day.is_other]
    return {day.date.day: ([note.text for note in day.notes], day.is_off) for day in days}


def test_each_region_has_its_own_spring_holiday(browser, in_region):
    in_region("zuid"), in_region("noord")
    shown = days_off(browser.get(DESK, {"maand": "2027-02"}))

    assert shown[16] == (["voorjaarsvakantie Zuid"], False)
    assert shown[23] == (["voorjaarsvakantie Noord"], False)
    assert browser.get(DESK).context["regions"] == ["Noord", "Zuid"]


def test_a_day_is_off_when_it_is_in_every_region(browser, in_region):
    in_region("zuid"), in_region("noord")
    december = browser.get(DESK, {"maand": "2026-12"})

    assert days_off(december)[29] == (["kerstvakantie"], True)


def test_with_one_region_its_days_are_off(browser, in_region):
    in_region("zuid")

    assert days_off(browser.get(DESK, {"maand": "2027-02"}))[16] == (["voorjaarsvakantie Zuid"], True)


def test_without_a_region_public_holidays_are_there_and_a_link_to_choose_one(browser, in_region):
    group = in_region("")
    page = browser.get(DESK, {"maand": "2027-03"})

    assert days_off(page) == {
        26: (["Goede vrijdag"], True),
        28: (["Eerste paasdag"], True),
        29: (["Tweede paasdag"], True),
    }
    assert f'href="/cms/planning/groepen/edit/{group.pk}/"' in page.content.decode()


def test_a_group_that_ended_brings_no_region(browser, in_region):
    ended = in_region("zuid")
    type(ended).objects.filter(pk=ended.pk).update(state="finished")

    assert days_off(browser.get(DESK, {"maand": "2027-02"})) == {}


@pytest.mark.parametrize(("region", "said"), [("zuid", ["voorjaarsvakantie Zuid"]), ("noord", []), ("", [])])
def test_a_meeting_says_which_holiday_of_its_own_group_it_is_on(browser, in_region, a_meeting, region, said):
    a_meeting(in_region(region), days=14)
    in_region("midden")
    page = browser.get(DESK, {"als": "lijst"})

    assert [one.days_off for one in page.context["listed"]] == [said]


def test_the_month_stays_narrowed_on_the_way_to_another_one(browser, in_region, a_meeting, noor):
    group = in_region("zuid")
    Meeting.objects.filter(pk=a_meeting(group).pk).update(city="'s-Hertogenbosch & Oss")
    page = browser.get(DESK, {"trainer": str(noor.uuid), "plek": "'s-Hertogenbosch & Oss", "maand": "2027-05"})
    kept = f"&amp;trainer={noor.uuid}&amp;plek=%27s-Hertogenbosch%20%26%20Oss#month"
    words = page.content.decode()

    assert f'href="?maand=2027-04{kept}"' in words
    assert f'href="?maand=2027-06{kept}"' in words
    assert f'<option value="{noor.uuid}" selected>' in words  # in a month without a meeting of hers as well
    assert dutch("No meetings in this month with this person or in this place.") in words


def test_people_and_places_of_another_coordinator_are_not_to_choose(browser_of, roel, in_region, a_meeting):
    a_meeting(in_region("zuid"))
    page = browser_of(roel).get(DESK)

    assert (list(page.context["trainers"]), list(page.context["towns"])) == ([], [])
