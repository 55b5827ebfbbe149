"""A story that anybody may read, found in one query (docs/decisions/steps-have-their-own-address.md)."""

from wagtail.views import serve

from common.prepared import Prepared
from stories.models import StoryPage


@Prepared
def open_story_at(slug, ending):
    stories = StoryPage.objects.open().filter(slug=slug, url_path__endswith=ending)
    return stories.for_reading().select_related("recording")[:1]


def story(request, slug):
    """Show the story at this address if it is open to all; whatever else is asked here Wagtail answers."""
    page = open_story_at.first(slug=slug, ending=f"/verhalen/{slug}/") if request.method in {"GET", "HEAD"} else None
    return page.serve(request) if page else serve(request, f"verhalen/{slug}/")
