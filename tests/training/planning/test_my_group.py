"""Somebody's own group, as they see it: when, where, with whom; and what is nobody else's business."""

import datetime

import pytest
from django.utils import timezone

from tests.training.planning.test_calendars import settle_later
from tests.words import dutch
from training.domain.groups import cancel_group
from training.domain.meetings import cancel_meeting
from training.domain.place_invitations import invite_prepared
from training.domain.places import enrol_oneself, prepare_place
from training.models import Attendance, AttendanceChange, GroupPlace
from training.planning_choices import AttendanceStatus, PlaceState


def token_of(mail):
    """Return what stands in the link of an invitation."""
    return mail.words["text"].split("/groep/uitnodiging/")[1].split("/")[0]


@pytest.fixture
def place(small_group, people):
    return enrol_oneself(small_group, people(1)[0])


@pytest.fixture
def hers(place, browser_of):
    return browser_of(place.enrolment.person)


def address(group, rest=""):
    return f"/groep/{group.uuid}/{rest}"


def state_of(place):
    return GroupPlace.objects.get(pk=place.pk).state


# ── Reading ──
def test_it_shows_when_where_and_with_whom(hers, place, small_group, a_meeting):
    a_meeting(small_group)

    page = hers.get(address(small_group)).content.decode()

    assert page.count('class="meeting"') == 1
    assert "Tilburg" in page
    assert "<dd>Noor</dd>" in page


def test_a_concept_shows_to_nobody(hers, place, small_group, a_meeting):
    a_meeting(small_group, confirmed=False, title="Nog geheim")

    assert "Nog geheim" not in hers.get(address(small_group)).content.decode()


@pytest.mark.parametrize("rest", ["", "weg/"])
def test_the_group_of_others_is_not_there(browser_of, small_group, place, stranger, rest):
    assert browser_of(stranger).get(address(small_group, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["wensen/", "weg/", "antwoord/", "kom/00000000-0000-4000-8000-000000000000/"])
def test_nobody_acts_for_others(browser_of, small_group, place, stranger, rest):
    browser = browser_of(stranger)

    assert browser.post(address(small_group, rest), {"answer": "no", "come": "no"}).status_code == 404
    assert state_of(place) == PlaceState.ENROLLED


def test_who_left_reads_that_and_nothing_of_the_group(hers, place, small_group, a_meeting, daan):
    meeting = a_meeting(small_group)
    small_group.places.filter(enrolment__person=daan).update(state="enrolled")
    hers.post(address(small_group, "weg/"))

    answer = hers.get(address(small_group))

    assert (state_of(place), answer.status_code) == (PlaceState.WITHDRAWN, 200)
    page = answer.content.decode()
    assert dutch("You no longer sit in this group") in page
    assert [words in page for words in ("Daan", meeting.title, "/weg/", "/wensen/")] == [False] * 4


def test_in_a_group_that_is_called_off_people_read_why(hers, place, browser_of, small_group, a_meeting, ilse, stranger):
    a_meeting(small_group)
    prepare_place(small_group, stranger, by=ilse)
    cancel_group(small_group, by=ilse, reason="Te weinig mensen.")

    page = hers.get(address(small_group)).content.decode()

    assert dutch("This group is called off") in page
    assert "Te weinig mensen." in page
    assert browser_of(stranger).get(address(small_group)).status_code == 404  # nobody ever told them
    assert browser_of(ilse).get(address(small_group)).status_code == 302


def test_who_waits_sees_their_turn_and_no_names(browser_of, small_group, people):
    for person in people(4):
        last = enrol_oneself(small_group, person)

    page = browser_of(last.enrolment.person).get(address(small_group)).content.decode()

    assert dutch("You are number %(turn)s on the waiting list") % {"turn": 2} in page
    assert "Deelnemer 1" not in page


@pytest.mark.parametrize("number", [1, 9])
def test_it_costs_the_same_with_more_people_and_meetings(
    hers, place, small_group, a_meeting, django_assert_num_queries, number
):
    from tests.factories.people import make_person

    small_group.capacity = 20
    small_group.save()
    for one in range(number):
        a_meeting(small_group, days=one + 2)
        enrol_oneself(small_group, make_person(f"Collega {one}"))
    hers.get(address(small_group))

    with django_assert_num_queries(10):  # one of them because the last moment to withdraw is over
        hers.get(address(small_group))


# ── Coming or not ──
def test_i_cannot_come_and_after_all_i_can(hers, place, small_group, a_meeting):
    meeting = a_meeting(small_group)
    path = address(small_group, f"kom/{meeting.uuid}/")

    for _time in range(2):
        assert hers.post(path, {"come": "no"}).status_code == 302
    marks = list(Attendance.objects.values_list("status", "source"))
    hers.post(path, {"come": "yes"})

    assert marks == [(AttendanceStatus.SIGNED_OFF, "oneself")]
    assert Attendance.objects.count() == 0
    assert list(AttendanceChange.objects.values_list("from_status", "to_status")) == [
        ("", "signed_off"),
        ("signed_off", ""),
    ]


def test_after_the_meeting_it_is_too_late(hers, place, small_group, a_meeting):
    meeting = a_meeting(small_group)
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at=timezone.now() - datetime.timedelta(hours=3), ends_at=timezone.now() - datetime.timedelta(hours=1)
    )

    answer = hers.post(address(small_group, f"kom/{meeting.uuid}/"), {"come": "no"})

    assert (answer.status_code, Attendance.objects.count()) == (409, 0)


# ── Wishes ──
def test_wishes_are_kept_unreadable_and_emptied(hers, place, small_group):
    hers.post(address(small_group, "wensen/"), {"wishes": "Ik kom met een rolstoel."})
    place.refresh_from_db()
    stored = GroupPlace.objects.extra(select={"raw": "wishes"}).values_list("raw", flat=True).get(pk=place.pk)
    hers.post(address(small_group, "wensen/"), {"wishes": " "})

    assert place.wishes == {"wishes": "Ik kom met een rolstoel."}
    assert "rolstoel" not in stored
    assert GroupPlace.objects.get(pk=place.pk).wishes == {}


def test_too_many_words_are_given_back(hers, place, small_group):
    words = "heel graag " * 200

    answer = hers.post(address(small_group, "wensen/"), {"wishes": words})

    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()


def test_a_concept_that_was_called_off_is_nobodys_news(hers, place, small_group, a_meeting, ilse):
    concept, known = a_meeting(small_group, confirmed=False), a_meeting(small_group, days=9, title="Doorvragen")
    settle_later()
    for meeting in (concept, known):
        cancel_meeting(meeting, by=ilse, reason="De zaal is dicht.")
    page = hers.get(address(small_group)).content.decode()

    assert (concept.title in page, known.title in page, page.count("De zaal is dicht.")) == (False, True, 1)


# ── Leaving ──
def test_the_deadline_is_kept(hers, place, small_group, a_meeting):
    a_meeting(small_group, days=1)

    answer = hers.post(address(small_group, "weg/"))

    assert (answer.status_code, state_of(place)) == (409, PlaceState.ENROLLED)


# ── The link ──
@pytest.fixture
def invited(small_group, ilse, people):
    """A place with an invitation on its way; returns the place and the token of the link."""
    from mail.models import OutboxMail

    place = prepare_place(small_group, people(1)[0], by=ilse)
    invite_prepared(small_group, by=ilse)
    return place, token_of(OutboxMail.objects.get(kind="place-invitation"))


def test_opening_the_link_changes_nothing_and_the_button_does(client, invited):
    place, token = invited
    path = f"/groep/uitnodiging/{token}/"

    for _time in range(2):
        assert client.get(path).status_code == 200
    assert state_of(place) == PlaceState.INVITED

    assert client.post(path, {"answer": "yes"}).status_code == 200
    assert state_of(place) == PlaceState.ENROLLED
    again = client.post(path, {"answer": "no"})
    assert (again.status_code, state_of(place)) == (410, PlaceState.ENROLLED)


def test_a_no_with_a_note_frees_the_seat(client, invited, small_group):
    place, token = invited

    client.post(f"/groep/uitnodiging/{token}/", {"answer": "no", "note": "Ik heb een andere baan."})

    small_group.refresh_from_db()
    assert (state_of(place), small_group.seats_taken) == (PlaceState.DECLINED, 0)
    assert place.invitations.get().note == {"note": "Ik heb een andere baan."}


def test_inviting_again_is_nobody_and_sends_nothing(small_group, ilse, invited):
    from mail.models import OutboxMail

    assert invite_prepared(small_group, by=ilse) == 0
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é"])
def test_a_link_that_is_none_says_so(client, db, token):
    assert client.get(f"/groep/uitnodiging/{token}/").status_code in (400, 410)


# ── The calendar ──
def test_the_private_address_shows_the_meetings_and_ends_when_it_is_changed(hers, place, small_group, a_meeting):
    a_meeting(small_group)
    page = hers.get("/agenda/").content.decode()
    path = page.split('value="http://localhost:8000')[1].split('"')[0]

    feed = hers.get(path)
    assert feed.content.decode().count("BEGIN:VEVENT") == 1
    assert (feed["Cache-Control"], feed["Referrer-Policy"]) == ("private, no-cache", "no-referrer")
    assert hers.get(path, headers={"If-None-Match": feed["ETag"]}).status_code == 304

    hers.post("/agenda/", {"rotate": "1"})
    assert hers.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "x:y", "é~1:abc"])
def test_an_address_that_is_none_is_not_there(client, db, token):
    assert client.get(f"/agenda/{token}.ics").status_code == 404


def test_a_meeting_as_a_file_is_for_who_comes(hers, browser_of, stranger, small_group, place, a_meeting):
    meeting = a_meeting(small_group)
    path = f"/bijeenkomst/{meeting.uuid}.ics"

    assert "METHOD:PUBLISH" in hers.get(path).content.decode()
    assert browser_of(stranger).get(path).status_code == 404


# ── Coming in by oneself ──
def test_by_its_address_somebody_comes_into_an_open_group(browser_of, stranger, small_group):
    browser = browser_of(stranger)

    assert dutch("Yes, I take part") in browser.get(address(small_group, "meedoen/")).content.decode()
    for _time in range(2):
        assert browser.post(address(small_group, "meedoen/")).status_code == 302
    assert list(GroupPlace.objects.of(stranger).values_list("state", flat=True)) == [PlaceState.ENROLLED]


def test_who_comes_in_and_who_leaves_reads_that_it_is_done(browser_of, stranger, small_group):
    browser, name = browser_of(stranger), small_group.name
    browser.post(address(small_group, "meedoen/"))
    came = browser.get(address(small_group)).content.decode()
    browser.post(address(small_group, "weg/"))
    left = browser.get("/mijn/").content.decode()

    assert dutch("You take part in {group}.").format(group=name) in came
    assert dutch("You are no longer in the group {group}.").format(group=name) in left


def test_closed_meanwhile_nothing_is_written_and_the_reason_is_said(browser_of, stranger, small_group):
    browser = browser_of(stranger)
    browser.get(address(small_group, "meedoen/"))
    type(small_group).objects.filter(pk=small_group.pk).update(state="closed")

    answer = browser.post(address(small_group, "meedoen/"))

    assert (answer.status_code, GroupPlace.objects.of(stranger).count()) == (409, 0)
    assert dutch("This group is closed: nobody can enrol at the moment.") in answer.content.decode()


def test_a_group_in_concept_is_not_there(browser_of, stranger, group):
    assert browser_of(stranger).get(address(group, "meedoen/")).status_code == 404
