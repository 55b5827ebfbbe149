"""What somebody was last told of a meeting, and what of it is different now, in words for a mail."""

from dataclasses import dataclass
from datetime import UTC

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.dates import span_words
from mail.choices import MailState
from mail.domain.outbox import cancel_mails
from mail.models import OutboxMail
from training.models import CalendarInvite
from training.planning_choices import MeetingFormat


@dataclass(frozen=True)
class Was:
    """How each thing that changed was before; empty for what stayed. `online` says what became of the link: no link
    stands in a mail, for some programs copy its words into a calendar, and calendars are shared.
    """

    title: str = ""
    when: str = ""
    where: str = ""
    online: str = ""


def key_of(invite):
    """Return the key of the newest mail about `invite`."""
    return f"calendar:{invite.uid}:{invite.sequence}"


def told_of(meeting):
    """Return what is kept of a meeting that somebody is told of."""
    moments = {name: getattr(meeting, name).astimezone(UTC).isoformat() for name in ("starts_at", "ends_at")}
    return moments | {"title": meeting.title, "location": meeting.location, "join_url": meeting.join_url}


def known_by(invite):
    """Return what the person of `invite` knows of the meeting (as `told_of`) before the next mail about it, None for
    nothing. A mail about it that has not left is taken back: the next one says all of it.
    """
    if not invite.told:
        return None
    return invite.told["now" if _left(key_of(invite)) else "before"]


def was_of(known, meeting):
    """Return the Was of `meeting` for who knows `known` of it, in the language that is active."""
    if not known:
        return Was()
    now = told_of(meeting)
    is_other_time = any(parse_datetime(known[name]) != getattr(meeting, name) for name in ("starts_at", "ends_at"))
    return Was(
        title=known["title"] if known["title"] != now["title"] else "",
        when=_when(known, meeting) if is_other_time else "",
        where=(known["location"] or _("no place")) if known["location"] != now["location"] else "",
        online=_online(known["join_url"], now["join_url"]),
    )


def where_now(meeting, was):
    """Return where the meeting is; in words when it was somewhere and now is nowhere."""
    return meeting.location or (_("No place any more") if was.where else "")


def still_wanted(mail):
    """Return whether a mail about a meeting is the newest one to its person, for a meeting that is not over: the outbox
    asks right before sending.
    """
    _kind, uid, sequence = mail.key.split(":")
    invites = CalendarInvite.objects.filter(uid=uid, sequence=sequence, user__is_active=True)
    return invites.filter(meeting__ends_at__gt=timezone.now()).exists()


def _left(key):
    """Return whether a mail got away; one that waits is taken back by this."""
    if cancel_mails(key=key):
        return False
    return not OutboxMail.objects.filter(key=key, state__in=[MailState.REFUSED, MailState.CANCELLED]).exists()


def _when(known, meeting):
    starts_at, ends_at = parse_datetime(known["starts_at"]), parse_datetime(known["ends_at"])
    return span_words(starts_at, ends_at, online=meeting.format != MeetingFormat.ON_SITE)


def _online(before, now):
    if before == now:
        return ""
    if not now:
        return _("The link for coming online is no longer there.")
    if not before:
        return _("There is a link for coming online now. You find it on the page of your group.")
    return _("The link for coming online is another one now. You find it on the page of your group.")
