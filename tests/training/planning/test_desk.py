"""The coordinator's desk: what is there, for whom, in what order, and what it costs."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.attendance import mark, sign_off
from training.domain.meetings import cancel_meeting
from training.domain.my_group import keep_wishes
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, prepare_place
from training.models import GroupPlace, ModuleProgress, PlaceInvitation, TrainingGroup

DESK = "/planning/"
pytestmark = [pytest.mark.django_db, pytest.mark.own_cast]


@pytest.fixture(autouse=True)
def on_a_tuesday():
    """Whatever day the tests run, the week has days behind it and days to come."""
    with time_machine.travel(datetime.datetime(2027, 2, 2, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


def desk(client, person, address=DESK):
    client.force_login(person)
    return client.get(address)


def since_long():
    """Everybody sat in their group before its meetings."""
    GroupPlace.objects.update(made_at=timezone.now() - datetime.timedelta(days=90))


def todos(client, person):
    return [todo.title for todo in desk(client, person).context["todos"]]


# ── For whom ───────────────────────────────────────────────────────────────────
def test_only_a_coordinator_has_a_desk(client, samira, noor, marieke, ilse, roel, stranger, petra):
    cast = {"samira": samira, "noor": noor, "marieke": marieke, "ilse": ilse, "roel": roel, "petra": petra}
    answers = {name: desk(client, person).status_code for name, person in cast.items()}

    assert answers == {"samira": 404, "noor": 404, "marieke": 404, "ilse": 200, "roel": 200, "petra": 404}
    assert desk(client, stranger).status_code == 404


def test_somebody_who_led_groups_and_has_the_role_no_longer_finds_nothing(client, ilse, small_group):
    ilse.groups.clear()

    assert desk(client, type(ilse).objects.get(pk=ilse.pk)).status_code == 404


def test_another_coordinators_groups_meetings_and_todos_are_not_on_it(
    client, ilse, roel, small_group, people, a_meeting
):
    a_meeting(small_group, days=1, title="Stilte leren")
    prepare_place(small_group, people(1)[0], by=ilse)
    mine, other = (desk(client, person).content.decode() for person in (ilse, roel))

    assert ["Tilburg najaar" in mine, "Stilte leren" in mine, "nog niet uitgenodigd" in mine] == [True] * 3
    assert ["Tilburg" in other, "Stilte leren" in other, "nog niet uitgenodigd" in other] == [False] * 3


def test_without_a_group_it_says_where_to_begin(client, group):
    page = desk(client, make_person("Nieuwe Collega", "coordinator"))

    assert page.context["groups"] == []
    assert page.content.count(b"/cms/planning/groepen/create/") == 2


# ── This week ──────────────────────────────────────────────────────────────────
def test_the_week_says_who_comes_who_can_not_and_what_to_take_into_account(
    client, ilse, small_group, people, a_meeting
):
    one, other = (enrol_oneself(small_group, person) for person in people(2))
    meeting = a_meeting(small_group, days=2)
    keep_wishes(one, "Graag zonder trap.")
    keep_wishes(other, "Geen noten.")
    sign_off(meeting, other, by=other.enrolment.person)

    week = desk(client, ilse).context["week"]

    assert [(row.seated, row.coming, row.away, row.wishes) for row in week] == [
        (2, 1, ["Deelnemer"], ["Graag zonder trap."])
    ]


def test_the_heading_counts_what_stands_and_who_is_still_asked(client, ilse, small_group, a_meeting):
    a_meeting(small_group, days=1)
    a_meeting(small_group, days=2, title="Doorvragen", staffed=False)
    gone = a_meeting(small_group, days=3, title="Weg")
    cancel_meeting(gone, by=ilse, reason="De zaal is dicht.")

    assert desk(client, ilse).context["heading"] == "Deze week: 2 bijeenkomsten, 1 wacht op een co-trainer"


# ── What waits ─────────────────────────────────────────────────────────────────
def test_what_waits_stands_in_the_order_in_which_it_has_to_be_done(client, ilse, small_group, people, a_meeting):
    first, second = people(2)
    enrol_oneself(small_group, first)
    prepare_place(small_group, second, by=ilse)
    a_meeting(small_group, days=-2, title="Luisteren")
    a_meeting(small_group, days=3, title="Doorvragen", staffed=False)

    since_long()

    assert todos(client, ilse) == [
        "Tilburg najaar: Doorvragen heeft nog geen co-trainer",
        "Tilburg najaar: wie was er bij Luisteren?",
        "1 persoon is nog niet uitgenodigd",
    ]


def test_a_meeting_that_is_filled_in_or_where_nobody_takes_part_waits_for_nobody(
    client, ilse, small_group, people, a_meeting
):
    meeting = a_meeting(small_group, days=-2)
    nobody = todos(client, ilse)
    place = enrol_oneself(small_group, people(1)[0])
    came_later = todos(client, ilse)
    since_long()
    other = enrol_oneself(small_group, make_person("Tweede"))
    since_long()
    mark(meeting, other, "signed_off", by=ilse)  # by that alone it is not filled in
    waits = todos(client, ilse)
    mark(meeting, place, "present", by=ilse)

    assert (nobody, came_later, len(waits), todos(client, ilse)) == ([], [], 1, [])


def test_a_new_group_leads_to_planning_its_meetings_and_ended_ones_are_found_again(
    client, ilse, small_group, a_meeting
):
    to_begin = desk(client, ilse).context["todos"]
    a_meeting(small_group, days=40)
    begun, page = todos(client, ilse), desk(client, ilse)
    TrainingGroup.objects.filter(pk=small_group.pk).update(state="finished")
    ended = desk(client, ilse)

    assert [one.address for one in to_begin] == [f"/planning/groepen/{small_group.uuid}/bijeenkomsten/"]
    assert (begun, page.context["led_before"], ended.context["led_before"]) == ([], False, True)
    assert 'href="/cms/planning/groepen/"' in ended.content.decode()


def test_unanswered_invitations_and_a_mail_that_came_back_are_hers(client, ilse, small_group, people, a_meeting):
    a_meeting(small_group, days=60)
    prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)
    mail = OutboxMail.objects.get(kind="place-invitation")
    OutboxMail.objects.filter(pk=mail.pk).update(state="sent", next_at=None, sent_at=timezone.now())
    too_soon = todos(client, ilse)
    PlaceInvitation.objects.update(made_at=timezone.now() - datetime.timedelta(days=2))
    unanswered = todos(client, ilse)
    OutboxMail.objects.filter(pk=mail.pk).update(state="refused", reason="550 no such user", next_at=None, sent_at=None)

    assert too_soon == []
    assert unanswered == ["1 persoon antwoordde nog niet"]
    assert "Een mail aan Deelnemer 1 kwam niet aan" in todos(client, ilse)


def test_who_did_no_step_for_a_while_is_named_while_the_group_still_meets(
    client, ilse, small_group, samira, module, a_meeting
):
    place = GroupPlace.objects.get(enrolment__person=samira)
    ModuleProgress.objects.create(
        enrolment=place.enrolment,
        module_key=module.key,
        steps_total=5,
        started_at=timezone.now() - datetime.timedelta(days=31),
        touched_at=timezone.now() - datetime.timedelta(days=30),
    )
    before = todos(client, ilse)
    a_meeting(small_group, days=30)

    assert before == [dutch("{group} has no meetings yet").format(group="Tilburg najaar")]
    assert todos(client, ilse) == ["Je zag Samira een tijd niet"]


# ── The month ──────────────────────────────────────────────────────────────────
def entries(page):
    return [
        (day.date.day, meeting.title)
        for _week, days in page.context["weeks"]
        for day in days
        for meeting in day.meetings
    ]


def test_the_month_has_its_weeks_holidays_and_meetings(client, ilse, small_group, a_meeting):
    small_group.holiday_region = "zuid"
    small_group.save()
    a_meeting(small_group, days=2)
    page = desk(client, ilse, f"{DESK}?maand=2027-02")

    assert [week for week, _days in page.context["weeks"]] == [5, 6, 7, 8]
    assert entries(page) == [(4, "Luisteren")]
    assert "voorjaarsvakantie" in page.content.decode().casefold()
    assert entries(desk(client, ilse, f"{DESK}?maand=2027-03")) == []


@pytest.mark.parametrize("month", ["2027-13", "x", "2027-1", "٢٠٢٧-٠١", "2027-01\x00", "9" * 5000, "1999-01"])
def test_a_month_that_is_none_is_this_month(client, ilse, small_group, month):
    client.force_login(ilse)
    page = client.get(DESK, {"maand": month, "trainer": month, "plek": month, "als": month})

    assert (page.status_code, page.context["first"]) == (200, datetime.date(2027, 2, 1))


def test_the_month_narrows_to_a_trainer_and_a_town_and_can_be_read_as_a_list(
    client, ilse, small_group, a_meeting, noor
):
    a_meeting(small_group, days=2)
    elsewhere = a_meeting(small_group, days=3, title="Doorvragen", staffed=False)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(city="Oss")

    def shown(**asked):
        page = client.get(DESK, {"als": "lijst", **asked})
        return [one.title for one in page.context["listed"]]

    client.force_login(ilse)
    assert shown() == ["Luisteren", "Doorvragen"]
    assert shown(trainer=noor.uuid) == ["Luisteren"]
    assert shown(plek="Oss") == ["Doorvragen"]
    assert shown(plek="Oss", trainer=noor.uuid) == []


def test_a_meeting_over_midnight_stands_on_both_days(client, ilse, small_group, a_meeting):
    meeting = a_meeting(small_group, days=2)
    late = datetime.datetime(2027, 2, 4, 22, 0, tzinfo=datetime.UTC)
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=late, ends_at=late + datetime.timedelta(hours=3))

    assert entries(desk(client, ilse)) == [(4, "Luisteren"), (5, "Luisteren")]


# ── What it costs ──────────────────────────────────────────────────────────────
def test_it_costs_the_same_with_more_groups_meetings_and_people(
    client, ilse, roel, training, small_group, people, a_meeting
):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert desk(client, ilse).status_code == 200
        return len(captured)

    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group, days=2)
    a_meeting(small_group, days=-2, title="Doorvragen")
    a_meeting(small_group, days=9, title="Nog zonder", staffed=False)
    cost()
    small = cost()
    for number in range(4):
        for leader in (ilse, roel):
            more = make_group(training, f"Groep {number} {leader}", coordinators=[leader])
            a_meeting(more, days=20 + number * 7, title=f"Meer {number}", staffed=False)
            for place in range(3):
                prepare_place(more, make_person(f"Iemand {number}{place}{leader.pk}"), by=leader)

    assert (cost(), small <= 38) == (small, True)
