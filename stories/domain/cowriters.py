"""Who reads and writes along with a story: whom the storyteller asks, until a day, and nobody else."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Comment

from common.refusals import Refused
from stories.choices import StoryAct, StoryState
from stories.domain import cowriter_mail as mail
from stories.domain.consent import locked_release, record, storytellers_of
from stories.domain.publishing import check_story
from stories.models import CoWriter
from stories.policies import colleagues_of, writes_along

DAYS = 30  # how long an invitation lasts when nobody says otherwise
MOST_DAYS = 366
MAX_REMARK = 2000


# ── The storyteller asks ───────────────────────────────────────────────────────
@transaction.atomic
def invite_co_writer(story, *, person, until, by):
    """Let `person` see and write in `story` until that day, and mail them; returns the CoWriter. Asking again changes
    the day.

    Raises Refused for who is no storyteller of it, for a day that can't be, and for somebody who is no colleague.
    """
    release = locked_release(story)
    mine = storytellers_of(story, by)
    if release.withdrawn_at:
        raise Refused(_("This story was taken away for good."))
    check_day(until)
    if not colleagues_of(by, story).filter(pk=person.pk).exists():
        raise Refused(_("Choose somebody from the list."))
    values = {"until": until, "invited_by": by, "invited_at": timezone.now()}
    co_writer = CoWriter.objects.update_or_create(story=story, person=person, defaults=values)[0]
    mail.tell_invited(co_writer, teller=mine[0])
    return co_writer


def check_day(until, today=None):
    """Raise Refused for a day that has passed or is more than a year away."""
    today = today or timezone.localdate()
    if until < today:
        raise Refused(_("Choose a day that is still to come."))
    if until > today + timedelta(days=MOST_DAYS):
        raise Refused(_("Choose a day within a year. You can always ask again."))


@transaction.atomic
def take_invitation_back(story, *, person, by):
    """Close `story` to `person` from this moment; True when it was open to them."""
    locked_release(story)
    storytellers_of(story, by)
    mail.take_back_mails(story, person)
    return bool(CoWriter.objects.filter(story=story, person=person).delete()[0])


@transaction.atomic
def ask_second_eyes(story, *, person, by):
    """Ask `person`, who writes along, to look for other people in the newest words; returns the CoWriter."""
    release = locked_release(story)
    mine = storytellers_of(story, by)
    co_writer = CoWriter.objects.invited().filter(story=story, person=person).first()
    if co_writer is None:
        raise Refused(_("Ask this person to read along first."))
    if release.written_by_id == person.pk:
        raise Refused(_("Somebody else has to look at these words: nobody checks their own."))
    mail.ask_to_check(co_writer, teller=mine[0], words_hash=release.latest_hash)
    return co_writer


@transaction.atomic
def ask_to_write_out(story, *, by):
    """Ask her person, or else who writes along, to write the recordings out; returns the CoWriter.

    Her person is invited for that when they were not. Raises Refused when there is nobody to ask.
    """
    mine = storytellers_of(story, by)
    helper = helper_of(story, mine[0])
    if helper is None:
        raise Refused(_("Choose first who reads along. Then you can ask that person."))
    invited = CoWriter.objects.invited().filter(story=story, person=helper).first()
    until = timezone.localdate() + timedelta(days=DAYS)
    co_writer = invited or invite_co_writer(story, person=helper, until=until, by=by)
    mail.ask_for_help(co_writer, teller=mine[0])
    return co_writer


def helper_of(story, teller):
    """Return who writes a recording of `story` out: the storyteller's person, else whom she invited last, or None."""
    if teller.support_id and teller.support.is_active:
        return teller.support
    co_writers = CoWriter.objects.invited().filter(story=story, person__is_active=True)
    last = co_writers.select_related("person").order_by("-invited_at").first()
    return last and last.person


# ── Who was asked answers ──────────────────────────────────────────────────────
@transaction.atomic
def ask_read_back(story, *, remark="", by):
    """Tell the storyteller that `by`, who writes along, has read the newest words; returns the StoryRelease.

    A `remark` stands beside the story as a comment, here and in the CMS. Words that nobody agreed to yet go to her to
    read back. Raises Refused for who does not write along.
    """
    release = locked_release(story)
    if remark and release.state == StoryState.READY:
        ask_change(story, remark=remark, by=by)
        return release
    _refuse_who_was_not_asked(story, by)
    if remark:
        _remark(story, remark, by=by)
    if release.state == StoryState.DRAFT:
        release.state = StoryState.READ_BACK
        release.save()
        record(release, StoryAct.READ_BACK_ASKED, by=by, hash=release.latest_hash)
    mail.tell_tellers(story, reader=by, words_hash=release.latest_hash)
    return release


@transaction.atomic
def finish_check(story, *, words_hash, by):
    """As `check_story`, and tell who decides about the story; returns the StoryRelease, raises Refused as it does."""
    release = check_story(story, words_hash=words_hash, by=by)
    mail.tell_checked(story, reader=by, words_hash=words_hash)
    return release


@transaction.atomic
def ask_change(story, *, remark, by):
    """Put this `remark` of who looked for other people beside the story, and tell who decides about it; returns the
    Comment. What was released stays released: she looks at it and decides. Raises Refused for who was not asked.
    """
    locked_release(story)
    _refuse_who_was_not_asked(story, by)
    said = _remark(story, remark, by=by)
    mail.tell_change_asked(said)
    return said


def _refuse_who_was_not_asked(story, person):
    if not writes_along(person, story):
        raise Refused(_("You were not asked to read along, or that time is over."))


def _remark(story, text, *, by):
    """Return the Comment, the one that is there when the same was said and not dealt with yet."""
    values = {"page_id": story.pk, "user": by, "text": text, "contentpath": "title", "resolved_at": None}
    return Comment.objects.get_or_create(**values, defaults={"position": ""})[0]


def remarks_on(story):
    """Return the comments that were not dealt with, the oldest first."""
    return Comment.objects.filter(page_id=story.pk, resolved_at=None).select_related("user").order_by("created_at")


@transaction.atomic
def put_remark_away(story, pk, *, by):
    """Mark a comment as dealt with; True when there was one."""
    storytellers_of(story, by)
    open_ones = Comment.objects.filter(page_id=story.pk, pk=pk, resolved_at=None)
    return bool(open_ones.update(resolved_at=timezone.now(), resolved_by=by))
