"""After somebody was moved: no mail about the group before; what was filled in of them there can still be mended."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import OutboxMail
from tests.factories.groups import make_group
from tests.factories.people import make_person
from tests.training.planning.test_calendars import settle_later
from tests.words import dutch
from training.domain.attendance import mark, mark_all_present
from training.domain.corrections import ask_correction
from training.domain.groups import cancel_group
from training.domain.meetings import cancel_meeting, change_meeting
from training.domain.places import enrol_oneself, move_place, prepare_place
from training.domain.reminders import remind
from training.models import Attendance, AttendanceCorrection, GroupPlace, Meeting, TrainingGroup

pytestmark = pytest.mark.django_db
WORDS = "Ik was er wel."


@pytest.fixture
def place(small_group, people):
    return enrol_oneself(small_group, people(1)[0])


@pytest.fixture
def person(place):
    return place.enrolment.person


@pytest.fixture
def held(place, small_group, a_meeting):
    return a_meeting(small_group, days=-1)


@pytest.fixture
def to_come(place, small_group, a_meeting):
    return a_meeting(small_group, days=7, title="Straks")


@pytest.fixture
def elsewhere(training, ilse):
    return make_group(training, "Elders", coordinators=[ilse])


def moved(place, group, by):
    move_place(place, group, by=by)
    return GroupPlace.objects.select_related("group", "enrolment__person").get(pk=place.pk)


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def just_begun(meeting):
    """Let a meeting be now, and over as soon as anybody looks."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now, ends_at=now + datetime.timedelta(microseconds=1))
    return meeting


def page_of(group):
    return reverse("training:my_group", args=[group.uuid])


def ask_at(meeting):
    return reverse("training:ask_correction", args=[meeting.group.uuid, meeting.uuid])


def sent_about(meeting, person):
    return list(
        OutboxMail.objects.filter(person=person, about=f"group:{meeting.group.uuid}")
        .exclude(kind="place-welcome")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


# ── Mail ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("act", ["change", "call off", "call the group off"])
def test_after_the_one_that_takes_it_out_of_the_calendar_no_mail_follows(
    place, person, to_come, elsewhere, ilse, small_group, act
):
    settle_later()
    moved(place, elsewhere, ilse)
    settle_later()
    if act == "change":
        change_meeting(to_come, version=to_come.version, by=ilse, room="9")
    elif act == "call off":
        cancel_meeting(to_come, by=ilse, reason="De zaal is dicht.")
    else:
        cancel_group(small_group, by=ilse, reason="Te weinig mensen.")
    out = settle_later()
    remind(to_come.starts_at - datetime.timedelta(days=1))

    assert "Ilse Verbruggen" in [name for name, _kind, _number in out]
    # The request waited when they were moved: it never left, and the calling off says so under the next number.
    assert sent_about(to_come, person) == ["calendar-request", "calendar-cancel"]


# ── Who leads the group mends it ───────────────────────────────────────────────
def test_who_leads_the_group_still_mends_what_was_filled_in(place, held, elsewhere, ilse):
    mark(held, place, "absent", by=ilse)
    gone, hers = moved(place, elsewhere, ilse), signed_in(ilse)
    roll = hers.get(reverse("training:attendance", args=[held.uuid])).content.decode()
    answer = hers.post(reverse("training:mark_one", args=[held.uuid, gone.uuid]), {"status": "present"})

    assert [gone.enrolment.person.display_name in roll, dutch("in another group by now") in roll] == [True, True]
    assert (answer.status_code, Attendance.objects.get().status) == (302, "present")


def test_what_was_said_before_the_move_is_settled_after_it(place, person, held, elsewhere, ilse):
    mark(held, place, "absent", by=ilse)
    row = ask_correction(held, place, words=WORDS, by=person)
    moved(place, elsewhere, ilse)
    page = reverse("training:settle_correction", args=[held.uuid, row.uuid])
    answer = signed_in(ilse).post(page, {"status": "present", "answer": "Je hebt gelijk."})

    assert (answer.status_code, Attendance.objects.get().status) == (302, "present")
    told = OutboxMail.objects.get(kind="correction-settled")
    assert page_of(held.group) in told.text
    assert "Je hebt gelijk." in signed_in(person).get(page_of(held.group)).content.decode()


def test_all_present_leaves_who_was_moved(place, held, elsewhere, ilse):
    gone = moved(place, elsewhere, ilse)
    roll = signed_in(ilse).get(reverse("training:attendance", args=[held.uuid]))

    assert ([one.pk for one in roll.context["places"]], roll.context["unmarked"]) == ([gone.pk], 0)
    assert (mark_all_present(held, by=ilse), Attendance.objects.count()) == (0, 0)


def test_nobody_is_marked_at_a_meeting_that_came_after_the_move(place, held, elsewhere, ilse, small_group, a_meeting):
    gone, later = moved(place, elsewhere, ilse), just_begun(a_meeting(small_group, title="Daarna"))
    hers = signed_in(ilse)
    roll = hers.get(reverse("training:attendance", args=[later.uuid]))
    answer = hers.post(reverse("training:mark_one", args=[later.uuid, gone.uuid]), {"status": "present"})

    assert (list(roll.context["places"]), answer.status_code, Attendance.objects.count()) == ([], 404, 0)


def test_who_only_stood_ready_stands_on_no_list(held, elsewhere, ilse, small_group):
    ready = prepare_place(small_group, make_person("Klaargezet"), by=ilse)
    gone = moved(ready, elsewhere, ilse)
    answer = signed_in(ilse).post(reverse("training:mark_one", args=[held.uuid, gone.uuid]), {"status": "present"})

    assert answer.status_code == 404


# ── The person ─────────────────────────────────────────────────────────────────
def test_they_see_what_was_filled_in_of_them_and_nothing_of_what_comes(
    place, person, held, to_come, elsewhere, ilse, small_group, a_meeting
):
    enrol_oneself(TrainingGroup.objects.get(pk=small_group.pk), make_person("Zeger"))
    mark(held, place, "absent", by=ilse)
    moved(place, elsewhere, ilse)
    just_begun(a_meeting(small_group, title="Daarna"))
    page = signed_in(person).get(page_of(small_group)).content.decode()

    shown = (f"<strong>{dutch('not there')}</strong>", "Luisteren", page_of(elsewhere), ask_at(held))
    hidden = ("Straks", "Daarna", "Zeger", "/wensen/", str(to_come.uuid))
    assert [words in page for words in (*shown, *hidden)] == [True] * 4 + [False] * 5


def test_they_say_that_it_is_not_right_and_nothing_typed_is_lost(place, person, held, elsewhere, ilse):
    mark(held, place, "absent", by=ilse)
    moved(place, elsewhere, ilse)
    theirs = signed_in(person)
    too_long = theirs.post(ask_at(held), {"words": "veel " * 200})
    theirs.post(ask_at(held), {"words": WORDS})

    assert (too_long.status_code, "veel veel" in too_long.content.decode()) == (409, True)
    assert AttendanceCorrection.objects.get().words == {"words": WORDS}
    assert WORDS in theirs.get(page_of(held.group)).content.decode()


def test_of_a_meeting_after_the_move_there_is_nothing_to_say(
    place, person, held, elsewhere, ilse, small_group, a_meeting
):
    moved(place, elsewhere, ilse)
    later = just_begun(a_meeting(small_group, title="Daarna"))
    answer = signed_in(person).post(ask_at(later), {"words": WORDS})

    assert (answer.status_code, AttendanceCorrection.objects.count()) == (409, 0)


@pytest.mark.parametrize("who", ["roel", "petra", "stranger"])
def test_for_everybody_else_the_group_is_not_there(request, place, held, elsewhere, ilse, small_group, who):
    moved(place, elsewhere, ilse)
    browser = signed_in(request.getfixturevalue(who))

    answers = browser.get(page_of(small_group)), browser.post(ask_at(held), {"words": WORDS})

    assert [answer.status_code for answer in answers] == [404, 404]


def test_what_else_is_done_in_a_group_is_no_longer_there(place, person, to_come, elsewhere, ilse, small_group):
    moved(place, elsewhere, ilse)
    theirs = signed_in(person)
    for name, args in (("wishes", []), ("leave_group", []), ("answer_place", []), ("come", [to_come.uuid])):
        address = reverse(f"training:{name}", args=[small_group.uuid, *args])
        assert (name, theirs.post(address, {"come": "no", "answer": "yes", "wishes": "x"}).status_code) == (name, 404)
