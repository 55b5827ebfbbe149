"""Before anything goes out the coordinator sees who hears of it: counted as calendars are told, to the last name."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from accounts.models import User
from mail.models import OutboxMail
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting, some_people
from tests.training.planning.test_calendars import settle_later
from tests.training.planning.test_planning_cms import address, enter, in_march, meeting_values
from tests.words import dutch
from training.domain.hearing import Hearing, foresee, hearing_of
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.domain.staff import assign_staff
from training.models import CalendarFeed, CalendarInvite, GroupPlace, Meeting

pytestmark = pytest.mark.django_db
EXPLAINED = (
    "%(number)s person gets a mail that explains it.",
    "%(number)s people get a mail that explains it.",
)
HOUR = datetime.timedelta(hours=1)


@standing
def planned(small_group, marieke, ilse, noor):
    """Two take part, Marieke and Noor lead the meeting, Ilse coordinates; everybody's calendar has it."""
    with translation.override("en"):
        for person in some_people(2):
            enrol_oneself(small_group, person)
        meeting = plan_meeting(small_group, ilse, noor)
        assign_staff(meeting, marieke, "trainer", by=ilse)
        settle_later()
    Meeting.objects.update(before_change=None)
    return Meeting.objects.select_related("group").get(pk=meeting.pk)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Meeting, GroupPlace, CalendarInvite)] + [
        OutboxMail.objects.count()
    ]


def moved(meeting, by, **values):
    hour_later = {"starts_at": meeting.starts_at + HOUR, "ends_at": meeting.ends_at + HOUR}
    return foresee(change_meeting, meeting, version=meeting.version, by=by, **(values or hour_later))


def names(hearing):
    return sorted(name for _words, people in hearing.lists for name in people)


# ── Counted as it is sent ──────────────────────────────────────────────────────
def test_moved_everybody_hears_of_it_and_looking_ahead_writes_nothing(planned, ilse):
    before = rows()
    _after, hearing = moved(planned, ilse)

    assert hearing.words == "2 participants + 2 trainers + 1 coordinator get a mail."
    assert names(hearing) == ["Deelnemer 1", "Deelnemer 2", "Ilse Verbruggen", "Marieke de Wit", "Noor"]
    assert rows() == before


def test_a_note_is_heard_of_by_nobody(planned, ilse):
    _after, hearing = moved(planned, ilse, note="Koffie bestellen", plan="Eerst kennismaken")

    assert (hearing.number, hearing.words) == (0, "Nobody gets a mail.")


def leave(planned, ilse):
    withdraw_place(GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1"), by=ilse)


def close(planned, ilse):
    person = GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 2").enrolment.person
    person.is_active = False
    person.save()


def by_address_alone(planned, ilse):
    CalendarFeed.objects.create(user=ilse, by_mail=False)


def somebody_new(planned, ilse):
    from tests.factories.people import make_person

    type(planned.group).objects.filter(pk=planned.group_id).update(capacity=9)
    enrol_oneself(planned.group, make_person("Laatkomer"))


def changed_before(planned, ilse):
    change_meeting(planned, version=planned.version, by=ilse, room="zaal 3")


@pytest.mark.parametrize("first", [leave, close, by_address_alone, somebody_new, changed_before])
@pytest.mark.parametrize("act", ["move", "note", "cancel"])
def test_who_is_named_is_who_gets_a_mail(planned, ilse, first, act):
    first(planned, ilse)
    planned = Meeting.objects.select_related("group").get(pk=planned.pk)
    values = {"note": "Koffie"} if act == "note" else {"room": "zaal 9"}
    done = (cancel_meeting, {"reason": "De zaal is dicht."}) if act == "cancel" else (change_meeting, values)
    options = {"by": ilse} | done[1] | ({} if act == "cancel" else {"version": planned.version})
    _after, hearing = foresee(done[0], planned, **options)
    done[0](planned, **options)

    assert names(hearing) == sorted(name for name, _kind, _number in settle_later())


def test_put_back_as_calendars_have_it_nobody_hears(planned, ilse):
    changed_before(planned, ilse)
    planned.refresh_from_db()

    assert moved(planned, ilse, room="")[1].number == 0


@pytest.mark.parametrize("days", [-2, 0])
def test_of_a_meeting_in_the_past_nobody_hears(planned, ilse, days):
    """Also of one that is moved into it."""
    now = timezone.now()
    to = {"starts_at": now - 9 * HOUR, "ends_at": now - 8 * HOUR, "reason": "Zo vroeg was het."}
    with time_machine.travel(planned.ends_at + HOUR if days else now, tick=False):
        values = {"room": "zaal 4", "reason": "Het was een andere zaal."} if days else to
        assert moved(planned, ilse, **values)[1].number == 0


def test_a_concept_is_heard_of_by_nobody(small_group, people, ilse, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    meeting = Meeting.objects.get(pk=a_meeting(small_group, confirmed=False).pk)

    assert moved(meeting, ilse)[1].number == 0


def test_it_costs_the_same_for_more_people(planned, ilse, people, django_assert_num_queries):
    type(planned.group).objects.filter(pk=planned.group_id).update(capacity=50)
    planned.title = "Anders"
    with django_assert_num_queries(10):
        hearing_of(planned)
    from tests.factories.people import make_person

    for number in range(12):
        enrol_oneself(planned.group, make_person(f"Meer {number}"))
    with django_assert_num_queries(10):
        assert hearing_of(planned).number == 17


# ── In the form of the CMS ─────────────────────────────────────────────────────
def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def all_five():
    """What the screen says when everybody around the meeting hears of it."""
    with translation.override("nl"):
        return hearing_words(2, 2, 1)


def hearing_words(*numbers):
    return Hearing(*([User(display_name="Iemand")] * number for number in numbers)).words


def test_the_form_asks_first_and_keeps_what_was_typed(client, ilse, planned, all_five):
    browser, where = enter(client, ilse), address("bijeenkomsten", "edit", planned)
    before = rows()
    page = browser.post(where, meeting_values(planned, room="zaal <4>"))
    words = text(page)

    assert page.status_code == 200
    assert all_five in words
    with translation.override("nl"):
        day = date_format(in_march(), "l j F Y")
    assert ['name="room" value="zaal &lt;4&gt;"' in words, f"{day}, 10.00" in words] == [True, True]
    assert ["Deelnemer 1, Deelnemer 2" in words, "Noor, Marieke de Wit" in words] == [True, True]
    assert rows() == before

    back = browser.post(where, meeting_values(planned, room="zaal 4", back="1"))
    assert ['value="zaal 4"' in text(back), rows() == before] == [True, True]

    browser.post(where, meeting_values(planned, room="zaal 4", confirm="1"))
    assert Meeting.objects.get(pk=planned.pk).room == "zaal 4"
    assert len(settle_later()) == 5


def test_a_note_is_saved_at_once(client, ilse, planned):
    from common.dates import on_the_wall

    same = {name: f"{on_the_wall(getattr(planned, name)):%d-%m-%Y %H:%M:%S}" for name in ("starts_at", "ends_at")}
    Meeting.objects.filter(pk=planned.pk).update(
        starts_at=planned.starts_at.replace(second=0), ends_at=planned.ends_at.replace(second=0)
    )
    CalendarInvite.objects.update(unsettled_until=timezone.now())
    settle_later()
    answer = enter(client, ilse).post(
        address("bijeenkomsten", "edit", planned), meeting_values(planned, note="Koffie", **same), follow=True
    )

    assert Meeting.objects.get(pk=planned.pk).note == "Koffie"
    assert dutch("Saved. Nobody gets a mail about it.") in text(answer)
    assert settle_later() == []


def test_a_clash_is_said_before_who_hears_of_it(client, ilse, planned, training, marieke, a_meeting):
    from tests.factories.groups import make_group

    other = a_meeting(make_group(training, "Eindhoven", coordinators=[ilse]), days=9)
    other.staff.all().delete()
    assign_staff(other, marieke, "trainer", by=ilse)
    at_once = {"starts_at": f"{in_march()}T09:30Z", "ends_at": f"{in_march()}T12:30Z"}
    Meeting.objects.filter(pk=other.pk).update(**at_once)
    other.staff.update(**at_once)
    page = enter(client, ilse).post(address("bijeenkomsten", "edit", planned), meeting_values(planned))

    assert ["Eindhoven" in text(page), 'name="confirm"' in text(page)] == [True, False]


@pytest.mark.parametrize("press", [{}, {"confirm": "1"}])
def test_who_saves_after_somebody_else_sees_both_and_may_save_then(client, ilse, planned, press):
    where, browser = address("bijeenkomsten", "edit", planned), enter(client, ilse)
    typed = meeting_values(planned, room="zaal 9", **press)
    change_meeting(planned, version=planned.version, by=ilse, room="zaal 4")
    page = browser.post(where, typed)
    table = text(page).split('aria-labelledby="two-values"')[1].split("</table>")[0]

    said = dutch("{name} changed this meanwhile. Look at both, then save again.").format(name="Ilse Verbruggen")
    assert (page.status_code, said in text(page)) == (409, True)
    assert ["zaal 4" in table, "zaal 9" in table, 'value="zaal 9"' in text(page)] == [True] * 3
    assert ["Titel" in table, "Pauze" in table] == [False, False]  # only what differs
    assert Meeting.objects.get(pk=planned.pk).room == "zaal 4"

    seen = page.context["form"]["seen"].value()
    browser.post(where, typed | {"seen": seen, "confirm": "1"})
    assert Meeting.objects.get(pk=planned.pk).room == "zaal 9"


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
def test_nobody_else_sees_who_hears_of_it(request, client, planned, who):
    person = request.getfixturevalue(who)
    page = enter(client, person).post(address("bijeenkomsten", "edit", planned), meeting_values(planned))
    client.force_login(person)
    off = client.post(reverse("training:cancel_meeting", args=[planned.uuid]), {"reason": "Gekaapt"})
    group = client.post(reverse("training:cancel_group", args=[planned.group.uuid]), {"reason": "Gekaapt"})

    assert ["Deelnemer 1" in text(answer) for answer in (page, off, group)] == [False] * 3
    assert (off.status_code, group.status_code) == (404, 404)


# ── Calling off ────────────────────────────────────────────────────────────────
@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def test_calling_a_meeting_off_asks_first(browser, planned, all_five):
    where, before = reverse("training:cancel_meeting", args=[planned.uuid]), rows()
    page = browser.post(where, {"reason": "De zaal  is dicht."})
    words = text(page)

    assert (page.status_code, rows() == before) == (200, True)
    assert [all_five in words, "De zaal is dicht." in words] == [
        True,
        True,
    ]
    browser.post(where, {"reason": "De zaal is dicht.", "was": page.context["was"], "confirm": "1"})
    assert Meeting.objects.get(pk=planned.pk).state == "cancelled"
    assert len(settle_later()) == 5


@pytest.mark.parametrize("reason", ["", " \x00 \n", None])
def test_without_a_reason_nothing_is_called_off(browser, planned, reason):
    values = {} if reason is None else {"reason": reason}
    answers = [
        browser.post(reverse(f"training:cancel_{name}", args=[number]), values).status_code
        for name, number in (("meeting", planned.uuid), ("group", planned.group.uuid))
    ]

    assert (answers, Meeting.objects.get(pk=planned.pk).state) == ([409, 409], "confirmed")


def test_calling_a_group_off_says_who_gets_which_mail(browser, planned, ilse, all_five):
    group = planned.group
    type(group).objects.filter(pk=group.pk).update(capacity=9)
    group.refresh_from_db()
    from tests.factories.people import make_person

    prepare_place(group, make_person("Genodigd"), by=ilse)
    invite_prepared(group, by=ilse)
    OutboxMail.objects.filter(kind="place-invitation").update(state="sent", next_at=None, sent_at=timezone.now())
    prepare_place(group, make_person("Klaar"), by=ilse)
    with translation.override("nl"):
        explained = ngettext(*EXPLAINED, 3).replace("%(number)s", "3")
    where, before = reverse("training:cancel_group", args=[group.uuid]), rows()
    page = browser.post(where, {"reason": "Te weinig mensen."})
    words = text(page)

    assert [explained in words, "Klaar" in words] == [True, False]
    assert "Deelnemer 1, Deelnemer 2, Genodigd" in words
    assert all_five in words
    assert rows() == before

    browser.post(where, {"reason": "Te weinig mensen.", "was": page.context["was"], "confirm": "1"})
    told = OutboxMail.objects.filter(kind="group-cancelled").values_list("person__display_name", flat=True)
    assert sorted(told) == ["Deelnemer 1", "Deelnemer 2", "Genodigd"]
    assert len(settle_later()) == 5


# ── Confirming ─────────────────────────────────────────────────────────────────
def test_a_concept_says_who_hears_once_it_is_confirmed(browser, small_group, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group, confirmed=False)
    page = browser.get(reverse("training:meeting", args=[meeting.uuid]))
    browser.post(reverse("training:confirm_meeting", args=[meeting.uuid]))

    with translation.override("nl"):
        assert hearing_words(1, 1, 1) in text(page)
    assert len(settle_later()) == 3
