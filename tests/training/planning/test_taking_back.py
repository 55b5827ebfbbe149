"""For five minutes after an act nothing has left, and it can be taken back: the desk says so and has a button."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from common.refusals import Refused
from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting, some_people
from tests.training.planning.test_calendars import settle_later
from tests.words import dutch
from training.domain import calendars
from training.domain.meetings import cancel_meeting, change_meeting, take_meeting_back
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.domain.staff import Clash, assign_staff
from training.domain.unsent import take_mail_back, unsent_of
from training.domain.versions import ChangedMeanwhile
from training.models import GroupPlace, Meeting

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@standing
def planned(small_group, ilse, noor):
    """One takes part; everybody's calendar has the meeting."""
    with translation.override("en"):
        enrol_oneself(small_group, *some_people(1))
        meeting = plan_meeting(small_group, ilse, noor)
        settle_later()
    OutboxMail.objects.filter(state="waiting").update(state="sent", next_at=None, sent_at=timezone.now())
    return Meeting.objects.select_related("group").get(pk=meeting.pk)


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def fresh(meeting):
    return Meeting.objects.select_related("group").get(pk=meeting.pk)


def words(group):
    return [one.words for one in unsent_of([group])]


def as_planned(meeting):
    return [getattr(meeting, name) for name in ("starts_at", "ends_at", "room", "state", "cancel_reason", "title")]


def move(meeting, by, **values):
    times = {"starts_at": meeting.starts_at + DAY, "ends_at": meeting.ends_at + DAY}
    return change_meeting(meeting, version=meeting.version, by=by, **(values or times))


# ── A meeting ──────────────────────────────────────────────────────────────────
def test_a_change_is_taken_back_and_nobody_hears(browser, planned, ilse, small_group):
    before = as_planned(planned)
    changed = move(planned, ilse)
    desk = browser.get("/planning/").content.decode()
    page = browser.get(reverse("training:meeting", args=[planned.uuid])).content.decode()
    where = reverse("training:take_meeting_back", args=[planned.uuid])
    answer = browser.post(where, {"seen": changed.version}, follow=True)

    assert [where in desk, where in page, dutch("Not sent yet.") in page] == [True] * 3
    assert dutch("Taken back. The meeting is as it was, and nobody gets a mail about it.") in answer.content.decode()
    assert as_planned(fresh(planned)) == before
    assert set(planned.staff.values_list("starts_at", "is_on")) == {(planned.starts_at, True)}
    assert (settle_later(), words(small_group)) == ([], [])


def test_after_three_quick_changes_it_is_as_calendars_have_it(planned, ilse):
    before = as_planned(planned)
    for room in ("1", "2", "3"):
        planned = move(planned, ilse, room=room)
    take_meeting_back(planned, version=planned.version, by=ilse)

    assert (as_planned(fresh(planned)), settle_later()) == (before, [])


def test_what_was_called_off_stands_again_with_who_leads_it(planned, ilse):
    before = as_planned(planned)
    off = cancel_meeting(planned, by=ilse, reason="De zaal is dicht.")
    back = take_meeting_back(off, version=off.version, by=ilse)

    assert as_planned(fresh(back)) == before
    assert (set(back.staff.values_list("is_on", flat=True)), settle_later()) == ({True}, [])


def test_a_confirmed_meeting_is_a_concept_again(small_group, people, ilse, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group)
    back = take_meeting_back(meeting, version=meeting.version, by=ilse)

    assert (fresh(back).state, settle_later()) == ("concept", [])


def test_once_the_mails_are_made_it_is_too_late(browser, planned, ilse, small_group):
    changed = move(planned, ilse)
    settle_later()
    answer = browser.post(reverse("training:take_meeting_back", args=[planned.uuid]), {"seen": changed.version})

    assert (answer.status_code, words(small_group)) == (409, [])
    assert fresh(planned).starts_at == planned.starts_at + DAY
    assert "/terughalen/" not in browser.get(reverse("training:meeting", args=[planned.uuid])).content.decode()


def test_once_the_first_of_the_mails_is_made_it_is_too_late(planned, ilse, small_group, monkeypatch):
    changed = move(planned, ilse)
    monkeypatch.setattr(calendars, "AT_ONCE", 1)
    assert len(settle_later()) == 1

    with pytest.raises(Refused):
        take_meeting_back(changed, version=changed.version, by=ilse)
    assert words(small_group) == []


def test_what_nobody_hears_of_is_not_to_be_taken_back(planned, ilse, small_group):
    move(planned, ilse, note="Koffie")
    in_concept = fresh(planned)
    Meeting.objects.filter(pk=planned.pk).update(before_change=None)
    with time_machine.travel(planned.ends_at + DAY, tick=False):
        change_meeting(in_concept, version=in_concept.version, by=ilse, room="4", reason="Andere zaal")

    assert words(small_group) == []


def test_a_note_that_was_made_meanwhile_stays(planned, ilse):
    changed = move(planned, ilse, room="4")
    changed = move(changed, ilse, note="Koffie bestellen")
    back = take_meeting_back(changed, version=changed.version, by=ilse)

    assert (fresh(back).note, fresh(back).room) == ("Koffie bestellen", "")


@pytest.mark.parametrize("seen", ["", "x", "٣", "-1", "9" * 5_000, "\x00", None])
def test_without_having_seen_it_nothing_is_taken_back(browser, planned, ilse, seen):
    move(planned, ilse)
    values = {} if seen is None else {"seen": seen}

    assert browser.post(reverse("training:take_meeting_back", args=[planned.uuid]), values).status_code == 409
    assert fresh(planned).starts_at == planned.starts_at + DAY


def test_who_saw_an_older_version_is_told(planned, ilse):
    changed = move(planned, ilse)
    move(changed, ilse, room="7")

    with pytest.raises(ChangedMeanwhile):
        take_meeting_back(changed, version=changed.version, by=ilse)


def test_who_leads_another_meeting_by_now_is_not_put_back(planned, ilse, noor, training, a_meeting):
    changed = move(planned, ilse)
    other = a_meeting(make_group(training, "Eindhoven", coordinators=[ilse]), staffed=False)
    Meeting.objects.filter(pk=other.pk).update(starts_at=planned.starts_at, ends_at=planned.ends_at)
    assign_staff(fresh(other), noor, "co_trainer", by=ilse)

    with pytest.raises(Clash):
        take_meeting_back(changed, version=changed.version, by=ilse)
    assert fresh(planned).starts_at == planned.starts_at + DAY


# ── Invitations and other mails ────────────────────────────────────────────────
def test_invitations_wait_on_the_desk_until_they_have_left(browser, small_group, people, ilse):
    for person in people(2):
        prepare_place(small_group, person, by=ilse)
    invite_prepared(small_group, by=ilse)
    where = reverse("training:invite_group", args=[small_group.uuid])
    desk = browser.get("/planning/").content.decode()
    group = browser.get(reverse("training:planned_group", args=[small_group.uuid])).content.decode()
    browser.post(where, {"back": "1"})

    assert [where in desk, dutch("Not sent yet.") in group] == [True, True]
    assert (words(small_group), set(small_group.places.values_list("state", flat=True))) == ([], {"prepared"})


def test_what_has_left_is_not_on_the_desk(small_group, people, ilse):
    prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6), tick=False):
        assert words(small_group) == []


def test_a_welcome_is_taken_back_and_the_place_stays(browser, small_group, people):
    place = enrol_oneself(small_group, people(1)[0])
    mail = OutboxMail.objects.get(kind="place-welcome")
    where = reverse("training:take_mail_back", args=[mail.uuid])
    on_desk = where in browser.get("/planning/").content.decode()
    browser.post(where)
    again = browser.post(where, follow=True)
    mail.refresh_from_db()
    place.refresh_from_db()

    assert (on_desk, mail.state, place.state, words(small_group)) == (True, "cancelled", "enrolled", [])
    assert dutch("This mail has left already.") in again.content.decode()


def test_who_is_taken_out_by_mistake_gets_no_mail_of_it(small_group, people, ilse):
    place = enrol_oneself(small_group, people(1)[0])
    withdraw_place(place, by=ilse)
    take_mail_back(OutboxMail.objects.get(kind="place-gone"))

    assert OutboxMail.objects.open().count() == 0


def test_other_mail_is_not_taken_back_here(small_group, people, ilse):
    prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)

    with pytest.raises(Refused):
        take_mail_back(OutboxMail.objects.get(kind="place-invitation"))
    assert GroupPlace.objects.get().state == "invited"


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
def test_nobody_else_takes_anything_back(request, client, planned, ilse, small_group, who):
    small_group.capacity = 9
    small_group.save()
    enrol_oneself(small_group, make_person("Nieuw"))
    changed, mail = move(planned, ilse), OutboxMail.objects.open().get(kind="place-welcome")
    client.force_login(request.getfixturevalue(who))
    answers = [
        client.post(reverse("training:take_meeting_back", args=[changed.uuid]), {"seen": changed.version}),
        client.post(reverse("training:take_mail_back", args=[mail.uuid])),
    ]
    mail.refresh_from_db()

    assert ([answer.status_code for answer in answers], mail.state) == ([404, 404], "waiting")
    assert fresh(planned).starts_at == changed.starts_at
