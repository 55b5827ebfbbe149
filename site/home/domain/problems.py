"""Problem reports: sending one, reading it, answering it (docs/decisions/problem-reports.md)."""

import uuid

from django.db import transaction
from django.utils import timezone

from home.choices import ProblemKind, ProblemState
from home.domain.pace import may_send
from home.domain.problem_mail import tell_readers, tell_reporter
from home.models import ProblemReport
from home.policies import readable_reports, readers_of, reads_reports


class TooManyReports(Exception):
    """This sender sent as many reports as fit in an hour; nothing was kept."""


class AlreadyAnswered(Exception):
    """Somebody answered this report before, in other words; `report` holds them."""

    def __init__(self, report):
        super().__init__("already answered")
        self.report = report


def report_problem(kind, words, *, sender, path="", reporter=None, contact=None, token=None, at=None):
    """Keep a report, tell by mail who reads it, and return it. Raises TooManyReports when `sender` (see pace.may_send)
    has to wait.

    `token` names the open page it comes from: the same words of the same page are one report, however often they
    arrive. `contact` is `{"name": ..., "way": ...}` of a visitor.
    """
    public_id = report_id(token or uuid.uuid4(), reporter, kind, words)
    kept = ProblemReport.objects.filter(uuid=public_id).first()
    if kept:
        return kept
    if not may_send(sender):
        raise TooManyReports
    readers = readers_of(reporter)
    with transaction.atomic():
        report, created = ProblemReport.objects.get_or_create(
            uuid=public_id,
            defaults={
                "kind": ProblemKind(kind),
                "words": {"text": words},
                "path": path,
                "reporter": reporter,
                "contact": {} if reporter else {name: text for name, text in (contact or {}).items() if text},
                "created_at": at or timezone.now(),
            },
        )
        if created:
            tell_readers(report, readers)
    return report


def report_id(token, reporter, kind, words):
    """Return the public id of what one page sends: the same for a double click, another for other words or another
    person. It can't be guessed without `token`, which is random and kept nowhere.
    """
    return uuid.uuid5(token, f"{reporter.pk if reporter else ''}:{kind}:{words}")


def mark_seen(report, *, at=None):
    """Note that somebody reads this report and return it as it is now; doing it again changes nothing."""
    with transaction.atomic(savepoint=False):
        report = _locked(report)
        if report.state == ProblemState.NEW:
            report.state, report.seen_at = ProblemState.SEEN, at or timezone.now()
            report.save(update_fields=["state", "seen_at"])
    return report


def answer_problem(report, words, *, by, at=None):
    """Keep `words` as the answer of `by`, which the reporter reads on the receipt, tell them by mail that it is there,
    and return the report as it is now.

    The same answer twice is kept once. Raises AlreadyAnswered when another one stands there: it is never overwritten.
    """
    at = at or timezone.now()
    with transaction.atomic(savepoint=False):
        report = _locked(report)
        if report.state != ProblemState.HANDLED:
            report.state, report.answer, report.handled_by = ProblemState.HANDLED, {"text": words}, by
            report.seen_at, report.handled_at = report.seen_at or at, at
            report.save(update_fields=["state", "answer", "handled_by", "seen_at", "handled_at"])
            tell_reporter(report)
    if report.answer_text != words or report.handled_by_id != by.pk:
        raise AlreadyAnswered(report)
    return report


def number_of_new(user):
    """Return how many reports `user` has still to read, or None for who reads nobody's. One query for a reader."""
    return readable_reports(user).new().count() if reads_reports(user) else None


def _locked(report):
    """Return the row as it is now, locked until the end of the transaction (IMMEDIATE on SQLite)."""
    return ProblemReport.objects.select_for_update().get(pk=report.pk)
