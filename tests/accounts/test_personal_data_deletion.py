"""Asking to be erased: closed at once, seven days to think, a link that opens the account again."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import DeletionState
from accounts.models import DeletionRequest, User
from accounts.personal_data.archive import ask_copy, file_of, make_copies
from accounts.personal_data.closing import KeepsTheSite, TooLate, ask_deletion, undo_deletion
from accounts.personal_data.erasing import erase_due_people
from common import chores
from mail.models import OutboxMail
from tests.accounts.proof import just_proven
from tests.factories.own_data import mail_to
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DELETE = "/mijn/gegevens/wissen/"


def undo_at(token):
    return reverse("own_data_undo", args=[token])


def links_in_mail_to(person):
    mails = OutboxMail.objects.filter(kind="deletion-asked", to=person.email)
    return [word for mail in mails for word in mail.words["text"].split() if "/terug/" in word]


# ── Closing ────────────────────────────────────────────────────────────────────
def test_it_closes_at_once_everywhere(samira, browser_of):
    phone, laptop, other = browser_of(samira), browser_of(samira), browser_of(make_person("Een ander"))

    ask_deletion(samira)

    assert User.objects.get(pk=samira.pk).is_active is False
    assert Session.objects.count() == 1
    assert [browser.get("/mijn/").status_code for browser in (phone, laptop, other)] == [302, 302, 200]


def test_nothing_is_erased_yet(samira, enrolment):
    request, _token = ask_deletion(samira, at=NOW)

    assert erase_due_people(NOW + timedelta(days=6, hours=23)) == 0
    assert samira.enrolments.get() == enrolment
    assert (request.state, request.due_at) == (DeletionState.WAITING, NOW + timedelta(days=7))


def test_the_thinking_time_is_a_setting(samira, settings):
    settings.DELETION_THINKING_DAYS = 30

    assert ask_deletion(samira, at=NOW)[0].due_at == NOW + timedelta(days=30)


def test_mail_that_waits_is_cancelled_and_one_with_the_way_back_is_sent(samira, daan):
    mine, other = mail_to(samira.email, "a", person=samira), mail_to(daan.email, "b", person=daan)

    _request, token = ask_deletion(samira)

    states = {mail.key: mail.state for mail in OutboxMail.objects.all() if mail in (mine, other)}
    assert states == {"test:a": "cancelled", "test:b": "waiting"}
    assert links_in_mail_to(samira) == [f"http://localhost:8000{undo_at(token)}"]
    assert OutboxMail.objects.get(kind="deletion-asked").state == "waiting"


def test_the_copies_go_at_once(samira):
    export = ask_copy(samira)
    make_copies()

    ask_deletion(samira)

    assert not file_of(export).exists()


def test_asking_twice_is_one_request_with_a_new_link(samira):
    first, old = ask_deletion(samira, at=NOW)
    second, new = ask_deletion(samira, at=NOW + timedelta(hours=1))

    assert (first.pk, second.due_at) == (second.pk, first.due_at)
    with pytest.raises(TooLate):
        undo_deletion(old)
    undo_deletion(new)


def test_no_two_requests_of_one_person_can_be_under_way(samira):
    ask_deletion(samira)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeletionRequest.objects.create(person=samira, person_uuid=samira.uuid, due_at=NOW + timedelta(days=9))


def test_the_link_is_kept_as_a_digest_only(samira):
    request, token = ask_deletion(samira)

    assert token not in {str(value) for value in DeletionRequest.objects.values_list().get()}
    assert len(token) >= 40
    assert len(request.undo_digest) == 64


# ── Who can't be missed ────────────────────────────────────────────────────────
def test_the_servers_own_account_can_not_close_itself(client, db):
    server = make_person("Server", is_superuser=True)
    client.force_login(server)
    just_proven(client, server)

    with pytest.raises(KeepsTheSite):
        ask_deletion(server)
    assert client.post(DELETE).status_code == 409
    assert "/wissen/" not in client.get(DELETE).content.decode().split("<main")[1].split("</main")[0]


def test_the_only_administrator_stays_until_there_is_another(petra):
    with pytest.raises(KeepsTheSite):
        ask_deletion(petra)

    make_person("Nog Iemand", "administrator")
    assert ask_deletion(User.objects.get(pk=petra.pk))[0].state == DeletionState.WAITING


# ── Thinking better of it ──────────────────────────────────────────────────────
def test_the_link_opens_the_account_again_as_it_was(client, samira, enrolment):
    _request, token = ask_deletion(samira)

    page = client.get(undo_at(token))
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert User.objects.get(pk=samira.pk).is_active is False  # looking changes nothing
    response = client.post(undo_at(token))

    assert response["Location"] == undo_at(token)
    assert User.objects.get(pk=samira.pk).is_active is True
    assert samira.enrolments.get() == enrolment
    assert client.get(undo_at(token)).context["undone"] is True
    assert erase_due_people(timezone.now() + timedelta(days=30)) == 0


def test_undoing_twice_is_undoing_once(client, samira):
    _request, token = ask_deletion(samira)

    assert [client.post(undo_at(token)).status_code for _time in range(2)] == [302, 409]
    assert DeletionRequest.objects.get().state == DeletionState.UNDONE


def test_after_undoing_it_can_be_asked_again(samira):
    _request, token = ask_deletion(samira)
    undo_deletion(token)

    assert ask_deletion(samira)[0].state == DeletionState.WAITING
    assert DeletionRequest.objects.count() == 2


def test_undoing_takes_back_the_mail_that_still_waits(samira):
    _request, token = ask_deletion(samira)

    undo_deletion(token)

    assert OutboxMail.objects.get(kind="deletion-asked").state == "cancelled"


def test_after_seven_days_it_is_too_late(client, samira, time_machine):
    time_machine.move_to(NOW)
    _request, token = ask_deletion(samira)
    time_machine.shift(timedelta(days=7, seconds=1))

    assert client.post(undo_at(token)).status_code == 409
    assert client.get(undo_at(token)).context["may_undo"] is False
    assert erase_due_people() == 1
    assert client.get(undo_at(token)).status_code == 200


def test_once_the_erasing_began_there_is_no_way_back(samira):
    _request, token = ask_deletion(samira)
    DeletionRequest.objects.update(state=DeletionState.ERASING)

    with pytest.raises(TooLate):
        undo_deletion(token)


@pytest.mark.parametrize("token", ["x", "a" * 43, "..%2F..", "é"])
def test_an_unknown_link_is_a_404(client, samira, token):
    ask_deletion(samira)

    assert [getattr(client, method)(undo_at(token)).status_code for method in ("get", "post")] == [404, 404]


def test_the_page_of_the_link_names_nobody(client, samira):
    _request, token = ask_deletion(samira)

    page = client.get(undo_at(token)).content.decode()

    assert "Samira" not in page
    assert samira.email not in page


# ── On the screen, and by the worker ───────────────────────────────────────────
def test_the_page_says_what_goes_and_what_stays(client, samira):
    samira.language = "en"
    samira.save()
    client.force_login(samira)

    page = client.get(DELETE).content.decode()

    assert "Everything that you wrote in the training" in page
    assert "Pages and files that you made for the site" in page
    assert "You have 7 days to think." in page
    assert DeletionRequest.objects.count() == 0


def test_the_button_closes_signs_out_and_shows_the_way_back(client, samira):
    samira.set_password("vier gele keukenstoelen")
    samira.save()
    client.force_login(samira)
    asked = client.post(DELETE)

    response = client.post(asked["Location"], {"password": "vier gele keukenstoelen", "next": DELETE})

    assert f"http://localhost:8000{response['Location']}" in links_in_mail_to(samira)
    assert '"storage"' in response["Clear-Site-Data"]
    assert client.get("/mijn/").status_code == 302
    assert client.get(response["Location"]).context["may_undo"] is True


def test_the_worker_erases_who_is_due_one_at_a_time(samira, daan):
    for person in (samira, daan):
        ask_deletion(person, at=NOW - timedelta(days=8))

    assert (erase_due_people(), erase_due_people(), erase_due_people()) == (1, 1, 0)
    assert set(DeletionRequest.objects.values_list("state", "person")) == {("done", None)}
    assert not User.objects.filter(pk__in=[samira.pk, daan.pk]).exists()


def test_the_chores_are_the_workers(samira):
    ask_deletion(samira, at=NOW - timedelta(days=8))

    done = chores.run_all()

    assert done["erase people"] == 1
    assert {"make copies of people's data", "erase copies whose day is over"} <= set(done)
