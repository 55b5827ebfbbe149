"""The day after a meeting: each co-trainer is asked how it was, and may say it to one person of their own choice.

What they write goes to that person alone. It is gone for everybody as soon as they take it back, or their person
changes.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.domain.mail_wishes import stop_address, wants
from common.dates import AMSTERDAM, on_the_wall
from common.refusals import Refused
from common.text import without_controls
from mail.domain.outbox import cancel_mails, queue_mail
from mail.models import OutboxMail
from stories.models import Storyteller
from training.domain.calendars import organizer_of, when_words
from training.emails import AFTERCARE_QUESTION, AFTERCARE_TOLD, QUIET
from training.models import Aftercare, MeetingStaff
from training.planning_choices import MeetingState, StaffRole

LONGEST_WORDS = 2_000
LONGEST_PHONE = 30
FROM_HOUR = 9  # of the day after: nobody is asked at night
LOOKS_BACK = timedelta(days=7)  # what was missed longer ago is not asked any more
AT_ONCE = 20
EVERY = 600  # seconds between two looks of this worker
_clock = {"next": 0}


@dataclass(frozen=True)
class Trusted:
    """The person that a co-trainer chose, with the number that they gave for them."""

    person: object
    phone: str
    link: str

    @property
    def name(self):
        return self.person.get_short_name()


def trusted_by(user):
    """Return whom `user` named as their person in their own room (Trusted), or None: nobody else may name one."""
    teller = Storyteller.objects.filter(account=user, support__is_active=True).select_related("support").first()
    return Trusted(teller.support, teller.support_phone, teller.support_link) if teller else None


# ── The question ───────────────────────────────────────────────────────────────
def ask_now_and_then():
    """The worker's chore: ask every ten minutes; return how many were asked."""
    if time.monotonic() < _clock["next"]:
        return 0
    _clock["next"] = time.monotonic() + EVERY
    return ask_how_it_was()


def ask_how_it_was(at=None):
    """Queue the question to each co-trainer of a meeting that was over yesterday, or in the days before; return how
    many. Run again it makes none more, for each has one key.
    """
    at = at or timezone.now()
    if on_the_wall(at).hour < FROM_HOUR:
        return 0
    asked = 0
    for row in _to_ask(at)[:AT_ONCE]:
        with transaction.atomic():
            _ask(row)
        asked += 1
    return asked


def still_wanted(mail):
    """Return whether a question still holds: the meeting took place, she led it, and she wrote nothing yet."""
    _kind, meeting_key, person_key = mail.key.split(":")
    if Aftercare.objects.filter(meeting__uuid=meeting_key, person__uuid=person_key).exists():
        return False
    return _who_were_there().filter(meeting__uuid=meeting_key, user__uuid=person_key).exists()


def _who_were_there():
    """The co-trainers of meetings that took place: not of one called off, and not who was taken out of it."""
    took_place = [MeetingState.CONFIRMED, MeetingState.HELD]
    return MeetingStaff.objects.filter(role=StaffRole.CO_TRAINER, is_on=True, meeting__state__in=took_place)


def _to_ask(at):
    midnight = datetime.combine(on_the_wall(at).date(), clock.min, AMSTERDAM)
    over = _who_were_there().filter(meeting__ends_at__lte=midnight, meeting__ends_at__gt=midnight - LOOKS_BACK)
    rows = list(over.filter(user__is_active=True).select_related("meeting__group", "user").order_by("meeting", "pk"))
    keys = {_key(row) for row in rows}
    there = set(OutboxMail.objects.filter(key__in=keys).values_list("key", flat=True))
    return [row for row in rows if _key(row) not in there and wants(row.user, AFTERCARE_QUESTION)]


def _key(row):
    return f"{AFTERCARE_QUESTION}:{row.meeting.uuid}:{row.user.uuid}"


def _ask(row):
    meeting, person = row.meeting, row.user
    contact, trusted = organizer_of(meeting.group), trusted_by(person)
    with translation.override(person.language):
        when = when_words(meeting)
    queue_mail(
        AFTERCARE_QUESTION,
        to=person.email,
        key=_key(row),
        person=person,
        context={
            "meeting": meeting,
            "when": when,
            "trusted": trusted.name if trusted else "",
            "link": settings.SITE_URL + reverse("training:aftercare", args=[meeting.uuid]),
            "stop_address": stop_address(person, AFTERCARE_QUESTION),
        },
        sender_name=contact.display_name if contact else "",
        reply_to=contact.email if contact else "",
    )


# ── The answer ─────────────────────────────────────────────────────────────────
@transaction.atomic
def write_aftercare(meeting, person, *, reader_key, words="", wants_call=False, phone=""):
    """Keep what `person` says about `meeting` for their own person, tell that one, and return the Aftercare.

    `reader_key` is the number of who stood at the field: when their person is another one by now nothing is kept.
    Raises Refused for that, for nobody to write to, and for nothing said.
    """
    trusted = _trusted_as_shown(person, reader_key)
    said = {"words": _text(words), "phone": _phone(phone) if wants_call else ""}
    if not said["words"] and not wants_call:
        raise Refused(_("Write a few words, or choose to be called."))
    values = {
        "reader": trusted.person,
        "words": {name: text for name, text in said.items() if text},
        "wants_call": wants_call,
        "written_at": timezone.now(),
        "read_at": None,
    }
    row, _made = Aftercare.objects.update_or_create(meeting=meeting, person=person, defaults=values)
    cancel_mails(key_prefix=f"{AFTERCARE_QUESTION}:{meeting.uuid}:{person.uuid}")
    _tell(row)
    return row


@transaction.atomic
def take_aftercare_back(meeting, person):
    """Let what `person` wrote about `meeting` be gone, for their person as well; twice is once."""
    for row in Aftercare.objects.select_for_update().filter(meeting=meeting, person=person):
        cancel_mails(key_prefix=f"{AFTERCARE_TOLD}:{row.uuid}")
        row.delete()


def aftercare_of(meeting, person):
    """Return what `person` wrote about `meeting`, or None."""
    return Aftercare.objects.filter(meeting=meeting, person=person).select_related("reader").first()


def opened_by(user, row):
    """Their person opened what somebody wrote; she sees that it was read. Return the Aftercare."""
    if row.read_at is None:
        row.read_at = timezone.now()
        Aftercare.objects.read_by(user).filter(pk=row.pk, read_at=None).update(read_at=row.read_at)
    return row


def still_told(mail):
    """Return whether there is still something to read for who is told so."""
    return Aftercare.objects.read_by(mail.person).filter(uuid=mail.key.split(":")[1]).exists()


def forget_aftercare_mails(person):
    """Erase the mails that name `person` to who was told that they wrote; the rows go with the account."""
    for number in Aftercare.objects.filter(person=person).values_list("uuid", flat=True):
        OutboxMail.objects.filter(key__startswith=f"{AFTERCARE_TOLD}:{number}").delete()


def old_aftercare(before, now):
    """Erase what was written so long ago; return how much."""
    return Aftercare.objects.filter(written_at__lt=before).delete()[0]


def _trusted_as_shown(person, reader_key):
    trusted = trusted_by(person)
    if trusted is None:
        raise Refused(_("You have not chosen your person yet. Nothing is kept."))
    if str(trusted.person.uuid) != str(reader_key):
        raise Refused(_("Your person is another one by now. Nothing is kept yet: look who reads it, then send it."))
    return trusted


def _text(words):
    text = without_controls(words).strip()
    if len(text) > LONGEST_WORDS:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_WORDS))
    return text


def _phone(phone):
    text = " ".join(without_controls(phone).split())
    if len(text) > LONGEST_PHONE:
        raise Refused(_("Write one phone number."))
    return text


def _tell(row):
    """The mail says that there is something and never what; the words are on the page alone. What was written again
    before the first mail left is one mail.
    """
    cancel_mails(key_prefix=f"{AFTERCARE_TOLD}:{row.uuid}")
    queue_mail(
        AFTERCARE_TOLD,
        to=row.reader.email,
        key=f"{AFTERCARE_TOLD}:{row.uuid}:{int(row.written_at.timestamp() * 1000)}",
        person=row.reader,
        context={
            "name": row.person.get_short_name(),
            "wants_call": row.wants_call,
            "link": settings.SITE_URL + reverse("training:read_aftercare", args=[row.uuid]),
        },
        not_before=timezone.now() + QUIET,
    )
