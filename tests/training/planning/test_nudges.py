"""Asking once more who did not answer: seen first, sent once, and the link of the first mail keeps working."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from mail.kinds import kind_of
from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.words import dutch
from training.domain.nudges import nudge_unanswered, unanswered_of
from training.domain.place_invitations import (
    answer_invitation,
    answer_until,
    invite_again,
    invite_prepared,
    read_invitation,
)
from training.domain.places import prepare_place
from training.domain.unsent import take_mail_back
from training.models import GroupPlace, PlaceInvitation

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def send_all():
    OutboxMail.objects.filter(state="waiting").update(state="sent", next_at=None, sent_at=timezone.now())


def token_in(mail):
    return mail.words["text"].split("/groep/uitnodiging/")[1].split("/")[0]


@pytest.fixture
def asked(small_group, people, ilse):
    """Two people were invited two days ago and did not answer; `asked` is the group."""
    with time_machine.travel(timezone.now() - 2 * DAY, tick=False):
        for person in people(2):
            prepare_place(small_group, person, by=ilse)
        invite_prepared(small_group, by=ilse)
    small_group.tokens = [token_in(mail) for mail in OutboxMail.objects.order_by("pk")]
    send_all()
    return small_group


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def nudged():
    return list(OutboxMail.objects.filter(kind="place-nudge").order_by("person__display_name"))


def may_be_asked(group):
    return {one.name: not one.why_not for one in unanswered_of([group])}


# ── The screen ─────────────────────────────────────────────────────────────────
def test_she_sees_who_and_in_what_words_and_sends_once(browser, asked):
    where = reverse("training:nudge", args=[asked.uuid])
    desk = browser.get("/planning/").content.decode()
    page = browser.get(where).content.decode()
    looked = len(nudged())
    first = browser.post(where, follow=True).content.decode()
    again = browser.post(where, follow=True).content.decode()

    assert [where in desk, "Deelnemer 1" in page, "Deelnemer 2" in page, 'class="letter"' in page] == [True] * 4
    assert not any(token in page for token in asked.tokens)
    assert (looked, len(nudged())) == (0, 2)
    nobody = dutch("Nobody is reminded: everybody was reminded this week, or answered.")
    assert [nobody in words for words in (first, again)] == [False, True]


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_does(request, client, asked, who, method):
    client.force_login(request.getfixturevalue(who))
    answer = getattr(client, method)(reverse("training:nudge", args=[asked.uuid]))

    assert (answer.status_code, len(nudged())) == (404, 0)


def test_the_desk_says_how_many_are_asked(browser, asked):
    todo = next(one for one in browser.get("/planning/").context["todos"] if "antwoordden" in one.title)
    assert "2" in todo.action


# ── Who ────────────────────────────────────────────────────────────────────────
def test_who_was_asked_today_need_not_have_read_it(asked, ilse):
    type(asked).objects.filter(pk=asked.pk).update(capacity=3)
    prepare_place(asked, make_person("Vandaag"), by=ilse)
    invite_prepared(asked, by=ilse)

    assert may_be_asked(asked) == {"Deelnemer 1": True, "Deelnemer 2": True}


def test_who_answered_is_left_alone(asked, ilse):
    answer_invitation(asked.tokens[0], says_yes=False)

    assert nudge_unanswered(asked, by=ilse) == 1
    assert [mail.person.display_name for mail in nudged()] == ["Deelnemer 2"]


def test_who_never_got_the_mail_is_not_reminded_of_it(asked, ilse):
    OutboxMail.objects.filter(person__display_name="Deelnemer 1").update(state="refused", sent_at=None)

    assert may_be_asked(asked) == {"Deelnemer 1": False, "Deelnemer 2": True}
    assert nudge_unanswered(asked, by=ilse) == 1


def test_nobody_is_asked_twice_in_a_week_and_after_it_again(asked, ilse):
    now = timezone.now()
    numbers = []
    for days in (0, 1, 6.9, 7.1):
        with time_machine.travel(now + days * DAY, tick=False):
            numbers.append(nudge_unanswered(asked, by=ilse))
            send_all()

    assert numbers == [2, 0, 0, 2]


def test_what_was_taken_back_can_be_sent_after_all(asked, ilse):
    nudge_unanswered(asked, by=ilse)
    for mail in nudged():
        take_mail_back(mail)

    assert nudge_unanswered(asked, by=ilse) == 2
    assert sorted(mail.state for mail in nudged()) == ["cancelled", "cancelled", "waiting", "waiting"]


# ── The link ───────────────────────────────────────────────────────────────────
def test_both_links_open_the_same_question_and_one_answer_ends_both(client, asked, ilse):
    nudge_unanswered(asked, by=ilse)
    old, new = asked.tokens[0], token_in(nudged()[0])

    assert read_invitation(old) == read_invitation(new)
    client.post(reverse("training:place_invitation", args=[new]), {"answer": "yes"})
    assert GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1").state == "enrolled"
    assert [client.get(reverse("training:place_invitation", args=[token])).status_code for token in (old, new)] == [
        410,
        410,
    ]


def test_a_link_that_ran_out_works_again(asked, ilse):
    PlaceInvitation.objects.update(expires_at=timezone.now() - DAY)
    nudge_unanswered(asked, by=ilse)

    assert read_invitation(token_in(nudged()[0])).place.enrolment.person.display_name == "Deelnemer 1"


def test_a_new_invitation_ends_the_link_of_the_reminder(client, asked, ilse):
    nudge_unanswered(asked, by=ilse)
    token = token_in(nudged()[0])
    invite_again(GroupPlace.objects.get(enrolment__person__display_name="Deelnemer 1"), by=ilse)

    assert client.get(reverse("training:place_invitation", args=[token])).status_code == 410
    assert [mail.state for mail in nudged()] == ["cancelled", "waiting"]


@pytest.mark.parametrize(
    "forge", [lambda token: token[:-1] + "x", lambda token: token.split(":")[0], lambda token: ":"]
)
def test_a_link_is_not_made_by_hand(client, asked, ilse, forge):
    nudge_unanswered(asked, by=ilse)
    forged = forge(token_in(nudged()[0]))

    assert client.get(reverse("training:place_invitation", args=[forged])).status_code == 410


def test_the_mail_lapses_when_the_answer_comes_first(asked, ilse):
    nudge_unanswered(asked, by=ilse)
    mail = nudged()[0]
    answer_invitation(asked.tokens[0], says_yes=True)

    assert (kind_of(mail.kind).still_wanted(mail), kind_of(mail.kind).is_secret) == (False, True)


@pytest.mark.parametrize(("first_in", "answer_in"), [(30, 14), (5, 5), (-5, 14)])
def test_an_answer_is_asked_before_the_group_comes_together(small_group, a_meeting, settings, first_in, answer_in):
    settings.INVITATION_DAYS = 14
    now = timezone.now()
    a_meeting(small_group, days=first_in)
    a_meeting(small_group, days=first_in + 7, title="Doorvragen")

    assert round((answer_until(small_group, now) - now) / datetime.timedelta(days=1)) == answer_in
