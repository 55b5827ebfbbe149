"""A mail about a changed meeting says of each thing that changed how it was: as the person was last told."""

import datetime

import pytest
from django.utils import timezone, translation

from common.dates import span_words
from mail.models import OutboxMail
from tests.training.planning.test_calendars import settle_later
from tests.words import dutch
from training.domain.calendar_told import still_wanted
from training.domain.meetings import change_meeting
from training.domain.places import enrol_oneself, withdraw_place
from training.models import CalendarInvite, GroupPlace, Meeting

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def leave(state="sent", **found):
    """Let the mails that wait have left, or come back."""
    sent_at = timezone.now() if state == "sent" else None
    OutboxMail.objects.filter(state="waiting", **found).update(state=state, next_at=None, sent_at=sent_at)


@pytest.fixture
def person(small_group, people):
    person = people(1)[0]
    enrol_oneself(small_group, person)
    return person


@pytest.fixture
def told(small_group, person, a_meeting):
    """A meeting that everybody was told of."""
    meeting = a_meeting(small_group)
    settle_later()
    leave()
    return Meeting.objects.get(pk=meeting.pk)


def change(meeting, by, **values):
    return change_meeting(Meeting.objects.get(pk=meeting.pk), version=meeting.version, by=by, **values)


def newest(person):
    return OutboxMail.objects.filter(person=person, kind__startswith="calendar-").order_by("-pk")[0]


def was(mail):
    """Return the lines of the text that say how it was, without the word for it; the HTML has them as well."""
    before = dutch("Was: %(before)s", before="")
    lines = [line.removeprefix(before) for line in mail.text.splitlines() if line.startswith(before)]
    assert [f"<br>{before}{line}" in mail.html for line in lines] == [True] * len(lines)
    assert mail.html.count(before) == len(lines)
    return lines


def is_said_as_changed(mail):
    changed = dutch("A meeting of the group %(group)s was changed. This is how it is now:", group="Tilburg najaar")
    return [changed in words for words in (mail.text, mail.html)] + [
        mail.subject.startswith(dutch("Changed: %(title)s, %(when)s", title="", when="").split(":")[0])
    ]


def when(meeting):
    with translation.override("nl"):
        return span_words(meeting.starts_at, meeting.ends_at)


# ── What is said ───────────────────────────────────────────────────────────────
def test_all_that_changed_is_said_with_how_it_was(told, ilse, person):
    before = when(told)
    moved = {"starts_at": told.starts_at + DAY, "ends_at": told.ends_at + DAY}
    now = change(told, ilse, title="Samen", room="9", **moved)
    settle_later()
    mail = newest(person)

    assert was(mail) == ["Luisteren", before, "Tilburg"]
    lines = mail.text.splitlines()
    assert [line in lines for line in ("Samen", when(now), "9, Tilburg")] == [True] * 3
    assert is_said_as_changed(mail) == [True] * 3


@pytest.mark.parametrize(
    ("changed", "before"),
    [({"title": "Samen"}, ["Luisteren"]), ({"city": "Oss"}, ["Tilburg"]), ({"city": ""}, ["Tilburg"])],
)
def test_what_stayed_has_no_such_line(told, ilse, person, changed, before):
    change(told, ilse, **changed)
    settle_later()

    assert was(newest(person)) == before
    assert (dutch("No place any more") in newest(person).text) == (changed == {"city": ""})


def test_a_place_that_was_not_there_is_said_too(told, ilse, person):
    Meeting.objects.filter(pk=told.pk).update(city="")
    CalendarInvite.objects.update(told={"now": known(told, location=""), "before": None})
    change(told, ilse, city="Oss")
    settle_later()

    assert was(newest(person)) == [dutch("no place")]


def known(meeting, **changes):
    return CalendarInvite.objects.filter(meeting=meeting)[0].told["now"] | changes


def test_a_link_is_said_to_be_another_one_and_stands_in_no_mail(told, ilse, person):
    """Some programs copy a mail into the calendar, and calendars are shared."""
    says = []
    for link in ("https://online.example.test/een", "https://online.example.test/twee", ""):
        told = change(told, ilse, join_url=link)
        settle_later()
        leave()
        mail = newest(person)
        says.append([line for line in mail.text.splitlines() if line in SAID])
        assert says[-1][0] in mail.html
        assert ["online.example.test" in words for words in (mail.text, mail.html, mail.ics)] == [False] * 3

    assert says == [[sentence] for sentence in SAID]


SAID = [
    dutch("There is a link for coming online now. You find it on the page of your group."),
    dutch("The link for coming online is another one now. You find it on the page of your group."),
    dutch("The link for coming online is no longer there."),
]


def test_the_first_mail_says_nothing_of_before(told, person):
    assert (was(newest(person)), is_said_as_changed(newest(person))) == ([], [False] * 3)


# ── What counts as told ────────────────────────────────────────────────────────
def test_of_three_quick_changes_it_is_the_last_that_was_sent(told, ilse, person):
    for room in ("1", "2", "3"):
        told = change(told, ilse, room=room)
    settle_later()
    mail = newest(person)

    assert (was(mail), "3, Tilburg" in mail.text) == (["Tilburg"], True)


def test_a_mail_that_waits_is_taken_back_for_the_newer_one_which_says_all_of_it(told, ilse, person):
    """The mail server was away for a while."""
    told = change(told, ilse, title="Samen")
    settle_later()
    waiting = newest(person)
    change(told, ilse, room="9")
    settle_later()
    waiting.refresh_from_db()

    assert (waiting.state, was(newest(person))) == ("cancelled", ["Luisteren", "Tilburg"])
    leave()
    change(Meeting.objects.get(pk=told.pk), ilse, room="10")
    settle_later()
    assert was(newest(person)) == ["9, Tilburg"]


def test_what_came_back_was_not_told(told, ilse, person):
    told = change(told, ilse, room="8")
    settle_later()
    leave("refused", person=person)
    leave()
    change(told, ilse, room="9")
    settle_later()

    assert [was(newest(one)) for one in (person, ilse)] == [["Tilburg"], ["8, Tilburg"]]


def test_whose_first_mail_never_left_is_told_of_it_as_new(small_group, person, a_meeting, ilse):
    meeting = a_meeting(small_group)
    settle_later()
    change(meeting, ilse, room="9")
    settle_later()
    mail = newest(person)

    assert (was(mail), is_said_as_changed(mail), mail.key[-2:]) == ([], [False] * 3, ":1")


def test_who_comes_back_is_told_of_it_as_new(told, person, small_group, ilse):
    withdraw_place(GroupPlace.objects.get(enrolment__person=person), by=person)
    settle_later()
    leave()
    change(told, ilse, room="9")
    enrol_oneself(small_group, person)
    settle_later()
    mail = newest(person)

    assert (mail.key[-2:], was(mail), is_said_as_changed(mail)) == (":2", [], [False] * 3)


def test_what_was_sent_before_this_was_kept_is_changed_without_a_line(told, ilse, person):
    CalendarInvite.objects.update(told=None)
    change(told, ilse, room="9")
    settle_later()

    assert (was(newest(person)), is_said_as_changed(newest(person))) == ([], [True] * 3)


# ── What still leaves ──────────────────────────────────────────────────────────
def test_only_the_newest_mail_about_a_meeting_still_leaves(told, ilse, person):
    first = newest(person)
    assert still_wanted(first)
    change(told, ilse, room="9")
    settle_later()

    assert [still_wanted(first), still_wanted(newest(person))] == [False, True]


@pytest.mark.parametrize("reason", ["closed", "over"])
def test_nothing_leaves_for_a_closed_account_or_about_what_is_over(told, person, reason):
    if reason == "closed":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    else:
        Meeting.objects.filter(pk=told.pk).update(starts_at=told.starts_at - 20 * DAY, ends_at=told.ends_at - 20 * DAY)

    assert not still_wanted(newest(person))
