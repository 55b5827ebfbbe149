"""Whether people may react under a page: on, off, closed with a reason, and the summary on top."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refusals import Refused
from stories.choices import Talk, TalkAct
from stories.models import PageChoices, TalkEvent
from stories.talk_policies import decides_about_talk, looks_after_reactions


@dataclass(frozen=True)
class Closing:
    """From when nobody can react (None: open), and why."""

    at: datetime | None = None
    reason: str = ""


@transaction.atomic
def choose_talk(page, *, talk, shows_views, by):
    """Say whether people may react under `page`, and whether readers see the counter; return the PageChoices.

    What people wrote stays where it is: with OFF nobody meets it until it is on again. Raises Refused for who does not
    decide about this page.
    """
    if not decides_about_talk(by, page):
        raise Refused(_("Only whose story it is decides about reactions."))
    choices = locked_choices(page)
    choices.talk, choices.shows_views = Talk(talk), shows_views
    choices.save(update_fields=["talk", "shows_views"])
    _note(page, TalkAct.CHANGED, by)
    return choices


@transaction.atomic
def close_talk(page, closing, *, by):
    """Let reactions end now or on a day, or open them again (a Closing without a moment); return the PageChoices.

    Raises Refused for who neither decides about the page nor looks after reactions.
    """
    refuse_strangers(page, by)
    choices = locked_choices(page)
    choices.closes_at = closing.at
    choices.closed_reason = {"text": closing.reason} if closing.at and closing.reason else {}
    choices.save(update_fields=["closes_at", "closed_reason"])
    _note(page, TalkAct.CLOSED if closing.at else TalkAct.OPENED, by)
    return choices


@transaction.atomic
def pin_summary(page, words, *, by, name, at=None):
    """Put the summary on top of the reactions, with the name of who wrote it; empty words take it away."""
    refuse_strangers(page, by)
    choices = locked_choices(page)
    if words == choices.summary_text:
        return choices
    choices.summary = {"text": words} if words else {}
    choices.summary_by, choices.summary_name = (by, name[:80]) if words else (None, "")
    choices.summary_at = (at or timezone.now()) if words else None
    choices.save(update_fields=["summary", "summary_by", "summary_name", "summary_at"])
    _note(page, TalkAct.SUMMARISED, by)
    return choices


def refuse_strangers(page, by):
    if not (decides_about_talk(by, page) or looks_after_reactions(by)):
        raise Refused(_("You do not look after these reactions."))


def locked_choices(page):
    """Return the PageChoices of `page`, locked; made when nobody chose anything yet."""
    PageChoices.objects.get_or_create(page_id=page.pk)
    return PageChoices.objects.select_for_update().get(page=page.pk)


def choices_for(page):
    """Return the PageChoices of `page`, or those of a page for which nobody chose anything; one query."""
    return PageChoices.objects.filter(page=page.pk).first() or PageChoices(page_id=page.pk)


def _note(page, act, by):
    TalkEvent.objects.create(page_id=page.pk, act=act, by=by)
