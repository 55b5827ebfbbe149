"""A certificate that was issued before attendance was changed: it is looked at again, and says so to who leads the
group.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.seats import locked
from training.models import AttendanceEvent, Certificate
from training.planning_choices import AttendanceAct

LONGEST_REASON = 200
LONGEST_TOGETHER = 500  # of all reasons, as long as nobody looked


class ReasonNeeded(Refused):
    """Attendance changes after the certificate was issued, and nobody said why."""

    def __init__(self):
        super().__init__(_("A certificate was issued already. Say why this changes."))


def certificates_over(meeting):
    """The valid certificates that may say something of `meeting`: those issued when it was over."""
    return Certificate.objects.valid().filter(issued_at__gte=meeting.ends_at, enrolment__isnull=False)


def certificate_over(meeting, place):
    """Return the one of `certificates_over` that the person of `place` has, or None."""
    return certificates_over(meeting).filter(enrolment=place.enrolment_id).first()


def check_again(meeting, place, *, reason, by):
    """Let the certificate that a change touches be looked at, if there is one. Raises ReasonNeeded without a reason."""
    certificate = certificate_over(meeting, place)
    if certificate is None:
        return
    reason = " ".join(without_controls(reason).split())[:LONGEST_REASON]
    if not reason:
        raise ReasonNeeded
    certificate.check_since = certificate.check_since or timezone.now()
    reasons = [one for one in (certificate.check_reason, reason) if one]
    certificate.check_reason = " / ".join(dict.fromkeys(reasons))[:LONGEST_TOGETHER]
    certificate.save(update_fields=["check_since", "check_reason"])
    log_act(AttendanceAct.CHECK, certificate, meeting=meeting, place=place, by=by)


@transaction.atomic
def let_certificate_hold(place, *, by):
    """Somebody looked: the certificate of `place` says what is right. Return whether there was something to look at."""
    locked(place.group)
    certificate = Certificate.objects.to_check().filter(enrolment=place.enrolment_id).first()
    if certificate is None:
        return False
    certificate.check_since, certificate.check_reason = None, ""
    certificate.save(update_fields=["check_since", "check_reason"])
    log_act(AttendanceAct.HOLDS, certificate, place=place, by=by)
    return True


def log_act(act, about, *, meeting=None, place=None, by):
    """Keep for good that this happened to a correction or a certificate."""
    return AttendanceEvent.objects.create(
        act=act,
        about_key=about.uuid,
        meeting_key=meeting and meeting.uuid,
        place_key=place and place.uuid,
        by_key=by and by.uuid,
    )
