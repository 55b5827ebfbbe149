"""Where the pictures and recordings of a story lie: a collection of its own, that nobody reads but who reads the story.

The shelves stand in one collection with a restriction that lets nobody in; `media.policies` asks here first.
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex

from media.models import Recording
from stories.models import StoryPage
from stories.policies import SHELVES, may_work_on, readable_stories


def shelf_of(story):
    """Return the Collection for what belongs to `story`, made when there is none yet."""
    room, name = _room(), str(story.translation_key)
    return room.get_children().filter(name=name).first() or room.add_child(name=name)


def recordings_of(story):
    """The films and sound on the shelf of `story`, the oldest first; one query, and none is made for it."""
    return Recording.objects.filter(collection__name=str(story.translation_key)).order_by("pk")


def may_read_shelf(user, collection, thing):
    """True or False for `thing` on the shelf of a story, None for any other collection. Who works on the story has all
    of it; a reader what a story that they may read shows, and no recording or picture that was left out of it.
    """
    story = _story_on(collection)
    return None if story is None else may_work_on(user, story) or is_shown_to(user, thing)


def is_shown_to(user, thing):
    """True when a story that `user` may read today shows this picture or recording."""
    pages = ReferenceIndex.get_references_to(thing).filter(base_content_type=ContentType.objects.get_for_model(Page))
    numbers = [int(number) for number in pages.values_list("object_id", flat=True).distinct()]
    return bool(numbers) and readable_stories(user).filter(pk__in=numbers).exists()


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
