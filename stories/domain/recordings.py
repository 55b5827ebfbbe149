"""What a storyteller recorded for her story: it lies on the shelf of the story, and its words may come later."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.refusals import Refused
from media.kinds import FILMS, ending
from media.models import Recording, random_name
from stories.domain.consent import locked_release, storytellers_of
from stories.domain.shelves import recordings_of, shelf_of
from stories.domain.telling import Typed, begin_or_find, write
from stories.domain.traces import forget_log_of
from stories.models import StoryDesk, StoryPage
from stories.policies import files_fixed_for, may_work_on

MOST = 10  # recordings of one story
MAX_TRANSCRIPT = 50_000


def add_recording(key, file, *, by, teller=None):
    """Keep `file` (checked by its form) as a recording of the story with this key; returns the Recording.

    The first one becomes the sound or the film of the story. Raises Refused, and then nothing is left of the file.
    """
    is_film = ending(file.name) in FILMS
    recording = Recording(type="video" if is_film else "audio", uploaded_by_user=by, duration=0)
    recording.file.save(random_name(file.name), file, save=False)  # outside the transaction: it may take a while
    try:
        with transaction.atomic():
            return _put_on_shelf(begin_or_find(key, Typed(), by=by, teller=teller), recording, by)
    except BaseException:
        recording.file.storage.delete(recording.file.name)
        raise


def _put_on_shelf(story, recording, by):
    release = locked_release(story)
    storytellers_of(story, by)
    if release.withdrawn_at:
        raise Refused(_("This story was taken away for good."))
    there = recordings_of(story)
    if len(there) >= MOST:
        raise Refused(_("This story has 10 recordings already. Take one away first."))
    recording.collection, recording.title = shelf_of(story), _title(there)
    recording.save()
    page, field = story.get_latest_revision_as_object(), "film" if recording.is_film else "recording"
    if getattr(page, field) is None:
        _write_quietly(page, by, **{field: recording})
    return recording


def remove_recording(story, pk, *, by):
    """Delete a recording of `story`, file and all; True when there was one. Raises Refused for what is online."""
    with transaction.atomic():
        release = locked_release(story)
        storytellers_of(story, by)
        recording = recordings_of(story).filter(pk=pk).first()
        if recording is None:
            return False
        if _is_online(release, recording):
            raise Refused(_("This recording is online with your story. Put the story on pause first."))
        page = story.get_latest_revision_as_object()
        used = [name for name in ("recording", "film") if getattr(page, f"{name}_id") == recording.pk]
        if used:
            _write_quietly(page, by, **dict.fromkeys(used))
        forget_log_of(recordings_of(story).filter(pk=pk))
        recording.delete()
    return True


def write_out(story, pk, words, *, by):
    """Keep what is said in a recording of `story` as its transcript; True when there is such a recording.

    For who decides about the story and who writes along; raises Refused for anybody else, and for who writes along
    once readers have met it: what she released is then as she read it.
    """
    with transaction.atomic():
        locked_release(story)
        if not may_work_on(by, story):
            raise Refused(_("You were not asked to read along, or that time is over."))
        recording = recordings_of(story).filter(pk=pk)
        if recording.filter(files_fixed_for(by, Recording)).exists():
            raise Refused(_("This recording was released as it is. Only the storyteller changes what is written out."))
        return bool(recording.update(transcript=words))


def _is_online(release, recording):
    used = StoryPage.objects.filter(pk=release.story_id, live=True)
    return used.filter(recording=recording).exists() or used.filter(film=recording).exists()


def _write_quietly(page, by, **fields):
    """Write `fields`; the page that is open on her phone has not been overtaken by that."""
    before = locked_release(page).latest_hash
    write(page, by=by, **fields)
    StoryDesk.objects.filter(story_id=page.pk, words_hash=before).update(words_hash=locked_release(page).latest_hash)


def _title(there):
    with override("nl"):
        used = {recording.title for recording in there}
        numbers = (n for n in range(1, MOST + 2) if _("Recording %(number)s") % {"number": n} not in used)
        return _("Recording %(number)s") % {"number": next(numbers)}
