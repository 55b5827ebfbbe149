"""Certificates: issued once, to who may have one or for a reason; replaced, taken back, checked by their number."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.dates import net_hours, on_the_wall
from common.refusals import Refused
from common.text import without_controls
from training.domain.accreditations import figure, registers_on
from training.domain.certificate_checks import log_act
from training.domain.counted import marks_of
from training.domain.enrolment import finish_enrolment
from training.domain.finishing_mails import take_back_mail, tell_certificate
from training.domain.places import put_state
from training.domain.seats import locked
from training.domain.standings import Standing, held_meetings, standing_of, standings_of
from training.models import Certificate, GroupPlace
from training.models.certificates import hash_of
from training.planning_choices import AttendanceAct, GroupState, PlaceState

__all__ = [
    "Standing",
    "certificate_with",
    "forget_certificates",
    "held_meetings",
    "issue_certificates",
    "issue_for_a_reason",
    "replace_certificate",
    "revoke_certificate",
    "standing_of",
    "standings_of",
]

LONGEST_NAME = 120
LONGEST_REASON = 200


@transaction.atomic
def issue_certificates(group, *, by):
    """Give a certificate to everybody who may have one and has none, each told by one mail; return how many. Pressed
    again it is 0.
    """
    group = locked(group)
    waiting = [one for one in standings_of(group) if one.is_ready]
    for standing in waiting:
        _give(group, standing, by=by)
    return len(waiting)


@transaction.atomic
def issue_for_a_reason(place, *, reason, by):
    """Give a certificate to somebody who misses something for it, or whose own was taken back, and return it; who has
    one keeps that.

    The paper says what they did and not the reason, that is for who leads the group. Raises Refused without one, and
    for somebody who was at no meeting: the paper would say that they took part.
    """
    group, reason = locked(place.group), _one_line(reason, LONGEST_REASON)
    standing = standing_of(_together(place))
    if standing.certificate:
        return standing.certificate
    if not reason:
        raise Refused(_("Say why this person gets a certificate all the same."))
    if not standing.minutes:
        raise Refused(_("This person was at no meeting. First fill in who was there."))
    return _give(group, standing, by=by, given_because=reason)


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
    if certificate.check_since:
        log_act(AttendanceAct.REPLACED, certificate, place=place, by=by)
    return _issue(place, name=name, by=by, replaces=certificate, given_because=certificate.given_because)


@transaction.atomic
def revoke_certificate(certificate, *, reason):
    """Take a certificate back: whoever checks its number reads that it is not valid. A mail about it that has not left
    yet stays here; none is sent, for this is told by a person. Raises Refused.
    """
    place, reason = _place_of(certificate), _one_line(reason, LONGEST_REASON)
    locked(place.group)
    certificate.refresh_from_db()
    if not certificate.is_valid:
        raise Refused(_("This certificate was taken back already."))
    if not reason:
        raise Refused(_("Say why the certificate is taken back."))
    certificate.revoked_at, certificate.reason = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "reason"])
    take_back_mail(place, certificate)


def certificate_with(number):
    """Return the Certificate with this number as somebody typed it from paper, or None."""
    typed = "".join(without_controls(number).split()).upper()[:20]
    return Certificate.objects.select_related("replaced_by").filter(number=typed).first()


def forget_certificates(person):
    """Empty what the certificates of `person` say: the number, the dates and the hash stay. May be called twice."""
    empty = {"snapshot": {}, "reason": "", "given_because": "", "check_reason": ""}
    Certificate.objects.filter(enrolment__person=person).update(**empty)


def _give(group, standing, *, by, given_because=""):
    """Issue a first certificate: with it somebody has come to the end, also of a group that was finished before."""
    place = standing.place
    finish_enrolment(place.enrolment)
    if group.state == GroupState.FINISHED and place.state == PlaceState.ENROLLED:
        put_state(place, PlaceState.FINISHED, by=by)
    return _issue(place, name=standing.name_on_certificate, by=by, given_because=given_because)


def _issue(place, *, name, by, replaces=None, given_because=""):
    snapshot = _snapshot(place, name)
    certificate = Certificate.objects.create(
        enrolment=place.enrolment,
        snapshot=snapshot,
        snapshot_sha256=hash_of(snapshot),
        issued_by=by,
        replaces=replaces,
        given_because=given_because,
    )
    tell_certificate(place, certificate)
    return certificate


def _snapshot(place, name):
    """Copy what the paper says, in the language of the content: it never changes with a page or a group."""
    group, meetings = place.group, held_meetings(place.group)
    marks = marks_of([place])
    minutes = sum(marks.minutes(place, one) for one in meetings)
    came_to = marks.came_to(place, meetings)
    with override("nl"):
        days = [date_format(on_the_wall(one.starts_at), "j F Y") for one in came_to]
    return {
        "name": name,
        "training": group.training.title,
        "makers": group.training.makers,
        "dates": days,
        "towns": sorted({one.city for one in came_to if one.city}),
        "hours": figure(net_hours(minutes)),
        "group": group.code,
        "registers": registers_on(group.training, on_the_wall(meetings[-1].ends_at).date() if meetings else None),
    }


def _place_of(certificate):
    places = GroupPlace.objects.together().filter(enrolment=certificate.enrolment_id)
    place = places.select_related("group__training", "enrolment__person").order_by("-pk").first()
    if place is None:
        raise Refused(_("This certificate has no group any more."))
    return place


def _together(place):
    """Return the place as it stands under the lock of its group. Raises Refused for who no longer takes part."""
    there = GroupPlace.objects.together().filter(pk=place.pk)
    found = there.select_related("group__training", "enrolment__person").first()
    if found is None:
        raise Refused(_("This person does not take part in this group."))
    return found


def _one_line(text, length):
    return " ".join(without_controls(text or "").split())[:length]
