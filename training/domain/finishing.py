"""Coming to the end of a group: what everybody has and misses, their card, their certificate."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.dates import net_hours, on_the_wall
from common.refusals import Refused
from common.text import without_controls
from training.domain.attendance import minutes_present
from training.domain.enrolment import finish_enrolment
from training.domain.seats import locked
from training.models import Attendance, CardMessage, Certificate, GroupPlace, Meeting, ModuleProgress, TrainingPage
from training.models.certificates import hash_of

LONGEST_NAME = 120
LONGEST_REASON = 200


@dataclass
class Standing:
    """What one person has, and what they miss, for the certificate. Their card holds nothing back."""

    place: object
    minutes: int
    all_minutes: int
    percent: int
    modules_done: int
    modules: int
    has_card: bool
    certificate: object

    @property
    def name(self):
        return self.place.enrolment.person.display_name

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


def standings_of(group):
    """Return the Standing of everybody who takes part, by name: seven queries, however many people."""
    meetings = held_meetings(group)
    places = list(GroupPlace.objects.filter(group=group).together().select_related("enrolment__person", "group"))
    enrolments = [place.enrolment_id for place in places]
    marks = {(one.place_id, one.meeting_id): one for one in Attendance.objects.filter(place__in=places)}
    keys = [module.key for module in TrainingPage.with_modules([group.training])[0].modules]
    done = _modules_done(enrolments, keys)
    cards = _cards(enrolments)
    certificates = {one.enrolment_id: one for one in Certificate.objects.valid().filter(enrolment__in=enrolments)}
    found = [
        Standing(
            place,
            minutes=sum(minutes_present(marks.get((place.pk, one.pk)), one) for one in meetings),
            all_minutes=sum(one.net_minutes for one in meetings),
            percent=group.attendance_percent,
            modules_done=done.get(place.enrolment_id, 0),
            modules=len(keys),
            has_card=place.enrolment_id in cards,
            certificate=certificates.get(place.enrolment_id),
        )
        for place in places
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def held_meetings(group, at=None):
    """Return the meetings that count: those that people could come to, and that are over."""
    over = Meeting.objects.filter(group=group, ends_at__lte=at or timezone.now())
    return list(over.announced().order_by("starts_at"))


@transaction.atomic
def issue_certificates(group, *, by):
    """Give a certificate to everybody who may have one and has none; return how many. Pressed again it is 0."""
    group = locked(group)
    number = 0
    for standing in standings_of(group):
        if standing.may_have and standing.certificate is None:
            _issue(standing.place, name=standing.name, by=by)
            finish_enrolment(standing.place.enrolment)
            number += 1
    return number


@transaction.atomic
def replace_certificate(certificate, *, name, reason, by):
    """Take a certificate back and give one with another name in its place; return it. Raises Refused without a name or
    a reason, and for one that was taken back already.
    """
    place, reason = _place_of(certificate), _one_line(reason, LONGEST_REASON)
    name = _one_line(name, LONGEST_NAME)
    if not name:
        raise Refused(_("Fill in the name that stands on it."))
    revoke_certificate(certificate, reason=reason)
    return _issue(place, name=name, by=by, replaces=certificate)


@transaction.atomic
def revoke_certificate(certificate, *, reason):
    """Take a certificate back: whoever checks its number reads that it is not valid. Raises Refused."""
    locked(_place_of(certificate).group)
    certificate.refresh_from_db()
    reason = _one_line(reason, LONGEST_REASON)
    if not certificate.is_valid:
        raise Refused(_("This certificate was taken back already."))
    if not reason:
        raise Refused(_("Say why the certificate is taken back."))
    certificate.revoked_at, certificate.reason = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "reason"])


def certificate_with(number):
    """Return the Certificate with this number as somebody typed it from paper, or None."""
    return Certificate.objects.select_related("replaced_by").filter(number=without_controls(number).strip().upper()[:20]).first()


def forget_certificates(person):
    """Empty what the certificates of `person` say: the number, the dates and the hash stay. May be called twice."""
    Certificate.objects.filter(enrolment__person=person).update(snapshot={}, reason="")


def _issue(place, *, name, by, replaces=None):
    snapshot = _snapshot(place, name)
    return Certificate.objects.create(
        enrolment=place.enrolment,
        snapshot=snapshot,
        snapshot_sha256=hash_of(snapshot),
        issued_by=by,
        replaces=replaces,
    )


def _snapshot(place, name):
    """Copy what the paper says, in the language of the content: it never changes with a page or a group."""
    group, meetings = place.group, held_meetings(place.group)
    marks = {one.meeting_id: one for one in Attendance.objects.filter(place=place)}
    minutes = sum(minutes_present(marks.get(one.pk), one) for one in meetings)
    with override("nl"):
        days = [date_format(on_the_wall(one.starts_at), "j F Y") for one in meetings]
    return {
        "name": name,
        "training": group.training.title,
        "makers": group.training.makers,
        "dates": days,
        "towns": sorted({one.city for one in meetings if one.city}),
        "hours": str(net_hours(minutes).normalize()),
        "group": group.code,
    }


def _place_of(certificate):
    places = GroupPlace.objects.together().filter(enrolment=certificate.enrolment_id)
    place = places.select_related("group__training", "enrolment__person").order_by("-pk").first()
    if place is None:
        raise Refused(_("This certificate has no group any more."))
    return place


def _modules_done(enrolments, keys):
    rows = ModuleProgress.objects.filter(enrolment__in=enrolments, module_key__in=keys, completed_at__isnull=False)
    counted = {}
    for enrolment in rows.values_list("enrolment", flat=True):
        counted[enrolment] = counted.get(enrolment, 0) + 1
    return counted


def _cards(enrolments):
    return set(CardMessage.objects.filter(card__enrolment__in=enrolments).values_list("card__enrolment", flat=True))


def _one_line(text, length):
    return " ".join(without_controls(text or "").split())[:length]
