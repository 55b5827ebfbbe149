"""Writing somebody's card together, giving it, and reading it: one text for each writer, theirs until it is given."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.names import sort_key
from common.refusals import Refused
from common.text import without_controls
from training.domain.finishing_mails import tell_card
from training.domain.seats import locked
from training.models import CardMessage, GroupPlace, Meeting, PersonalCard
from training.planning_choices import GroupState

BEFORE_THE_END = timedelta(days=14)
LONGEST_WORDS = 800  # what fits on a card of A6 in handwriting
ERASED_WRITER = "Verwijderd"  # on a card that somebody else has: words of the content, whatever language is read


# ── Who writes ─────────────────────────────────────────────────────────────────
@transaction.atomic
def write_on_card(place, words, *, by):
    """Keep what `by` writes on the card of this person, nothing where it is empty; return the CardMessage or None.

    Raises Refused once the card is given, and for more than fits on it.
    """
    locked(place.group)
    text = without_controls(words).strip()
    card, _made = PersonalCard.objects.get_or_create(enrolment=place.enrolment)
    if card.given_at:
        raise Refused(_("This card was given. Nobody can change it any more."))
    if len(text) > LONGEST_WORDS:
        raise Refused(
            _("That does not fit on the card. Keep it to {number} characters; now there are {there}.").format(
                number=LONGEST_WORDS, there=len(text)
            )
        )
    if not text:
        CardMessage.objects.filter(card=card, author=by).delete()
        return None
    values = {"words": {"words": text}, "author_name": by.display_name, "written_at": timezone.now()}
    return CardMessage.objects.update_or_create(card=card, author=by, defaults=values)[0]


def own_words(place, writer):
    """Return what `writer` wrote on the card of this person so far."""
    message = CardMessage.objects.filter(card__enrolment=place.enrolment_id, author=writer).first()
    return message.words.get("words", "") if message else ""


def is_given(place):
    """Return whether the card of this person was given, so that nobody writes on it any more."""
    return PersonalCard.objects.filter(enrolment=place.enrolment_id, given_at__isnull=False).exists()


def places_with_cards(places, writer):
    """Return `places` by name, each with `wrote` (did `writer` write on their card?) and `is_given`; three queries."""
    found = list(places)
    enrolments = [place.enrolment_id for place in found]
    mine = CardMessage.objects.filter(author=writer, card__enrolment__in=enrolments)
    wrote = set(mine.values_list("card__enrolment", flat=True))
    given = set(
        PersonalCard.objects.filter(enrolment__in=enrolments, given_at__isnull=False).values_list(
            "enrolment", flat=True
        )
    )
    for place in found:
        place.wrote, place.is_given = place.enrolment_id in wrote, place.enrolment_id in given
    return sorted(found, key=lambda place: sort_key(place.enrolment.person.display_name))


def card_waits_for(writer, at=None):
    """Return what is asked of a group (Q): its last meeting is at most two weeks away, or over, and a card waits on
    which `writer` did not write.
    """
    at = at or timezone.now()
    meetings = Meeting.objects.filter(group=OuterRef("pk")).announced()
    mine = CardMessage.objects.filter(card__enrolment=OuterRef("enrolment"), author=writer)
    given = PersonalCard.objects.filter(enrolment=OuterRef("enrolment"), given_at__isnull=False)
    places = GroupPlace.objects.together().filter(group=OuterRef("pk")).exclude(enrolment__person=writer)
    waits = places.exclude(Exists(mine)).exclude(Exists(given))
    near = Exists(meetings) & ~Exists(meetings.filter(ends_at__gt=at + BEFORE_THE_END)) & Exists(waits)
    return near & ~Q(state=GroupState.CANCELLED)


# ── Who gives ──────────────────────────────────────────────────────────────────
@transaction.atomic
def give_card(place, *, by):
    """Give somebody their card, once, and tell them by mail; return the PersonalCard. Raises Refused when nobody wrote
    on it.
    """
    locked(place.group)
    card = PersonalCard.objects.filter(enrolment=place.enrolment_id).first()
    if card is None or not card.messages.exists():
        raise Refused(_("Nobody wrote on this card yet."))
    if card.given_at is None:
        card.given_at = timezone.now()
        card.save(update_fields=["given_at"])
        tell_card(place)
    return card


@transaction.atomic
def give_cards(group, *, by):
    """Give everybody of `group` the card on which somebody wrote; return how many were given now."""
    group = locked(group)
    written = CardMessage.objects.filter(card__given_at=None).values("card__enrolment")
    places = GroupPlace.objects.filter(group=group, enrolment__in=written).together()
    found = list(places.select_related("group", "enrolment__person"))
    for place in found:
        give_card(place, by=by)
    return len(found)


# ── Who gets it ────────────────────────────────────────────────────────────────
def card_for(enrolment):
    """Return the card that was given to this person, or None; from here on it was read."""
    card = PersonalCard.objects.filter(enrolment=enrolment, given_at__isnull=False).first()
    if card and card.read_at is None:
        PersonalCard.objects.filter(pk=card.pk, read_at=None).update(read_at=timezone.now())
    return card


# ── Somebody is erased ─────────────────────────────────────────────────────────
def cards_got_by(person):
    """The cards of `person` that were given: what is still being written is no part of their copy."""
    return PersonalCard.objects.filter(enrolment__person=person, given_at__isnull=False)


def messages_of(person):
    """What `person` wrote on cards, and what stands on those that they got."""
    got = CardMessage.objects.filter(card__in=cards_got_by(person).values("pk"))
    return got | CardMessage.objects.filter(author=person)


def forget_personal_cards(person):
    """Erase the cards for `person`, and what they wrote on cards that were not given. A card that somebody got stays
    theirs, without the name. May be called twice.
    """
    PersonalCard.objects.filter(enrolment__person=person).delete()
    mine = CardMessage.objects.filter(author=person)
    mine.filter(card__given_at=None).delete()
    mine.update(author_name=ERASED_WRITER)
