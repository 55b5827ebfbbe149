from django.http import Http404
from wagtail import hooks

from stories.cms import guards, home, menu, names
from stories.cms.pages import StoryViewSet, make_it_hers
from stories.models import StoryPage
from stories.policies import takes_part
from stories.views.counted import count_served

names.name_only_people_of_met_pages()
hooks.register("register_admin_viewset", StoryViewSet)
hooks.register("register_admin_viewset", menu.StoriesMenu)
hooks.register("register_admin_menu_item", menu.room_item)
hooks.register("register_admin_menu_item", menu.guide_item)
hooks.register("register_help_menu_item", menu.guide_in_help)
hooks.register("construct_main_menu", menu.keep_what_she_needs)
hooks.register("construct_homepage_panels", home.show_stories_first)
hooks.register("construct_homepage_summary_items", home.no_counts, order=1000)  # after those that add
hooks.register("after_create_page", make_it_hers)
hooks.register("before_copy_page", guards.refuse_copying)
hooks.register("before_delete_page", guards.refuse_deleting)
hooks.register("before_bulk_action", guards.refuse_many)
hooks.register("on_serve_page", count_served)


@hooks.register("before_serve_page")
def only_released_stories(page, request, args, kwargs):
    """A story without a release that lasts today is missing, however it came to be live."""
    if isinstance(page, StoryPage):
        found = StoryPage.objects.filter(pk=page.pk)
        if not found.released(takes_part=takes_part(request.user)).exists():
            raise Http404
