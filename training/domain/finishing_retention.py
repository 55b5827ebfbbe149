"""How long is kept who was where, and what certificates say (settings.RETENTION_DAYS)."""

from django.db.models import Q

from training.models import Attendance, Certificate


def attendance(before, now):
    """Erase who was at meetings that ended so long ago; return how many rows went. What was changed in them names
    people by their public numbers alone and stays.
    """
    return Attendance.objects.filter(meeting__ends_at__lt=before).delete()[0]


def certificates(before, now):
    """Empty what certificates of so long ago say and let go of whose they are; return how many. The number, the dates
    and the hash stay, so that a paper can be told from a forged one.
    """
    old = Certificate.objects.filter(issued_at__lt=before)
    still_say = old.filter(Q(enrolment__isnull=False) | ~Q(snapshot={}))
    return still_say.update(snapshot={}, reason="", given_because="", check_reason="", enrolment=None)
