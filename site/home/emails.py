"""The mails about problem reports. What somebody wrote stands in none of them: it is read here, after signing in."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, register

REPORT_MADE, REPORT_ANSWERED = "problem-report", "problem-answer"


def register_kinds(still_to_read, still_to_tell):
    """Tell the outbox about these mails; it asks the two right before one leaves."""
    register(MailKind(REPORT_MADE, _("problem report"), "emails/problem_report", still_wanted=still_to_read))
    register(MailKind(REPORT_ANSWERED, _("answer to your report"), "emails/problem_answer", still_wanted=still_to_tell))
