"""Where a story was read before it was renamed: its address is made of its title."""

from wagtail.contrib.redirects.models import Redirect

from stories.models import StoryPage
from stories.policies import readable_stories


def former_addresses(story):
    """Return the paths at which `story` was read under other names; one query."""
    paths = Redirect.objects.filter(redirect_page=story.pk, is_permanent=True).values_list("old_path", flat=True)
    return [f"{path}/" for path in paths]


def leads_to_hidden_story(user, path):
    """True when a story stood at `path` that has another address now, and `user` may not read it."""
    found = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).values("redirect_page")
    stories = StoryPage.objects.filter(pk__in=found)
    return stories.exists() and not readable_stories(user).filter(pk__in=found).exists()
