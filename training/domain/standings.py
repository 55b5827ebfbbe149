"""How far everybody of a group is at the end: what each has, and what each still misses. Read only."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.dates import on_the_wall
from common.names import sort_key
from common.text import sentence_list
from training.domain.counted import marks_of
from training.models import (
    CardMessage,
    Certificate,
    GroupPlace,
    Meeting,
    ModuleProgress,
    PersonalCard,
    TrainingPage,
)
from training.planning_choices import AttendanceStatus

MOST_NAMED = 3  # modules; with more the number says enough


@dataclass
class Standing:
    """What one person has, and what they miss, for the certificate. Their card holds nothing back.

    `certificate` is the valid one, `revoked` the last one where none is valid. `marks` are pairs of a meeting that was
    held and their Attendance there, or None; `open_modules` are titles.
    """

    place: object
    minutes: int
    all_minutes: int
    percent: int
    modules_done: int
    modules: int
    writers: int
    card: object
    certificate: object
    revoked: object = None
    marks: list = field(default_factory=list)
    open_modules: list = field(default_factory=list)

    @property
    def name(self):
        return self.place.enrolment.person.display_name

    @property
    def name_on_certificate(self):
        """The name as this person wants it on paper."""
        return self.place.enrolment.name_on_certificate or self.name

    @property
    def has_card(self):
        return bool(self.writers)

    @property
    def has_got_card(self):
        return self.card is not None and self.card.given_at is not None

    @property
    def part(self):
        """The part of the meeting time that they were there, in whole percents."""
        return 100 * self.minutes // self.all_minutes if self.all_minutes else 0

    @property
    def was_there(self):
        return bool(self.all_minutes) and 100 * self.minutes >= self.percent * self.all_minutes

    @property
    def did_modules(self):
        return self.modules_done >= self.modules

    @property
    def may_have(self):
        return self.was_there and self.did_modules

    @property
    def is_ready(self):
        """True for who gets a certificate with all others; after one was taken back somebody decides it again."""
        return self.may_have and self.certificate is None and self.revoked is None

    @property
    def missed(self):
        """What is not complete yet, in sentences that say nothing of why: that is asked nowhere."""
        said = [
            (_("Not there: {days}."), self._days(AttendanceStatus.ABSENT, AttendanceStatus.SIGNED_OFF)),
            (_("There for part of it: {days}."), self._days(AttendanceStatus.PARTLY)),
            (_("Not filled in yet: {days}."), self._days(None)),
            (_("Still open: {days}."), self.open_modules if len(self.open_modules) <= MOST_NAMED else []),
        ]
        return [words.format(days=sentence_list(found, _("and"))) for words, found in said if found]

    def _days(self, *statuses):
        found = [meeting for meeting, mark in self.marks if (mark.status if mark else None) in statuses]
        return [date_format(on_the_wall(meeting.starts_at), "MONTH_DAY_FORMAT") for meeting in found]


def standings_of(group):
    """Return the Standing of everybody who takes part, by name: eight queries, however many people."""
    places = GroupPlace.objects.filter(group=group).together().select_related("enrolment__person", "group")
    return sorted(_standings(group, list(places)), key=lambda one: sort_key(one.name))


def standing_of(place):
    """Return the Standing of one person, as `standings_of` has it."""
    return _standings(place.group, [place])[0]


def not_filled_in(standings):
    """Return `(meeting, of how many people nothing is known)` for each meeting that was held, where it is somebody."""
    missing = Counter(meeting for one in standings for meeting, mark in one.marks if mark is None)
    return sorted(missing.items(), key=lambda item: item[0].starts_at)


def held_meetings(group, at=None):
    """Return the meetings that count: those that people could come to, and that are over."""
    over = Meeting.objects.filter(group=group, ends_at__lte=at or timezone.now())
    return list(over.announced().order_by("starts_at"))


def _standings(group, places):
    meetings = held_meetings(group)
    enrolments = [place.enrolment_id for place in places]
    marks = marks_of(places)
    modules = TrainingPage.with_modules([group.training])[0].modules
    done, writers, cards = _modules_done(enrolments, modules), _writers(enrolments), _cards(enrolments)
    certificates = {one.enrolment_id: one for one in _certificates(enrolments)}
    found = []
    for place in places:
        own, did = [(one, marks.counted(place, one)) for one in meetings], done.get(place.enrolment_id, set())
        newest = certificates.get(place.enrolment_id)
        found.append(
            Standing(
                place,
                minutes=sum(marks.minutes(place, one) for one in meetings),
                all_minutes=sum(one.net_minutes for one in meetings),
                percent=group.attendance_percent,
                modules_done=len(did),
                modules=len(modules),
                writers=writers.get(place.enrolment_id, 0),
                card=cards.get(place.enrolment_id),
                certificate=newest if newest and newest.is_valid else None,
                revoked=newest if newest and not newest.is_valid else None,
                marks=own,
                open_modules=[module.title for module in modules if module.key not in did],
            )
        )
    return found


def _modules_done(enrolments, modules):
    keys = [module.key for module in modules]
    rows = ModuleProgress.objects.filter(enrolment__in=enrolments, module_key__in=keys, completed_at__isnull=False)
    found = {}
    for enrolment, key in rows.values_list("enrolment", "module_key"):
        found.setdefault(enrolment, set()).add(key)
    return found


def _writers(enrolments):
    found = {}
    rows = CardMessage.objects.filter(card__enrolment__in=enrolments)
    for enrolment in rows.values_list("card__enrolment", flat=True):
        found[enrolment] = found.get(enrolment, 0) + 1
    return found


def _certificates(enrolments):
    """Those that are valid after those that were taken back, so that somebody's last one here is what they have now."""
    found = Certificate.objects.filter(enrolment__in=enrolments).order_by("issued_at", "pk")
    return sorted(found, key=lambda one: one.is_valid)


def _cards(enrolments):
    return {card.enrolment_id: card for card in PersonalCard.objects.filter(enrolment__in=enrolments)}
