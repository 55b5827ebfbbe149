"""Where the pictures and recordings of a story lie: a collection of its own, that nobody reads but who reads the story.

The shelves stand in one collection with a restriction that lets nobody in; `media.policies` asks here first.
"""

from wagtail.models import Collection, CollectionViewRestriction

from media.models import Recording
from stories.models import StoryPage
from stories.policies import SHELVES, may_read, may_work_on


def shelf_of(story):
    """Return the Collection for what belongs to `story`, made when there is none yet."""
    room, name = _room(), str(story.translation_key)
    return room.get_children().filter(name=name).first() or room.add_child(name=name)


def recordings_of(story):
    """The films and sound on the shelf of `story`, the oldest first; one query, and none is made for it."""
    return Recording.objects.filter(collection__name=str(story.translation_key)).order_by("pk")


def may_read_shelf(user, collection):
    """True or False for the shelf of a story, None for any other collection."""
    story = _story_on(collection)
    return None if story is None else may_work_on(user, story) or may_read(user, story)


def _story_on(collection):
    from uuid import UUID

    try:
        return StoryPage.objects.filter(translation_key=UUID(collection.name)).first()
    except ValueError:
        return None


def _room():
    root = Collection.get_first_root_node()
    room = root.get_children().filter(name=SHELVES).first()
    if room is None:
        room = root.add_child(name=SHELVES)
        CollectionViewRestriction.objects.create(collection=room, restriction_type=CollectionViewRestriction.GROUPS)
    return room
