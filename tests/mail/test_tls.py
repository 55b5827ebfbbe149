"""Mail over TLS: only to a mail server that proves who it is, and never in clear where TLS is asked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.env import Settings
from mail.models import OutboxMail
from tests.accounts.test_sign_in import dutch
from tests.mail.certificates import Authority
from tests.mail.smtp import Conduct, Post

pytestmark = pytest.mark.django_db

HASTE = timedelta(seconds=30)
STARTTLS, AT_ONCE = "smtp+tls", "smtps"
WAYS = pytest.mark.parametrize("way", [STARTTLS, AT_ONCE, "smtp+ssl"])


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """The one that this machine trusts."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return authority


@pytest.fixture
def secure_post(settings, monkeypatch):
    """`with secure_post(way, certificate) as post`: the mail server that an EMAIL_URL of this `way` leads to."""
    from django.core.mail.utils import DNS_NAME

    monkeypatch.setattr(DNS_NAME, "_fqdn", "site.test", raising=False)
    monkeypatch.setattr("mail.backends.ANSWER_TIMEOUT", 0.8)
    opened = []

    def open_post(way, certificate, *, server=None):
        post = Post.open(certificate, secure_at_once=(server or way) != STARTTLS)
        opened.append(post)
        post = post.__enter__()
        for name, value in Settings.email_url_config(f"{way}://site:geheim@127.0.0.1:{post.port}").items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "mail.backends.SmtpBackend", 0.4
        settings.EMAIL_HOST_USER = ""  # the server asks nobody who they are
        return post

    yield open_post
    for post in opened:
        post.__exit__(None, None, None)


def waits(mail, *, attempts=1):
    """True when `mail` waits for another attempt, five minutes from now."""
    mail.refresh_from_db()
    soon = mail.next_at and abs(mail.next_at - timezone.now() - timedelta(minutes=5)) < HASTE
    return mail.state == "waiting" and mail.attempts == attempts and bool(soon)


def told_nothing(post):
    """True when nobody on the way, and no server that is not the right one, could read who gets what."""
    return post.taken == [] and set(post.in_clear) <= {"EHLO", "STARTTLS", "QUIT"} and "MAIL" not in post.commands


@WAYS
def test_a_server_that_proves_who_it_is_gets_the_mail(queue, worker, authority, secure_post, way):
    post = secure_post(way, authority.certify())
    queue(word="Geheim woord")

    worker.send_due()

    assert OutboxMail.objects.get().state == "sent"
    assert (post.receivers(), set(post.in_clear) <= {"EHLO", "STARTTLS"}) == (["jo@example.test"], True)
    assert "Geheim woord" in post.taken[0].message.get_body(("plain",)).get_content()


@WAYS
def test_many_mails_go_over_one_secure_line(queue, worker, authority, secure_post, way):
    post = secure_post(way, authority.certify())
    for name in "abc":
        queue(name)

    worker.send_due()

    assert (post.receivers(), post.lines) == ([f"{name}@example.test" for name in "abc"], 1)


# ── A server that does not prove it ────────────────────────────────────────────
def of_a_stranger(authority, folder):
    (folder / "stranger").mkdir()
    return Authority(folder / "stranger", "Somebody else").certify()


def expired(authority, folder):
    return authority.certify(until=-timedelta(days=1))


def of_another_host(authority, folder):
    return authority.certify("127.0.0.9")


UNTRUSTED = {
    of_a_stranger: "unable to get local issuer certificate",
    expired: "certificate has expired",
    of_another_host: "IP address mismatch, certificate is not valid for '127.0.0.1'.",
}


@WAYS
@pytest.mark.parametrize("made", UNTRUSTED)
def test_to_another_the_mail_waits_and_says_why(queue, worker, authority, secure_post, tmp_path, way, made):
    post = secure_post(way, made(authority, tmp_path))
    mail = queue()

    worker.send_due()

    assert waits(mail)
    assert mail.reason == dutch("The mail server could not prove who it is: %(why)s", why=UNTRUSTED[made])
    assert told_nothing(post)


@WAYS
def test_it_leaves_as_soon_as_the_certificate_is_mended(queue, worker, authority, secure_post, tmp_path, way):
    post = secure_post(way, expired(authority, tmp_path))
    mail = queue()
    worker.send_due()
    post.certificate = authority.certify()
    OutboxMail.objects.update(next_at=timezone.now())

    worker.send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reason, post.receivers()) == ("sent", 2, "", ["jo@example.test"])


def test_a_bad_certificate_costs_one_mail_an_attempt_and_the_others_none(
    queue, worker, authority, secure_post, tmp_path
):
    post = secure_post(AT_ONCE, expired(authority, tmp_path))
    for name in "abc":
        queue(name)

    assert worker.send_due() == 1
    assert sorted(OutboxMail.objects.values_list("state", "attempts")) == [
        ("waiting", 0),
        ("waiting", 0),
        ("waiting", 1),
    ]
    assert told_nothing(post)


# ── A server that has no TLS, or somebody between who takes it away ────────────
@pytest.mark.parametrize(
    ("conduct", "reason"),
    [
        (Conduct(offers=()), "STARTTLS extension not supported by server."),
        (Conduct(at={"STARTTLS": "454 not now"}), "454 not now"),
        (Conduct(at={"STARTTLS": "502 no such thing"}), "502 no such thing"),
        (Conduct(at={"STARTTLS": "cut"}), "Connection unexpectedly closed"),
        (Conduct(at={"STARTTLS": "hang"}), "timed out"),
    ],
)
def test_without_starttls_nothing_is_sent_in_clear(queue, worker, authority, secure_post, conduct, reason):
    post = secure_post(STARTTLS, authority.certify())
    post.conduct = conduct
    mail = queue()

    worker.send_due()

    assert (waits(mail), told_nothing(post)) == (True, True)
    assert reason in mail.reason


@pytest.mark.parametrize(
    ("way", "server", "reason"),
    [
        (AT_ONCE, STARTTLS, "WRONG_VERSION_NUMBER"),  # a server that speaks in clear first
        (STARTTLS, AT_ONCE, "closed"),
    ],
)
def test_the_wrong_way_for_this_server_waits(queue, worker, authority, secure_post, way, server, reason):
    post = secure_post(way, authority.certify(), server=server)
    mail = queue()

    worker.send_due()

    assert (waits(mail), told_nothing(post)) == (True, True)
    assert reason in mail.reason or "timed out" in mail.reason


def test_a_server_that_hangs_before_tls_is_left(queue, worker, authority, secure_post):
    post = secure_post(AT_ONCE, authority.certify())
    post.conduct = Conduct(at={"hello": "hang"})
    mail = queue()

    worker.send_due()

    assert (waits(mail), told_nothing(post)) == (True, True)


# ── What EMAIL_URL says ────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("address", "starttls", "at_once"),
    [
        ("smtp://post.test:25", None, None),
        ("smtp+tls://post.test:587", True, None),
        ("smtps://post.test:465", False, True),
        ("smtp+ssl://post.test:465", None, True),
    ],
)
def test_an_address_says_which_kind_of_line(address, starttls, at_once):
    read = Settings.email_url_config(address)

    assert (read.get("EMAIL_USE_TLS"), read.get("EMAIL_USE_SSL")) == (starttls, at_once)
    assert read["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
