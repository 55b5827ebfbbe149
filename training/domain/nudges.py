"""Asking once more who did not answer an invitation: the coordinator sees who, presses, and nobody is asked twice in a
week.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.dates import on_the_wall
from common.names import sort_key
from home.models import ContactSettings
from mail.choices import MailState
from mail.domain.words import write_words
from mail.kinds import kind_of
from mail.models import OutboxMail
from training.domain.place_invitations import answer_until, token_again
from training.domain.place_mails import about_group, asked_with, tell_nudged
from training.domain.seats import locked
from training.emails import PLACE_INVITATION, PLACE_NUDGE
from training.models import PlaceInvitation
from training.planning_choices import PlaceState

ANSWER_IN = timedelta(days=1)  # so long after the invitation an answer is waited for
NOT_AGAIN_FOR = timedelta(days=7)
ASKING = (PLACE_INVITATION, PLACE_NUDGE)


@dataclass(frozen=True)
class Asked:
    """Somebody who did not answer: since when, and in a sentence why they are not asked once more now, if so."""

    invitation: PlaceInvitation
    why_not: str = ""

    @property
    def place(self):
        return self.invitation.place

    @property
    def name(self):
        return self.place.enrolment.person.display_name

    @property
    def since(self):
        return self.invitation.made_at


def unanswered_of(groups, at=None):
    """Return an Asked for everybody in `groups` who was invited a day ago or longer and did not answer, by name; two
    queries.
    """
    at = at or timezone.now()
    asked = PlaceInvitation.objects.filter(place__group__in=groups, place__state=PlaceState.INVITED)
    waited = asked.filter(used_at=None, withdrawn_at=None, made_at__lt=at - ANSWER_IN)
    found = list(waited.select_related("place__group", "place__enrolment__person"))
    mails = _mails_about({one.place.group for one in found})
    people = (Asked(one, _why_not(mails[str(one.place.uuid)], at)) for one in found)
    return sorted(people, key=lambda asked: sort_key(asked.name))


def _mails_about(groups):
    """The mails that ask people of these groups, the oldest first, by the number of the place."""
    mails = OutboxMail.objects.without_words().filter(about__in=map(about_group, groups), kind__in=ASKING)
    by_place = defaultdict(list)
    for mail in mails.exclude(state=MailState.CANCELLED).order_by("created_at", "pk"):
        by_place[mail.key.split(":")[1]].append(mail)
    return by_place


def _why_not(mails, at):
    if not mails:
        return ""
    last = mails[-1]
    if last.state == MailState.REFUSED:
        return _("The mail did not arrive. Look at the address first.")
    if last.next_at:
        return _("The mail to them has not left yet.")
    if last.kind == PLACE_NUDGE and last.created_at > at - NOT_AGAIN_FOR:
        return _("Reminded on {day}.").format(day=_day(last.created_at))
    return ""


@transaction.atomic
def nudge_unanswered(group, *, by, at=None):
    """Ask everybody once more who may be asked now, and return how many; pressed again it is 0."""
    at, group = at or timezone.now(), locked(group)
    asked = [one for one in unanswered_of([group], at) if not one.why_not]
    until = answer_until(group, at)
    for one in asked:
        _nudge(one.invitation, by=by, at=at, until=until)
    return len(asked)


def _nudge(invitation, *, by, at, until):
    """The link works anew for as long as a new one would. The key is that of the day, so that two make one mail; a mail
    that was taken back on this day does not count.
    """
    invitation.expires_at = max(invitation.expires_at, until)
    invitation.save(update_fields=["expires_at"])
    place, unique = invitation.place, f"{on_the_wall(at):%Y-%m-%d}"
    prefix = f"{PLACE_NUDGE}:{place.uuid}:{unique}"
    taken_back = OutboxMail.objects.filter(key__startswith=prefix, state=MailState.CANCELLED).count()
    unique = f"{unique}-{taken_back}" if taken_back else unique
    tell_nudged(place, token_again(invitation), by=by, until=invitation.expires_at, unique=unique)


def words_of(asked, *, by):
    """Return the `{"subject", "text"}` of the mail as `asked` gets it, in the language that is active and without the
    link, which is theirs alone.
    """
    until = answer_until(asked.place.group)
    context = asked_with(asked.place, _("(a link for this person alone)"), by=by, until=until) | {
        "person": asked.place.enrolment.person,
        "sender_name": by.display_name,
        "contact": ContactSettings.current(),
    }
    return write_words(kind_of(PLACE_NUDGE).template, context, get_language())


def number_by_group(groups, at=None):
    """Return `{group: (how many did not answer, how many of them may be asked now, since when)}`; two queries."""
    found = defaultdict(list)
    for one in unanswered_of(groups, at):
        found[one.place.group].append(one)
    return {group: _counted(asked) for group, asked in found.items()}


def _counted(asked) -> tuple[int, int, datetime]:
    return len(asked), sum(1 for one in asked if not one.why_not), min(one.since for one in asked)


def _day(moment):
    return date_format(on_the_wall(moment), "MONTH_DAY_FORMAT")
