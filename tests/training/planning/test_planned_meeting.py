"""One meeting on the desk: who leads it, confirming, moving and calling it off, as its coordinator meets it."""

import datetime

import pytest
from django.urls import reverse

from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.training.planning.pressing import call_off
from tests.words import dutch
from training.domain.attendance import mark, sign_off
from training.domain.meetings import change_meeting
from training.domain.places import enrol_oneself
from training.domain.staff import assign_staff
from training.models import Attendance, CalendarInvite, Meeting, MeetingStaff

pytestmark = pytest.mark.django_db


def address(name, *numbers):
    return reverse(f"training:{name}", args=numbers)


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


# ── Step 3: nobody is in two places at once ────────────────────────────────────
@pytest.fixture
def elsewhere(training, ilse, marieke, a_meeting):
    """Marieke leads a meeting of another group at the time of `a_meeting(small_group)`."""
    other = make_group(training, "Eindhoven", coordinators=[ilse])
    meeting = a_meeting(other, title="Elders")
    meeting.staff.all().delete()
    assign_staff(meeting, marieke, "trainer", by=ilse)
    return meeting


def test_a_clash_is_refused_and_names_the_other_group(browser, small_group, elsewhere, marieke, a_meeting):
    meeting = a_meeting(small_group)
    answer = browser.post(address("add_staff", meeting.uuid), {"user": marieke.pk, "role": "trainer"})
    words = answer.content.decode()

    assert answer.status_code == 409
    assert ["Eindhoven" in words, 'name="reason"' in words, "Plan het toch" in words] == [True] * 3
    assert not meeting.staff.filter(user=marieke).exists()


def test_with_a_reason_it_is_planned_all_the_same(browser, small_group, elsewhere, marieke, a_meeting):
    meeting = a_meeting(small_group)
    values = {"user": marieke.pk, "role": "trainer", "reason": "Zij komt het laatste uur."}
    answer = browser.post(address("add_staff", meeting.uuid), values)

    assert answer.status_code == 302
    assert meeting.staff.get(user=marieke).reason_for_clash == "Zij komt het laatste uur."


def test_after_moving_the_other_meeting_no_reason_is_asked(browser, small_group, elsewhere, marieke, ilse, a_meeting):
    meeting = a_meeting(small_group)
    times = {name: getattr(elsewhere, name) + datetime.timedelta(days=1) for name in ("starts_at", "ends_at")}
    elsewhere.refresh_from_db()
    change_meeting(elsewhere, version=elsewhere.version, by=ilse, **times)

    assert browser.post(address("add_staff", meeting.uuid), {"user": marieke.pk, "role": "trainer"}).status_code == 302


@pytest.mark.parametrize("values", [{}, {"user": "x"}, {"user": 999_999, "role": "trainer"}, {"user": "\x00"}])
def test_nobody_chosen_is_said_at_the_field(browser, small_group, a_meeting, values):
    meeting = a_meeting(small_group)
    answer = browser.post(address("add_staff", meeting.uuid), values)

    assert (answer.status_code, "id_user_error" in answer.content.decode()) == (422, True)
    assert meeting.staff.count() == 1


def test_a_participant_leads_nothing(browser, small_group, samira, a_meeting):
    meeting = a_meeting(small_group)

    assert browser.post(address("add_staff", meeting.uuid), {"user": samira.pk, "role": "trainer"}).status_code == 422


# ── Confirming ─────────────────────────────────────────────────────────────────
def test_without_a_co_trainer_it_is_not_confirmed(browser, small_group, a_meeting):
    meeting = a_meeting(small_group, confirmed=False)
    MeetingStaff.objects.all().delete()
    answer = browser.post(address("confirm_meeting", meeting.uuid))
    meeting.refresh_from_db()

    assert (answer.status_code, meeting.state) == (409, "concept")


def test_the_only_co_trainer_stays_in_a_confirmed_meeting(browser, small_group, noor, a_meeting):
    meeting = a_meeting(small_group)
    answer = browser.post(address("drop_staff", meeting.uuid, noor.uuid))

    assert (answer.status_code, meeting.staff.count()) == (409, 1)
    assert "minstens één co-trainer" in answer.content.decode()


def test_with_one_co_trainer_the_page_warns(browser, small_group, a_meeting):
    assert "Er is één co-trainer." in browser.get(address("meeting", a_meeting(small_group).uuid)).content.decode()


# ── Step 10: moving ────────────────────────────────────────────────────────────
def test_who_saves_after_somebody_else_sees_both(ilse, small_group, a_meeting):
    from training.domain.versions import ChangedMeanwhile

    meeting = a_meeting(small_group)
    seen = Meeting.objects.get(pk=meeting.pk).version
    change_meeting(meeting, version=seen, by=ilse, room="zaal 4")

    with pytest.raises(ChangedMeanwhile) as refusal:
        change_meeting(meeting, version=seen, by=ilse, room="zaal 5")
    assert (refusal.value.row.room, "Ilse Verbruggen" in str(refusal.value)) == ("zaal 4", True)


def test_a_meeting_that_has_begun_is_changed_with_a_reason_and_without_mail(ilse, small_group, a_meeting):
    from common.refusals import Refused

    meeting = Meeting.objects.get(pk=a_meeting(small_group, days=-2).pk)
    CalendarInvite.objects.update(unsettled_until=None)
    with pytest.raises(Refused):
        change_meeting(meeting, version=meeting.version, by=ilse, room="zaal 4")
    change_meeting(meeting, version=meeting.version, by=ilse, room="zaal 4", reason="Het was een andere zaal.")

    assert Meeting.objects.get(pk=meeting.pk).room == "zaal 4"
    assert not CalendarInvite.objects.exclude(unsettled_until=None).exists()


# ── Step 13: calling off ───────────────────────────────────────────────────────
def test_a_meeting_that_is_called_off_keeps_its_reason_and_closes_everything(
    browser, small_group, ilse, marieke, people, a_meeting
):
    place = enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group)
    sign_off(meeting, place, by=ilse)
    without = browser.post(address("cancel_meeting", meeting.uuid), {"reason": " "})
    call_off(browser, address("cancel_meeting", meeting.uuid), "De zaal is dicht.")
    page = browser.get(address("meeting", meeting.uuid)).content.decode()
    attendance = browser.get(address("attendance", meeting.uuid)).content.decode()
    marked = browser.post(address("mark_one", meeting.uuid, place.uuid), {"status": "present"})

    assert without.status_code == 409
    assert ["De zaal is dicht." in page, "/bevestig/" in page, "/wie/" in page] == [True, False, False]
    assert ("roll__form" in attendance, marked.status_code) == (False, 409)
    assert Attendance.objects.get().status == "signed_off"
    assert list(Meeting.objects.counting()) == []


def test_who_led_a_meeting_that_is_called_off_is_free_then(browser, small_group, elsewhere, marieke, a_meeting):
    call_off(browser, address("cancel_meeting", elsewhere.uuid), "Te weinig mensen.")
    meeting = a_meeting(small_group)

    assert browser.post(address("add_staff", meeting.uuid), {"user": marieke.pk, "role": "trainer"}).status_code == 302


def test_a_meeting_that_is_over_is_not_called_off(browser, small_group, a_meeting, ilse, people):
    place = enrol_oneself(small_group, people(1)[0])
    meeting = a_meeting(small_group, days=-2)
    mark(meeting, place, "present", by=ilse)

    assert browser.post(address("cancel_meeting", meeting.uuid), {"reason": "Toch niet."}).status_code == 409
    assert Meeting.objects.get(pk=meeting.pk).state == "confirmed"


@pytest.mark.parametrize(("others", "role"), [(0, "co_trainer"), (1, "co_trainer"), (2, "trainer")])
def test_who_is_asked_first_is_a_co_trainer_until_there_are_two(browser, small_group, a_meeting, ilse, others, role):
    meeting = a_meeting(small_group, staffed=False)
    for number in range(others):
        assign_staff(meeting, make_person(f"Naast {number}", "co-trainer"), "co_trainer", by=ilse)
    page = browser.get(address("meeting", meeting.uuid))

    assert page.context["staff_form"]["role"].value() == role


def test_a_concept_that_is_called_off_goes_out_of_nobodys_calendar(browser, small_group, a_meeting):
    planned, known = a_meeting(small_group, confirmed=False), a_meeting(small_group, days=9, title="Doorvragen")

    def said_of(meeting):
        answer = call_off(browser, address("cancel_meeting", meeting.uuid), "De zaal is dicht.")
        return [str(message) for message in browser.get(answer.url).context["messages"]]

    assert said_of(planned) == [dutch("The meeting is called off. Nobody knew of it yet.")]
    assert said_of(known) == [dutch("The meeting is called off. In five minutes it goes out of everybody's calendar.")]
    page = browser.get(address("meeting", planned.uuid)).content.decode()
    assert f'href="{address("plan_series", small_group.uuid)}"' in page
    assert dutch("Counts for") not in page
