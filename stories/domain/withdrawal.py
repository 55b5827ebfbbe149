"""Taking a story back: as few clicks as giving it, at once, without a reason and without a second question."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.refusals import Refused
from mail.domain.outbox import queue_mail
from stories.choices import StoryAct, StoryState
from stories.domain.consent import end_consents, is_proxy, locked_release, record, recount, storytellers_of
from stories.domain.publishing import take_offline
from stories.domain.thanks import forget_quotes
from stories.domain.uploads import gather, hand_over
from stories.emails import STORY_AWAY, STORY_AWAY_RECEIPT
from stories.models import Withdrawal

_told = []


def add_consequences(sentences):
    """Register `sentences(story) -> [str]`: what an upper app did with its places for `story`, in the words of the
    receipt. They name no word of the story itself.
    """
    if sentences not in _told:
        _told.append(sentences)


@transaction.atomic
def withdraw_story(story, *, by):
    """Take `story` away for good and return its Withdrawal: from this moment nobody reads or hears it.

    Event, page, copies, plans, workflow, mail that quotes it and quotes on cards go in this transaction; the words
    themselves are erased within settings.STORY_ERASED_HOURS. Twice changes nothing. Raises Refused for anybody but a
    storyteller of it.
    """
    release = locked_release(story)
    mine = storytellers_of(story, by)
    if release.withdrawn_at:
        return Withdrawal.objects.get(story_key=story.translation_key)
    end_consents(release, mine, by=by)
    now = timezone.now()
    release.withdrawn_at, release.paused_at, release.resting_until = now, None, None
    release.state = StoryState.WITHDRAWN
    recount(release)
    gather(release.story)  # what only her newest draft shows goes with it as well
    hand_over(release.story)
    take_offline(release, by=by)
    forget_quotes(story)
    story.co_writers.all().delete()
    record(release, StoryAct.WITHDRAWN, by=by, as_proxy=is_proxy(mine, by))
    return _write_receipt(release, now)


def _write_receipt(release, now):
    story = release.story
    tellers = [
        telling.storyteller for telling in story.tellings.select_related("storyteller__account", "storyteller__support")
    ]
    withdrawal = Withdrawal.objects.create(
        story_key=story.translation_key,
        page_number=story.pk,
        title=(story.draft_title or story.title)[:255],
        at=now,
        done=[str(sentence) for sentence in what_was_done(story)],
        erase_at=now + timedelta(hours=settings.STORY_ERASED_HOURS),
    )
    withdrawal.storytellers.set(tellers)
    for teller in tellers:
        _tell(withdrawal, teller)
    return withdrawal


def what_was_done(story):
    """Yield the sentences of the receipt, without a word of the story."""
    yield _("Your consent has ended.")
    yield _("The story is off the website, with its sound, film and pictures.")
    for sentences in _told:
        yield from sentences(story)
    yield _("It is gone from search and from lists.")
    yield _("Sentences that people took from it are gone from their cards.")


def _tell(withdrawal, teller):
    """Mail the receipt to the storyteller, and tell her person; participants are told nothing. Of somebody whose
    account is closed no mail names her any more.
    """
    if teller.account and not teller.account.is_active:
        return
    receipt = f"{settings.SITE_URL}/vertellers/weg/{withdrawal.uuid}/"
    if teller.account:
        with override(teller.account.language):
            queue_mail(
                STORY_AWAY_RECEIPT,
                to=teller.account.email,
                key=f"story-away:{withdrawal.uuid}:{teller.uuid}",
                context={"name": teller.account.get_short_name(), "done": withdrawal.done, "link": receipt},
                person=teller.account,
            )
    if teller.support:
        queue_mail(
            STORY_AWAY,
            to=teller.support.email,
            key=f"story-away:{withdrawal.uuid}:{teller.uuid}:support",
            context={"name": teller.support.get_short_name(), "storyteller": teller.name},
            person=teller.support,
        )


def receipt_for(user, uuid):
    """Return the Withdrawal with this uuid for who speaks for one of its storytellers, else None."""
    withdrawal = Withdrawal.objects.filter(uuid=uuid).first()
    if withdrawal is None or not any(teller.speaks_for(user) for teller in withdrawal.storytellers.all()):
        return None
    return withdrawal


def refuse_erased(withdrawal):
    """Raise Refused when the words of a story that was taken away are no longer here."""
    if withdrawal.erased_at:
        raise Refused(_("Your words were erased. They are nowhere here any more."))
