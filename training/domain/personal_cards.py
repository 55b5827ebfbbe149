"""Writing somebody's card together, giving it, and reading it: one text for each writer, theirs until it is given."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from common.text import without_controls
from training.domain.seats import locked
from training.models import CardMessage, PersonalCard

LONGEST_WORDS = 1_500


@transaction.atomic
def write_on_card(place, words, *, by):
    """Keep what `by` writes on the card of this person, nothing where it is empty; return the CardMessage or None.

    Raises Refused once the card is given, and for more than fits on it.
    """
    locked(place.group)
    text = without_controls(words).strip()
    if len(text) > LONGEST_WORDS:
        raise Refused(_("Keep it to {number} characters.").format(number=LONGEST_WORDS))
    card, _made = PersonalCard.objects.get_or_create(enrolment=place.enrolment)
    if card.given_at:
        raise Refused(_("This card was given. Nobody can change it any more."))
    if not text:
        CardMessage.objects.filter(card=card, author=by).delete()
        return None
    values = {"words": {"words": text}, "author_name": by.display_name, "written_at": timezone.now()}
    return CardMessage.objects.update_or_create(card=card, author=by, defaults=values)[0]


@transaction.atomic
def give_card(place, *, by):
    """Give somebody their card, once; return the PersonalCard. Raises Refused when nobody wrote on it."""
    locked(place.group)
    card = PersonalCard.objects.filter(enrolment=place.enrolment).first()
    if card is None or not card.messages.exists():
        raise Refused(_("Nobody wrote on this card yet."))
    if card.given_at is None:
        card.given_at = timezone.now()
        card.save(update_fields=["given_at"])
    return card


def card_for(enrolment):
    """Return the card that was given to this person, or None; from here on it was read."""
    card = PersonalCard.objects.filter(enrolment=enrolment, given_at__isnull=False).first()
    if card and card.read_at is None:
        PersonalCard.objects.filter(pk=card.pk, read_at=None).update(read_at=timezone.now())
    return card


def own_words(place, writer):
    """Return what `writer` wrote on the card of this person so far."""
    message = CardMessage.objects.filter(card__enrolment=place.enrolment_id, author=writer).first()
    return message.words.get("words", "") if message else ""
