from django.http import Http404
from wagtail import hooks

from stories.models import StoryPage
from stories.policies import takes_part


@hooks.register("before_serve_page")
def only_released_stories(page, request, args, kwargs):
    """A story without a release that lasts today is missing, however it came to be live."""
    if isinstance(page, StoryPage):
        found = StoryPage.objects.filter(pk=page.pk)
        if not found.released(takes_part=takes_part(request.user)).exists():
            raise Http404
