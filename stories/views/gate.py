"""The gate of the room: a story is there for who decides about it and for who was asked to read along."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property

from stories.domain.room import for_whom, story_at
from stories.models import StoryPage
from stories.words import hash_of


@dataclass
class Entry:
    """A story and who came for it; `decides` is true for its storyteller and the proxy she named."""

    story: StoryPage
    user: object

    @cached_property
    def tellers(self):
        return [telling.storyteller for telling in self.story.tellings.all()]

    @cached_property
    def decides(self):
        return any(teller.speaks_for(self.user) for teller in self.tellers)

    @cached_property
    def mine(self):
        """The storytellers for whom this person decides."""
        return [teller for teller in self.tellers if teller.speaks_for(self.user)]

    @property
    def release(self):
        return self.story.release

    @property
    def for_whom(self):
        return for_whom(self.story, self.user)

    @cached_property
    def newest(self):
        return self.story.get_latest_revision()

    @cached_property
    def words(self):
        """The newest version of the page: what is read back, released and checked."""
        return self.newest.as_object()

    @cached_property
    def words_hash(self):
        """The fingerprint of what `words` shows, and not of what was written since."""
        return hash_of(self.newest.content)

    @property
    def edits_in_cms(self):
        return self.user.may_open_cms and not self.release.withdrawn_at


def enter(request, key):
    """Return the Entry for the story with this key; 404 for everybody whom it is not for, whatever their role."""
    story = story_at(request.user, key)
    if story is None:
        raise Http404
    return Entry(story, request.user)


def enter_to_decide(request, key):
    """As `enter`, for who decides about the story; 404 for who reads along."""
    entry = enter(request, key)
    if not entry.decides:
        raise Http404
    return entry


def enter_to_read_along(request, key):
    """As `enter`, for who reads along and does not decide; what was taken away is not there for them."""
    entry = enter(request, key)
    if entry.decides or entry.release.withdrawn_at:
        raise Http404
    return entry
