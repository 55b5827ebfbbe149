"""Which mails somebody wants: a page of their account, and a link in each mail that can be turned off."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail as post
from django.test import Client

from accounts.domain.mail_wishes import behind, stop_address, turn_off, turn_on, wants, wishes_of
from accounts.models import MailStop
from mail.domain.outbox import queue_mail
from mail.models import OutboxMail
from mail.worker import Worker
from stories.talk_emails import REACTION_ANSWERED, REACTIONS_CAME, REACTIONS_WAIT
from tests.factories.stories import storyteller_of
from training.emails import MEETING_REMINDER

pytestmark = pytest.mark.django_db
WISHES = "/account/post/"
SITE = "http://localhost:8000"


def marks(answer):
    """`{kind: on or off}` of the page."""
    found = BeautifulSoup(answer.content, "html.parser").select("main input[type=checkbox]")
    return {one["name"]: one.has_attr("checked") for one in found}


def path_of(person, kind=REACTION_ANSWERED):
    return stop_address(person, kind).removeprefix(SITE)


# ── In the account ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("samira", {REACTION_ANSWERED}),
        ("noor", {REACTION_ANSWERED, REACTIONS_CAME}),
        ("marieke", {REACTION_ANSWERED, REACTIONS_WAIT}),
        ("ilse", {REACTION_ANSWERED, REACTIONS_WAIT}),
        ("petra", {REACTION_ANSWERED, REACTIONS_WAIT}),
    ],
)
def test_everybody_meets_the_mails_that_may_come_to_them(request, browser_of, noor, name, kinds):
    storyteller_of(noor)

    answer = browser_of(request.getfixturevalue(name)).get(WISHES)

    assert {kind: is_on for kind, is_on in marks(answer).items() if kind.startswith("reaction")} == dict.fromkeys(
        kinds, True
    )


def test_turning_off_and_on_is_kept_and_said(browser_of, samira):
    browser = browser_of(samira)

    answer = browser.post(WISHES, {}, follow=True)
    assert (marks(answer)[REACTION_ANSWERED], wants(samira, REACTION_ANSWERED)) == (False, False)
    assert BeautifulSoup(answer.content, "html.parser").select_one("[role=status]") is not None

    assert marks(browser.post(WISHES, {REACTION_ANSWERED: "on"}, follow=True))[REACTION_ANSWERED]
    assert (wants(samira, REACTION_ANSWERED), MailStop.objects.filter(kind=REACTION_ANSWERED).count()) == (True, 0)


def test_what_is_sent_along_for_a_mail_that_can_not_come_changes_nothing(browser_of, samira):
    sent = f"{REACTION_ANSWERED}=on&login-code=&x%00=%ED%A0%80&{REACTIONS_CAME}={'x' * 50_000}"
    answer = browser_of(samira).post(WISHES, sent, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 302
    assert MailStop.objects.exclude(kind=MEETING_REMINDER).count() == 0  # its mark was not sent along: turned off


def test_it_is_found_from_the_account(browser_of, samira):
    assert f'href="{WISHES}"' in browser_of(samira).get("/account/").content.decode()


def test_the_wishes_of_one_are_not_those_of_another(browser_of, samira, daan):
    browser_of(samira).post(WISHES, {})

    assert (wants(samira, REACTION_ANSWERED), wants(daan, REACTION_ANSWERED)) == (False, True)


def test_twice_changes_nothing(samira):
    for act in (turn_off, turn_off):
        act(samira, REACTION_ANSWERED)
    assert MailStop.objects.count() == 1
    for act in (turn_on, turn_on):
        act(samira, REACTION_ANSWERED)
    assert [wish.is_on for wish in wishes_of(samira) if wish.kind.name == REACTION_ANSWERED] == [True]


# ── The link in the mail ───────────────────────────────────────────────────────
def test_looking_at_the_link_changes_nothing_and_the_button_turns_it_off(client, samira):
    path = path_of(samira)

    looked = client.get(path)
    assert (looked.status_code, wants(samira, REACTION_ANSWERED)) == (200, True)
    assert BeautifulSoup(looked.content, "html.parser").select_one("main form button") is not None

    assert (client.post(path).status_code, wants(samira, REACTION_ANSWERED)) == (200, False)
    assert client.post(path).status_code == 200


def test_a_mail_program_presses_the_button_without_a_page(samira):
    answer = Client(enforce_csrf_checks=True).post(path_of(samira), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, wants(samira, REACTION_ANSWERED)) == (200, False)


def test_the_page_says_nothing_of_whose_it_is(client, samira):
    page = client.get(path_of(samira)).content.decode()

    assert [part for part in (samira.display_name, samira.get_short_name(), samira.email) if part in page] == []


@pytest.mark.parametrize("change", [lambda p: p[:-3] + "x/", lambda p: p.replace("niet-meer/", "niet-meer/W10"), None])
def test_a_link_that_was_not_made_here_is_missing(client, samira, change):
    path = change(path_of(samira)) if change else "/account/post/niet-meer/abc/"

    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]
    assert MailStop.objects.count() == 0


def test_a_link_turns_off_no_mail_without_a_switch_and_nothing_of_who_left(samira):
    assert behind(path_of(samira, "login-code").split("/")[-2]) is None
    token = path_of(samira).split("/")[-2]
    samira.is_active = False
    samira.save()

    assert behind(token) is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_ways_of_asking_are_refused(client, samira, method):
    assert getattr(client, method)(path_of(samira)).status_code == 405


def test_the_mail_has_the_link_in_its_words_and_in_its_head(samira, monkeypatch, client, settings):
    address = stop_address(samira, REACTION_ANSWERED)
    queue_mail(
        REACTION_ANSWERED,
        to=samira.email,
        person=samira,
        key=f"{REACTION_ANSWERED}:{samira.uuid}:x",
        context={"path": "/", "stop_address": address},
    )
    monkeypatch.setattr("mail.worker.is_still_wanted", lambda mail: True)
    Worker().send_due()

    [sent] = post.outbox
    assert sent.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.body
    assert re.findall(r'href="([^"]*niet-meer[^"]*)"', sent.alternatives[0][0]) == [address]


def test_other_mails_have_no_such_link(samira):
    queue_mail("login-code", to=samira.email, person=samira, key="code", context={"code": "123456"})

    [mail] = OutboxMail.objects.all()
    assert (mail.stop_address, "niet-meer" in mail.text + mail.html) == ("", False)
