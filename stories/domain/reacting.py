"""Reactions: writing one, putting it in other words, taking it away."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from common.refusals import Refused
from stories.choices import ReactionState
from stories.domain.talk_post import tell_of, tell_who_looks_after
from stories.domain.talking import locked_choices
from stories.models import HouseRules, PageChoices, Reaction, RuleAcceptance, StoryPage, Storyteller, TalkEvent

ROLES = (Role.CO_TRAINER, Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.PARTICIPANT)


@dataclass(frozen=True)
class Said:
    """What somebody wants to put under a page: words, the reaction that it answers, and the one that it quotes."""

    text: str
    to: Reaction | None = None
    quoting: Reaction | None = None


# ── Writing ────────────────────────────────────────────────────────────────────
@transaction.atomic
def react(page, said, *, by, token, accepts_rules=False, at=None):
    """Put a reaction under `page` and return it: shown at once, or waiting where somebody reads each along first.

    `token` is the random number of the open page: the same words from the same page are one reaction. Raises Refused
    when people can't react here (any more), when what it answers is gone, without a yes to the rules, and when this
    person wrote enough for today.
    """
    at = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    number = uuid.uuid5(token, f"{by.pk}:{page.pk}:{said.to and said.to.pk}:{said.text}")
    if there := Reaction.objects.filter(uuid=number).first():
        return there
    choices = locked_choices(page)
    refuse_closed(choices, at)
    to, quoted = (_standing(one, page) for one in (said.to, said.quoting))
    agree_to_rules(by, accepts_rules)
    refuse_too_many(by, at)
    teller = teller_of(page, by)
    row = Reaction.objects.create(
        uuid=number,
        page_id=page.pk,
        author=by,
        as_storyteller=teller,
        from_name=name_of(page, teller)[:80],
        role=role_of(by),
        parent=to and (to.parent or to),
        reply_to=to or quoted,
        quoted=quoted,
        quote={"text": quoted.text} if quoted else {},
        words={"text": said.text},
        state=ReactionState.WAITING if choices.reads_first else ReactionState.SHOWN,
        created_at=at,
    )
    (tell_who_looks_after if row.is_waiting else tell_of)(row, at)
    return row


def refuse_closed(choices, at=None):
    """Raise Refused when nobody can react under the page of these PageChoices."""
    if not choices.is_on:
        raise Refused(_("There are no reactions here."))
    if choices.is_closed(at):
        raise Refused(_("You can't react here any more. Reading still is possible."))


def _standing(reaction, page):
    """Return the reaction as it stands now, None for none; raises Refused when nobody meets it here any more."""
    if reaction is None:
        return None
    row = Reaction.objects.shown().filter(pk=reaction.pk, page=page.pk).select_related("parent").first()
    if row is None:
        raise Refused(_("What you answer is no longer here."))
    return row


def refuse_too_many(by, at):
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if Reaction.objects.filter(author=by, created_at__gte=today).count() >= settings.REACTIONS_A_DAY:
        most = settings.REACTIONS_A_DAY
        raise Refused(_("You wrote %(number)d reactions today. Tomorrow you can write again.") % {"number": most})


def role_of(user):
    return next((role for role in ROLES if role in user.roles), "")


def teller_of(page, user):
    """Return the Storyteller as whom `user` writes under her own story, else None."""
    if not isinstance(page, StoryPage):
        return None
    return Storyteller.objects.filter(account=user, tellings__story=page.pk).first()


def name_of(page, teller):
    """The name that she has at this story, with one storyteller that of the story; empty for who tells nothing."""
    if teller is None:
        return ""
    return page.storyteller if page.tellings.count() == 1 else teller.name


# ── The rules ──────────────────────────────────────────────────────────────────
def rules_for(user):
    """Return (HouseRules, whether `user` agreed to this version of them); one query once there is a row of rules."""
    agreed = RuleAcceptance.objects.filter(user=user)
    here = Exists(agreed.filter(version=OuterRef("version")))
    rules = HouseRules.objects.select_related("page").annotate(agreed=here).order_by("pk").first()
    if rules is None:
        return HouseRules(), agreed.filter(version=HouseRules().version).exists()
    return rules, rules.agreed


def agree_to_rules(user, accepts):
    """Note that `user` agrees to the rules as they are now; raises Refused for who neither does nor did."""
    rules, agreed = rules_for(user)
    if agreed:
        return
    if not accepts:
        raise Refused(_("Read the rules first, and say that you keep to them."))
    RuleAcceptance.objects.get_or_create(user=user, version=rules.version)


# ── Afterwards ─────────────────────────────────────────────────────────────────
@transaction.atomic
def reword(reaction, text, *, by, at=None):
    """Put a reaction in other words and return it; those of who quotes it stay as they were read. Where somebody reads
    each along first, the new words wait as well.

    Raises Refused after settings.REACTION_EDIT_MINUTES, where nobody can react any more, and for who did not write it.
    """
    at = at or timezone.now()
    row = own_reaction(reaction, by)
    choices = locked_choices(row.page)
    refuse_closed(choices, at)
    if not row.may_change(at):
        minutes = settings.REACTION_EDIT_MINUTES
        raise Refused(
            _("You can change a reaction for %(minutes)d minutes. Take it away, and write it anew.")
            % {"minutes": minutes}
        )
    if text != row.text:
        row.words, row.edited_at = {"text": text}, at
        row.state = ReactionState.WAITING if choices.reads_first else row.state
        row.save(update_fields=["words", "edited_at", "state"])
        if row.is_waiting:
            tell_who_looks_after(row, at)
    return row


@transaction.atomic
def take_away(reaction, *, by):
    """Let its writer take a reaction away: its words are erased at once, also where others quote them."""
    row = own_reaction(reaction, by)
    erase_reaction(row)
    return row


def own_reaction(reaction, by):
    row = Reaction.objects.select_for_update(of=("self",)).get(pk=reaction.pk)
    if row.author_id != by.pk:
        raise Refused(_("This reaction is not yours."))
    return row


def erase_reaction(row):
    """Empty all that is written in the locked `row`, and what others quote of it; its place stays."""
    Reaction.objects.filter(quoted=row).update(quote={}, quoted=None)
    row.words, row.quote, row.quoted, row.held_reason = {}, {}, None, ""
    row.state = ReactionState.TAKEN_AWAY
    row.save()


# ── Erasing ────────────────────────────────────────────────────────────────────
@transaction.atomic
def forget_reactions(story):
    """Erase all that people wrote under `story`, and what was chosen for it; return how many reactions there were.

    For who takes a story away: called when its words are erased. Doing so twice changes nothing.
    """
    gone = Reaction.objects.filter(page=story.pk).count()
    TalkEvent.objects.filter(page=story.pk).delete()
    Reaction.objects.filter(page=story.pk).delete()
    PageChoices.objects.filter(page=story.pk).delete()
    return gone


@transaction.atomic
def forget_reactions_of(person):
    """Erase what `person` wrote under pages, with the name that stood there; the places stay, for who answered."""
    for row in Reaction.objects.select_for_update(of=("self",)).filter(author=person):
        row.from_name, row.as_storyteller, row.role = "", None, ""
        erase_reaction(row)
    PageChoices.objects.filter(summary_by=person).update(summary_name="")
