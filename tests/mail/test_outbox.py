"""A mail is a row in the transaction of what causes it, once for each cause; it is taken back, tried again, erased."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone

from mail.domain.outbox import cancel_mails, erase_mails_of, erase_old_bodies, queue_mail, send_again
from mail.kinds import MailKind
from mail.models import OutboxMail
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def states():
    return dict(OutboxMail.objects.values_list("key", "state"))


def put_state(mail, state, **fields):
    OutboxMail.objects.filter(pk=mail.pk).update(state=state, next_at=None, **fields)
    mail.refresh_from_db()


def raw(mail):
    """Return all that the database holds of a mail, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_outboxmail WHERE id = %s", [mail.pk])
        return repr(cursor.fetchone())


# ── Queueing ───────────────────────────────────────────────────────────────────
def test_a_mail_is_a_row_with_all_that_it_needs(queue, samira):
    mail = queue("samira", word="Dag", person=samira, about="group:7", sender_name="Ilse", reply_to="ilse@example.test")

    mail = OutboxMail.objects.get(key="note:samira")
    assert (mail.kind, mail.to, mail.person, mail.about) == ("test-note", "samira@example.test", samira, "group:7")
    assert (mail.sender_name, mail.reply_to, mail.language) == ("Ilse", "ilse@example.test", "nl")
    assert (mail.state, mail.attempts, mail.reason, mail.sent_at, mail.words_until) == ("waiting", 0, "", None, None)
    assert mail.next_at == pytest.approx(timezone.now(), abs=timedelta(seconds=30))
    assert mail.subject == "Dag for Samira El Amrani"
    assert mail.message_id == f"<{mail.uuid}@localhost>"


def test_what_is_undone_sends_nothing(queue):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert states() == {}


def test_the_same_cause_makes_one_mail(queue):
    first, second = queue(word="Dag"), queue(word="Nog eens")

    assert first == second
    assert (OutboxMail.objects.count(), second.subject[:3]) == (1, "Dag")


@pytest.mark.parametrize("state", ["sent", "refused", "cancelled"])
def test_a_mail_that_came_to_its_end_is_not_made_anew(queue, state):
    put_state(queue(), state, sent_at=timezone.now() if state == "sent" else None)

    queue()

    assert states() == {"note:jo": state}


def test_a_name_is_cut_where_its_field_ends(queue):
    assert queue(sender_name="é" * 200).sender_name == "é" * 120


def test_the_kind_may_be_given_by_name(queue, make_kind):
    make_kind("other")

    assert queue(kind="other").kind == "other"


def test_a_kind_that_nobody_registered_is_a_mistake(queue):
    with pytest.raises(LookupError, match="never"):
        queue(kind="never")


def test_a_kind_without_templates_is_a_mistake(db):
    with pytest.raises(TemplateDoesNotExist):
        queue_mail(MailKind("bare", "bare", "emails/nowhere"), to="jo@example.test", key="1")


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        "jo",
        "jo@example.test\nBcc: all@example.test",
        "jo@example.test, all@example.test",
        "Jo <jo@example.test>",
        "jo@exa mple.test",
        "jõ@example.test",
        "jo\x00@example.test",
        f"{'j' * 250}@example.test",
    ],
)
def test_an_address_that_takes_no_mail_is_refused_at_once_and_seen(queue, address):
    mail = queue(to=address)

    assert (mail.state, mail.next_at, mail.words) == ("refused", None, {})
    assert mail.reason != ""
    assert states() == {"note:jo": "refused"}


def test_a_mail_may_wait_for_its_time(queue):
    later = timezone.now() + timedelta(days=3)

    mail = queue(not_before=later)

    assert mail.next_at == later
    assert list(OutboxMail.objects.due()) == []
    assert list(OutboxMail.objects.due(later)) == [mail]


def test_words_are_unreadable_in_the_database(queue):
    mail = queue(word="Zonnebloem")

    assert [part for part in (mail.subject, mail.text, mail.html) if "Zonnebloem" not in part] == []
    assert "Zonnebloem" not in raw(mail)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sent"},
        {"next_at": None},
        {"state": "sending"},
        {"lease_until": timezone.now()},
        {"sent_at": timezone.now()},
        {"state": "refused"},
    ],
)
def test_the_database_refuses_a_mail_that_is_neither_here_nor_there(queue, wrong):
    mail = queue()

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.filter(pk=mail.pk).update(**wrong)


# ── Taking back ────────────────────────────────────────────────────────────────
@pytest.fixture
def three(queue, samira, daan):
    """Two about one group, to Samira and Daan; one about another group, to Samira."""
    queue("a", key="meeting:1:samira", about="group:1", person=samira)
    queue("b", key="meeting:1:daan", about="group:1", person=daan)
    queue("c", key="meeting:2:samira", about="group:2", person=samira)


@pytest.mark.parametrize(
    ("chosen", "cancelled"),
    [
        ({"key_prefix": "meeting:1:"}, ["meeting:1:daan", "meeting:1:samira"]),
        ({"key_prefix": "meeting:_:"}, []),
        ({"about": "group:2"}, ["meeting:2:samira"]),
        ({"about": "group:1", "key_prefix": "meeting:2"}, []),
    ],
)
def test_waiting_mails_are_taken_back(three, chosen, cancelled):
    assert cancel_mails(**chosen) == len(cancelled)

    assert sorted(key for key, state in states().items() if state == "cancelled") == cancelled
    assert [mail.words for mail in OutboxMail.objects.filter(state="cancelled")] == [{}] * len(cancelled)


def test_the_mails_of_one_person_are_taken_back(three, samira):
    assert cancel_mails(about="group:1", person=samira) == 1
    assert states()["meeting:1:samira"] == "cancelled"


def test_all_mail_of_the_site_is_never_taken_back(three):
    with pytest.raises(ValueError, match="cancel_mails needs"):
        cancel_mails(key_prefix="", about=None)

    assert set(states().values()) == {"waiting"}


def test_what_has_left_is_not_taken_back(queue):
    put_state(queue(), "sent", sent_at=timezone.now())

    assert cancel_mails(key_prefix="note:") == 0
    assert states() == {"note:jo": "sent"}


def test_what_is_in_the_hands_of_a_worker_is_not_taken_back(queue, worker):
    queue()
    worker.claim()

    assert cancel_mails(key_prefix="note:") == 0


# ── Trying again ───────────────────────────────────────────────────────────────
def test_a_refused_mail_gets_all_its_attempts_again(queue):
    mail = queue()
    put_state(mail, "refused", attempts=6, reason="550 no", words_until=timezone.now())

    assert send_again(mail) is True
    assert (mail.state, mail.attempts, mail.reason, mail.words_until) == ("waiting", 0, "", None)
    assert list(OutboxMail.objects.due()) == [mail]


def test_a_refused_mail_without_words_can_not_be_sent_again(queue):
    mail = queue()
    put_state(mail, "refused", words={})

    assert send_again(mail) is False
    assert states() == {"note:jo": "refused"}


@pytest.mark.parametrize("state", ["sent", "cancelled"])
def test_only_what_was_refused_is_sent_again(queue, state):
    mail = queue()
    put_state(mail, state, sent_at=timezone.now() if state == "sent" else None)

    assert send_again(mail) is False
    assert states() == {"note:jo": state}


# ── Erasing ────────────────────────────────────────────────────────────────────
def test_mails_of_a_person_go_by_account_and_by_address(queue, samira, daan):
    queue("1", person=samira, to="old@example.test")
    queue("2", to="Samira-El-Amrani@example.test")
    queue("3", person=daan, to=daan.email)
    queue("4", to="x-samira-el-amrani@example.test")

    assert erase_mails_of(samira) == 2
    assert sorted(states()) == ["note:3", "note:4"]


def test_mails_go_by_address_alone(queue, samira):
    queue("1", to="JO@example.test", person=samira)
    queue("2", to="jo@example.tes")

    assert erase_mails_of("jo@example.test") == 1
    assert sorted(states()) == ["note:2"]


@pytest.mark.parametrize("somebody", ["", None])
def test_no_address_is_nobodys(queue, somebody):
    queue("1", to="")
    person = make_person("Iemand", email="") if somebody is None else somebody

    assert erase_mails_of(person) == 0
    assert sorted(states()) == ["note:1"]


def test_when_an_account_goes_its_mails_stay_without_it(queue, stranger):
    mail = queue(person=stranger)

    stranger.delete()

    mail.refresh_from_db()
    assert mail.person is None


def test_words_go_when_their_time_has_come(queue):
    now = timezone.now()
    for name, until in (("old", now - timedelta(seconds=1)), ("young", now + timedelta(hours=1)), ("open", None)):
        OutboxMail.objects.filter(pk=queue(name).pk).update(words_until=until)

    assert (erase_old_bodies(now), erase_old_bodies(now)) == (1, 0)
    assert {mail.key: bool(mail.words) for mail in OutboxMail.objects.all()} == {
        "note:old": False,
        "note:young": True,
        "note:open": True,
    }
    assert list(states()) != []


def test_words_go_in_small_pieces(queue, monkeypatch):
    monkeypatch.setattr("mail.domain.outbox.ERASED_AT_ONCE", 2)
    for name in "abc":
        queue(name)
    OutboxMail.objects.update(words_until=timezone.now() - timedelta(days=1))

    assert [erase_old_bodies() for _ in range(3)] == [2, 1, 0]
