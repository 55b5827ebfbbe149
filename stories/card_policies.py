"""Who writes cards to whom, and who reads them along (docs/decisions/cards-are-read-along.md)."""

from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, When

from accounts.choices import Role
from accounts.models import User
from common.policies import has_role
from stories.models import ThankYou
from stories.neighbours import people_around, people_read_along, people_read_along_by

NOBODY = Q(pk__in=[])


def people_to_write_to(user):
    """The people whom `user` may write a card, by the name that they have in the group; never `user`."""
    found = reduce(or_, (Q(pk__in=people.values("pk")) for people in people_around(user)), NOBODY)
    return User.objects.filter(found, is_active=True).exclude(pk=user.pk).order_by("display_name", "pk")


def reads_cards_along(user):
    """True for who has cards to read along, be it none today."""
    return has_role(user, Role.TRAINER, Role.COORDINATOR)


def cards_to_check(user):
    """The cards that `user` reads along now: those of the people in their groups; a coordinator also those of people
    whom nobody else reads along. Never one that they wrote or are to get.

    A card from a storyteller counts as one of the person she writes to: otherwise it would say in whose group she is.
    """
    if not reads_cards_along(user):
        return ThankYou.objects.none()
    cards = ThankYou.objects.to_check().annotate(
        member_id=Case(When(from_storyteller=None, then=F("sender")), When(to_storyteller=None, then=F("receiver")))
    )
    mine = reduce(or_, (Q(member_id__in=people.values("pk")) for people in people_read_along_by(user)), NOBODY)
    if has_role(user, Role.COORDINATOR):
        mine |= Q(member_id=None) | _nobodys()
    return cards.filter(mine).exclude(sender=user).exclude(receiver=user)


def _nobodys():
    looked_after = [Q(member_id__in=people.values("pk")) for people in people_read_along()]
    return ~reduce(or_, looked_after) if looked_after else ~NOBODY


def readers_along_of(card):
    """Return the people who may check `card` now, as a list: a query for each trainer and coordinator."""
    asked = User.objects.filter(is_active=True, groups__name__in=[Role.TRAINER, Role.COORDINATOR]).distinct()
    return [user for user in asked.order_by("pk") if cards_to_check(user).filter(pk=card.pk).exists()]
