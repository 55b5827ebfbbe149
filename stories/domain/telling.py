"""What a storyteller types and records in her own room: kept at every pause, never overwritten by an older page.

docs/decisions/a-release-is-tied-to-its-words.md says what new words do to a release; nothing here needs to know.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.choices import Role
from common.policies import has_role
from common.refusals import Refused
from stories.domain.consent import begin_story, locked_release, storytellers_of
from stories.domain.paragraphs import body_to_text, is_plain, text_to_body
from stories.models import StoryDesk, StoryEvent, StoryIndexPage, StoryPage, Storyteller

MAX_TITLE = 120
MAX_TEXT = 20_000  # about fifteen pages; a longer one is made in the CMS


@dataclass(frozen=True)
class Typed:
    """What one open page holds. `writer` names the page, `based_on` is the number of the last edit it knows of,
    `edit_no` its own next number.
    """

    title: str = ""
    text: str = ""
    writer: str = ""
    based_on: int = 0
    edit_no: int = 1

    @property
    def words(self):
        return self.title, self.text


class WrittenElsewhere(Exception):
    """A newer text stands here; `newest` is it (Typed, its `edit_no` the number to go on from), both are kept."""

    def __init__(self, newest):
        super().__init__("written elsewhere")
        self.newest = newest


class NotPlain(Exception):
    """The story was shaped in the CMS: typing over it would lose what is not plain text."""


# ── Who ────────────────────────────────────────────────────────────────────────
def may_begin(user):
    """True for who may begin a story in this room: storytellers, who speaks for one, and co-trainers."""
    return has_role(user, Role.CO_TRAINER) or (user.is_active and Storyteller.objects.of(user).exists())


def teller_for(user, uuid=None):
    """Return the Storyteller that `user` begins a story for: the one with `uuid`, else themselves, else the one they
    speak for. A co-trainer is made one here. Raises Refused when there is none.
    """
    mine = sorted(Storyteller.objects.of(user), key=lambda one: (one.account_id != user.pk, one.name))
    if uuid:
        mine = [one for one in mine if one.uuid == uuid]
    elif has_role(user, Role.CO_TRAINER) and not any(one.account_id == user.pk for one in mine):
        return Storyteller.objects.get_or_create(account=user, defaults={"name": user.get_short_name()})[0]
    if not mine:
        raise Refused(_("Only the storyteller decides about this story."))
    return mine[0]


# ── Reading ────────────────────────────────────────────────────────────────────
def newest_of(story):
    """Return what stands in the newest words of `story` as Typed, numbered as the next page has to know it; raises
    NotPlain.
    """
    return _typed(story.get_latest_revision_as_object(), *_place(_desk(story), story.release.latest_hash))


def _typed(page, edit_no, writer):
    if not is_plain(page.body):
        raise NotPlain
    title = "" if page.title == untitled() else page.title
    return Typed(title, body_to_text(page.body), writer, edit_no, edit_no)


def _place(desk, latest_hash):
    """Return the number and the page of the newest words; words from the CMS count as one edit by nobody."""
    return (desk.edit_no, desk.writer) if desk.words_hash == latest_hash else (desk.edit_no + 1, "")


def _desk(story):
    return StoryDesk.objects.filter(story=story).first() or StoryDesk(story=story)


# ── Keeping ────────────────────────────────────────────────────────────────────
def keep_typed(key, typed, *, by, teller=None):
    """Keep what somebody typed in the story with this key, begun with it when there is none; returns its StoryDesk.

    `teller` is the uuid of whom it is begun for. Raises WrittenElsewhere when the page had not seen the newest words,
    NotPlain, and Refused for who is no storyteller of it or when it was taken away.
    """
    newer = None
    with transaction.atomic():
        story = begin_or_find(key, typed, by=by, teller=teller)
        release = locked_release(story)
        _refuse_strangers(story, release, by)
        desk = StoryDesk.objects.get_or_create(story=story)[0]
        page = story.get_latest_revision_as_object()
        newest = _typed(page, *_place(desk, release.latest_hash))
        if _is_older(newest, typed):
            desk.other_title, desk.other_text, newer = *typed.words, newest
            desk.save()
        elif not _is_late(newest, typed):
            write(page, by=by, title=typed.title or untitled(), body=text_to_body(typed.text, page.body.raw_data))
            _stamp(desk, typed, newest)
    if newer:  # raised out here: inside, the words that were kept beside would be rolled back
        raise WrittenElsewhere(newer)
    return desk


def put_other_words_away(story, *, by):
    """Forget the words of another page that lost: she has read them."""
    storytellers_of(story, by)
    StoryDesk.objects.filter(story=story).update(other_title="", other_text="")


def _is_older(newest, typed):
    """True when something else was written after the page of `typed` was opened."""
    if typed.writer == newest.writer:
        overtaken = typed.edit_no < newest.edit_no and not _is_late(newest, typed)
    else:
        overtaken = typed.based_on < newest.edit_no
    return overtaken and typed.words != newest.words


def _is_late(newest, typed):
    """A request of the page that wrote last, with a number it used before and no more words than stand here."""
    if typed.writer != newest.writer or typed.edit_no > newest.edit_no or not newest.edit_no:
        return False
    return all(now.startswith(then) for now, then in zip(newest.words, typed.words, strict=True))


def _stamp(desk, typed, newest):
    desk.edit_no, desk.writer = max(newest.edit_no + 1, typed.edit_no), typed.writer
    desk.saved_at = timezone.now()
    desk.words_hash = locked_release(desk.story).latest_hash
    desk.save()


def _refuse_strangers(story, release, by):
    storytellers_of(story, by)
    if release.withdrawn_at:
        raise Refused(_("This story was taken away for good."))


# ── Pages ──────────────────────────────────────────────────────────────────────
def begin_or_find(key, typed, *, by, teller=None):
    """Return the story with this key (a random UUID that the open page chose), begun when there is none yet, so that
    pressing twice makes one. To be called in a transaction.
    """
    index = StoryIndexPage.objects.select_for_update().order_by("path").first()
    if index is None:
        raise Refused(_("There is no list of stories on this site yet. Ask the administrator to make it."))
    story = StoryPage.objects.filter(translation_key=key).first()
    return story or _begin(index, key, typed, by=by, teller=teller_for(by, teller))


def _begin(index, key, typed, *, by, teller):
    if StoryEvent.objects.filter(story_key=key).exists():
        raise Refused(_("This story was taken away for good."))
    title = typed.title or untitled()
    page = StoryPage(
        title=title,
        translation_key=key,
        owner=by,
        live=False,
        storyteller=teller.name,
        storyteller_short=teller.name_line,
        storyteller_line=teller.about,
        swatch_seed=teller.swatch_seed,
    )
    page.slug = free_slug(index, page)
    index.add_child(instance=page)
    release = begin_story(page, storytellers=[teller], by=by)
    StoryDesk.objects.create(story=page, words_hash=release.latest_hash)
    page.save_revision(user=by, clean=False)
    return page


def free_slug(index, page):
    """Return the last part of an address for the title of `page` that no other page below `index` has."""
    base = slugify(page.title)[:60].strip("-") or "verhaal"
    taken = set(index.get_children().exclude(pk=page.pk).filter(slug__startswith=base).values_list("slug", flat=True))
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def write(page, *, by, **fields):
    """Save `page`, the newest version of a story, with these `fields` as its newest words; returns the Revision.

    The row of a story that was never online follows, so that its address comes of its title. A page that is being typed
    is one version, until somebody released, checked or put online what it says.
    """
    for name, value in fields.items():
        setattr(page, name, value)
    if not page.first_published_at:
        page.slug = free_slug(page.get_parent(), page)
        page.save(clean=False)
    return page.save_revision(user=by, clean=False, overwrite_revision=_open_version(page, by))


def _open_version(page, by):
    newest, release = page.get_latest_revision(), locked_release(page)
    said = {release.released_hash, release.checked_hash, release.online_hash}
    if newest is None or newest.user_id != by.pk or newest.pk == page.live_revision_id:
        return None
    return None if release.latest_hash in said or release.resting_until else newest


def untitled():
    """The title of a story that has none yet, in the language of all content."""
    with override("nl"):
        return _("Story without a title")
