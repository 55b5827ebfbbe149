"""The list of addresses for search engines."""

from django.contrib.sitemaps.views import sitemap as djangos
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.sitemaps import SITEMAPS


@require_safe
@cache_control(no_cache=True)  # a story that was taken away stands in nobody's older copy
def sitemap(request):
    """Everything that anybody may read today."""
    return djangos(request, SITEMAPS)
