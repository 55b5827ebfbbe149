"""What lies on the shelf of a story: its pictures, films and sound, as rows, as files and as addresses."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from common.pages import pointed_to
from media.models import Image, Recording, Rendition
from stories.domain.shelves import shelf_of
from stories.models import StoryPage

FILES = ((Rendition, ("file",)), (Image, ("file",)), (Recording, ("file", "thumbnail", "captions")))


def shelf_rows(story):
    """Return the querysets of all rows on the shelf of `story`: renditions, pictures, recordings."""
    on_shelf = {"collection__name": str(story.translation_key)}
    return (
        Rendition.objects.filter(image__collection__name=str(story.translation_key)),
        Image.objects.filter(**on_shelf),
        Recording.objects.filter(**on_shelf),
    )


def files_of(story):
    """Yield every stored file on the shelf of `story`."""
    for rows, (_model, names) in zip(shelf_rows(story), FILES, strict=True):
        for row in rows:
            yield from (file for name in names if (file := getattr(row, name)))


def uploads_of(story):
    """Yield the address under which each file on the shelf of `story` is read."""
    return (file.url for file in files_of(story))


def originals_of(story):
    """Yield the address of each picture, film and sound as it was uploaded."""
    return (row.file.url for rows in shelf_rows(story)[1:] for row in rows)


def gather(story):
    """Put what the newest version of `story` shows on its shelf, when nothing else shows it: who takes the story back,
    takes these back with it.
    """
    shelf = None
    for row in shown_in(story):
        if row.collection.name == str(story.translation_key) or is_used_elsewhere(row, story):
            continue
        shelf = shelf or shelf_of(story)
        type(row).objects.filter(pk=row.pk).update(collection=shelf)


def shown_in(story):
    """Return the pictures and recordings that the newest version of `story` names, each once."""
    page = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()  # `story` may be older than that
    named = [(Recording, page.recording_id), (Recording, page.film_id), (Image, page.portrait_id)]
    named += pointed_to(page.body.stream_block, page.body)
    return [
        row
        for model in (Image, Recording)
        for row in model.objects.filter(pk__in={pk for one, pk in named if one is model and pk})
        .select_related("collection")
        .order_by("pk")
    ]


def is_used_elsewhere(row, story):
    """True when a page or setting other than `story` shows this picture or recording; a story that was taken away
    shows nothing.
    """
    return _uses_elsewhere(row, story).exists()


def hand_over(story):
    """Put what another story shows as well on the shelf of that one: it stays there when `story` goes."""
    for rows in shelf_rows(story)[1:]:
        for row in rows.order_by("pk"):
            if other := _other_story_with(row, story):
                type(row).objects.filter(pk=row.pk).update(collection=shelf_of(other))


def _other_story_with(row, story):
    pages = _uses_elsewhere(row, story).filter(base_content_type=ContentType.objects.get_for_model(Page))
    return StoryPage.objects.filter(pk__in=[int(pk) for pk in pages.values_list("object_id", flat=True)]).first()


def _uses_elsewhere(row, story):
    away = StoryPage.objects.exclude(release__withdrawn_at=None).values_list("pk", flat=True)
    without = {"base_content_type": ContentType.objects.get_for_model(Page)}
    without["object_id__in"] = [str(story.pk), *map(str, away)]
    return ReferenceIndex.get_references_to(row).exclude(**without)
