"""The coordinator sees who gets which reminder, when and in what words, before it goes; people turn theirs off."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.mail_wishes import behind, turn_off, turn_on, wishes_of
from mail.kinds import kind_of
from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting
from tests.words import dutch
from training.domain.attendance import sign_off
from training.domain.places import enrol_oneself
from training.domain.reminders import remind
from training.domain.reminders_ahead import reminders_ahead
from training.models import GroupPlace, Meeting, TrainingGroup

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
KIND = "meeting-reminder"


@standing
def meeting(small_group, ilse, noor):
    """In a week; two come, and reminders go two days before."""
    for name in ("Deelnemer 1", "Deelnemer 2"):
        enrol_oneself(small_group, make_person(name))
    return Meeting.objects.select_related("group").get(pk=plan_meeting(small_group, ilse, noor).pk)


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def where(group):
    return reverse("training:reminders", args=[group.uuid])


def first_person():
    return GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1").enrolment.person


def reminded():
    return sorted(OutboxMail.objects.filter(kind=KIND).values_list("person__display_name", flat=True))


def text(answer):
    return " ".join(answer.content.decode().split())


# ── What she sees is what goes ─────────────────────────────────────────────────
def nobody(meeting):
    pass


def one_signs_off(meeting):
    place = GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1")
    sign_off(meeting, place, by=place.enrolment.person)


def one_turned_it_off(meeting):
    turn_off(first_person(), KIND)


def one_is_closed(meeting):
    person = first_person()
    person.is_active = False
    person.save()


@pytest.mark.parametrize("happens", [nobody, one_signs_off, one_turned_it_off, one_is_closed])
def test_who_stands_there_is_who_gets_it(small_group, meeting, happens):
    happens(meeting)
    (ahead,) = reminders_ahead(meeting.group, 2)
    remind(meeting.starts_at - 2 * DAY)

    assert (ahead.at, ahead.to, ahead.is_now) == (meeting.starts_at - 2 * DAY, reminded(), False)
    assert [(one.to, one.sent) for one in reminders_ahead(meeting.group, 2)] == [([], reminded())]


def test_the_page_shows_moment_people_and_words_and_no_address_of_somebody(browser, small_group, meeting):
    small_group.bring = "een foto"
    TrainingGroup.objects.filter(pk=small_group.pk).update(bring="een foto")
    page = browser.get(where(small_group))
    words = text(page)

    assert ["Deelnemer 1, Deelnemer 2" in words, "een foto" in words, "Luisteren" in words] == [True] * 3
    assert ["/account/post/" in words, "/niet-meer/" in words] == [True, False]
    assert OutboxMail.objects.filter(kind=KIND).count() == 0


def test_a_meeting_in_concept_reminds_nobody_yet(small_group, meeting, a_meeting):
    a_meeting(small_group, days=9, confirmed=False, title="Later")

    assert [(one.is_concept, len(one.to)) for one in reminders_ahead(small_group, 2)] == [(False, 2), (True, 0)]


# ── Setting the day ────────────────────────────────────────────────────────────
def test_another_day_is_looked_at_before_it_is_kept(browser, small_group, meeting):
    looked = browser.get(where(small_group), {"dagen": "10"})
    before = TrainingGroup.objects.get(pk=small_group.pk)
    kept = browser.post(where(small_group), {"dagen": "10", "seen": before.version})
    after = TrainingGroup.objects.get(pk=small_group.pk)

    assert (looked.context["at_once"], before.remind_days) == (2, 2)
    assert (kept.status_code, after.remind_days) == (302, 10)
    assert remind() == 2


def test_with_no_days_nobody_is_reminded(browser, small_group, meeting):
    page = browser.get(where(small_group), {"dagen": "0"})
    browser.post(where(small_group), {"dagen": "0", "seen": small_group.version})

    assert [one.to for one in page.context["ahead"]] == [[]]
    assert remind(meeting.starts_at - DAY) == 0


@pytest.mark.parametrize("days", ["", "-1", "31", "x", "2.5", "\x00", "9" * 50_000, "<script>"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_days_that_are_none_are_said_at_the_field(browser, small_group, meeting, days, method):
    answer = getattr(browser, method)(
        where(small_group), {"dagen": days[:3_000] if method == "get" else days, "seen": "1"}
    )

    assert (answer.status_code, 'id="id_dagen_error"' in text(answer)) == (422, True)
    assert TrainingGroup.objects.get(pk=small_group.pk).remind_days == 2


def test_who_saw_an_older_group_keeps_what_she_typed(browser, small_group, meeting):
    answer = browser.post(where(small_group), {"dagen": "5", "seen": small_group.version - 1})

    assert (answer.status_code, 'value="5"' in text(answer)) == (409, True)
    assert TrainingGroup.objects.get(pk=small_group.pk).remind_days == 2
    browser.post(where(small_group), {"dagen": "5", "seen": answer.context["group"].version})
    assert TrainingGroup.objects.get(pk=small_group.pk).remind_days == 5


def test_a_group_that_ended_keeps_its_day(browser, small_group, meeting):
    TrainingGroup.objects.filter(pk=small_group.pk).update(state="finished")
    answer = browser.post(where(small_group), {"dagen": "5", "seen": small_group.version})

    assert (answer.status_code, TrainingGroup.objects.get(pk=small_group.pk).remind_days) == (409, 2)


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_or_sets_it(request, client, small_group, meeting, who, method):
    client.force_login(request.getfixturevalue(who))
    answer = getattr(client, method)(where(small_group), {"dagen": "5", "seen": small_group.version})

    assert (answer.status_code, TrainingGroup.objects.get(pk=small_group.pk).remind_days) == (404, 2)


# ── Turning it off ─────────────────────────────────────────────────────────────
def test_each_reminder_says_how_to_stop_and_the_address_does(client, meeting):
    remind(meeting.starts_at - DAY)
    mail = OutboxMail.objects.get(kind=KIND, person=first_person())
    person, kind = behind(mail.stop_address.rstrip("/").rpartition("/")[2])
    client.post(mail.stop_address)

    assert (person, kind.name) == (first_person(), KIND)
    assert [mail.stop_address in words for words in (mail.text, mail.html)] == [True, True]
    assert not kind_of(KIND).still_wanted(mail)
    with time_machine.travel(meeting.starts_at - DAY / 2, tick=False):
        other = OutboxMail.objects.get(kind=KIND, person__display_name="Deelnemer 2")
        assert kind_of(KIND).still_wanted(other)


def test_who_takes_part_finds_it_in_their_account_and_turns_it_on_again(client, meeting, ilse):
    person = first_person()
    client.force_login(person)
    page = client.get(reverse("mail_wishes")).content.decode()
    client.post(reverse("mail_wishes"), {})
    off = [wish.is_on for wish in wishes_of(person) if wish.kind.name == KIND]
    turn_on(person, KIND)

    assert (dutch("A meeting of my group comes near") in page, off) == (True, [False])
    assert remind(meeting.starts_at - DAY) == 2
    assert KIND not in [wish.kind.name for wish in wishes_of(ilse)]
