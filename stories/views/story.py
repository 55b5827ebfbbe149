"""The stories and their list for anybody, each found in one query (docs/decisions/steps-have-their-own-address.md).

What is open to all is shown here; whatever else is asked at these addresses Wagtail answers, which asks
`stories.policies` first (wagtail_hooks.py).
"""

from django.utils import timezone
from wagtail.views import serve

from common.prepared import Prepared
from stories.models import StoryIndexPage, StoryPage


@Prepared
def open_list_at(slug, ending):
    return StoryIndexPage.objects.open().filter(slug=slug, url_path__endswith=ending)[:1]


@Prepared
def open_story_at(slug, ending, today):
    stories = StoryPage.objects.open(today).filter(slug=slug, url_path__endswith=ending)
    return stories.for_reading().select_related("recording")[:1]


def story_list(request):
    return serve_open(request, open_list_at, "verhalen/", slug="verhalen")


def story(request, slug):
    return serve_open(request, open_story_at, f"verhalen/{slug}/", slug=slug, today=timezone.localdate())


def serve_open(request, pages_at, path, **asked):
    page = pages_at.first(ending=f"/{path}", **asked) if request.method in {"GET", "HEAD"} else None
    return page.serve(request) if page else serve(request, path)
