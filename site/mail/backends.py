"""How a mail leaves the machine: the message it becomes, the line to the mail server, and what the server answers."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from mail.domain.words import method_of, one_line

LONGEST_REASON = 300
# Seconds. A server may look through a message before it says that it has it: cut off too soon, it gets it once more.
# RFC 5321 asks for minutes; a lease holds no more than this for each of go-ahead, message and answer.
ANSWER_TIMEOUT = 30


# ── The message ────────────────────────────────────────────────────────────────
def message_of(mail):
    """Return the EmailMultiAlternatives for an OutboxMail: the same Message-ID at every attempt."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        sender_of(mail),
        [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    if mail.stop_address:
        message.extra_headers |= {
            "List-Unsubscribe": f"<{mail.stop_address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        }
    if mail.ics:
        invite(message, mail)
    return message


def invite(message, mail):
    """Put the calendar invitation in twice: beside the words, where Outlook and Gmail show it with its own buttons, and
    as a file for programs that only open files. The file is not text/calendar: some would read it a second time.
    """
    method = method_of(mail.ics)
    message.attach_alternative(mail.ics, f"text/calendar; method={method}")  # must equal METHOD (RFC 6047)
    with translation.override(mail.language):
        name = _("called-off.ics") if method == "CANCEL" else _("invitation.ics")
    message.attach(name, mail.ics.encode(), "application/ics")


def sender_of(mail):
    """Return the From of a mail: who wrote it by the site's own address, or the site."""
    if not mail.sender_name:
        return settings.DEFAULT_FROM_EMAIL
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return str(Address(f"{mail.sender_name} via {settings.WAGTAIL_SITE_NAME}", addr_spec=address))


# ── The line ───────────────────────────────────────────────────────────────────
class Line:
    """The line to the mail server: opened when a mail needs it, kept for the next, opened anew when it broke."""

    def __init__(self):
        # In the demo nothing leaves the machine, whatever EMAIL_URL says: its mails are read in its own post box.
        self._backend = get_connection("mail.backends.StaysHere") if settings.DEMO else get_connection()
        self._is_open = False

    def ready(self):
        """Have an open line; return whether it is a new one. Raises OSError (smtplib's are) when nobody picks up."""
        if self._is_open and self._is_cut():
            self.drop()
        if self._is_open:
            return False
        self._backend.open()
        self._is_open = True
        return True

    def send(self, message):
        """Hand over one message; returns when the server has it, raises what stopped it."""
        self._backend.send_messages([message])

    def close(self):
        """Say goodbye, to a server that may be gone."""
        self._is_open = False
        with suppress(OSError):
            self._backend.close()

    def drop(self):
        """Put the receiver down without a word: a server that hangs would let us wait for its goodbye too."""
        for line in [getattr(self._backend, name, None) for name in ("connection", "_partial_connection")]:
            if line:
                line.close()
        self._backend.connection = self._backend._partial_connection = None
        self._is_open = False

    def _is_cut(self):
        """Ask a server on a line that was used before whether it is there; many cut it after some mails or seconds."""
        line = getattr(self._backend, "connection", None)
        try:
            return line is not None and line.noop()[0] != 250
        except OSError:
            return True


class _PatientMixin:
    def data(self, msg):
        self.sock.settimeout(ANSWER_TIMEOUT)
        answer = super().data(msg)
        if self.sock:
            self.sock.settimeout(self.timeout)
        return answer


class PatientSMTP(_PatientMixin, smtplib.SMTP):
    """Waits EMAIL_TIMEOUT for each answer, and ANSWER_TIMEOUT for the one that says that the mail is taken."""


class PatientSMTPOverTLS(_PatientMixin, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


class SmtpBackend(smtp.EmailBackend):
    """Django's, with more patience after a message than before it."""

    @property
    def connection_class(self):
        return PatientSMTPOverTLS if self.use_ssl else PatientSMTP


class StaysHere(BaseEmailBackend):
    """For the demo: takes every message and sends none."""

    def send_messages(self, email_messages):
        return len(email_messages)


# ── The answer ─────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Refusal:
    """Why a mail did not leave. `code` is the server's, or None when it said nothing."""

    code: int | None
    words: str

    @property
    def is_final(self):
        """5xx says that trying again is of no use; all else may pass."""
        return self.code is not None and 500 <= self.code < 600

    def reason_for(self, address):
        """Return the server's own words in one line, without the address and not too long for the row."""
        text = one_line(f"{self.code or ''} {self.words}")
        name = re.escape(address.partition("@")[0])
        text = re.sub(r"<?[^\s<>@]+@[^\s<>@]+>?", "…", text)
        return re.sub(rf"(?<!\w){name}(?!\w)", "…", text, flags=re.IGNORECASE)[:LONGEST_REASON]


def refusal_in(error):
    """Return the Refusal that an exception stands for."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    elif isinstance(error, ssl.SSLCertVerificationError):
        code, words = None, _("The mail server could not prove who it is: %(why)s") % {"why": error.verify_message}
    elif isinstance(error, ssl.SSLError):
        code, words = None, _("No secure line to the mail server came about: %(why)s") % {"why": error.reason or error}
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        code, words = None, _("The mail server lacks something that we ask for: %(why)s") % {"why": error}
    else:
        code, words = None, str(error) or type(error).__name__
    return Refusal(code, words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words))
