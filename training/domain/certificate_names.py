"""The name on a certificate is as its person wants it; who it is for says so before it is issued."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.seats import locked
from training.models import Certificate

LONGEST_NAME = 120


@transaction.atomic
def keep_name_on_certificate(place, name):
    """Keep how the person of `place` wants their name on paper, their usual name where it is empty; return it as it
    will stand there. Raises Refused for a name that is too long, and once there is a certificate.
    """
    locked(place.group)
    enrolment, name = place.enrolment, " ".join(without_controls(name).split())
    if Certificate.objects.valid().filter(enrolment=enrolment).exists():
        raise Refused(_("Your certificate is there already. Ask who leads your group for one with another name."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_NAME))
    enrolment.name_on_certificate = name
    enrolment.save(update_fields=["name_on_certificate"])
    return name or enrolment.person.display_name
