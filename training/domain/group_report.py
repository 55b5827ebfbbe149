"""A group at its end, in numbers: how many came to the end, who was there when, how far they came. No names."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.dates import on_the_wall
from training.domain.standings import held_meetings, standings_of
from training.models import ModuleProgress, TrainingPage
from training.planning_choices import AttendanceStatus


@dataclass
class ReportLine:
    """So many of all: `words` says what, `note` what else there is to say of it."""

    words: str
    number: int
    total: int
    note: str = ""
    words_of_people: bool = False


@dataclass
class ReportPart:
    title: str
    lines: list


@dataclass
class GroupReport:
    group: object
    people: int
    finished: int
    meetings: int
    minutes: int
    parts: list


def report_of(group):
    """Return the GroupReport of who takes part in `group`: ten queries, however many people."""
    standings, meetings = standings_of(group), held_meetings(group)
    finished = sum(one.may_have or one.certificate is not None for one in standings)
    parts = [
        ReportPart(_("At the end"), _end_lines(standings, finished)),
        ReportPart(_("Meetings"), _meeting_lines(standings, meetings)),
        ReportPart(_("Modules"), _module_lines(group, standings)),
    ]
    minutes = sum(one.net_minutes for one in meetings)
    return GroupReport(group, len(standings), finished, len(meetings), minutes, [part for part in parts if part.lines])


def table_of(report):
    """Return `(heading, lines)` for a file: the same numbers as on the screen."""
    lines = [[part.title, one.words, one.number, one.total, one.note] for part in report.parts for one in part.lines]
    return [_("Part"), _("What"), _("People"), _("Of all"), _("More")], lines


def _end_lines(standings, finished):
    total = len(standings)
    return [
        ReportLine(_("Finished"), finished, total),
        ReportLine(_("Has a certificate"), sum(one.certificate is not None for one in standings), total),
        ReportLine(_("Somebody wrote on their card"), sum(one.has_card for one in standings), total),
    ]


def _meeting_lines(standings, meetings):
    counted = {}
    for meeting, mark in (pair for one in standings for pair in one.marks if pair[1]):
        counted.setdefault(meeting.pk, []).append(mark.status)
    return [_meeting_line(one, counted.get(one.pk, []), len(standings)) for one in meetings]


def _meeting_line(meeting, marks, total):
    there = [status for status in marks if status in (AttendanceStatus.PRESENT, AttendanceStatus.PARTLY)]
    day = date_format(on_the_wall(meeting.starts_at), "j F")
    words = f"{meeting.ordinal}. {meeting.title}, {day}"
    return ReportLine(words, len(there), total, _more_of(marks, total), words_of_people=True)


def _more_of(marks, total):
    """Return what there is to say of those who were not there all the time: `1 deels, 2 afgemeld`."""
    statuses = (AttendanceStatus.PARTLY, AttendanceStatus.SIGNED_OFF, AttendanceStatus.ABSENT)
    parts = [f"{marks.count(status)} {status.label}" for status in statuses if status in marks]
    if total > len(marks):
        parts.append(f"{total - len(marks)} {_('not filled in')}")
    return ", ".join(parts)


def _module_lines(group, standings):
    modules = TrainingPage.with_modules([group.training])[0].modules
    enrolments = [one.place.enrolment_id for one in standings]
    rows = ModuleProgress.objects.filter(enrolment__in=enrolments, completed_at__isnull=False)
    done = list(rows.values_list("module_key", flat=True))
    return [ReportLine(one.title, done.count(one.key), len(standings), words_of_people=True) for one in modules]
