"""Mail over SMTP, to a server that takes it, refuses it, hangs and cuts the line: none is lost, each arrives once."""

import socket
from datetime import timedelta
from email.utils import getaddresses

import pytest
from django.db import connection
from django.utils import timezone

from mail.backends import ANSWER_TIMEOUT, sender_of
from mail.models import OutboxMail
from mail.worker import LEASE
from tests.mail.smtp import Conduct

pytestmark = pytest.mark.django_db

HASTE = timedelta(seconds=30)  # how long a test may take at most


def outcomes():
    return {mail.to.partition("@")[0]: mail.state for mail in OutboxMail.objects.all()}


def let_all_be_due():
    OutboxMail.objects.filter(state="waiting").update(next_at=timezone.now())


# ── What arrives ───────────────────────────────────────────────────────────────
def test_a_mail_arrives_as_it_was_written(queue, post, worker):
    mail = queue(word="Zoë 🌻", sender_name="Ilse Verbruggen", reply_to="ilse@example.test")

    assert worker.send_due() == 1

    (taken,) = post.taken
    head = taken.message
    assert taken.to == "jo@example.test"
    assert {
        name: str(head[name]) for name in ("Subject", "From", "To", "Reply-To", "Message-ID", "Auto-Submitted")
    } == {
        "Subject": "Zoë 🌻 for",
        "From": "Ilse Verbruggen via Jouw leven is mijn werk <hallo@site.test>",
        "To": "jo@example.test",
        "Reply-To": "ilse@example.test",
        "Message-ID": f"<{mail.uuid}@localhost>",
        "Auto-Submitted": "auto-generated",
    }
    text, html = head.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().splitlines()[0] == "Zoë 🌻"
    assert html.get_content().replace("\r\n", "\n") == mail.html
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reason, mail.next_at, mail.lease_by) == ("sent", 1, "", None, "")
    assert mail.sent_at == pytest.approx(timezone.now(), abs=HASTE)


def test_without_a_name_the_site_is_the_sender(queue, post, worker):
    queue()

    worker.send_due()

    head = post.taken[0].message
    assert (str(head["From"]), head["Reply-To"]) == ("Jouw leven is mijn werk <hallo@site.test>", None)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Noor", "Noor"),
        ('Jan "de Witte" O\'Neil, c.t. <x@y.test>', 'Jan "de Witte" O\'Neil, c.t. <x@y.test>'),
        ("Zoë Ğüven 🌻", "Zoë Ğüven 🌻"),
        ("Jo\r\nBcc: all@example.test", "Jo Bcc: all@example.test"),
        ("Jo\u2028Bcc: all@example.test\x00\u202e", "Jo Bcc: all@example.test"),
        ("=?utf-8?q?Jo?=", "Jo"),
    ],
)
def test_a_name_stays_a_name(queue, post, worker, name, read):
    queue(sender_name=name)

    worker.send_due()

    head = post.taken[0].message
    (sender,) = head["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (f"{read} via Jouw leven is mijn werk", "hallo@site.test")
    assert (head["Bcc"], post.receivers()) == (None, ["jo@example.test"])


def test_the_subject_and_the_answer_address_add_no_header(queue, post, worker):
    queue(word="Dag\r\nBcc: all@example.test\n\nX", reply_to="ilse@example.test\nBcc: all@example.test")

    worker.send_due()

    head = post.taken[0].message
    assert head["Subject"] == "Dag Bcc: all@example.test X for"
    assert (head["Bcc"], head["Reply-To"], post.receivers()) == (None, None, ["jo@example.test"])


@pytest.mark.parametrize(
    ("address", "arrives_at"),
    [("o'neil@bücher.test", "o'neil@xn--bcher-kva.test"), ("jo+les@example.test", "jo+les@example.test")],
)
def test_unusual_addresses_arrive(queue, post, worker, address, arrives_at):
    queue(to=address)

    worker.send_due()

    assert post.receivers() == [arrives_at]


def test_the_sender_is_written_as_headers_want_it(queue, settings):
    settings.DEFAULT_FROM_EMAIL = "hallo@site.test"

    assert getaddresses([sender_of(queue(sender_name="Noor"))]) == [
        ("Noor via Jouw leven is mijn werk", "hallo@site.test")
    ]


# ── One line for many ──────────────────────────────────────────────────────────
def test_many_mails_go_over_one_line(queue, post, worker):
    for name in "abcde":
        queue(name)

    assert worker.send_due() == 5
    assert post.receivers() == [f"{name}@example.test" for name in "abcde"]
    assert (post.lines, post.commands[-1]) == (1, "QUIT")


def test_a_line_that_the_server_cuts_between_two_mails_costs_no_attempt(queue, post, worker):
    post.conduct = Conduct(mails_a_line=2)
    for name in "abcde":
        queue(name)

    assert worker.send_due() == 5
    assert post.receivers() == [f"{name}@example.test" for name in "abcde"]
    assert (post.lines, set(OutboxMail.objects.values_list("attempts", flat=True))) == (3, {1})


def test_no_line_is_opened_for_nothing(post, worker, make_kind):
    assert (worker.send_due(), post.lines) == (0, 0)


def test_codes_go_first(queue, post, worker, make_kind):
    secret = make_kind("code", is_secret=True)
    queue("first")
    queue("second")
    queue("code", kind=secret)

    worker.send_due()

    assert post.receivers() == ["code@example.test", "first@example.test", "second@example.test"]


def test_a_stopped_worker_finishes_the_mail_in_its_hands(queue, post, worker, make_kind):
    stopping = make_kind("last", is_secret=True, still_wanted=lambda mail: worker.stop() or True)
    queue("a", kind=stopping)
    queue("b")

    assert worker.send_due() == 1
    assert outcomes() == {"a": "sent", "b": "waiting"}


# ── What may pass ──────────────────────────────────────────────────────────────
PASSING = {
    "later, at the address": ({"RCPT": "450 4.2.1 later"}, "450 4.2.1 later"),
    "later, at the sender": ({"MAIL": "451 busy"}, "451 busy"),
    "later, before the text": ({"DATA": "452 full"}, "452 full"),
    "later, after the text": ({"end": "451 try again"}, "451 try again"),
    "hung up with a word": ({"RCPT": "421 closing"}, "421 closing"),
    "a server that refuses all": ({"greet": "554 no service"}, "554 no service"),
    "hanging at once": ({"greet": "hang"}, None),
    "hanging at the address": ({"RCPT": "hang"}, None),
    "hanging before the text": ({"DATA": "hang"}, None),
    "hanging after the text": ({"end": "hang"}, None),
    "cut at once": ({"greet": "cut"}, None),
    "cut at the address": ({"RCPT": "cut"}, None),
    "cut before the text": ({"DATA": "cut"}, None),
    "cut after the text": ({"end": "cut"}, None),
    "nonsense": ({"MAIL": "hello there"}, None),
}


@pytest.mark.parametrize("case", PASSING)
def test_what_may_pass_is_tried_again_after_five_minutes(queue, post, worker, case):
    steps, reason = PASSING[case]
    post.conduct = Conduct(at=steps)
    mail = queue()

    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, post.taken) == ("waiting", 1, [])
    assert mail.next_at == pytest.approx(timezone.now() + timedelta(minutes=5), abs=HASTE)
    assert (mail.reason == reason) if reason else mail.reason
    post.conduct = Conduct()
    let_all_be_due()
    worker.send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reason, post.receivers()) == ("sent", 2, "", ["jo@example.test"])


def test_a_line_cut_before_the_answer_repeats_with_the_same_message_id(queue, post, worker):
    post.conduct = Conduct(at={"end": "take and cut"})
    mail = queue()
    worker.send_due()
    post.conduct = Conduct()
    let_all_be_due()

    worker.send_due()

    assert [taken.message["Message-ID"] for taken in post.taken] == [mail.message_id] * 2
    assert outcomes() == {"jo": "sent"}


def test_a_server_that_is_down_costs_one_mail_an_attempt_and_the_others_none(queue, post, worker, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    for name in "abc":
        queue(name)

    assert worker.send_due() == 1
    assert list(OutboxMail.objects.order_by("key").values_list("state", "attempts")) == [
        ("waiting", 1),
        ("waiting", 0),
        ("waiting", 0),
    ]


def test_a_wrong_password_is_nothing_that_a_mail_is_refused_for(queue, post, worker, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "wrong"
    queue()

    worker.send_due()

    assert outcomes() == {"jo": "waiting"}


def test_the_others_arrive_although_one_does_not(queue, post, worker):
    post.conduct = Conduct(
        to={
            "b@example.test": {"RCPT": "450 later"},
            "c@example.test": {"end": "cut"},
            "d@example.test": {"end": "hang"},
        }
    )
    for name in "abcde":
        queue(name)

    worker.send_due()

    assert outcomes() == {"a": "sent", "b": "waiting", "c": "waiting", "d": "waiting", "e": "sent"}
    assert post.receivers() == ["a@example.test", "e@example.test"]


def test_a_server_may_think_about_a_mail_longer_than_about_a_command(queue, post, worker):
    post.conduct = Conduct(pause=0.6)  # EMAIL_TIMEOUT is 0.4 here
    queue()

    worker.send_due()

    assert (outcomes(), len(post.taken)) == ({"jo": "sent"}, 1)


def test_a_lease_outlives_every_timeout_of_one_mail():
    from config.settings import EMAIL_TIMEOUT

    asking_and_envelope, text = 3 * EMAIL_TIMEOUT, 3 * ANSWER_TIMEOUT
    assert asking_and_envelope + text <= LEASE.total_seconds()


# ── What is final ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ({"RCPT": "550 5.1.1 <jo@example.test>: unknown"}, "550 5.1.1 …: unknown"),
        ({"RCPT": "553 JO@EXAMPLE.TEST is no user, jo?"}, "553 … is no user, …?"),
        ({"MAIL": "530 not you"}, "530 not you"),
        ({"DATA": "554 no"}, "554 no"),
        ({"end": "552 too much"}, "552 too much"),
        ({"end": "550-one\r\n550 two"}, "550 one two"),
        ({"RCPT": f"550 {'long ' * 100}"}, f"550 {'long ' * 59}l"),
        ({"RCPT": "550 \xe9\x00"}, "550 é"),
    ],
)
def test_what_is_final_is_refused_with_the_servers_own_words(queue, post, worker, steps, reason):
    post.conduct = Conduct(at=steps)
    mail = queue()

    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reason) == ("refused", 1, reason)
    assert (mail.next_at, mail.sent_at, post.taken) == (None, None, [])


def test_one_final_refusal_stops_nobody_else(queue, post, worker):
    post.conduct = Conduct(to={"b@example.test": {"RCPT": "550 no"}})
    for name in "abc":
        queue(name)

    worker.send_due()

    assert outcomes() == {"a": "sent", "b": "refused", "c": "sent"}


# ── Whether it should still leave ──────────────────────────────────────────────
def test_what_is_no_longer_wanted_does_not_leave(queue, post, worker, make_kind):
    asked = []
    mail = queue(kind=make_kind("old", still_wanted=lambda mail: asked.append((mail.pk, mail.state)) or False))

    worker.send_due()

    assert (asked, outcomes(), post.taken) == ([(mail.pk, "sending")], {"jo": "cancelled"}, [])
    mail.refresh_from_db()
    assert (mail.words, mail.attempts) == ({}, 0)


def test_what_is_still_wanted_leaves(queue, post, worker, make_kind):
    queue(kind=make_kind("new", still_wanted=lambda mail: True))

    worker.send_due()

    assert (outcomes(), len(post.taken)) == ({"jo": "sent"}, 1)


def test_a_question_that_fails_keeps_the_mail_and_the_others_go_on(queue, post, worker, make_kind, caplog):
    def fail(mail):
        raise ZeroDivisionError("no answer")

    queue("a", kind=make_kind("broken", still_wanted=fail))
    queue("b")

    worker.send_due()

    assert outcomes() == {"a": "waiting", "b": "sent"}
    assert OutboxMail.objects.get(kind="broken").reason == "no answer"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_mail_of_an_app_that_is_gone_leaves_and_counts_as_a_secret(queue, post, worker):
    mail = queue()
    OutboxMail.objects.update(kind="gone")

    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.words, mail.label) == ("sent", {}, "gone")


def test_words_that_can_not_be_read_stop_nobody_else(queue, post, worker, caplog):
    queue("a")
    queue("b")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mail_outboxmail SET words = 'gAAAAnonsense' WHERE key = 'note:a'")

    worker.send_due()

    assert dict(OutboxMail.objects.without_words().values_list("key", "state")) == {
        "note:a": "waiting",
        "note:b": "sent",
    }
    assert "ANSWER_KEYS" in OutboxMail.objects.without_words().get(key="note:a").reason
