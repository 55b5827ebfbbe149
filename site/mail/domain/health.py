"""Whether mail leaves at all, read from the rows of the outbox: it holds for every worker, and after a restart."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from mail.choices import MailState
from mail.models import OutboxMail

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 4 * 60, 12 * 60))
IN_A_ROW = 3
LOOK_BACK = timedelta(days=3)  # so long a mail that was given up counts


def is_stuck(at=None):
    """Return whether the last three tries, of whatever mail, all failed in a way that may pass: nobody picked up, the
    server hung, or said 4xx. One mail that leaves ends it. What a server refuses for good says that it is there.

    Two queries at most; one when no mail waits for another try.
    """
    at = at or timezone.now()
    waiting = OutboxMail.objects.open().filter(state=MailState.WAITING, attempts__gt=0)
    given_up = OutboxMail.objects.filter(
        state=MailState.REFUSED, attempts__gt=len(RETRIES), created_at__gt=at - LOOK_BACK
    )
    rows = [mails.order_by().values_list("attempts", "next_at", "created_at") for mails in (waiting, given_up)]
    tries = [moment for row in rows[0].union(rows[1], all=True) for moment in _tries(*row)]
    if len(tries) < IN_A_ROW:
        return False
    last_sent = OutboxMail.objects.aggregate(last=Max("sent_at"))["last"]
    return sum(1 for moment in tries if last_sent is None or moment > last_sent) >= IN_A_ROW


def _tries(attempts, next_at, created_at):
    """Return the moments at which a mail was tried, the newest first: each try sets the next one. Of a mail that was
    given up these moments are not known any more; all of them came after it was made.
    """
    if next_at is None:
        return [created_at] * IN_A_ROW
    delays = RETRIES[: min(attempts, len(RETRIES))][::-1]
    return [next_at - sum(delays[:number], timedelta()) for number in range(1, len(delays) + 1)]
