"""Reading cards along: delivering one, or holding it back with a kind sentence."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from stories.card_policies import cards_to_check
from stories.choices import CardReading, CardState, HeldBack
from stories.domain.card_post import tell_of_answer, tell_sender
from stories.models import ThankYou


@transaction.atomic
def pass_on(card, *, by, at=None):
    """Deliver `card`, or give a reported one back to its receiver; return it. Twice changes nothing.

    Raises Refused when `by` does not read it along, or it was held back or taken away meanwhile.
    """
    card = _locked(card, by, done=CardState.PASSED_ON)
    if card.state == CardState.PASSED_ON:
        return card
    card.state, card.report, card.reported_at = CardState.PASSED_ON, {}, None
    card.checked_by, card.checked_at = by, at or timezone.now()
    card.save()
    tell_of_answer(card)
    return card


@transaction.atomic
def hold_back(card, *, reason, by, at=None):
    """Do not deliver `card` and tell its sender why, in one of the sentences of HeldBack; return it."""
    card = _locked(card, by, done=CardState.HELD_BACK)
    if card.state == CardState.HELD_BACK:
        return card
    card.state, card.held_reason, card.reported_at = CardState.HELD_BACK, HeldBack(reason), None
    card.reading, card.report = CardReading.READ if card.told_at else CardReading.UNREAD, {}
    card.checked_by, card.checked_at = by, at or timezone.now()
    card.save()
    tell_sender(card)
    return card


def _locked(card, by, *, done):
    """Return the row, locked; raises Refused unless `by` may act on it, or did so just before."""
    row = ThankYou.objects.select_for_update().get(pk=card.pk)
    if row.state == done and row.checked_by_id == by.pk:
        return row
    if row.state == CardState.TAKEN_BACK:
        raise Refused(_("The sender took this card away meanwhile."))
    if not cards_to_check(by).filter(pk=row.pk).exists():
        raise Refused(_("Somebody else looked at this card just before you."))
    return row
