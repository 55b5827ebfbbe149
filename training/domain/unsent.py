"""What was caused and has not left yet: for five minutes a coordinator can take it back."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.refusals import Refused
from mail.choices import MailState
from mail.domain.outbox import cancel_mails
from training.domain.meeting_before import waiting_changes
from training.domain.not_arrived import mails_about
from training.emails import (
    PLACE_FROM_QUEUE,
    PLACE_GONE,
    PLACE_INVITATION,
    PLACE_NUDGE,
    PLACE_WAITING,
    PLACE_WELCOME,
)
from training.planning_choices import MeetingState

# Taken back one by one. Who is invited is taken back for the group at once, and their seats stand ready again.
ONE_BY_ONE = (PLACE_NUDGE, PLACE_WELCOME, PLACE_WAITING, PLACE_FROM_QUEUE, PLACE_GONE)
MOST = 500  # mails; more than the quiet minutes of all groups bring


@dataclass(frozen=True)
class Unsent:
    """One line on the desk: `words` what it is, `act` which address takes it back (a name and a number), `hidden` the
    pairs that go with it.
    """

    words: str
    act: str
    number: object
    hidden: tuple = ()


def unsent_of(groups):
    """Return an Unsent for everything about `groups` that can still be taken back; two queries."""
    return [*_meetings(groups), *_mails(groups)]


def waiting_mails(groups):
    """Return the queryset of the mails about `groups` that nobody tried to send yet and whose quiet minutes go on."""
    waiting = mails_about(groups).in_no_hands().filter(state=MailState.WAITING, attempts=0)
    return waiting.filter(next_at__gt=timezone.now())


def _meetings(groups):
    for meeting in waiting_changes(groups).select_related("group").order_by("changed_at", "pk"):
        words = _what_happened(meeting).format(group=meeting.group.name, title=meeting.title)
        yield Unsent(words, "training:take_meeting_back", meeting.uuid, (("seen", meeting.version),))


def _what_happened(meeting):
    if meeting.is_cancelled:
        return _("{group}: {title} is called off")
    is_new = meeting.before_change["state"] == MeetingState.CONCEPT
    return _("{group}: {title} is confirmed") if is_new else _("{group}: {title} is changed")


def _mails(groups):
    by_about = {f"group:{group.uuid}": group for group in groups}
    waiting = waiting_mails(groups).filter(kind__in=[PLACE_INVITATION, *ONE_BY_ONE]).order_by("next_at", "pk")
    mails = list(waiting.select_related("person")[:MOST])
    invited = Counter(by_about[mail.about] for mail in mails if mail.kind == PLACE_INVITATION)
    for group, number in invited.items():
        words = ngettext("%(number)s invitation for %(group)s", "%(number)s invitations for %(group)s", number)
        words %= {"number": number, "group": group.name}
        yield Unsent(words, "training:invite_group", group.uuid, (("back", "1"),))
    for mail in mails:
        if mail.kind != PLACE_INVITATION:
            who = mail.person.display_name if mail.person else mail.to
            words = _("To {name}: {mail}").format(name=who, mail=mail.label)
            yield Unsent(words, "training:take_mail_back", mail.uuid)


@transaction.atomic
def take_mail_back(mail):
    """Let one mail not leave; what it tells of stays as it is. Raises Refused when it has left, or is none of those."""
    if mail.kind not in ONE_BY_ONE or not cancel_mails(key=mail.key):
        raise Refused(_("This mail has left already."))


def number_of_invitations(group):
    """Return how many invitations to a group can still be taken back."""
    return waiting_mails([group]).filter(kind=PLACE_INVITATION).count()
