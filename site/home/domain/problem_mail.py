"""Telling by mail that there is a report, or an answer to one: that it is there and where, never what it says."""

from django.urls import reverse

from home.emails import REPORT_ANSWERED, REPORT_MADE
from home.models import ProblemReport
from home.policies import reads_reports_of
from mail.domain.outbox import queue_mail


def tell_readers(report, readers):
    """Queue a mail to each of `readers` that somebody reported this; call it in the transaction that keeps it."""
    for reader in readers:
        queue_mail(
            REPORT_MADE,
            to=reader.email,
            person=reader,
            key=f"{REPORT_MADE}:{report.uuid}:{reader.uuid}",
            context={"report": report, "path": reverse("problem", args=[report.uuid])},
        )


def tell_reporter(report):
    """Queue a mail to who made this report that the answer is there; a visitor has no account and gets none."""
    reporter = report.reporter
    if reporter is None or not reporter.is_active:
        return
    queue_mail(
        REPORT_ANSWERED,
        to=reporter.email,
        person=reporter,
        key=f"{REPORT_ANSWERED}:{report.uuid}",
        sender_name=report.handled_by.display_name,
        # By the door: signed out, a receipt is not there for anybody.
        context={"report": report, "path": f"{reverse('account_login')}?next={receipt_of(report)}"},
    )


def receipt_of(report):
    return reverse("problem_receipt", args=[report.uuid])


# ── Asked right before sending ─────────────────────────────────────────────────
def is_still_to_read(mail):
    """True while the report waits for an answer and the receiver is still one of those who read it."""
    report, person = report_behind(mail), mail.person
    return bool(report and person and not report.is_handled and reads_reports_of(person, report.reporter))


def is_still_to_tell(mail):
    """True while the report is there and its reporter has an account that is open."""
    report = report_behind(mail)
    return bool(report and report.reporter and report.reporter.is_active and report.reporter == mail.person)


def report_behind(mail):
    """Return the ProblemReport that `mail` is about, None when it is gone; its key names it."""
    return ProblemReport.objects.select_related("reporter").filter(uuid=mail.key.split(":")[1]).first()
