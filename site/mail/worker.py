"""Sending what is due: claim a mail under a lease, send it outside any transaction, write down what came of it.

Mails are claimed one by one, not in batches, so that a code never waits behind fifty invitations and no lease has to
last for more than one message. Several workers may run at once.
"""

import logging
import os
import secrets
import socket
import time
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections, transaction
from django.utils import timezone

from common import chores
from mail.backends import Line, message_of, refusal_in
from mail.choices import MailState
from mail.domain.health import RETRIES
from mail.kinds import kind_of
from mail.models import OutboxMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # longer than every timeout of one message together
SECRETS_STAY_IN_THE_DEMO = timedelta(hours=1)

DatabaseIsAway = (OperationalError, InterfaceError)


class Worker:
    """One sender of mail. `stop()` lets it finish the mail in its hands."""

    def __init__(self):
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.is_stopping = False

    def stop(self, *args):
        """Also a signal handler: it only sets a flag, whatever was going on."""
        self.is_stopping = True

    # ── The loop ──
    def run(self, poll):
        """Send what is due and do chores, every `poll` seconds, until stopped; wait for a database that is away."""
        is_away = False
        while not self.is_stopping:
            is_busy = False
            try:
                is_busy = self.round()
            except DatabaseIsAway as error:
                if not is_away:
                    logger.error("The database is away, mail waits for it: %s", " ".join(str(error).split()))
                is_away = True
                connections.close_all()
            else:
                if is_away:
                    logger.warning("The database is back.")
                is_away = False
            self.rest(poll / 10 if is_busy else poll)  # what is done in small pieces may have a next one

    def rest(self, seconds):
        until = time.monotonic() + seconds
        while not self.is_stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))  # a signal does not end a sleep

    def round(self):
        """Send all that is due, then run every chore once; return whether a chore had something to do."""
        if not connection.in_atomic_block:
            close_old_connections()
        self.send_due()
        return any(chores.run_all().values())

    def send_due(self):
        """Send what is due, one after the other over one line; return how many mails it had in its hands.

        It ends early when nobody picks up: the next round tries with the next mail, and those that were not tried keep
        all their attempts.
        """
        handled, line = 0, Line()
        try:
            while not self.is_stopping and (mail := self.claim()):
                handled += 1
                if not self.deliver(mail, line):
                    break
        finally:
            line.close()
        return handled

    # ── One mail ──
    def claim(self):
        """Return one mail that is due, with a lease on it; None when there is none, or others have them all."""
        now = timezone.now()
        due = OutboxMail.objects.without_words().due(now)
        if not due.exists():  # a transaction on SQLite would take the only lock there is, each second
            return None
        with transaction.atomic():
            mail = due.select_for_update(skip_locked=True).first()
            if mail:
                mail.state, mail.lease_by, mail.lease_until = MailState.SENDING, self.name, now + LEASE
                mail.save(update_fields=["state", "lease_by", "lease_until"])
        return mail

    def deliver(self, mail, line):
        """Send a claimed mail and write down what came of it; return False when nobody picks up for any mail."""
        try:
            is_new = line.ready()
        except Exception as error:  # a wrong password or a full server is nothing that this mail can help
            line.drop()
            self.wait_or_refuse(mail, error, may_be_final=False)
            return False
        if is_new and not self.lease_again(mail):  # picking up may take a minute
            return True
        try:
            if not is_still_wanted(mail):
                self.end(mail, MailState.CANCELLED)
                return True
            line.send(message_of(mail))
        except DatabaseIsAway:
            raise
        except Exception as error:
            line.drop()
            self.wait_or_refuse(mail, error)
        else:
            self.end(mail, MailState.SENT)
        return True

    def lease_again(self, mail):
        """Start the lease anew; return False when another worker has taken the mail over, or it is gone."""
        return self.write(mail, lease_until=timezone.now() + LEASE)

    def wait_or_refuse(self, mail, error, *, may_be_final=True):
        """Let a mail that did not leave wait for its next attempt, or end as refused: for good, or after the last."""
        if not isinstance(error, OSError):  # smtplib's are; anything else is a mistake of ours
            logger.error("The mail %s did not leave.", mail, exc_info=error)
        refusal, attempts = refusal_in(error), mail.attempts + 1
        reason = refusal.reason_for(mail.to)
        if (refusal.is_final and may_be_final) or attempts > len(RETRIES):
            self.end(mail, MailState.REFUSED, attempts=attempts, reason=reason)
            return
        next_at = timezone.now() + RETRIES[attempts - 1]
        self.write(mail, state=MailState.WAITING, attempts=attempts, reason=reason, next_at=next_at, **NO_LEASE)

    def end(self, mail, state, **changes):
        """Give a mail its end, and its words theirs."""
        now = timezone.now()
        if state == MailState.SENT:
            changes |= {"sent_at": now, "attempts": mail.attempts + 1, "reason": ""}
        self.write(mail, state=state, next_at=None, **NO_LEASE, **changes, **fate_of_words(mail, state, now))

    def write(self, mail, **changes):
        """Change a mail as long as its lease is this worker's; return whether it was.

        A database that is away now is waited for: what has left must be written down, or it leaves once more.
        """
        while True:
            try:
                return bool(OutboxMail.objects.held_by(self.name).filter(pk=mail.pk).update(**changes))
            except DatabaseIsAway:
                if self.is_stopping or connection.in_atomic_block:
                    raise
                connections.close_all()
                self.rest(1)


NO_LEASE = {"lease_by": "", "lease_until": None}


def is_still_wanted(mail):
    """Ask the mail's kind whether it should still leave."""
    try:
        ask = kind_of(mail.kind).still_wanted
    except LookupError:  # of an app that is no longer there; it was wanted when it was made
        return True
    return ask is None or ask(mail)


def fate_of_words(mail, state, now):
    """Return the changes that erase the words of a mail that has come to its end, now or later."""
    if state == MailState.CANCELLED or (mail.is_secret and not settings.DEMO):
        return {"words": "", "words_until": None}
    kept = SECRETS_STAY_IN_THE_DEMO if mail.is_secret else timedelta(days=settings.RETENTION_DAYS["mail_bodies"])
    return {"words_until": now + kept}
