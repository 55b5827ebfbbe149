"""Looking after reactions: holding one back with a kind sentence, letting it show (again), and the list of them."""

from uuid import UUID

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from home.choices import ProblemState
from home.models import ProblemReport
from stories.choices import HeldReaction, ReactionState, TalkAct
from stories.domain.talk_post import tell_of
from stories.models import TalkEvent
from stories.talk_policies import reactions_looked_after

PLACE = "/reacties/"  # of one reaction: what a problem report about it names


@transaction.atomic
def hold_back(reaction, *, reason, by, at=None):
    """Take a reaction out of sight and let its writer read why, in one of the sentences of HeldReaction; return it."""
    row = _locked(reaction, by)
    if row.state == ReactionState.HELD_BACK and row.held_reason == reason:
        return row
    row.state, row.held_reason = ReactionState.HELD_BACK, HeldReaction(reason)
    return _checked(row, TalkAct.HELD_BACK, by, at)


@transaction.atomic
def let_show(reaction, *, by, at=None):
    """Let a reaction show that waited or was held back; return it. Twice changes nothing."""
    row = _locked(reaction, by)
    if row.state == ReactionState.SHOWN and row.checked_by_id:
        return row
    was_shown, row.state, row.held_reason = row.is_shown, ReactionState.SHOWN, ""
    _checked(row, TalkAct.SHOWN, by, at)
    if not was_shown:
        tell_of(row, at)
    return row


def _locked(reaction, by):
    row = reactions_looked_after(by).select_for_update(of=("self",)).filter(pk=reaction.pk).first()
    if row is None:
        raise Refused(_("This reaction is no longer here."))
    return row


def _checked(row, act, by, at):
    row.checked_by, row.checked_at = by, at or timezone.now()
    row.save(update_fields=["state", "held_reason", "checked_by", "checked_at"])
    TalkEvent.objects.create(page_id=row.page_id, reaction=row, act=act, by=by)
    return row


# ── The list ───────────────────────────────────────────────────────────────────
def reported_numbers():
    """Return the public numbers of the reactions about which a report waits for an answer, as a set."""
    waiting = ProblemReport.objects.exclude(state=ProblemState.HANDLED).filter(path__startswith=PLACE)
    return {number for path in waiting.values_list("path", flat=True) if (number := number_in(path))}


def number_in(path):
    """Return the uuid in the address of a reaction, or None."""
    try:
        return UUID(path.removeprefix(PLACE).strip("/"))
    except ValueError:
        return None


def reactions_to_look_at(user, *, reported):
    """The reactions that `user` looks after: those that wait and those of `reported` first, then the newest."""
    first = Case(
        When(state=ReactionState.WAITING, then=Value(0)), When(uuid__in=reported, then=Value(1)), default=Value(2)
    )
    rows = reactions_looked_after(user).select_related("author", "page")
    return rows.annotate(urgent=first).order_by("urgent", "-created_at", "-pk")


def waiting_for(user):
    """Return how many reactions wait until `user` or somebody else reads them along, or are reported."""
    waits = Q(state=ReactionState.WAITING) | Q(state=ReactionState.SHOWN, uuid__in=reported_numbers())
    return reactions_looked_after(user).filter(waits).count()
