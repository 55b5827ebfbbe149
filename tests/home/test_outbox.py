"""Who sees which mail arrived; nobody sees what it says."""

import pytest

from mail.choices import MailState
from mail.models import OutboxMail
from tests.accounts.test_invitations import FATIMA
from tests.accounts.test_sign_in import dutch, html_of

SECRET_WORDS = "Plantwoord zevenblad"


def put_mail(person, *, key="x", state=MailState.SENT, **fields):
    from django.utils import timezone

    ended = {"next_at": None, "sent_at": timezone.now() if state == MailState.SENT else None}
    return OutboxMail.objects.create(
        key=key, kind="account-notice", person=person, to=person.email, language="nl", message_id=f"<{key}@x>",
        state=state, words={"subject": SECRET_WORDS, "text": SECRET_WORDS, "html": SECRET_WORDS}, **ended | fields,
    )  # fmt: skip


@pytest.fixture
def mails(samira, roel, daan):
    return [put_mail(person, key=person.display_name) for person in (samira, roel)]


def names_on(page):
    return [line.text for line in html_of(page).select("main .account__list strong")]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("petra", ["Roel Aarts", "Samira El Amrani"]),
        ("ilse", ["Samira El Amrani"]),
        ("roel", []),
    ],
)
def test_who_sees_which_mail(request, browser_of, mails, name, seen):
    page = browser_of(request.getfixturevalue(name)).get("/post/")

    assert (page.status_code, sorted(names_on(page))) == (200, seen)
    assert SECRET_WORDS not in page.content.decode()


@pytest.mark.parametrize("name", ["samira", "noor", "marieke", "stranger"])
def test_for_others_it_is_not_there(request, browser_of, mails, name):
    browser = browser_of(request.getfixturevalue(name))

    assert browser.get("/post/").status_code == 404
    assert browser.post(f"/post/{mails[0].uuid}/opnieuw/").status_code == 404


def test_a_refused_mail_can_be_sent_again_by_who_sees_it(samira, ilse, roel, browser_of):
    mail = put_mail(samira, state=MailState.REFUSED, reason="550 unknown")
    path = f"/post/{mail.uuid}/opnieuw/"
    page = browser_of(ilse).get("/post/?stand=geweigerd")

    refused = browser_of(roel).post(path).status_code
    sent = browser_of(ilse).post(path)
    mail.refresh_from_db()

    assert "550 unknown" in html_of(page).find("main").text
    assert html_of(page).select_one("main .account__list form")["action"] == path
    assert (refused, sent.status_code, mail.state) == (404, 302, MailState.WAITING)


def test_a_coordinator_sees_whether_her_invitation_arrived(ilse, roel, browser_of):
    from accounts.domain.invitations import invite

    invite(ilse, email=FATIMA, role="participant")

    assert names_on(browser_of(ilse).get("/post/")) == [FATIMA]
    assert names_on(browser_of(roel).get("/post/")) == []


def test_nothing_to_show_says_so(ilse, browser_of):
    pages = [browser_of(ilse).get(path) for path in ("/post/", "/post/?stand=geweigerd", "/post/?pagina=x")]

    assert [dutch(words) in html_of(page).find("main").text for page, words in zip(pages, EMPTY, strict=True)] == [
        True
    ] * 3


EMPTY = ["No mail was sent yet.", "Everything arrived.", "No mail was sent yet."]


@pytest.mark.parametrize("size", [1, 40])
def test_the_list_costs_the_same_at_any_size(samira, ilse, browser_of, django_assert_num_queries, size):
    for number in range(size):
        put_mail(samira, key=str(number))
    browser = browser_of(ilse)
    browser.get("/post/")

    with django_assert_num_queries(6):
        browser.get("/post/")
