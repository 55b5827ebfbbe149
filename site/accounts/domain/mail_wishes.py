"""Which of the mails that can be turned off somebody wants: in their account, or with the link in the mail itself."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import MailStop, User
from mail.kinds import MailKind, all_kinds, kind_of

signer = Signer(salt="accounts.mail_wishes")  # no end date: an old mail can still be turned off


@dataclass(frozen=True)
class Wish:
    """A kind of mail that somebody may get, and whether they want it."""

    kind: MailKind
    is_on: bool


def wishes_of(person):
    """Return a Wish for each kind of mail that `person` may get and turn off, as a list; one query, and what the kinds
    themselves ask.
    """
    off = set(MailStop.objects.filter(person=person).values_list("kind", flat=True))
    switched = [kind for kind in all_kinds() if kind.switch and kind.switch.for_whom(person)]
    return [Wish(kind, kind.name not in off) for kind in switched]


def wants(person, name):
    """True for who is here and did not turn off the kind of mail called `name`."""
    return bool(person and person.is_active) and not MailStop.objects.filter(person=person, kind=name).exists()


def without_who_stopped(people, name):
    """Leave out of the queryset `people` who turned off the kind of mail called `name`."""
    return people.exclude(pk__in=MailStop.objects.filter(kind=name).values("person"))


def turn_off(person, name):
    """Send `person` no mail of this kind any more; twice changes nothing."""
    MailStop.objects.get_or_create(person=person, kind=name)


def turn_on(person, name):
    """Let mail of this kind come again."""
    MailStop.objects.filter(person=person, kind=name).delete()


# ── The link in the mail ───────────────────────────────────────────────────────
def stop_address(person, name):
    """Return the address that turns this kind of mail off for `person`, for who holds the mail."""
    return settings.SITE_URL + reverse("stop_mail", args=[signer.sign_object([person.uuid.hex, name])])


def behind(token):
    """Return (User, MailKind) that the link was made for, or None when there is no such link, person or kind."""
    try:
        number, name = signer.unsign_object(token)
        kind = kind_of(name)
    except (BadSignature, LookupError, ValueError):
        return None
    person = User.objects.filter(uuid=number, is_active=True).first()
    return (person, kind) if person and kind.switch else None
