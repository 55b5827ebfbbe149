"""The stories' part of the front page."""

from stories.models import StoryPage


def stories_on_front(home_page):
    """Return the story that leads the front page (the chosen one, else the first) and four more to go to."""
    listed = StoryPage.objects.open().order_by("path").select_related("recording")
    featured = listed.filter(pk=home_page.featured_story_id).first() or listed.first()
    return {
        "featured_story": featured,
        "more_stories": list(StoryPage.objects.listed().exclude(pk=featured.pk)[:4]) if featured else [],
        "story_count": StoryPage.objects.open().count(),
    }
