"""Calling off what changed since somebody saw it: they read what they saw and what it is now, and press once more."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from common.dates import span_words
from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.standing import standing
from tests.training.planning.conftest import plan_meeting, some_people
from tests.words import dutch
from training.domain.groups import change_group
from training.domain.meetings import NewMeeting, add_meetings, cancel_meeting, change_meeting
from training.domain.places import enrol_oneself, prepare_place, withdraw_place
from training.domain.seen import group_changes, seen_with_people
from training.models import Meeting, TrainingGroup

HOUR = datetime.timedelta(hours=1)
MEETING = "{name} changed this meeting meanwhile. Nothing is called off yet."
GROUP = "This group changed meanwhile. Nothing is called off yet."
OTHER = "{what}: you saw {seen}. Now it is {now}."
REASON = "De zaal is dicht."


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


@standing
def planned(small_group, ilse, noor):
    with translation.override("en"):
        for person in some_people(2):
            enrol_oneself(small_group, person)
    return Meeting.objects.select_related("group").get(pk=plan_meeting(small_group, ilse, noor).pk)


def off(name, row):
    return reverse(f"training:cancel_{name}", args=[row.uuid])


def text(answer):
    return " ".join(answer.content.decode().split())


def other(what, seen, now):
    return dutch(OTHER).format(what=dutch(what) if what[-1].isalpha() else what, seen=seen, now=now)


def in_dutch(meeting):
    with translation.override("nl"):
        return span_words(meeting.starts_at, meeting.ends_at)


def move(meeting, by):
    meeting = Meeting.objects.get(pk=meeting.pk)
    values = {"starts_at": meeting.starts_at + HOUR, "ends_at": meeting.ends_at + HOUR, "room": "zaal 4"}
    return change_meeting(meeting, version=meeting.version, by=by, **values)


# ── A meeting ──────────────────────────────────────────────────────────────────
def test_moved_since_the_last_page_it_is_not_called_off_until_pressed_again(browser, planned, ilse):
    was = browser.post(off("meeting", planned), {"reason": REASON}).context["was"]
    moved = move(planned, ilse)
    page = browser.post(off("meeting", planned), {"reason": REASON, "was": was, "confirm": "1"})

    assert (page.status_code, Meeting.objects.get(pk=planned.pk).state) == (409, "confirmed")
    assert dutch(MEETING).format(name="Ilse Verbruggen") in text(page)
    assert page.context["changes"] == [
        other("When", in_dutch(planned), in_dutch(moved)),
        other("Where", "Tilburg", "zaal 4, Tilburg"),
    ]
    assert all(one in text(page) for one in page.context["changes"])
    assert f'name="reason" value="{REASON}"' in text(page)

    browser.post(off("meeting", planned), {"reason": REASON, "was": page.context["was"], "confirm": "1"})
    assert Meeting.objects.get(pk=planned.pk).state == "cancelled"


def test_moved_since_the_page_of_the_meeting_one_reads_it_first(browser, planned, ilse):
    was = browser.get(reverse("training:meeting", args=[planned.uuid])).context["was"]
    move(planned, ilse)
    page = browser.post(off("meeting", planned), {"reason": REASON, "was": was})

    assert (page.status_code, len(page.context["changes"])) == (409, 2)


def test_a_note_that_nobody_goes_by_stops_nothing(browser, planned, ilse):
    was = browser.post(off("meeting", planned), {"reason": REASON}).context["was"]
    change_meeting(planned, version=planned.version, by=ilse, note="Koffie bestellen", plan="Eerst kennismaken")
    browser.post(off("meeting", planned), {"reason": REASON, "was": was, "confirm": "1"})

    assert Meeting.objects.get(pk=planned.pk).state == "cancelled"


@pytest.mark.parametrize("was", [None, "", "x" * 50_000, "\x00", "<script>", "eyJ9:1:2", "another's"])
@pytest.mark.parametrize("name", ["meeting", "group"])
def test_who_saw_nothing_sees_it_first(browser, planned, a_meeting, name, was):
    row = planned if name == "meeting" else planned.group
    if was == "another's":
        was = browser.get(reverse("training:meeting", args=[a_meeting(planned.group, days=20).uuid])).context["was"]
    values = {"reason": REASON, "confirm": "1"} | ({} if was is None else {"was": was})
    page = browser.post(off(name, row), values)

    assert (page.status_code, Meeting.objects.get(pk=planned.pk).state) == (409, "confirmed")
    assert dutch("Nothing is called off yet. Look at it, then press.") in text(page)
    assert "<script>" not in text(page).split("</head>")[1].split("<footer")[0]


@pytest.mark.parametrize("name", ["meeting", "group"])
def test_stale_and_without_a_reason_is_a_sentence_as_well(browser, planned, ilse, name):
    row = planned if name == "meeting" else planned.group
    was = browser.post(off(name, row), {"reason": REASON}).context["was"]
    move(planned, ilse)
    answer = browser.post(off(name, row), {"reason": " ", "was": was, "confirm": "1"})

    assert (answer.status_code, Meeting.objects.get(pk=planned.pk).state) == (409, "confirmed")


# ── A group ────────────────────────────────────────────────────────────────────
def grow(planned, ilse):
    TrainingGroup.objects.filter(pk=planned.group_id).update(capacity=9)
    enrol_oneself(planned.group, make_person("Sanne van der Heijden"))
    return [dutch("New in the group: {names}.").format(names="Sanne van der Heijden")]


def shrink(planned, ilse):
    withdraw_place(planned.group.places.get(enrolment__person__display_name="Deelnemer 1"), by=ilse)
    return [dutch("No longer in the group: {names}.").format(names="Deelnemer 1")]


def rename(planned, ilse):
    change_group(planned.group, by=ilse, name="Tilburg winter")
    return [other("Name", "Tilburg najaar", "Tilburg winter")]


def move_one(planned, ilse):
    lines = [f"Luisteren, {in_dutch(planned)}, Tilburg", f"Luisteren, {in_dutch(move(planned, ilse))}, zaal 4, Tilburg"]
    return [other(dutch("Meeting {number}").format(number=1), *lines)]


def call_one_off(planned, ilse):
    cancel_meeting(planned, by=ilse, reason=REASON)
    line = f"Luisteren, {in_dutch(planned)}, Tilburg"
    return [
        dutch("{what} is no longer there. You saw: {seen}.").format(
            what=f"{dutch('Meeting {number}')}".format(number=1), seen=line
        )
    ]


@pytest.mark.parametrize("act", [grow, shrink, rename, move_one, call_one_off])
def test_what_came_since_is_read_before_a_group_is_called_off(browser, planned, ilse, act):
    group = planned.group
    was = browser.post(off("group", group), {"reason": REASON}).context["was"]
    said = act(planned, ilse)
    page = browser.post(off("group", group), {"reason": REASON, "was": was, "confirm": "1"})

    group.refresh_from_db()
    assert (page.status_code, group.state, OutboxMail.objects.filter(kind="group-cancelled").count()) == (
        409,
        "open",
        0,
    )
    assert page.context["changes"] == said
    assert dutch(GROUP) in text(page)

    browser.post(off("group", group), {"reason": REASON, "was": page.context["was"], "confirm": "1"})
    group.refresh_from_db()
    assert group.state == "cancelled"


def test_what_nobody_hears_of_or_is_over_stops_nothing(planned, ilse, a_meeting):
    group = planned.group
    TrainingGroup.objects.filter(pk=group.pk).update(capacity=9)
    soon = a_meeting(group, days=1)
    seen = seen_with_people(group)
    prepare_place(group, make_person("Klaar"), by=ilse)

    with time_machine.travel(soon.ends_at + HOUR, tick=False):
        assert (len(seen["meetings"]), group_changes(seen, seen_with_people(group))) == (2, [])


def test_planned_since_the_page_of_the_group_it_is_named(browser, planned, ilse):
    group = planned.group
    was = browser.get(reverse("training:planned_group", args=[group.uuid])).context["was"]
    row = NewMeeting("Kijken", planned.starts_at + 24 * HOUR, planned.ends_at + 24 * HOUR)
    (new,) = add_meetings(group, [row], by=ilse)
    page = browser.post(off("group", group), {"reason": REASON, "was": was})

    line = f"Kijken, {in_dutch(new)}"
    number = dutch("Meeting {number}").format(number=2)
    assert page.context["changes"] == [dutch("{what} is new: {now}.").format(what=number, now=line)]
    assert page.status_code == 409
