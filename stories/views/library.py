"""The library of stories, and the page of one theme."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from stories.domain.library import ON_A_PAGE, library_of, stories_on, theme_at, voices
from stories.domain.search import opening_words
from stories.domain.themes import beside_theme
from stories.views.story import open_list_at


def story_list(request):
    """All stories that anybody may read, or what is chosen of them in the address; a closed list Wagtail answers."""
    page = open_list_at.first(slug="verhalen", ending="/verhalen/") if request.method in {"GET", "HEAD"} else None
    if page is None:
        return serve(request, "verhalen/")
    library = library_of(page.stories(), request.GET.dict())
    pages = Paginator(library.stories, ON_A_PAGE)
    shown = pages.get_page(request.GET.get("blad"))
    library.excerpts(shown.object_list)
    context = page.get_context(request) | {"library": library, "shown": shown}
    return render(request, page.template, context)


@require_safe
def theme(request, slug):
    """One theme in several voices; each leads into its story at that very place."""
    found = theme_at(slug)
    stories = stories_on(found) if found else []
    if not stories:
        raise Http404
    heard = voices(stories)
    for story in heard:
        story.excerpt = opening_words(story)
    context = {"theme": found, "voices": heard, "stories": [one for one in stories if one not in heard]}
    return render(request, "stories/theme.html", context | beside_theme(found, stories))
