"""Every list of people in planning stands by last name, on the screen as in its file, and costs no query for it."""

import re

import pytest
from django.urls import reverse

from tests.factories.people import make_person
from training.domain.group_people import meetings_of, places_in, rows_of, team_of
from training.domain.hearing import hearing_of
from training.domain.my_group import people_together
from training.domain.my_meetings import who_comes
from training.domain.register_delivery import open_numbers
from training.domain.register_lists import register_list, table_of
from training.domain.register_numbers import keep_number
from training.domain.reminders import reminders_of
from training.domain.standings import standings_of
from training.forms.planning import HandOverForm, StaffForm
from training.planning_choices import Register

BY_NAME = ["Zeno Aalbers", "Wouter van der Heijden", "Anna de Jong", "Yara"]
MIXED = ["Yara", "Wouter van der Heijden", "Zeno Aalbers", "Anna de Jong"]
PLEIN = Register.REGISTERPLEIN


@pytest.fixture
def places(take_part):
    """Four who were there, in an order that is none."""
    return {name: take_part(name, 165, 165) for name in MIXED}


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def order(text):
    """The names in a page, each at its first place after the heading."""
    body = text.split("</h1>")[-1]
    return sorted(BY_NAME, key=lambda name: re.search(rf">\s*{name}\b", body).start())


@pytest.mark.parametrize("name", ["attendance", "sign_in_sheet"])
def test_who_is_there_and_the_sheet_to_sign(browser, places, over, name):
    page = browser.get(reverse(f"training:{name}", args=[over[0].uuid]))

    assert order(page.content.decode()) == BY_NAME


def test_the_group_its_end_and_what_people_get(places, small_group, over, a_meeting):
    coming = a_meeting(small_group, days=9)
    found = {
        "overview": [row.name for row in rows_of(places_in(small_group), [], meetings_of(small_group))],
        "finishing": [one.name for one in standings_of(small_group)],
        "comes": who_comes(coming)[0],
        "reminders": [one.name for one in reminders_of(coming)],
        "hears": [person.display_name for person in hearing_of(coming).participants],
    }

    assert found == dict.fromkeys(found, BY_NAME)
    assert people_together(places["Yara"]) == BY_NAME[:-1]


def test_a_register_has_them_by_the_name_of_the_certificate(places, small_group, ilse):
    for number, place in enumerate(places.values()):
        keep_number(place.enrolment.person, PLEIN, f"461000{number}", may_pass_on=True)
    enrolment = places["Yara"].enrolment
    enrolment.name_on_certificate = "Yara Bakker-de Vries"
    enrolment.save()
    open_numbers(small_group, PLEIN, by=ilse)
    named = ["Zeno Aalbers", "Yara Bakker-de Vries", "Wouter van der Heijden", "Anna de Jong"]

    found = register_list(small_group, PLEIN)
    assert [row.name for row in found.rows] == named
    assert [line[0] for line in table_of(found)[1]] == named


def test_the_team_and_people_to_choose_from(small_group, a_meeting, ilse, roel):
    for name in MIXED[1:]:
        small_group.trainers.add(make_person(name, "trainer"))
        make_person(f"{name} junior", "coordinator")
    meeting = a_meeting(small_group)
    chosen = [str(label) for _value, label in StaffForm(meeting).fields["user"].choices][1:]
    coordinators = [str(label) for _value, label in HandOverForm(small_group).fields["to"].choices][1:]

    assert [one.display_name for one in team_of(small_group).trainers if one.display_name in BY_NAME] == BY_NAME[:-1]
    assert [name for name in chosen if name in BY_NAME[:-1]] == BY_NAME[:-1]
    assert coordinators.index("Roel Aarts") < coordinators.index("Wouter van der Heijden junior")


def test_choosing_costs_one_query_for_more_people(small_group, django_assert_num_queries):
    for name in MIXED:
        make_person(name, "coordinator")
    form = HandOverForm(small_group)

    with django_assert_num_queries(1):
        str(form["to"])
