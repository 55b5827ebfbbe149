"""One group on the desk, as its coordinator works with it; for every other coordinator nothing of it is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.training.planning.pressing import call_off
from tests.words import dutch
from training.domain.attendance import mark_all_present
from training.domain.places import enrol_oneself, prepare_place
from training.models import GroupPlace, Meeting, PlaceEvent, TrainingGroup

pytestmark = pytest.mark.django_db


def address(name, *numbers):
    return reverse(f"training:{name}", args=numbers)


def states(group):
    return sorted(group.places.values_list("enrolment__person__display_name", "state"))


@pytest.fixture
def ready(small_group, ilse, people):
    """Ilse's group with two people who stand ready."""
    for person in people(2):
        prepare_place(small_group, person, by=ilse)
    return small_group


# ── Whose it is ────────────────────────────────────────────────────────────────
GROUP_ACTS = {
    "planned_group": None,
    "plan_series": {"title": "Gekaapt"},
    "invite_group": {},
    "put_group_state": {"state": "closed"},
    "cancel_group": {"reason": "Gekaapt"},
    "copy_group": {"name": "Gekaapt"},
    "hand_group_over": {},
}
MEETING_ACTS = {"meeting": None, "confirm_meeting": {}, "cancel_meeting": {"reason": "Gekaapt"}, "add_staff": {},
                "attendance": None, "mark_all": {}, "sign_in_sheet": None}  # fmt: skip
PLACE_ACTS = {"change_place": {"act": "withdraw"}, "move_place": {}}


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (TrainingGroup, Meeting, GroupPlace, PlaceEvent)
    ] + [OutboxMail.objects.count()]


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
def test_nobody_else_opens_or_changes_anything_of_it(request, client, ready, ilse, a_meeting, who):
    meeting, place = a_meeting(ready), ready.places.first()
    person = request.getfixturevalue(who)
    before = everything()
    client.force_login(person)
    answers = {}
    for acts, number in ((GROUP_ACTS, ready.uuid), (MEETING_ACTS, meeting.uuid), (PLACE_ACTS, place.uuid)):
        for name, values in acts.items():
            ask = client.get if values is None else client.post
            answers[name] = ask(address(name, number), values or {}).status_code
    of_the_team = {"attendance", "mark_all", "sign_in_sheet"} if who in ("noor", "marieke") else set()

    assert {name for name, status in answers.items() if status != 404} == of_the_team
    assert everything() == before


# ── Step 5: inviting, once ─────────────────────────────────────────────────────
def test_two_presses_invite_everybody_once(client, ready, ilse):
    client.force_login(ilse)
    page = client.get(address("planned_group", ready.uuid)).content.decode()
    first = client.post(address("invite_group", ready.uuid), follow=True).content.decode()
    again = client.post(address("invite_group", ready.uuid), follow=True).content.decode()

    assert "Nodig 2 mensen uit" in page
    assert OutboxMail.objects.filter(kind="place-invitation").count() == 2
    assert states(ready) == [("Deelnemer 1", "invited"), ("Deelnemer 2", "invited")]
    assert ["2 mensen zijn uitgenodigd" in words for words in (first, again)] == [True, False]
    assert "Iedereen was al uitgenodigd." in again


def test_what_has_not_left_is_taken_back(client, ready, ilse):
    client.force_login(ilse)
    client.post(address("invite_group", ready.uuid))
    client.post(address("invite_group", ready.uuid), {"back": "1"})

    assert states(ready) == [("Deelnemer 1", "prepared"), ("Deelnemer 2", "prepared")]
    assert OutboxMail.objects.filter(kind="place-invitation", next_at__isnull=False).count() == 0


# ── Places ─────────────────────────────────────────────────────────────────────
def test_a_seat_that_is_given_back_goes_to_who_waits(client, ready, ilse):
    waiting = enrol_oneself(ready, make_person("Wil Graag"))
    client.force_login(ilse)
    client.post(address("change_place", ready.places.first().uuid), {"act": "decline"})

    waiting.refresh_from_db()
    ready.refresh_from_db()
    assert (waiting.state, waiting.queue_no, ready.seats_taken) == ("enrolled", None, 2)


def test_no_seat_no_promotion_and_the_page_says_so(client, ready, ilse):
    waiting = enrol_oneself(ready, make_person("Wil Graag"))
    client.force_login(ilse)
    answer = client.post(address("change_place", waiting.uuid), {"act": "promote"})

    assert (answer.status_code, "Er is geen plaats vrij." in answer.content.decode()) == (409, True)
    assert states(ready)[-1] == ("Wil Graag", "waiting")


@pytest.mark.parametrize("act", ["", "delete", "x" * 50_000, "\x00", "<script>"])
def test_an_act_that_is_none_changes_nothing(client, ready, ilse, act):
    client.force_login(ilse)
    before = everything()

    assert client.post(address("change_place", ready.places.first().uuid), {"act": act}).status_code == 422
    assert everything() == before


def test_moving_takes_the_place_along_and_a_full_group_changes_nothing(client, ready, ilse, training):
    other, full = (make_group(training, name, coordinators=[ilse]) for name in ("Tilburg voorjaar", "Vol"))
    TrainingGroup.objects.filter(pk=full.pk).update(capacity=1, seats_taken=1)
    first, second = ready.places.order_by("pk")
    client.force_login(ilse)
    moved = client.post(address("move_place", first.uuid), {"to": other.pk})
    refused = client.post(address("move_place", second.uuid), {"to": full.pk})

    assert (moved.status_code, refused.status_code) == (302, 422)
    assert "Er is niets veranderd." in refused.content.decode()
    assert states(ready) == [("Deelnemer 1", "moved"), ("Deelnemer 2", "prepared")]
    assert states(other) == [("Deelnemer 1", "prepared")]


def test_nobody_is_moved_to_a_group_of_somebody_else(client, ready, ilse, roel, other_group):
    client.force_login(ilse)
    answer = client.post(address("move_place", ready.places.first().uuid), {"to": other_group.pk})

    assert (answer.status_code, other_group.places.count()) == (422, 0)
    assert "Breda" not in answer.content.decode()


# ── The group itself ───────────────────────────────────────────────────────────
def test_a_copy_has_the_team_and_the_rules_and_nobody_in_it(client, ready, ilse, noor, a_meeting):
    a_meeting(ready)
    client.force_login(ilse)
    client.post(address("copy_group", ready.uuid), {"name": "Tilburg voorjaar"})
    made = TrainingGroup.objects.get(name="Tilburg voorjaar")

    assert (made.state, made.capacity, made.seats_taken, made.enrol_from) == ("concept", 2, 0, None)
    assert (list(made.coordinators.all()), list(made.co_trainers.all())) == ([ilse], [noor])
    assert (made.places.count(), made.meetings.count()) == (0, 0)


def test_pressing_twice_makes_one_copy_and_another_name_another(client, ready, ilse):
    client.force_login(ilse)
    answers = [client.post(address("copy_group", ready.uuid), {"name": "Nog een"}) for _time in range(2)]
    other = client.post(address("copy_group", ready.uuid), {"name": "Weer een"})

    assert answers[0].url == answers[1].url != other.url
    assert TrainingGroup.objects.filter(name__in=("Nog een", "Weer een")).count() == 2


def test_what_happened_to_a_place_is_said_with_the_name(client, ready, ilse):
    client.force_login(ilse)
    place = ready.places.first()
    name = place.enrolment.person.display_name
    client.post(address("invite_group", ready.uuid), follow=True)
    said = []
    for act in ("invite", "decline"):
        page = client.post(address("change_place", place.uuid), {"act": act}, follow=True)
        said.append([str(message) for message in page.context["messages"]])
    state = client.post(address("put_group_state", ready.uuid), {"state": "closed"}, follow=True)

    assert said == [
        [
            dutch("{name} is invited again. The mail leaves in five minutes; the old link works no longer.").format(
                name=name
            )
        ],
        [dutch("{name} is taken out.").format(name=name)],
    ]
    assert [str(message) for message in state.context["messages"]] == [dutch("The group is closed.")]


def test_a_second_coordinator_leads_it_as_well(client, ready, ilse, roel):
    client.force_login(ilse)
    client.post(address("hand_group_over", ready.uuid), {"to": roel.pk})
    client.force_login(roel)

    assert set(ready.coordinators.all()) == {ilse, roel}
    assert client.get(address("planned_group", ready.uuid)).status_code == 200


def test_only_a_coordinator_can_lead_it(client, ready, ilse, marieke):
    client.force_login(ilse)

    assert client.post(address("hand_group_over", ready.uuid), {"to": marieke.pk}).status_code == 422
    assert list(ready.coordinators.all()) == [ilse]


def test_a_group_that_ended_is_not_opened_again(client, ready, ilse):
    client.force_login(ilse)
    TrainingGroup.objects.filter(pk=ready.pk).update(state="finished")
    answer = client.post(address("put_group_state", ready.uuid), {"state": "open"})

    assert (answer.status_code, answer.context["refusal"]) == (
        409,
        "Dat kan niet met een groep die Afgerond is.",
    )


@pytest.mark.parametrize("state", ["", "finished", "x", "\x00", "concept"])
def test_a_state_that_nobody_may_choose_changes_nothing(client, ready, ilse, state):
    client.force_login(ilse)
    answer = client.post(address("put_group_state", ready.uuid), {"state": state})
    ready.refresh_from_db()

    assert (answer.status_code in (409, 422), ready.state) == (True, "open")


def test_calling_it_off_asks_why_and_tells_who_sits_in_it(client, small_group, ilse, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group)
    client.force_login(ilse)
    without = client.post(address("cancel_group", small_group.uuid), {"reason": "  "})
    call_off(client, address("cancel_group", small_group.uuid), "Te weinig mensen.")
    small_group.refresh_from_db()
    meeting.refresh_from_db()

    assert without.status_code == 409
    assert (small_group.state, small_group.seats_taken, meeting.state) == ("cancelled", 0, "cancelled")
    assert states(small_group) == [("Deelnemer 1", "cancelled")]
    assert OutboxMail.objects.filter(kind__contains="cancelled", person__display_name="Deelnemer 1").count() == 1


# ── What it costs ──────────────────────────────────────────────────────────────
def test_it_costs_the_same_for_25_people_as_for_5(client, group, ilse, noor, training, a_meeting):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address("planned_group", group.uuid))
        assert page.status_code == 200
        return len(captured), len(page.context["rows"])

    def fill(place_in, first, last):
        TrainingGroup.objects.filter(pk=place_in.pk).update(capacity=50, state="open", enrol_from="2026-01-01")
        for number in range(first, last):
            enrol_oneself(place_in, make_person(f"Mens {place_in.pk} {number}"))

    fill(group, 0, 5)
    mark_all_present(a_meeting(group, days=-2), by=ilse)
    a_meeting(group, title="Doorvragen")
    client.force_login(ilse)
    cost()
    small = cost()
    fill(group, 5, 25)
    other = make_group(training, "Elders", coordinators=[ilse])
    fill(other, 0, 5)
    a_meeting(other, days=30)

    assert (cost(), small[1]) == ((small[0], 25), 5)
    assert small[0] <= 14, [query["sql"][:150] for query in connection.queries_log]
