"""Somebody's part in a training, whatever group they sit in."""

from django.utils import timezone

from training.choices import CURRENT_ENROLMENTS, EnrolmentState
from training.models import Enrolment


def enrolment_for(person, training):
    """Return the Enrolment of `person` in `training` that counts now: the one that is there, the one they stopped with
    before (what they wrote and did is in it), or a new one, invited. Call it under the lock of a group.
    """
    there = Enrolment.objects.filter(person=person, training=training).order_by("-pk")
    current = there.filter(state__in=CURRENT_ENROLMENTS).first()
    if current:
        return current
    stopped = there.filter(state=EnrolmentState.LEFT).first()
    if stopped:
        return _put(stopped, EnrolmentState.INVITED)
    return Enrolment.objects.create(person=person, training=training, state=EnrolmentState.INVITED)


def begin_enrolment(enrolment):
    """From here on the person follows the training."""
    if enrolment.state != EnrolmentState.ACTIVE:
        _put(enrolment, EnrolmentState.ACTIVE)


def end_invited_enrolment(enrolment):
    """Somebody said no: they were only invited, so nothing is left to follow. Who takes part already goes on."""
    waits_elsewhere = enrolment.places.live().exists()
    if enrolment.state == EnrolmentState.INVITED and not waits_elsewhere:
        _put(enrolment, EnrolmentState.LEFT)


def finish_enrolment(enrolment, at=None):
    """Note when the person came to the end of the training, once."""
    if enrolment.completed_at is None:
        enrolment.completed_at = at or timezone.now()
        enrolment.save(update_fields=["completed_at"])


def _put(enrolment, state):
    enrolment.state = state
    enrolment.save(update_fields=["state"])
    return enrolment
