"""What people are told at the end: that their card is there, that their certificate is there, or both in one mail.

Each waits five minutes. When the other one comes in that time, one mail that says both takes their place.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from home.models import ContactSettings
from mail.domain.outbox import cancel_mails, queue_mail
from training.domain.place_mails import about_group
from training.emails import CARD_AND_CERTIFICATE, CARD_GIVEN, CERTIFICATE_ISSUED, QUIET
from training.models import Certificate, GroupPlace, PersonalCard

KINDS = (CARD_GIVEN, CERTIFICATE_ISSUED, CARD_AND_CERTIFICATE)


def tell_card(place):
    """Queue the mail about a card that was given just now and return it."""
    certificate = Certificate.objects.valid().filter(enrolment=place.enrolment_id).first()
    if certificate and _taken_out(CERTIFICATE_ISSUED, place):
        return _queue(CARD_AND_CERTIFICATE, place, certificate)
    return _queue(CARD_GIVEN, place)


def tell_certificate(place, certificate):
    """Queue the mail about a certificate that was issued just now and return it."""
    joined = _taken_out(CARD_GIVEN, place)
    return _queue(CARD_AND_CERTIFICATE if joined else CERTIFICATE_ISSUED, place, certificate)


def take_back_mail(place, certificate):
    """Say nothing of a certificate that was taken back before the mail left; of a card all the same."""
    cancel_mails(key=_key(CERTIFICATE_ISSUED, place, certificate))
    if cancel_mails(key=_key(CARD_AND_CERTIFICATE, place, certificate)):
        _queue(CARD_GIVEN, place, key=f"{_key(CARD_GIVEN, place)}:{certificate.uuid}")


def still_true(mail):
    """Return whether what `mail` says holds at this moment: the outbox asks right before sending."""
    kind, place_key, *certificate_key = mail.key.split(":")
    place = GroupPlace.objects.filter(uuid=place_key, enrolment__person__is_active=True).first()
    if place is None:
        return False
    if kind != CERTIFICATE_ISSUED and not _has_card(place):
        return False
    valid = Certificate.objects.valid().filter(enrolment=place.enrolment_id)
    return kind == CARD_GIVEN or valid.filter(uuid__in=certificate_key).exists()


def _has_card(place):
    return PersonalCard.objects.filter(enrolment=place.enrolment_id, given_at__isnull=False).exists()


def _taken_out(kind, place):
    """Take a mail out that waits; False when there is none, it left, or a worker has it in hands."""
    return bool(cancel_mails(key_prefix=f"{kind}:{place.uuid}"))


def _key(kind, place, certificate=None):
    return ":".join([kind, str(place.uuid), *([str(certificate.uuid)] if certificate else [])])


def _queue(kind, place, certificate=None, *, key=""):
    person, group = place.enrolment.person, place.group
    contact = group.coordinators.order_by("pk").first()
    return queue_mail(
        kind,
        to=person.email,
        key=key or _key(kind, place, certificate),
        context={
            "group": group,
            "end_url": settings.SITE_URL + reverse("training:my_end", args=[group.uuid]),
            "is_new_one": bool(certificate and certificate.replaces_id),
            "contact": ContactSettings.current(),
        },
        person=person,
        about=about_group(group),
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
        not_before=timezone.now() + QUIET,
    )
