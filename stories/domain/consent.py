"""What storytellers say yes and no to, and what that lets readers see.

Every act is an event that stays; `recount` makes the one row that readers' lists ask (StoryRelease) from the events.
The rules are those of docs/decisions/a-release-is-tied-to-its-words.md.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from common.refusals import Refused
from stories.choices import PUBLISHING, Fee, GivenHow, NameForm, Purpose, StoryAct, StoryState
from stories.models import ConsentEvent, StoryEvent, StoryRelease, Telling


@dataclass(frozen=True)
class Terms:
    """What a storyteller agrees to when releasing words: for which of PUBLISHING, until when, under which name."""

    purposes: frozenset
    until: date
    name_form: str = NameForm.FIRST_NAME
    with_picture: bool = False
    with_voice: bool = False
    fee: str = Fee.NOT_YET
    how: str = GivenHow.ON_SCREEN
    guardian_agreed: bool = False


class StoryGone(Refused):
    """The story was thrown away or erased since it was looked for."""


# ── Beginning ──────────────────────────────────────────────────────────────────
@transaction.atomic
def begin_story(story, *, storytellers, by):
    """Say whose `story` is, and that they agree to make it; return its StoryRelease. Doing so twice changes nothing.

    To be called in the transaction that makes the page: from then on it knows who may see it.
    """
    release, _made = StoryRelease.objects.get_or_create(story=story, defaults={"latest_hash": story.hash_words()})
    new = [one for one in storytellers if Telling.objects.get_or_create(story=story, storyteller=one)[1]]
    for storyteller in new:
        _say(release, storyteller, Purpose.MAKING, True, by=by, hash=release.latest_hash)
    if new:
        record(release, StoryAct.BEGUN, by=by, hash=release.latest_hash)
    return release


# ── Releasing ──────────────────────────────────────────────────────────────────
@transaction.atomic
def release_story(story, *, terms, by):
    """Let the storyteller whom `by` speaks for release the newest words of `story` on these Terms; return the
    StoryRelease. The story is ready when all its storytellers have; what is online stays until it is published anew.

    Raises Refused, with a sentence, for who is no storyteller of it and for terms that can't be.
    """
    release = locked_release(story)
    _refuse_gone(release)
    mine = storytellers_of(story, by)
    check_terms(terms, mine)
    for storyteller in mine:
        for purpose in PUBLISHING:
            given = purpose in terms.purposes
            _say(release, storyteller, purpose, given, by=by, hash=release.latest_hash, terms=terms)
    record(release, StoryAct.RELEASED, by=by, hash=release.latest_hash, as_proxy=is_proxy(mine, by))
    if is_released_by_all(release, release.latest_hash):
        release.released_hash = release.latest_hash
        release.state = StoryState.READY
    recount(release)
    return release


def check_terms(terms, storytellers, today=None):
    """Raise Refused when nobody could hold us to these Terms: nothing chosen, a day in the past, a child alone."""
    today = today or timezone.localdate()
    if not terms.purposes or not set(terms.purposes) <= set(PUBLISHING):
        raise Refused(_("Choose at least one place where your story may be."))
    if terms.until < today:
        raise Refused(_("Choose a day that is still to come."))
    young = [storyteller for storyteller in storytellers if storyteller.is_under_16(today)]
    if young and not terms.guardian_agreed:
        raise Refused(_("You are younger than 16. A parent or guardian has to say yes as well."))
    if young and terms.purposes & {Purpose.WEBSITE, Purpose.SOCIAL}:
        raise Refused(_("A story of somebody younger than 16 is told in the training, and not in public."))


@transaction.atomic
def extend_consent(story, *, until, by):
    """Let what is online stay until a later day, for the purposes that were agreed to; return the StoryRelease."""
    release = locked_release(story)
    _refuse_gone(release)
    mine = storytellers_of(story, by)
    if until <= (release.until or timezone.localdate()):
        raise Refused(_("Choose a later day than the one it has now."))
    for storyteller in mine:
        for purpose, last in _standing(release, storyteller, release.online_hash).items():
            terms = Terms(
                frozenset(), until, last.name_form, last.with_picture, last.with_voice, last.fee, last.how,
                last.guardian_agreed,
            )  # fmt: skip
            _say(release, storyteller, purpose, True, by=by, hash=release.online_hash, terms=terms)
    record(release, StoryAct.EXTENDED, by=by, hash=release.online_hash, as_proxy=is_proxy(mine, by))
    recount(release)
    return release


def end_consents(release, storytellers, *, by):
    """Write down a no of each of `storytellers` to every purpose they had said yes to."""
    for storyteller in storytellers:
        for purpose in _said_yes(release, storyteller):
            _say(release, storyteller, purpose, False, by=by, hash="")


# ── Who ────────────────────────────────────────────────────────────────────────
def storytellers_of(story, by):
    """Return the storytellers of `story` for whom `by` speaks; raises Refused when there are none."""
    tellings = Telling.objects.filter(story=story).select_related("storyteller")
    mine = [telling.storyteller for telling in tellings if telling.storyteller.speaks_for(by)]
    if not mine:
        raise Refused(_("Only the storyteller decides about this story."))
    return mine


def is_proxy(storytellers, by):
    """True when `by` is none of `storytellers` in person."""
    return all(storyteller.account_id != by.pk for storyteller in storytellers)


# ── Counting ───────────────────────────────────────────────────────────────────
def locked_release(story):
    """Return the StoryRelease of `story`, nobody else's until this transaction ends; made when there is none yet.
    Raises StoryGone when its page is not there any more.

    Its page comes first: the CMS writes that before the version that asks for this row, and PostgreSQL would end one of
    two who wait for each other.
    """
    if not list(Page.objects.select_for_update().filter(pk=story.pk).values_list("pk")):
        raise StoryGone(_("This story was taken away for good."))
    StoryRelease.objects.get_or_create(story_id=story.pk)
    return StoryRelease.objects.select_for_update(of=("self",)).select_related("story").get(story_id=story.pk)


def recount(release):
    """Count until when readers may read what is online, from the events, and save the whole row."""
    away = release.paused_at or release.withdrawn_at or not release.online_hash
    release.open_until = None if away else _last_day(release, Purpose.WEBSITE)
    release.training_until = None if away else _last_day(release, Purpose.TRAINING)
    release.save()


def is_released_by_all(release, words_hash):
    """True when every storyteller said yes to publishing these words, for some purpose."""
    tellers = _tellers(release)
    return bool(tellers) and all(_standing(release, storyteller, words_hash) for storyteller in tellers)


def _last_day(release, purpose):
    """Return the last day on which all storytellers let the online words be used for `purpose`, or None."""
    days = []
    for storyteller in _tellers(release):
        event = _standing(release, storyteller, release.online_hash).get(purpose)
        if event is None:
            return None
        days.append(event.until)
    return min(days, default=None)


def _tellers(release):
    return [telling.storyteller for telling in release.story.tellings.select_related("storyteller")]


def _standing(release, storyteller, words_hash):
    """Return `{purpose: event}` of what this storyteller says yes to for these words: since their last no."""
    standing = {}
    for event in _consents(release, storyteller).exclude(purpose=Purpose.MAKING):
        if not event.is_given:
            standing.pop(event.purpose, None)
        elif event.words_hash == words_hash:
            standing[event.purpose] = event
    return standing


def _said_yes(release, storyteller):
    """Return the purposes whose newest event of this storyteller is a yes, whatever words it was for."""
    newest = {event.purpose: event.is_given for event in _consents(release, storyteller)}
    return [purpose for purpose, is_given in newest.items() if is_given]


def _consents(release, storyteller):
    return ConsentEvent.objects.of_story(release.story).filter(storyteller_key=storyteller.uuid)


# ── Writing down ───────────────────────────────────────────────────────────────
def record(release, act, *, by=None, hash="", as_proxy=False):
    """Add an event to the story's log; `by` is empty for what the clock did."""
    StoryEvent.objects.create(
        story_key=release.story.translation_key,
        act=act,
        by_key=by.uuid if by else None,
        as_proxy=as_proxy,
        words_hash=hash,
    )


def _say(release, storyteller, purpose, is_given, *, by, hash, terms=None):
    options = {}
    if terms and is_given:
        names = ("until", "name_form", "with_picture", "with_voice", "fee", "how", "guardian_agreed")
        options = {name: getattr(terms, name) for name in names}
    ConsentEvent.objects.create(
        story_key=release.story.translation_key,
        storyteller_key=storyteller.uuid,
        by_key=by.uuid if by else None,
        as_proxy=bool(by) and storyteller.account_id != by.pk,
        purpose=purpose,
        is_given=is_given,
        words_hash=hash,
        **options,
    )


def _refuse_gone(release):
    if release.withdrawn_at:
        raise Refused(_("This story was taken away for good."))
