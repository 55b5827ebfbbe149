"""The mails about cards. What somebody wrote stands in none of them: a card is read here, after signing in."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind, register

CARDS_CAME, CARD_ANSWERED, CARD_HELD_BACK, CARDS_TO_CHECK = "cards", "card-answer", "card-held-back", "cards-to-check"


def register_kinds(*, unread, there, to_check):
    """Tell the outbox about these mails; right before one leaves it asks whether there still is a card to read."""
    register(MailKind(CARDS_CAME, _("there are cards for you"), "emails/cards", still_wanted=unread))
    register(MailKind(CARD_ANSWERED, _("answer to your card"), "emails/card_answer", still_wanted=there))
    register(MailKind(CARD_HELD_BACK, _("about your card"), "emails/card_held_back", still_wanted=there))
    register(MailKind(CARDS_TO_CHECK, _("cards to read along"), "emails/cards_to_check", still_wanted=to_check))
