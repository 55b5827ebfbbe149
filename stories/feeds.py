"""Stories, interviews and articles as feeds, for who follows along with a reader of their own: those that anybody may
read, and no words more than the list shows.
"""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.translation import gettext_lazy as _

from stories.domain.professionals import newest_professionals
from stories.models import StoryPage

MOST = 30


class StoryFeed(Feed):
    title = _("Stories of Jouw leven is mijn werk")
    description = _("Experience stories, told by the people who lived them.")
    link = "/verhalen/"

    def items(self):
        return StoryPage.objects.open().defer("body").order_by("-first_published_at", "-pk")[:MOST]

    def item_title(self, story):
        return story.title

    def item_description(self, story):
        return story.strapline

    def item_link(self, story):
        return settings.SITE_URL + story.address

    def item_author_name(self, story):
        return story.storyteller

    def item_pubdate(self, story):
        return story.first_published_at


class ProfessionalFeed(Feed):
    title = _("Professionals, on Jouw leven is mijn werk")
    description = _("Interviews and articles by people who work in youth care.")
    link = "/vakmensen/"

    def items(self):
        return newest_professionals(MOST)

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return page.strapline

    def item_link(self, page):
        return settings.SITE_URL + page.address

    def item_author_name(self, page):
        return page.byline

    def item_categories(self, page):
        return [str(page.kind_label)]

    def item_pubdate(self, page):
        return page.first_published_at
