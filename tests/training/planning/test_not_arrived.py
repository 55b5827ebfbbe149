"""Mail that did not arrive: the reason on the desk, the address corrected where that may be, that one sent again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.people import create_person
from accounts.models import User
from mail.models import OutboxMail
from tests.factories.people import make_person
from tests.training.planning.test_calendars import settle_later
from tests.words import dutch
from training.domain.meetings import change_meeting
from training.domain.not_arrived import not_arrived
from training.domain.place_invitations import answer_invitation, invite_prepared
from training.domain.places import decline_place, enrol_oneself, prepare_place
from training.models import GroupPlace, PlaceInvitation

pytestmark = pytest.mark.django_db
REASON = "550 5.1.1 no such user"


def refuse(mail, reason=REASON, **changes):
    OutboxMail.objects.filter(pk=mail.pk).update(state="refused", reason=reason, next_at=None, sent_at=None, **changes)


@pytest.fixture
def returned(small_group, ilse):
    """Sanne's invitation came back; `returned` is the mail. Somebody else's arrived."""
    for person in (create_person("sanne@exmaple.test", name="Sanne Mulder", is_proven=False), make_person("Bas Kok")):
        prepare_place(small_group, person, by=ilse)
    invite_prepared(small_group, by=ilse)
    OutboxMail.objects.update(state="sent", next_at=None, sent_at=timezone.now())
    mail = OutboxMail.objects.get(person__display_name="Sanne Mulder")
    refuse(mail, words="")
    return mail


@pytest.fixture
def browser(client, ilse):
    client.force_login(ilse)
    return client


def where(mail):
    return reverse("training:mail_not_arrived", args=[mail.uuid])


def asking():
    return sorted(
        OutboxMail.objects.filter(kind="place-invitation").values_list("to", "state").order_by("pk"),
    )


def text(answer):
    return " ".join(answer.content.decode().split())


# ── The way through ────────────────────────────────────────────────────────────
def test_the_reason_is_on_the_desk_and_one_press_sends_that_one_to_a_right_address(browser, returned, small_group):
    desk = browser.get("/planning/").content.decode()
    page = text(browser.get(where(returned)))
    answer = browser.post(where(returned), {"email": " Sanne@Example.test "}, follow=True)

    assert [where(returned) in desk, REASON in desk, REASON in page, 'value="sanne@exmaple.test"' in page] == [True] * 4
    assert asking() == [
        ("bas-kok@example.test", "sent"),
        ("sanne@example.test", "refused"),
        ("sanne@example.test", "waiting"),
    ]
    assert User.objects.get(display_name="Sanne Mulder").email == "sanne@example.test"
    assert where(returned) not in answer.content.decode()
    assert list(not_arrived([small_group])) == []


def test_the_group_says_who_never_got_it_until_it_is_mended(browser, returned, small_group):
    address = reverse("training:planned_group", args=[small_group.uuid])
    before = browser.get(address).content.decode()
    browser.post(where(returned), {"email": "sanne@example.test"})

    assert [before.count(where(returned)), browser.get(address).content.decode().count(where(returned))] == [1, 0]


def test_the_new_mail_has_a_link_that_works(browser, returned, client):
    browser.post(where(returned), {"email": "sanne@example.test"})
    mail = OutboxMail.objects.open().get(kind="place-invitation")
    token = mail.words["text"].split("/groep/uitnodiging/")[1].split("/")[0]
    answer_invitation(token, says_yes=True)

    assert GroupPlace.objects.get(enrolment__person__display_name="Sanne Mulder").state == "enrolled"


def test_pressed_twice_it_is_one_mail(browser, returned):
    answers = [browser.post(where(returned), {"email": "sanne@example.test"}).status_code for _time in range(2)]

    assert (answers, OutboxMail.objects.open().count()) == ([302, 409], 1)


def test_the_same_address_may_have_been_full(browser, returned):
    browser.post(where(returned), {"email": "sanne@exmaple.test"})

    assert asking()[1:] == [("sanne@exmaple.test", "refused"), ("sanne@exmaple.test", "waiting")]


def test_a_new_mail_that_comes_back_is_one_thing_to_do(browser, returned, small_group):
    browser.post(where(returned), {"email": "sanne@example.test"})
    newer = OutboxMail.objects.open().get()
    refuse(newer)

    assert list(not_arrived([small_group])) == [newer]


# ── Whose address it is ────────────────────────────────────────────────────────
def test_of_who_was_here_the_address_is_theirs_and_the_mail_is_sent_as_it_is(browser, returned):
    User.objects.filter(display_name="Sanne Mulder").update(last_login=timezone.now())
    page = text(browser.get(where(returned)))
    browser.post(where(returned), {"email": "kaper@example.test"})
    theirs = dutch("This person has used their account. They change their address themselves, or call you.")

    assert [theirs in page, 'name="email"' in page] == [True, False]
    assert asking()[1:] == [("sanne@exmaple.test", "refused"), ("sanne@exmaple.test", "waiting")]


@pytest.mark.parametrize("email", ["", "x", "a@b.nl;c@d.nl", "a@b.nl\x00", "x" * 50_000, "<script>@x.nl"])
def test_what_is_no_address_is_said_at_the_field(browser, returned, email):
    page = browser.post(where(returned), {"email": email})

    assert (page.status_code, 'id="id_email_error"' in text(page)) == (422, True)
    assert asking()[-1] == ("sanne@exmaple.test", "refused")


def test_an_address_of_somebody_else_is_refused_and_nothing_is_lost(browser, returned, samira):
    page = browser.post(where(returned), {"email": "Samira-El-Amrani@example.test"})
    taken = dutch("Somebody else has this address already. Look at it once more.")

    assert (page.status_code, taken in text(page)) == (409, True)
    assert 'value="Samira-El-Amrani@example.test"' in text(page)
    assert (OutboxMail.objects.open().count(), asking()[-1]) == (0, ("sanne@exmaple.test", "refused"))


# ── Other mail ─────────────────────────────────────────────────────────────────
def test_a_calendar_mail_goes_again_as_it_was(browser, small_group, people, a_meeting):
    enrol_oneself(small_group, people(1)[0])
    a_meeting(small_group)
    settle_later()
    mails = OutboxMail.objects.filter(kind="calendar-request")
    for mail in mails:
        refuse(mail, "452 full")
    mail = mails.get(person__display_name="Deelnemer 1")
    browser.post(where(mail))
    states = dict(mails.values_list("person__display_name", "state"))

    assert states == {"Deelnemer 1": "waiting", "Ilse Verbruggen": "refused", "Noor": "refused"}


@pytest.fixture
def came_back(small_group, a_meeting):
    """The mail for Sanne's calendar came back; the others got theirs."""
    enrol_oneself(small_group, create_person("sanne@exmaple.test", name="Sanne Mulder", is_proven=False))
    a_meeting(small_group)
    settle_later()
    mails = OutboxMail.objects.filter(kind="calendar-request")
    mail = mails.get(person__display_name="Sanne Mulder")
    mails.update(state="sent", next_at=None, sent_at=timezone.now())
    refuse(mail)
    return OutboxMail.objects.get(pk=mail.pk)


def test_sent_again_an_invitation_is_for_the_right_address_with_the_numbers_that_it_had(browser, came_back):
    before = came_back.ics
    browser.post(where(came_back), {"email": "sanne@example.test"})
    sent = OutboxMail.objects.get(pk=came_back.pk)

    assert (sent.state, sent.to) == ("waiting", "sanne@example.test")
    assert unfolded(sent.ics) == unfolded(before).replace("sanne@exmaple.test", "sanne@example.test")
    assert "sanne@example.test" in unfolded(sent.ics)


def unfolded(ics):
    return ics.replace("\r\n ", "")


def test_who_changed_their_own_address_gets_it_there(browser, came_back):
    person = came_back.person
    User.objects.filter(pk=person.pk).update(email="thuis@example.test", last_login=timezone.now())
    browser.post(where(came_back))
    sent = OutboxMail.objects.get(pk=came_back.pk)

    assert (sent.state, sent.to, "mailto:thuis@example.test" in unfolded(sent.ics)) == (
        "waiting",
        "thuis@example.test",
        True,
    )


def test_a_newer_mail_about_the_same_meeting_stands_in_its_place(browser, came_back, small_group, a_meeting, ilse):
    """Nobody sends how it was before; another meeting changes nothing of this one."""
    meeting = small_group.meetings.get()
    a_meeting(small_group, days=21)
    settle_later()
    assert list(not_arrived([small_group])) == [came_back]
    change_meeting(meeting, version=meeting.version, by=ilse, room="9")
    settle_later()
    newer = OutboxMail.objects.get(key=came_back.key.removesuffix(":0") + ":1")
    refuse(newer)

    assert list(not_arrived([small_group])) == [newer]
    assert browser.post(where(came_back), {"email": came_back.to}).status_code == 409


def test_a_mail_whose_words_are_gone_says_so(browser, small_group, people):
    enrol_oneself(small_group, people(1)[0])
    mail = OutboxMail.objects.get(kind="place-welcome")
    refuse(mail, words="")

    assert '<form class="planning__form"' not in text(browser.get(where(mail)))
    assert browser.post(where(mail)).status_code == 409


def test_who_is_no_longer_invited_is_not_asked(browser, returned, ilse):
    decline_place(GroupPlace.objects.get(enrolment__person__display_name="Sanne Mulder"), by=ilse)

    assert browser.post(where(returned), {"email": "sanne@example.test"}).status_code == 409
    assert (OutboxMail.objects.open().count(), PlaceInvitation.objects.count()) == (0, 2)
    assert User.objects.get(display_name="Sanne Mulder").email == "sanne@exmaple.test"


def test_a_mail_that_arrived_is_not_sent_again(browser, returned):
    mail = OutboxMail.objects.get(person__display_name="Bas Kok")

    assert browser.get(where(mail)).status_code == 200
    assert (browser.post(where(mail)).status_code, OutboxMail.objects.open().count()) == (409, 0)


@pytest.mark.parametrize("who", ["roel", "samira", "noor", "marieke", "petra", "stranger"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_reads_an_address_or_sends(request, client, returned, who, method):
    client.force_login(request.getfixturevalue(who))
    answer = getattr(client, method)(where(returned), {"email": "kaper@example.test"})

    assert (answer.status_code, "sanne@" in text(answer), OutboxMail.objects.open().count()) == (404, False, 0)


def test_mail_about_nothing_of_hers_is_not_there(browser, ilse, samira):
    from tests.home.test_outbox import put_mail

    mail = put_mail(samira, state="refused")
    assert browser.get(where(mail)).status_code == 404
