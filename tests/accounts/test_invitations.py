"""Inviting people to the site, and coming in by the link."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.choices import InvitationState, Role
from accounts.domain.invitations import (
    AlreadyHere,
    AlreadyInvited,
    LinkEnded,
    MayNotInvite,
    accept_invitation,
    invite,
    read_link,
    send_again,
    still_wanted,
    withdraw_invitation,
)
from accounts.models import Invitation, RoleChange, User
from mail.models import OutboxMail
from tests.accounts.test_sign_in import dutch, html_of, is_signed_in, said
from tests.factories.people import make_person

FATIMA = "fatima@example.test"


def link_in(mail):
    return re.search(r"http://localhost:8000(/account/uitnodiging/\S+/)", mail.words["text"])[1]


def token_of(invitation):
    mail = OutboxMail.objects.get(key=f"invitation:{invitation.uuid}:{invitation.times_sent}")
    return link_in(mail).split("/")[-2]


@pytest.fixture
def invitation(ilse):
    return invite(ilse, email=FATIMA, role=Role.PARTICIPANT, name="Fatima")


# ── Who invites whom ───────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("petra", ["participant", "co-trainer", "trainer", "coordinator", "administrator"]),
        ("ilse", ["participant", "co-trainer", "trainer"]),
        ("marieke", []),
        ("noor", []),
        ("samira", []),
    ],
)
def test_who_may_invite_whom(request, browser_of, name, roles):
    person = request.getfixturevalue(name)
    page = browser_of(person).get("/account/uitnodigingen/")

    assert page.status_code == (200 if roles else 404)
    assert [box["value"] for box in html_of(page).select("input[name=role]")] == roles
    for role in set(Role) - set(roles):
        with pytest.raises(MayNotInvite):
            invite(person, email=FATIMA, role=role)


def test_an_invitation_is_one_mail_in_the_name_of_who_invites(ilse, browser_of):
    response = browser_of(ilse).post(
        "/account/uitnodigingen/", {"email": " Fatima@Example.test ", "name": "Fatima\n", "role": "participant"}
    )

    mail = OutboxMail.objects.get()
    made = Invitation.objects.get()
    assert (response.status_code, response.url) == (302, "/account/uitnodigingen/")
    assert (made.email, made.name, made.role, made.invited_by) == (FATIMA, "Fatima", "participant", ilse)
    assert (mail.to, mail.sender_name, mail.reply_to) == (FATIMA, ilse.display_name, ilse.email)
    assert made.link_digest not in mail.words["text"]
    assert read_link(token_of(made)) == made


@pytest.mark.parametrize(
    "address", ["geen adres", "fatima@example.test\nBcc: x@example.test", "a\x00@example.test", ""]
)
def test_a_wrong_address_is_said_beside_the_field(ilse, browser_of, address):
    response = browser_of(ilse).post("/account/uitnodigingen/", {"email": address, "role": "participant"})

    assert (response.status_code, bool(said(response))) == (400, True)
    assert not Invitation.objects.exists()


def test_a_role_that_one_may_not_give_is_refused(ilse, browser_of):
    response = browser_of(ilse).post("/account/uitnodigingen/", {"email": FATIMA, "role": "administrator"})

    assert (response.status_code, Invitation.objects.count()) == (400, 0)


def test_who_is_here_already_or_invited_already_gets_no_second_mail(ilse, samira, invitation, browser_of):
    browser = browser_of(ilse)
    answers = [
        browser.post("/account/uitnodigingen/", {"email": address, "role": "participant"})
        for address in (samira.email, FATIMA)
    ]

    assert [said(answer) for answer in answers] == [
        [dutch("%(name)s has an account with this address already.", name=samira)],
        [dutch("There is an invitation to this address already. You can send it again below.")],
    ]
    assert OutboxMail.objects.count() == 1


# ── Coming in ──────────────────────────────────────────────────────────────────
def test_opening_the_link_changes_nothing_and_the_button_does(client, invitation):
    path = f"/account/uitnodiging/{token_of(invitation)}/"
    pages = [client.get(path), client.head(path), client.get(path)]

    assert [page.status_code for page in pages] == [200] * 3
    assert (User.objects.filter(email=FATIMA).exists(), is_signed_in(client)) == (False, False)

    entered = client.post(path, {"display_name": "Fatima B.", "work": "host"})

    person = User.objects.get(email=FATIMA)
    invitation.refresh_from_db()
    assert (entered.status_code, entered.url, is_signed_in(client)) == (302, "/mijn/", True)
    assert (person.display_name, person.work, person.roles, person.has_usable_password()) == (
        "Fatima B.", "host", {"participant"}, False,
    )  # fmt: skip
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, person)
    assert person.emailaddress_set.get().verified
    change = RoleChange.objects.get()
    assert (change.person, change.role, change.given, change.by) == (person, "participant", True, invitation.invited_by)


def test_the_first_screen_asks_a_name(client, invitation):
    response = client.post(f"/account/uitnodiging/{token_of(invitation)}/", {"display_name": " ", "work": "care"})

    assert (response.status_code, said(response)) == (400, [dutch("Fill in what we may call you.")])
    assert not User.objects.filter(email=FATIMA).exists()


def test_who_is_signed_in_as_somebody_else_comes_in_as_themselves(invitation, samira, browser_of):
    browser = browser_of(samira)

    browser.post(f"/account/uitnodiging/{token_of(invitation)}/", {"display_name": "Fatima", "work": "care"})

    assert browser.session["_auth_user_id"] == str(User.objects.get(email=FATIMA).pk)


def ended(client, token):
    response = client.get(f"/account/uitnodiging/{token}/")
    return response.status_code, html_of(response).select_one(".door__lead").text


def test_a_link_that_ended_says_why(client, invitation, ilse, time_machine):
    used = token_of(invitation)
    accept_invitation(used, name="Fatima", work="care")
    second = invite(ilse, email="twee@example.test", role=Role.PARTICIPANT)
    withdrawn = token_of(second)
    withdraw_invitation(second)
    old = invite(ilse, email="drie@example.test", role=Role.PARTICIPANT)
    first = token_of(old)
    renewed = send_again(old, by=ilse)
    newest = token_of(renewed)

    words = [ended(client, token) for token in (used, withdrawn, first, "verzonnen")]
    time_machine.move_to(datetime.now(UTC) + timedelta(days=15))

    assert [status for status, _words in words] == [410, 410, 404, 404]
    assert ended(client, newest)[0] == 410
    assert len({sentence for _status, sentence in [*words, ended(client, newest)]}) == 4


def test_a_withdrawn_invitation_is_not_sent_any_more(invitation):
    mail = OutboxMail.objects.get()
    assert still_wanted(mail) is True

    assert (withdraw_invitation(invitation), withdraw_invitation(invitation)) == (True, False)

    mail.refresh_from_db()
    assert (still_wanted(mail), mail.state) == (False, "cancelled")


def test_the_list_says_in_whole_sentences_how_far_it_is(ilse, invitation, browser_of, time_machine):
    waits = html_of(browser_of(ilse).get("/account/uitnodigingen/")).select_one(".account__item .small").text
    time_machine.move_to(invitation.expires_at + timedelta(days=1))
    ended = html_of(browser_of(ilse).get("/account/uitnodigingen/")).select_one(".account__item .small").text

    until = dutch("The link works until %(date)s.", date=date_format(localtime(invitation.expires_at)))
    assert [(until in words, ".." in words) for words in (waits, ended)] == [(True, False), (False, False)]


def test_an_invitation_that_ran_out_makes_room_for_a_new_one(ilse, invitation, time_machine):
    time_machine.move_to(datetime.now(UTC) + timedelta(days=15))

    again = invite(ilse, email=FATIMA, role=Role.PARTICIPANT)

    assert again.is_open()
    assert OutboxMail.objects.count() == 2


def test_an_invitation_outlives_who_sent_it(ilse, petra, invitation, client):
    invitation.invited_by = None  # as erasing leaves it
    invitation.save()

    again = send_again(invitation, by=petra)

    assert OutboxMail.objects.get(key=f"invitation:{again.uuid}:2").sender_name == petra.display_name
    assert client.get(f"/account/uitnodiging/{token_of(again)}/").status_code == 200


def test_others_invitations_are_missing(roel, ilse, petra, invitation, browser_of):
    paths = [f"/account/uitnodigingen/{invitation.uuid}/{act}/" for act in ("intrekken", "opnieuw")]

    assert [browser_of(roel).post(path).status_code for path in paths] == [404, 404]
    assert FATIMA not in browser_of(roel).get("/account/uitnodigingen/").content.decode()
    assert FATIMA in browser_of(petra).get("/account/uitnodigingen/").content.decode()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.times_sent) == (InvitationState.WAITING, 1)


def test_an_address_taken_meanwhile_is_an_answer_and_no_second_account(client, invitation):
    token = token_of(invitation)
    make_person("Fatima", email=FATIMA)

    with pytest.raises(AlreadyHere):
        accept_invitation(token, name="Fatima", work="care")
    response = client.post(f"/account/uitnodiging/{token}/", {"display_name": "Fatima", "work": "care"})

    assert (response.status_code, is_signed_in(client)) == (410, False)


def test_the_database_holds_one_waiting_invitation_per_address(ilse, invitation):
    twin = Invitation(email=FATIMA, role="trainer", invited_by=ilse, link_digest="x", expires_at=invitation.expires_at)

    with pytest.raises(IntegrityError):
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_two_people_accepting_one_invitation_make_one_account(ilse):
    token = token_of(invite(ilse, email=FATIMA, role=Role.PARTICIPANT))

    def accept(_number):
        try:
            return accept_invitation(token, name="Fatima", work="care").email
        except (LinkEnded, AlreadyHere) as late:
            return type(late).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcome = sorted(pool.map(accept, range(4)))

    assert outcome == ["LinkEnded"] * 3 + [FATIMA]
    assert User.objects.filter(email=FATIMA).count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_inviting_twice_at_once_is_one_invitation(ilse):
    def send(_number):
        try:
            return invite(ilse, email=FATIMA, role=Role.PARTICIPANT).email
        except AlreadyInvited:
            return "already"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcome = sorted(pool.map(send, range(4)))

    assert outcome == ["already"] * 3 + [FATIMA]
    assert OutboxMail.objects.count() == 1
