"""The end of the demo's finished group: certificates, cards, what Noor said after the last meeting. Only where nothing
of it is there yet, so that what a visitor did stays. Nobody is mailed.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from mail.models import OutboxMail
from training.demo.keys import group_key
from training.domain.aftercare import trusted_by, write_aftercare
from training.domain.finished_groups import finish_group
from training.domain.finishing import issue_certificates
from training.domain.finishing_mails import KINDS
from training.domain.personal_cards import give_card, write_on_card
from training.emails import AFTERCARE_TOLD
from training.models import Aftercare, CardMessage, Certificate, GroupPlace, PersonalCard, TrainingGroup

SLUG = "tilburg-zomer"
COORDINATOR, TRAINER, CO_TRAINER = "coordinator@demo.test", "trainer@demo.test", "co-trainer@demo.test"
HANNEKE, LIEKE = "klaar@demo.test", "lieke.jansen@demo.test"


@dataclass(frozen=True)
class DemoWords:
    """What the one with address `writer` wrote on the card of `receiver`."""

    receiver: str
    writer: str
    words: str


WORDS = (
    DemoWords(
        HANNEKE,
        TRAINER,
        "De eerste middag zei je bijna niets. Toen vroeg je Noor hoe het rook, op die trap. Nu vraag ik het ook.",
    ),
    DemoWords(
        HANNEKE,
        CO_TRAINER,
        "Jij bleef zitten toen de anderen koffie gingen halen. Je zei niets. Dat was precies goed.",
    ),
    DemoWords(
        LIEKE,
        TRAINER,
        "Je belde vanuit de auto dat je later kwam, en je kwam. Daar hadden we het die middag over.",
    ),
)
GIVEN = (HANNEKE,)  # Lieke's waits for what Noor writes
AFTERCARE = "Het ging goed. Bij het verhaal over het afscheid moest ik even naar buiten. Lieke liep een stukje mee."


def load_finished(at=None):
    """Bring the finished group to its end where nothing of it is there yet; return how many certificates were given."""
    group = TrainingGroup.objects.filter(uuid=group_key(SLUG)).first()
    if group is None or group.is_ended or not group.meetings.exists() or _has_begun(group):
        return 0
    now = at or timezone.now()
    with transaction.atomic():
        people = {person.email: person for person in User.objects.filter(email__endswith="@demo.test")}
        number = issue_certificates(group, by=people[COORDINATOR])
        _write(group, people)
        finish_group(group, by=people[COORDINATOR])
        _tell(group, people[CO_TRAINER])
        _date(group, now)
        OutboxMail.objects.filter(kind__in=[*KINDS, AFTERCARE_TOLD], created_at__gte=now).delete()
    return number


def _has_begun(group):
    people = group.places.values("enrolment")
    return (
        Certificate.objects.filter(enrolment__in=people).exists()
        or CardMessage.objects.filter(card__enrolment__in=people).exists()
    )


def _write(group, people):
    places = GroupPlace.objects.together().filter(group=group).select_related("group", "enrolment__person")
    by_address = {place.enrolment.person.email: place for place in places}
    for one in WORDS:
        if one.receiver in by_address:
            write_on_card(by_address[one.receiver], one.words, by=people[one.writer])
    for email in GIVEN:
        if email in by_address:
            give_card(by_address[email], by=people[COORDINATOR])


def _tell(group, noor):
    """Noor says to her person how the last meeting was, and nobody read it yet."""
    meeting, trusted = group.meetings.order_by("starts_at").last(), trusted_by(noor)
    if trusted:
        write_aftercare(meeting, noor, reader_key=trusted.person.uuid, words=AFTERCARE)


def _date(group, now):
    """Let it have happened in the week after the last meeting."""
    last = group.meetings.order_by("starts_at").last().ends_at
    at, people = min(last + timedelta(days=5), now), group.places.values("enrolment")
    Certificate.objects.filter(enrolment__in=people).update(issued_at=at)
    CardMessage.objects.filter(card__enrolment__in=people).update(written_at=at - timedelta(days=2))
    PersonalCard.objects.filter(enrolment__in=people, given_at__isnull=False).update(given_at=at)
    Aftercare.objects.filter(meeting__group=group).update(written_at=last + timedelta(days=1))
