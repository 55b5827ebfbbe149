"""Somebody says that their own attendance is not right; who leads the group changes it or leaves it, with words."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from home.models import ContactSettings
from mail.domain.outbox import queue_mail
from training.domain.attendance import mark, was_moved_after
from training.domain.calendars import organizer_of
from training.domain.certificate_checks import log_act
from training.domain.place_mails import about_group
from training.domain.seats import locked
from training.emails import CORRECTION_SETTLED
from training.models import AttendanceCorrection
from training.planning_choices import AttendanceAct, CorrectionState

LONGEST_WORDS = 500


@transaction.atomic
def ask_correction(meeting, place, *, words, by):
    """Keep that somebody says that their attendance at `meeting` is not right; return the AttendanceCorrection. Asked
    again while nobody answered, it is the same one with other words.

    Raises Refused without words, and for a meeting that is to come or called off.
    """
    locked(place.group)
    text = _text(words)
    if not text:
        raise Refused(_("Write what is not right."))
    is_theirs = place.is_together or was_moved_after(meeting, place)
    if not is_theirs or meeting.is_cancelled or meeting.ends_at > timezone.now():
        raise Refused(_("This is for meetings that are over."))
    row = AttendanceCorrection.objects.open().filter(meeting=meeting, place=place).first()
    row = row or AttendanceCorrection(meeting=meeting, place=place)
    is_new = row.pk is None
    row.words = {"words": text}
    row.save()
    if is_new:
        log_act(AttendanceAct.ASKED, row, meeting=meeting, place=place, by=by)
    return row


@transaction.atomic
def take_correction_back(row, *, by):
    """Somebody no longer asks it; nothing of their words is kept. Raises Refused once it was answered."""
    row = _under_lock(row)
    if not row.is_open:
        raise Refused(_("This was answered already."))
    log_act(AttendanceAct.TAKEN_BACK, row, meeting=row.meeting, place=row.place, by=by)
    row.delete()


@transaction.atomic
def settle_correction(row, *, by, status="", minutes=None, answer="", reason=""):
    """Change the mark into `status` (as `attendance.mark` does), or leave it where that is empty; return the
    AttendanceCorrection. The person gets word that there is an answer.

    Raises Refused when it was answered already, when it is left without words back, and as `mark` does.
    """
    row, text = _under_lock(row), _text(answer)
    if not row.is_open:
        raise Refused(_("This was answered already."))
    if status:
        mark(row.meeting, row.place, status, by=by, minutes=minutes, reason=reason)
    elif not text:
        raise Refused(_("Say why it stays as it is: they read it."))
    row.state = CorrectionState.CHANGED if status else CorrectionState.LEFT
    row.answer = {"answer": text} if text else {}
    row.settled_at, row.settled_by = timezone.now(), by
    row.save()
    log_act(AttendanceAct.CHANGED if status else AttendanceAct.LEFT, row, meeting=row.meeting, place=row.place, by=by)
    _tell(row)
    return row


def old_corrections(before, now):
    """Erase the words of corrections that were answered so long ago; return how many."""
    old = AttendanceCorrection.objects.exclude(state=CorrectionState.OPEN).filter(settled_at__lt=before)
    return old.exclude(words="", answer="").update(words="", answer="")


def _under_lock(row):
    locked(row.place.group)
    return AttendanceCorrection.objects.select_related(
        "meeting__group", "place__group", "place__enrolment__person"
    ).get(pk=row.pk)


def _text(words):
    text = without_controls(words).strip()
    if len(text) > LONGEST_WORDS:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_WORDS))
    return text


def _tell(row):
    person, group = row.place.enrolment.person, row.place.group
    contact = organizer_of(group)
    queue_mail(
        CORRECTION_SETTLED,
        to=person.email,
        key=f"{CORRECTION_SETTLED}:{row.uuid}",
        person=person,
        about=about_group(group),
        context={
            "group": group,
            "contact": ContactSettings.current(),
            "meeting": row.meeting,
            "link": f"{settings.SITE_URL}{reverse('training:my_group', args=[group.uuid])}#{row.meeting.uuid}",
        },
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
    )
