"""Who may read an upload: who may read the collection it lies in."""

from dataclasses import dataclass

from wagtail.models import Collection

from common.tree import RestrictionAbove
from media.models import Document, Image, Recording, Rendition

# Where each kind is stored (its `upload_to`), so that one query finds the row behind a name, and what it is a file of.
SHELVES = {
    "original_images": (Image, "file", "collection", Image, "pk"),
    "images": (Rendition, "file", "image__collection", Image, "image_id"),
    "documents": (Document, "file", "collection", Document, "pk"),
    "media": (Recording, "file", "collection", Recording, "pk"),
    "media_thumbnails": (Recording, "thumbnail", "collection", Recording, "pk"),
    "captions": (Recording, "captions", "collection", Recording, "pk"),
}


_keepers = []


def add_keeper(may_read):
    """Let an upper app say who reads what lies in its own collections: `may_read(user, collection, thing)` is True or
    False, and None for any other collection. `thing` is the picture, document or recording whose file is asked for,
    with no more than its number. It is asked of collections with a restriction on them or above them.
    """
    if may_read not in _keepers:
        _keepers.append(may_read)


@dataclass(frozen=True)
class Upload:
    """A stored file that this person may read; `is_public` when everybody may."""

    path: str
    is_public: bool


def readable_upload(request, name):
    """Return the Upload that is stored as `name`, or None when there is none or this person may not read it.

    One query for what is public. A file without a row in the database does not exist, whatever lies in the folder.
    """
    shelf = SHELVES.get(name.partition("/")[0])
    if shelf is None or "\0" in name:  # PostgreSQL refuses a NUL
        return None
    model, field, collection, kind, number = shelf
    rows = model.objects.filter(**{field: name}).annotate(
        guarded=RestrictionAbove(f"{collection}__path", of="collection")
    )
    found = rows.values_list(f"{collection}_id", "guarded", number).first()
    if found is None:
        return None
    collection_id, guarded, pk = found
    if guarded and not may_read_in(request, collection_id, kind(pk=pk)):
        return None
    return Upload(model._meta.get_field(field).storage.path(name), is_public=not guarded)


def may_read_in(request, collection_id, thing):
    """True when the app whose collection it is lets this person have `thing`; of others, every view restriction on it
    or above it.
    """
    collection = Collection.objects.get(pk=collection_id)
    for keeper in _keepers:
        if (answer := keeper(request.user, collection, thing)) is not None:
            return answer
    restrictions = collection.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
