"""The mails about groups and meetings, and when one of them is no longer wanted."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, register

QUIET = timedelta(minutes=5)  # quick edits join into one mail, and a press too much can be taken back

PLACE_INVITATION = "place-invitation"
PLACE_WELCOME = "place-welcome"
PLACE_WAITING = "place-waiting"
PLACE_FROM_QUEUE = "place-from-queue"
PLACE_GONE = "place-gone"
GROUP_CANCELLED = "group-cancelled"
CALENDAR_REQUEST = "calendar-request"
CALENDAR_CANCEL = "calendar-cancel"
MEETING_REMINDER = "meeting-reminder"


def register_kinds(wanted):
    """Tell the outbox about these mails; `wanted` is `{kind: still_wanted}`, asked right before one leaves."""
    for kind, label, template, is_secret in (
        (PLACE_INVITATION, _("invitation to a group"), "emails/place_invitation", True),
        (PLACE_WELCOME, _("welcome to a group"), "emails/place_welcome", False),
        (PLACE_WAITING, _("on the waiting list"), "emails/place_waiting", False),
        (PLACE_FROM_QUEUE, _("a seat came free"), "emails/place_from_queue", False),
        (PLACE_GONE, _("no longer in a group"), "emails/place_gone", False),
        (GROUP_CANCELLED, _("a group is called off"), "emails/group_cancelled", False),
        (CALENDAR_REQUEST, _("meeting for your calendar"), "emails/calendar_request", False),
        (CALENDAR_CANCEL, _("meeting out of your calendar"), "emails/calendar_cancel", False),
        (MEETING_REMINDER, _("reminder of a meeting"), "emails/meeting_reminder", False),
    ):
        register(MailKind(kind, label, template, is_secret=is_secret, still_wanted=wanted.get(kind)))
