"""The mails about groups and meetings, and when one of them is no longer wanted."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, Switch, register

QUIET = timedelta(minutes=5)  # quick edits join into one mail, and a press too much can be taken back

PLACE_INVITATION = "place-invitation"
PLACE_NUDGE = "place-nudge"
PLACE_WELCOME = "place-welcome"
PLACE_WAITING = "place-waiting"
PLACE_FROM_QUEUE = "place-from-queue"
PLACE_GONE = "place-gone"
GROUP_CANCELLED = "group-cancelled"
CALENDAR_REQUEST = "calendar-request"
CALENDAR_CANCEL = "calendar-cancel"
MEETING_REMINDER = "meeting-reminder"
CARD_GIVEN = "card-given"
CERTIFICATE_ISSUED = "certificate-issued"
CARD_AND_CERTIFICATE = "card-and-certificate"
AFTERCARE_QUESTION = "aftercare-question"
AFTERCARE_TOLD = "aftercare-told"
CORRECTION_SETTLED = "correction-settled"


def register_kinds(wanted, *, is_reminded):
    """Tell the outbox about these mails; `wanted` is `{kind: still_wanted}`, asked right before one leaves.
    `is_reminded` says of a user whether reminders can come to them.
    """
    reminder = Switch(_("A meeting of my group comes near"), _("Once before each meeting."), is_reminded)
    for kind, label, template, is_secret in (
        (PLACE_INVITATION, _("invitation to a group"), "emails/place_invitation", True),
        (PLACE_NUDGE, _("reminder of an invitation"), "emails/place_nudge", True),
        (PLACE_WELCOME, _("welcome to a group"), "emails/place_welcome", False),
        (PLACE_WAITING, _("on the waiting list"), "emails/place_waiting", False),
        (PLACE_FROM_QUEUE, _("a seat came free"), "emails/place_from_queue", False),
        (PLACE_GONE, _("no longer in a group"), "emails/place_gone", False),
        (GROUP_CANCELLED, _("a group is called off"), "emails/group_cancelled", False),
        (CALENDAR_REQUEST, _("meeting for your calendar"), "emails/calendar_request", False),
        (CALENDAR_CANCEL, _("meeting out of your calendar"), "emails/calendar_cancel", False),
        (MEETING_REMINDER, _("reminder of a meeting"), "emails/meeting_reminder", False),
        (CARD_GIVEN, _("a card that was written for you"), "emails/card_given", False),
        (CERTIFICATE_ISSUED, _("your certificate"), "emails/certificate_issued", False),
        (CARD_AND_CERTIFICATE, _("your card and your certificate"), "emails/card_and_certificate", False),
    ):
        switch = reminder if kind == MEETING_REMINDER else None
        register(MailKind(kind, label, template, is_secret=is_secret, still_wanted=wanted.get(kind), switch=switch))


def register_after_kinds(wanted, *, co_trains):
    """Tell the outbox about the mails after a meeting. No word that somebody wrote stands in one of them; `co_trains`
    says of a user whether they can be asked how it was.
    """
    asked = Switch(_("How was it for you, the day after a meeting that I led"), _("Once for each meeting."), co_trains)
    for kind, label, template, switch in (
        (AFTERCARE_QUESTION, _("question after a meeting"), "emails/aftercare_question", asked),
        (AFTERCARE_TOLD, _("somebody wrote you after a meeting"), "emails/aftercare_told", None),
        (CORRECTION_SETTLED, _("answer about your attendance"), "emails/correction_settled", None),
    ):
        register(MailKind(kind, label, template, still_wanted=wanted.get(kind), switch=switch))
