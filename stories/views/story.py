"""A story for anybody, found in one query (docs/decisions/steps-have-their-own-address.md).

What is open to all is shown here; whatever else is asked at its address Wagtail answers, which asks `stories.policies`
first (wagtail_hooks.py).
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.views import serve

from common.prepared import Prepared
from stories.domain.beside import WITH_IT, about, told_at
from stories.models import StoryIndexPage, StoryPage
from stories.views.counted import show_counted


@Prepared
def open_list_at(slug, ending):
    return StoryIndexPage.objects.open().filter(slug=slug, url_path__endswith=ending)[:1]


@Prepared
def open_story_at(slug, ending, today):
    stories = StoryPage.objects.open(today).filter(slug=slug, url_path__endswith=ending)
    return stories.for_reading().select_related(*WITH_IT)[:1]


def story(request, slug):
    page = open_story(slug) if request.method in {"GET", "HEAD"} else None
    return show_counted(request, page) if page else serve(request, f"verhalen/{slug}/")


@require_safe
def story_short(request, slug):
    """The story in a few easy words, for who wants to know first what is coming."""
    page = story_for(request, slug)
    if not page.short_version:
        raise Http404
    return render(request, "stories/short.html", {"page": page})


@require_safe
def story_on_paper(request, slug):
    """The story as it is printed, shown on the screen first; the story itself when it is not told for paper."""
    page = story_for(request, slug)
    if not about(page).on_paper:
        return redirect(page.address)
    request.on_paper = True
    return page.serve(request)


def story_for(request, slug):
    """Return the story at this address that this person may read; 404 for anything else."""
    page = open_story(slug) or told_at(slug, request.user)
    if page is None:
        raise Http404
    return page


def open_story(slug):
    return open_story_at.first(slug=slug, ending=f"/verhalen/{slug}/", today=timezone.localdate())
