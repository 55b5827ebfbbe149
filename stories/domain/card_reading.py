"""What its receiver does with a card: keep it, show it, put it off, report it; and whether she wants post at all."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from mail.domain.outbox import cancel_mails
from stories.card_emails import CARD_ANSWERED
from stories.choices import CardReading, CardState
from stories.models import Storyteller, Telling, ThankYou


@transaction.atomic
def keep_card(card, *, by):
    """Keep a card for oneself; one that stood beside the story stands there no more."""
    return _mark(_received(card, by), CardReading.KEPT)


@transaction.atomic
def put_card_off(card, *, by):
    """Leave a card for later: it is new no more, and nobody is told."""
    return _mark(_received(card, by), CardReading.LATER)


@transaction.atomic
def show_card(card, *, by):
    """Let everybody who reads the story read this card beside it; raises Refused for a card that is about no story of
    hers.
    """
    card = _received(card, by)
    if not can_be_shown(card):
        raise Refused(_("Only a card about your story can stand with it."))
    return _mark(card, CardReading.SHOWN)


def can_be_shown(card):
    """True for a card to a storyteller of the story that it is about, until she takes that away; a query."""
    if card.answer_to_id or not card.story_id or not card.to_storyteller_id:
        return False
    hers = Telling.objects.filter(story=card.story_id, storyteller=card.to_storyteller_id)
    return hers.filter(story__release__withdrawn_at=None).exists()


@transaction.atomic
def report_card(card, words, *, by, at=None):
    """Say that something is wrong with a card: it is out of her sight and goes back to who reads along."""
    card = _received(card, by)
    if card.state == CardState.REPORTED:
        return card
    card.state, card.report, card.reported_at = (
        CardState.REPORTED,
        {"text": words} if words else {},
        at or timezone.now(),
    )
    card.reading, card.checkers_told_at = CardReading.READ, None
    card.save()
    cancel_mails(key_prefix=f"{CARD_ANSWERED}:{card.uuid}")
    return card


def _received(card, by):
    card = ThankYou.objects.select_for_update().get(pk=card.pk)
    if card.receiver_id != by.pk or not card.is_delivered:
        raise Refused(_("This card is no longer here."))
    return card


def _mark(card, reading):
    if card.state == CardState.REPORTED:
        raise Refused(_("You reported this card. Somebody looks at it first."))
    card.reading = reading
    card.save(update_fields=["reading"])
    return card


# ── Post ───────────────────────────────────────────────────────────────────────
@transaction.atomic
def set_post(storyteller, *, rhythm, paused_until, by):
    """Say how often a storyteller hears of cards and until when she wants none; raises Refused for who is not her."""
    storyteller = Storyteller.objects.select_for_update().get(pk=storyteller.pk)
    if storyteller.account_id != by.pk:
        raise Refused(_("Only the storyteller decides about her post."))
    storyteller.post_rhythm, storyteller.post_paused_until = rhythm, paused_until
    storyteller.save(update_fields=["post_rhythm", "post_paused_until"])
    return storyteller
