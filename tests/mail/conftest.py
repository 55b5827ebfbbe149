"""A mail server of our own, a kind of mail to send, and a worker."""

from pathlib import Path

import pytest

from tests.mail.smtp import Post


@pytest.fixture
def make_kind(settings, monkeypatch):
    """`make_kind(**fields)` registers a kind of mail for this test alone; its words are in tests/mail/templates."""
    from mail import kinds

    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]

    def make(name="test-note", **fields):
        kind = kinds.MailKind(name, "note", "emails/note", **fields)
        kinds.register(kind)
        return kind

    return make


@pytest.fixture
def queue(make_kind):
    """`queue("jo", word="Dag")` puts a note to jo@example.test in the outbox."""
    from mail import kinds
    from mail.domain.outbox import queue_mail

    def put(name="jo", *, word="Dag", kind=None, **fields):
        kind = kind or kinds._kinds.get("test-note") or make_kind()
        values = {"to": f"{name}@example.test", "key": f"note:{name}", "context": {"word": word}} | fields
        return queue_mail(kind, **values)

    return put


@pytest.fixture
def post(settings, monkeypatch):
    """The mail server that EMAIL_URL leads to; `post.conduct` says what it does to mail."""
    from django.core.mail.utils import DNS_NAME

    monkeypatch.setattr(DNS_NAME, "_fqdn", "site.test", raising=False)  # asking for it may take seconds
    with Post.open() as post:
        settings.EMAIL_BACKEND = "mail.backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.EMAIL_TIMEOUT = 0.4
        monkeypatch.setattr("mail.backends.ANSWER_TIMEOUT", 0.8)
        settings.DEFAULT_FROM_EMAIL = "Jouw leven is mijn werk <hallo@site.test>"
        yield post


@pytest.fixture
def worker():
    from mail.worker import Worker

    return Worker()
