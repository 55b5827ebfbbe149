"""#dankjewel: writing a card, answering one, taking one away (docs/decisions/cards-are-read-along.md)."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.prepared import Prepared
from common.refusals import Refused
from mail.domain.outbox import cancel_mails
from mail.models import OutboxMail
from stories.card_emails import CARD_ANSWERED, CARD_HELD_BACK
from stories.card_policies import people_to_write_to
from stories.choices import CardReading, CardState
from stories.domain.sentences import sentences_of
from stories.models import Storyteller, Telling, ThankYou


@dataclass(frozen=True)
class CardWords:
    """What somebody puts on a card: their words, the key of a sentence of the story (or nothing), and whether their
    first name may stand with it beside the story.
    """

    text: str
    quote_key: str = ""
    name_may_show: bool = False


@dataclass(frozen=True)
class Addressee:
    """A storyteller of a story, by the name that she has there; `is_open` says whether she reads post now."""

    storyteller: Storyteller
    name: str
    is_open: bool


# ── To whom ────────────────────────────────────────────────────────────────────
def addressees_of(story):
    """Return an Addressee for each storyteller of `story`; one query."""
    tellers = [telling.storyteller for telling in tellings_of(story=story.pk)]
    # With one storyteller the name on the story is hers; she may have chosen another one there than elsewhere.
    names = [story.storyteller] if len(tellers) == 1 else [teller.name for teller in tellers]
    return [
        Addressee(teller, name, teller.reads_post() and teller.account.is_active)
        for teller, name in zip(tellers, names, strict=True)
    ]


@Prepared
def tellings_of(story):
    return Telling.objects.filter(story=story).select_related("storyteller__account").order_by("pk")


# ── Writing ────────────────────────────────────────────────────────────────────
@transaction.atomic
def thank_storyteller(story, words, *, storyteller, by, token, at=None):
    """Send a card about `story` to one of its storytellers and return the ThankYou; somebody reads it along first.

    `token` is the random number of the open page: the same words from the same page are one card, however often they
    arrive. Raises Refused when she reads no post now, when the sentence is no longer in the story, and when this person
    wrote enough for today.
    """
    at = at or timezone.now()
    there, number = _lock_and_look(by, token, story.pk, storyteller.pk, words)
    if there:
        return there
    addressee = _addressee(story, storyteller, by)
    quote = quoted(story, words.quote_key)
    refuse_too_many(by, receiver=addressee.storyteller.account, at=at)
    return ThankYou.objects.create(
        uuid=number,
        story=story,
        sender=by,
        receiver=addressee.storyteller.account,
        to_storyteller=addressee.storyteller,
        to_name=addressee.name[:80],
        quote={"text": quote} if quote else {},
        words={"text": words.text},
        name_may_show=words.name_may_show,
        sent_at=at,
    )


@transaction.atomic
def thank_person(receiver, words, *, by, token, at=None):
    """Send a card to somebody whom `by` meets in a group, and return the ThankYou. Raises Refused for who is not, and
    when this person wrote enough for today.
    """
    at = at or timezone.now()
    there, number = _lock_and_look(by, token, "person", receiver.pk, words)
    if there:
        return there
    if not people_to_write_to(by).filter(pk=receiver.pk).exists():
        raise Refused(_("You can write to people in your own groups."))
    refuse_too_many(by, receiver=receiver, at=at)
    return ThankYou.objects.create(uuid=number, sender=by, receiver=receiver, words={"text": words.text}, sent_at=at)


@transaction.atomic
def answer_card(card, words, *, by, token, at=None):
    """Write back to who sent `card`, and return the answer; each card has one, and any of both may go on from there.

    Raises Refused when it was answered before or its sender is no longer here.
    """
    there, number = _lock_and_look(by, token, "answer", card.pk, words)
    if there:
        return there
    card = ThankYou.objects.select_for_update(of=("self",)).select_related("sender").get(pk=card.pk)
    _refuse_unanswerable(card, by)
    answer = ThankYou.objects.create(
        uuid=number,
        answer_to=card,
        story=card.story,
        sender=by,
        from_storyteller=card.to_storyteller,
        from_name=card.to_name,
        receiver=card.sender,
        to_storyteller=card.from_storyteller,
        to_name=card.from_name,
        words={"text": words.text},
        name_may_show=bool(card.to_storyteller_id),
        sent_at=at or timezone.now(),
    )
    if card.is_unread or card.reading == CardReading.LATER:
        card.reading = CardReading.READ
        card.save(update_fields=["reading"])
    return answer


def _lock_and_look(by, token, *what):
    """Return the card that this page sent before (or None), and the number it has: two at once are one after the
    other, for a person's cards are counted.
    """
    number = uuid.uuid5(token, ":".join([str(by.pk), *map(str, what)]))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return ThankYou.objects.filter(uuid=number).first(), number


def _addressee(story, storyteller, by):
    found = next((one for one in addressees_of(story) if one.storyteller.pk == storyteller.pk), None)
    if found is None:
        raise Refused(_("This story is not hers."))
    if found.storyteller.account_id == by.pk:
        raise Refused(_("This is your own story."))
    if not found.is_open:
        raise Refused(_("%(name)s is not reading post at the moment.") % {"name": found.name})
    return found


def quoted(story, key):
    """Return the sentence of `story` with this key, or an empty string without one; raises Refused when the story has
    it no more.
    """
    if not key:
        return ""
    found = next((sentence.text for sentence in sentences_of(story) if sentence.key == key), None)
    if found is None:
        raise Refused(_("This sentence is not in the story any more. Choose another one, or none."))
    return found


def refuse_too_many(by, *, receiver, at):
    """Raise Refused when `by` wrote settings.CARDS_A_DAY cards today, or has as many on their way to `receiver` as
    settings.CARDS_TO_ONE_A_DAY says. Answers do not count, what was taken away does.
    """
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    cards = ThankYou.objects.filter(sender=by, answer_to=None, sent_at__gte=today)
    if cards.count() >= settings.CARDS_A_DAY:
        raise Refused(
            _("You wrote %(number)d cards today. Tomorrow you can write again.") % {"number": settings.CARDS_A_DAY}
        )
    if cards.on_the_way().filter(receiver=receiver).count() >= settings.CARDS_TO_ONE_A_DAY:
        raise Refused(_("You wrote a card to the same person today. Tomorrow you can write another one."))


def _refuse_unanswerable(card, by):
    if card.receiver_id != by.pk or card.state != CardState.PASSED_ON:
        raise Refused(_("This card is no longer here."))
    if card.sender is None or not card.sender.is_active:
        raise Refused(_("Who wrote this is no longer here."))
    if card.answers.on_the_way().exists():
        raise Refused(_("You wrote back already."))


# ── Taking away ────────────────────────────────────────────────────────────────
@transaction.atomic
def take_back(card, *, by):
    """Let the sender take away what they wrote, for both: its words are erased at once. Twice changes nothing."""
    card = ThankYou.objects.select_for_update().get(pk=card.pk)
    if card.sender_id != by.pk:
        raise Refused(_("This card is not yours."))
    erase_words(card)
    return card


def erase_words(card):
    """Empty all that is written on the locked `card`; that there was one stays, for who counts cards of a day."""
    card.words, card.quote, card.report = {}, {}, {}
    card.state, card.held_reason, card.reported_at, card.reading = CardState.TAKEN_BACK, "", None, CardReading.READ
    card.save()
    cancel_mails(key_prefix=f"{CARD_ANSWERED}:{card.uuid}")


def forget_quotes(story):
    """Empty the sentences of `story` on all cards and return how many; the cards themselves stay.

    For who takes a story away: called in that transaction. Doing so twice changes nothing.
    """
    return ThankYou.objects.filter(story=story).exclude(quote="").update(quote={})


def forget_cards_of(person):
    """Erase what `person` wrote on cards, and the names that they had on those of others; for erasing a person."""
    with transaction.atomic():
        for card in ThankYou.objects.select_for_update().filter(sender=person):
            card.from_name, card.name_may_show = "", False
            erase_words(card)
        got = ThankYou.objects.filter(receiver=person)
        for number in (got | ThankYou.objects.filter(sender=person)).values_list("uuid", flat=True):
            for kind in (CARD_ANSWERED, CARD_HELD_BACK):  # they name the other one of the two
                OutboxMail.objects.filter(key__startswith=f"{kind}:{number}").delete()
        got.filter(reading=CardReading.SHOWN).update(reading=CardReading.READ)
        got.update(to_name="", report={})


# ── Beside a story ─────────────────────────────────────────────────────────────
def shown_cards(story, *, most=6):
    """Return the newest cards that the storyteller shows beside `story`, as a list; one query.

    Each has `reply`, her answer (or None), and `shown_sentence`: the sentence only as long as it stands in the story.
    """
    rows = shown_with_replies(story=story.pk)
    by_answered = {row.answer_to_id: row for row in rows if row.answer_to_id}
    cards = [row for row in rows if row.is_shown][:most]
    standing = {sentence.text for sentence in sentences_of(story)} if cards else set()
    for card in cards:
        card.reply = by_answered.get(card.pk)
        card.shown_sentence = card.sentence if card.sentence in standing else ""
    return cards


@Prepared
def shown_with_replies(story):
    passed_on = ThankYou.objects.filter(story=story, state=CardState.PASSED_ON, sender__isnull=False)
    shown = passed_on.filter(reading=CardReading.SHOWN, receiver__isnull=False)
    replies = passed_on.filter(answer_to__in=shown.values("pk"), from_storyteller__isnull=False)
    return (shown | replies).select_related("sender").order_by("-sent_at", "-pk")


def thanks_beside(story, user):
    """Return what the story's page shows of thanking: `shown_cards`, and `addressees` (none for her own)."""
    addressees = [one for one in addressees_of(story) if one.storyteller.account_id != (user.pk or 0)]
    return {"shown_cards": shown_cards(story), "addressees": addressees}
