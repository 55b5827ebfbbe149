"""What a coordinator sees of reminders before they go: who gets which, when, and in what words; and setting the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.refusals import Refused
from mail.domain.words import write_words
from mail.kinds import kind_of
from training.domain.groups import change_group
from training.domain.reminders import key_of, reminders_of, sent_of, written_with
from training.domain.seats import locked
from training.domain.versions import who_changed
from training.emails import MEETING_REMINDER
from training.models import Meeting
from training.planning_choices import MeetingState

MOST_DAYS = 30


@dataclass(frozen=True)
class Ahead:
    """The reminder of one meeting: `at` is when it goes, None where there is none; `to` who still gets it, and `sent`
    who got it already (names); `is_now` that it goes within minutes.
    """

    meeting: Meeting
    at: datetime | None
    to: list
    sent: list
    is_now: bool

    @property
    def is_concept(self):
        return not self.meeting.is_announced


def reminders_ahead(group, days, at=None):
    """Return an Ahead for each meeting of `group` that has not begun, if reminders go `days` before it (0: none)."""
    at = at or timezone.now()
    meetings = Meeting.objects.filter(group=group).upcoming(at).filter(starts_at__gt=at).select_related("group")
    return [_ahead(meeting, days, at) for meeting in meetings]


def _ahead(meeting, days, at):
    reminders, there = reminders_of(meeting), sent_of(meeting)
    sent = [one.name for one in reminders if key_of(meeting, one.place) in there]
    moment = meeting.starts_at - timedelta(days=days) if days else None
    goes = moment is not None and meeting.state == MeetingState.CONFIRMED
    to = [one.name for one in reminders if key_of(meeting, one.place) not in there] if goes else []
    return Ahead(meeting, moment, to, sent, is_now=bool(to) and moment <= at)


def words_of(meeting, *, sender):
    """Return the `{"subject", "text"}` of a reminder as its receivers read it, in the language that is active and to
    nobody in particular: the address that turns it off is theirs alone.
    """
    context = written_with(meeting, get_language()) | {
        "person": _Somebody(),
        "sender_name": sender.display_name,
        "stop_address": settings.SITE_URL + reverse("mail_wishes"),
    }
    return write_words(kind_of(MEETING_REMINDER).template, context, get_language())


class _Somebody:
    def get_short_name(self):
        return _("(name)")


@transaction.atomic
def keep_remind_days(group, days, *, version, by):
    """Let reminders of `group` go `days` before each meeting (0: none) and return the group. Raises Refused when it is
    no longer the `version` that the person saw, has ended, or the days are none.
    """
    group = locked(group)
    if version not in (None, group.version):
        name = who_changed(group)
        raise Refused(
            _("{name} changed this group meanwhile. Look at it once more, then press again.").format(name=name)
        )
    if group.is_ended:
        raise Refused(_("This group has ended already."))
    if not 0 <= days <= MOST_DAYS:
        raise Refused(_("Choose a number of days from 0 to {number}.").format(number=MOST_DAYS))
    return group if group.remind_days == days else change_group(group, by=by, remind_days=days)
