"""Who was there: one press for everybody, then the exceptions, each saved by itself and each change kept."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.refusals import Refused
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import some_people
from tests.words import dutch
from training.domain.attendance import clear_mark, mark, mark_all_present, minutes_present
from training.domain.places import enrol_oneself, move_place, withdraw_place
from training.models import Attendance, AttendanceChange, TrainingGroup

pytestmark = pytest.mark.django_db


@standing
def three(small_group):
    """Three people who take part in Ilse's group."""
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=3)
    return [enrol_oneself(small_group, person) for person in some_people(3)]


@pytest.fixture
def held(three, small_group, a_meeting):
    """A meeting of yesterday, of three hours with a quarter of an hour break."""
    return a_meeting(small_group, days=-1)


@pytest.fixture
def coming(three, small_group, a_meeting):
    return a_meeting(small_group, days=3)


def address(name, *numbers):
    return reverse(f"training:{name}", args=numbers)


def marks(meeting):
    rows = meeting.attendance.select_related("place__enrolment__person")
    return {row.place.enrolment.person.display_name: (row.status, row.minutes) for row in rows}


# ── Step 12, on her phone ──────────────────────────────────────────────────────
def test_all_present_then_one_signed_off_and_one_partly(client, ilse, held, three):
    client.force_login(ilse)
    client.post(address("mark_all", held.uuid))
    client.post(address("mark_one", held.uuid, three[0].uuid), {"status": "signed_off"})
    client.post(address("mark_one", held.uuid, three[1].uuid), {"status": "partly", "minutes": "90"})
    page = client.get(address("attendance", held.uuid)).content.decode()

    assert marks(held) == {
        "Deelnemer 1": ("signed_off", None),
        "Deelnemer 2": ("partly", 90),
        "Deelnemer 3": ("present", None),
    }
    assert (page.count('<span class="roll__mark">opgeslagen'), page.count("nog niet ingevuld")) == (3, 0)
    assert "90 minuten" in page
    assert "Stuur Deelnemer een kaartje" in page


def test_enter_behind_the_minutes_says_partly_and_not_present(client, ilse, held, three):
    client.force_login(ilse)
    page = client.get(address("attendance", held.uuid)).content.decode()
    forms = re.findall(r'<form class="roll__form".*?</form>', page, re.DOTALL)
    first = [re.search(r"<button[^>]*>", form)[0] for form in forms]

    assert len(first) == 3
    assert {re.search(r'value="(.*?)"', button)[1] for button in first} == {"partly"}
    assert all('tabindex="-1"' in button and 'aria-hidden="true"' in button for button in first)


def test_the_end_of_the_list_says_how_many_of_each_and_leads_back(client, ilse, noor, held, three):
    mark(held, three[0], "signed_off", by=ilse)
    mark(held, three[1], "partly", by=ilse, minutes=90)
    group, pages = TrainingGroup.objects.get(), {}
    for person in (ilse, noor):
        client.force_login(person)
        pages[person] = client.get(address("attendance", held.uuid))

    assert [page.status_code for page in pages.values()] == [200, 200]
    said = f"1 {dutch('partly')}, 1 {dutch('signed off')}, 1 {dutch('not filled in yet')}"
    ways = [f'href="{address(*way)}"' for way in (("planned_group", group.uuid), ("meeting", held.uuid))]
    assert [page.context["summary"] for page in pages.values()] == [said, said]
    assert [way in pages[ilse].content.decode() for way in ways] == [True, True]
    assert [way in pages[noor].content.decode() for way in ways] == [False, False]


def test_each_tap_answers_with_a_way_back_to_that_person(client, ilse, held, three):
    client.force_login(ilse)
    answer = client.post(address("mark_one", held.uuid, three[0].uuid), {"status": "absent"})

    assert (answer.status_code, answer.url) == (302, f"{address('attendance', held.uuid)}#{three[0].uuid}")


def test_all_present_leaves_what_was_filled_in(client, ilse, held, three):
    mark(held, three[0], "absent", by=ilse)
    client.force_login(ilse)
    client.post(address("mark_all", held.uuid))
    client.post(address("mark_all", held.uuid))

    assert marks(held)["Deelnemer 1"] == ("absent", None)
    assert AttendanceChange.objects.count() == 3


@pytest.mark.parametrize("minutes", ["", "0", "-5", "166", "9" * 30, "anderhalf", "9\x00", "²", "٣"])
def test_minutes_that_can_not_be_are_said_there_and_nothing_is_saved(client, ilse, held, three, minutes):
    client.force_login(ilse)
    answer = client.post(address("mark_one", held.uuid, three[0].uuid), {"status": "partly", "minutes": minutes})
    words = answer.content.decode()

    if minutes == "٣":  # a number all the same
        assert marks(held) == {"Deelnemer 1": ("partly", 3)}
    else:
        assert (answer.status_code, marks(held)) == (409, {})
        assert "niet opgeslagen" in words
        assert "1 tot 165" in words


@pytest.mark.parametrize("status", ["late", "x" * 50_000, "\x00", "PRESENT"])
def test_a_status_that_is_none_saves_nothing(client, ilse, held, three, status):
    client.force_login(ilse)
    answer = client.post(address("mark_one", held.uuid, three[0].uuid), {"status": status})

    assert (answer.status_code, marks(held)) == (422, {})
    assert "niet opgeslagen" in answer.content.decode()


# ── Before it begins ───────────────────────────────────────────────────────────
def test_before_it_begins_one_can_only_be_signed_off(client, ilse, coming, three):
    client.force_login(ilse)
    page = client.get(address("attendance", coming.uuid)).content.decode()
    answers = {
        status: client.post(address("mark_one", coming.uuid, three[0].uuid), {"status": status, "minutes": "9"})
        for status in ("present", "absent", "partly", "signed_off")
    }
    everybody = client.post(address("mark_all", coming.uuid))

    assert {status: answer.status_code for status, answer in answers.items()} == {
        "present": 409,
        "absent": 409,
        "partly": 409,
        "signed_off": 302,
    }
    assert everybody.status_code == 409
    assert marks(coming) == {"Deelnemer 1": ("signed_off", None)}
    assert ["/aanwezig/allen/" in page, 'value="present"' in page, 'value="signed_off"' in page] == [False, False, True]


# ── Corrections ────────────────────────────────────────────────────────────────
def test_every_change_is_kept_and_the_same_again_is_none(ilse, held, three):
    mark(held, three[0], "present", by=ilse)
    mark(held, three[0], "present", by=ilse)
    mark(held, three[0], "partly", minutes=60, by=ilse)
    clear_mark(held, three[0], by=ilse)
    clear_mark(held, three[0], by=ilse)

    assert list(AttendanceChange.objects.order_by("pk").values_list("from_status", "to_status", "minutes")) == [
        ("", "present", None),
        ("present", "partly", 60),
        ("partly", "", None),
    ]
    assert {change.by_key for change in AttendanceChange.objects.all()} == {ilse.uuid}
    assert marks(held) == {}


def test_how_many_minutes_count(ilse, held, three):
    rows = [
        mark(held, three[0], "present", by=ilse),
        mark(held, three[1], "partly", minutes=90, by=ilse),
        mark(held, three[2], "absent", by=ilse),
    ]

    assert [minutes_present(row, held) for row in (*rows, None)] == [165, 90, 0, 0]


# ── Who, and of whom ───────────────────────────────────────────────────────────
def test_the_team_of_the_group_fills_it_in_and_nobody_else(
    client, ilse, roel, marieke, noor, samira, petra, stranger, held, three
):
    cast = {"ilse": ilse, "roel": roel, "marieke": marieke, "noor": noor, "samira": samira, "petra": petra}
    found = {}
    for name, person in {**cast, "stranger": stranger, "themselves": three[0].enrolment.person}.items():
        Attendance.objects.all().delete()
        client.force_login(person)
        client.post(address("mark_one", held.uuid, three[0].uuid), {"status": "absent"})
        client.post(address("mark_all", held.uuid))
        pages = [client.get(address(page, held.uuid)).status_code for page in ("attendance", "sign_in_sheet")]
        found[name] = (pages, Attendance.objects.count())

    filled, shut = ([200, 200], 4), ([404, 404], 0)  # Samira sits in it as well
    assert found == {
        "ilse": filled, "marieke": filled, "noor": filled,
        "roel": shut, "samira": shut, "petra": shut, "stranger": shut, "themselves": shut,
    }  # fmt: skip


def test_a_co_trainer_who_lost_the_role_does_no_longer(client, noor, held):
    noor.groups.clear()
    client.force_login(type(noor).objects.get(pk=noor.pk))

    assert client.get(address("attendance", held.uuid)).status_code == 404


def test_nobody_of_another_group_is_marked(client, ilse, other_group, held):
    elsewhere = other_group.places.create(enrolment=enrol_somebody(other_group))
    client.force_login(ilse)

    assert client.post(address("mark_one", held.uuid, elsewhere.uuid), {"status": "present"}).status_code == 404
    with pytest.raises(Refused):
        mark(held, elsewhere, "present", by=ilse)


def enrol_somebody(group):
    from tests.factories.enrolments import enrol

    return enrol(make_person("Van Elders"), group.training)


def test_who_left_is_not_on_the_list_and_what_was_filled_in_stays(client, ilse, held, three):
    mark_all_present(held, by=ilse)
    withdraw_place(three[0], by=ilse)
    client.force_login(ilse)
    page = client.get(address("attendance", held.uuid)).content.decode()

    assert ["Deelnemer 1" in page, "Deelnemer 2" in page] == [False, True]
    assert Attendance.objects.filter(place=three[0]).count() == 1


def test_who_moves_takes_no_attendance_along_and_loses_none(ilse, held, three, training):
    from tests.factories.groups import make_group

    mark_all_present(held, by=ilse)
    there = move_place(three[0], make_group(training, "Elders", coordinators=[ilse]), by=ilse)

    assert (three[0].attendance.count(), there.attendance.count()) == (1, 0)


# ── On paper ───────────────────────────────────────────────────────────────────
def test_the_sheet_names_everybody_and_no_address(client, ilse, held, three):
    client.force_login(ilse)
    page = client.get(address("sign_in_sheet", held.uuid)).content.decode()

    assert [f"Deelnemer {number}" in page for number in (1, 2, 3)] == [True] * 3
    assert "@example.test" not in page


# ── What it costs ──────────────────────────────────────────────────────────────
def test_it_costs_the_same_for_23_people_as_for_3(client, ilse, small_group, held, three):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address("attendance", held.uuid))
        return len(captured), len(page.context["places"])

    client.force_login(ilse)
    mark_all_present(held, by=ilse)
    cost()
    small = cost()
    TrainingGroup.objects.filter(pk=small_group.pk).update(capacity=30)
    for number in range(20):
        enrol_oneself(small_group, make_person(f"Mens {number}"))
    mark_all_present(held, by=ilse)

    assert (cost(), small[1]) == ((small[0], 23), 3)
    assert small[0] <= 14


def test_the_time_of_saving_is_dutch_time(client, ilse, held, three):
    row = mark(held, three[0], "present", by=ilse)
    at = datetime.datetime(2027, 7, 1, 10, 5, tzinfo=datetime.UTC)
    Attendance.objects.filter(pk=row.pk).update(marked_at=at)
    client.force_login(ilse)

    assert "12.05" in client.get(address("attendance", held.uuid)).content.decode()
