"""Interviews and articles for anybody; what is not open to all Wagtail answers, as with stories."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from stories.domain.professionals import open_index, open_professional, shelf_of_professionals

READING = {"GET", "HEAD"}


def professional_list(request):
    """All interviews and articles, or those of the theme in the address."""
    page = open_index() if request.method in READING else None
    if page is None:
        return serve(request, "vakmensen/")
    context = page.get_context(request) | {"shelf": shelf_of_professionals(request.GET.get("thema", ""))}
    return render(request, page.template, context)


def professional(request, slug):
    page = open_professional(slug) if request.method in READING else None
    return page.serve(request) if page else serve(request, f"vakmensen/{slug}/")


@require_safe
def professional_on_paper(request, slug):
    """The page as it is printed, shown on the screen first."""
    request.on_paper = True
    return professional(request, slug)
