"""Telling by mail that there is a card: how many and where, never what it says."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mail.domain.outbox import queue_mail
from stories.card_emails import CARD_ANSWERED, CARD_HELD_BACK, CARDS_CAME, CARDS_TO_CHECK
from stories.card_policies import cards_to_check, readers_along_of
from stories.choices import CardState, PostRhythm
from stories.models import Storyteller, ThankYou

WEEK = timedelta(days=7)


def by_the_door(address):
    """Signed out, a card is not there for anybody; so the link goes by the sign-in page."""
    return f"{reverse('account_login')}?next={address}"


# ── In the transaction of the act ──────────────────────────────────────────────
def tell_of_answer(card):
    """Queue the mail to who gets `card` as an answer; what comes to a storyteller waits for her rhythm instead."""
    receiver = card.receiver
    if card.told_at or not card.answer_to_id or card.to_storyteller_id or not receiver or not receiver.is_active:
        return
    queue_mail(
        CARD_ANSWERED,
        to=receiver.email,
        person=receiver,
        key=f"{CARD_ANSWERED}:{card.uuid}",
        context={"name": card.sender_name, "path": by_the_door(reverse("card", args=[card.uuid]))},
    )
    card.told_at = timezone.now()
    card.save(update_fields=["told_at"])


def tell_sender(card):
    """Queue the mail to the sender that `card` was not delivered; why stands with the card."""
    sender = card.sender
    if sender and sender.is_active:
        queue_mail(
            CARD_HELD_BACK,
            to=sender.email,
            person=sender,
            key=f"{CARD_HELD_BACK}:{card.uuid}:{card.checked_at.isoformat()}",
            context={"name": card.receiver_name, "path": by_the_door(reverse("card", args=[card.uuid]))},
        )


# ── The worker's chores ────────────────────────────────────────────────────────
def tell_receivers(at=None):
    """Queue one mail to one receiver whose turn it is, about all cards that they have not heard of; return 1 or 0."""
    at = at or timezone.now()
    card = untold(at).select_related("receiver").order_by("checked_at", "pk").first()
    return _tell_receiver(card.receiver, card.to_storyteller_id, at) if card else 0


def untold(at):
    """The delivered cards whose receiver is to hear of them by now: at the storyteller's rhythm, others at once."""
    reads = Q(to_storyteller__post_paused_until=None) | Q(to_storyteller__post_paused_until__lt=timezone.localdate(at))
    a_week_ago = Q(to_storyteller__post_told_at=None) | Q(to_storyteller__post_told_at__lte=at - WEEK)
    turn = Q(to_storyteller=None) | (reads & Q(to_storyteller__post_rhythm=PostRhythm.AT_ONCE))
    turn |= reads & a_week_ago & Q(to_storyteller__post_rhythm=PostRhythm.WEEKLY)
    return ThankYou.objects.unread().filter(turn, told_at=None, receiver__is_active=True)


@transaction.atomic
def _tell_receiver(receiver, storyteller_id, at):
    User.objects.select_for_update(no_key=True).get(pk=receiver.pk)
    cards = list(untold(at).filter(receiver=receiver, to_storyteller=storyteller_id).order_by("pk"))
    if not cards:
        return 0
    address = reverse("post") if storyteller_id else reverse("my_cards")
    queue_mail(
        CARDS_CAME,
        to=receiver.email,
        person=receiver,
        key=f"{CARDS_CAME}:{cards[0].uuid}",
        context={"number": len(cards), "path": by_the_door(address)},
    )
    ThankYou.objects.filter(pk__in=[card.pk for card in cards]).update(told_at=at)
    Storyteller.objects.filter(pk=storyteller_id).update(post_told_at=at)
    return 1


def tell_who_reads_along(at=None):
    """Queue a mail to everybody who reads along the card that waits longest unmentioned; return 1 or 0.

    One mail a day for each of them, however many cards come.
    """
    at = at or timezone.now()
    waiting = ThankYou.objects.filter(state__in=(CardState.WAITING, CardState.REPORTED), checkers_told_at=None)
    card = waiting.order_by("sent_at", "pk").first()
    if card is None:
        return 0
    readers = readers_along_of(card)
    with transaction.atomic():
        for reader in readers:
            queue_mail(
                CARDS_TO_CHECK,
                to=reader.email,
                person=reader,
                key=f"{CARDS_TO_CHECK}:{reader.uuid}:{timezone.localdate(at).isoformat()}",
                context={"path": by_the_door(reverse("cards_to_check"))},
            )
        ThankYou.objects.filter(pk=card.pk).update(checkers_told_at=at)
    return 1


# ── Asked right before sending ─────────────────────────────────────────────────
def is_unread(mail):
    """True while there is an unread card like the one that `mail` began with, and its receiver wants post."""
    card = card_behind(mail)
    if card is None or mail.person is None or not mail.person.is_active or card.receiver_id != mail.person_id:
        return False
    teller = card.to_storyteller
    wanted = teller is None or teller.reads_post()
    cards = ThankYou.objects.unread().filter(receiver=mail.person, to_storyteller=teller)
    return wanted and cards.exists()


def is_there(mail):
    """True while the card is there for who the mail is to."""
    card = card_behind(mail)
    return bool(
        card
        and mail.person
        and mail.person.is_active
        and ThankYou.objects.met_by(mail.person).filter(pk=card.pk).exists()
    )


def is_to_check(mail):
    return bool(mail.person and mail.person.is_active and cards_to_check(mail.person).exists())


def card_behind(mail):
    return ThankYou.objects.select_related("to_storyteller").filter(uuid=mail.key.split(":")[1]).first()
