"""Stories, themes and professionals for search engines: what is open to anybody today, and no more."""

from home.sitemaps import Place, add_to_sitemap, places_of
from stories.models import ArticlePage, InterviewPage, ProfessionalIndexPage, StoryIndexPage, StoryPage, Theme

PROFESSIONALS = (ProfessionalIndexPage, InterviewPage, ArticlePage)


def declare():
    add_to_sitemap("stories", story_places)
    add_to_sitemap("themes", theme_places)
    add_to_sitemap("professionals", professional_places)


def story_places():
    return [place for model in (StoryIndexPage, StoryPage) for place in places_of(model.objects.open())]


def theme_places():
    """The themes with a story to read; one query."""
    told = StoryPage.objects.open().order_by().values("pk")
    return [Place(theme.address) for theme in Theme.objects.filter(story_tags__content_object__in=told).distinct()]


def professional_places():
    return [place for model in PROFESSIONALS for place in places_of(model.objects.open())]
